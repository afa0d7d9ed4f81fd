import { maskSecret } from '../../contract/payload.ts'

/** Replaces secret values in what a receiver answered, in every form that an echo may bring them back in. */
export interface SecretMask {
  readonly text: (text: string) => string
  readonly bytes: (bytes: Buffer) => Buffer
  /** False when a value is so short that its masking would be guesswork: then only lengths are kept. */
  readonly maySeeAnswers: boolean
  /** No form of a value is longer: what is cut off within this distance may hide the beginning of one. */
  readonly longestForm: number
}

const secretCharsMin = 8

export function makeSecretMask(values: ReadonlyMap<string, string>): SecretMask {
  const forms = [...values].flatMap(([name, value]) =>
    formsOf(value).map((form) => ({ form: Buffer.from(form), name })),
  )
  // The longest first, so that a value which contains another is replaced whole.
  forms.sort((a, b) => b.form.length - a.form.length)
  const bytes = (input: Buffer): Buffer => {
    let output = input
    for (const { form, name } of forms) output = replaceAll(output, form, Buffer.from(maskSecret(name)))
    return output
  }
  return {
    bytes,
    text: (text) => (forms.length === 0 ? text : bytes(Buffer.from(text)).toString()),
    maySeeAnswers: [...values.values()].every((value) => value.length >= secretCharsMin),
    longestForm: forms[0]?.form.length ?? 0,
  }
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1)
  const raw = Buffer.from(value)
  const forms = [
    value,
    json,
    json.replaceAll('/', '\\/'),
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll('%20', '+'),
    encodeURIComponent(value).toLowerCase(),
    raw.toString('hex'),
    raw.toString('hex').toUpperCase(),
    ...base64Forms(raw),
  ]
  return [...new Set(forms)].filter((form) => form.length > 0)
}

/** Base64 of the value wherever it may stand in a longer text: three alignments, of each the part that is the value's own. */
function base64Forms(value: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), value])
      .toString('base64')
      .replace(/=+$/, '')
    const from = shift === 0 ? 0 : shift === 1 ? 2 : 3
    const to = (shift + value.length) % 3 === 0 ? encoded.length : encoded.length - 1
    const own = encoded.slice(from, to)
    return own.length < 6 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function replaceAll(bytes: Buffer, form: Buffer, by: Buffer): Buffer {
  let at = bytes.indexOf(form)
  if (at === -1) return bytes
  const pieces: Buffer[] = []
  let from = 0
  for (; at !== -1; at = bytes.indexOf(form, from)) {
    pieces.push(bytes.subarray(from, at), by)
    from = at + form.length
  }
  return Buffer.concat([...pieces, bytes.subarray(from)])
}
