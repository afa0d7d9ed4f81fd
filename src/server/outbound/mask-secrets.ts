import { maskSecret } from '../../contract/payload.ts'
import type { HeaderList } from './outbound-request.ts'

/** Replaces secret values in what a receiver answered, in every form that an echo may bring them back in. */
export interface SecretMask {
  readonly text: (text: string) => string
  readonly headers: (headers: HeaderList) => HeaderList
  readonly bytes: (bytes: Buffer) => Buffer
  /** For bytes that break off: also leaves out the end, which may hold the beginning of a value. */
  readonly brokenOffBytes: (bytes: Buffer) => Buffer
  /** False when a value is so short that its masking would be guesswork: then only lengths are kept. */
  readonly maySeeAnswers: boolean
  /** No form of a value is longer: what is cut off within this distance may hide the beginning of one. */
  readonly longestForm: number
}

const secretCharsMin = 8

export function makeSecretMask(values: ReadonlyMap<string, string>): SecretMask {
  // A short value is not looked for: where masks stand in a text that is known would tell it.
  const forms = [...values]
    .filter(([, value]) => value.length >= secretCharsMin)
    .flatMap(([name, value]) => formsOf(value).map((form) => ({ form, name })))
  const shortestForm = forms.reduce((shortest, { form }) => Math.min(shortest, form.length), Number.POSITIVE_INFINITY)
  const longestForm = forms.reduce((longest, { form }) => Math.max(longest, form.length), 0)

  /** Places are found in the input as it came, so that no replacement hides another value or is itself taken for one. */
  function maskUpTo(input: Buffer, end: number): Buffer {
    const pieces: Buffer[] = []
    let from = 0
    for (const place of placesOf(input, forms)) {
      if (place.from >= end) break
      pieces.push(input.subarray(from, place.from), Buffer.from(maskSecret(place.name)))
      from = place.to
    }
    return from === 0 && end === input.length ? input : Buffer.concat([...pieces, input.subarray(from, end)])
  }

  // Most headers are shorter than any form: there is nothing to look for.
  const mayHold = (length: number): boolean => length >= shortestForm
  const bytes = (input: Buffer): Buffer => (mayHold(input.length) ? maskUpTo(input, input.length) : input)
  const text = (given: string): string =>
    mayHold(Buffer.byteLength(given)) ? bytes(Buffer.from(given)).toString() : given
  return {
    bytes,
    // All are looked through at once, since hardly ever anything is found.
    headers(list) {
      const all = Buffer.from(list.flat().join('\n'))
      if (!forms.some(({ form }) => all.includes(form))) return list
      return list.map(([name, value]) => [text(name), text(value)])
    },
    brokenOffBytes: (input) => maskUpTo(input, Math.max(0, input.length - longestForm)),
    text,
    maySeeAnswers: [...values.values()].every((value) => value.length >= secretCharsMin),
    longestForm,
  }
}

interface Place {
  readonly from: number
  readonly to: number
  readonly name: string
}

/** Where values stand, in order; places that overlap are one. */
function placesOf(input: Buffer, forms: readonly { form: Buffer; name: string }[]): Place[] {
  const found = forms.flatMap(({ form, name }) => {
    const places: Place[] = []
    for (let at = input.indexOf(form); at !== -1; at = input.indexOf(form, at + 1)) {
      const last = places.at(-1)
      if (last !== undefined && at < last.to) places[places.length - 1] = { ...last, to: at + form.length }
      else places.push({ from: at, to: at + form.length, name })
    }
    return places
  })
  found.sort((a, b) => a.from - b.from || b.to - a.to)
  const merged: Place[] = []
  for (const place of found) {
    const last = merged.at(-1)
    if (last === undefined || place.from >= last.to) merged.push(place)
    else if (place.to > last.to) merged[merged.length - 1] = { ...last, to: place.to }
  }
  return merged
}

/** A value is sent as it is or inside a JSON string; an echo may then escape either again. */
function formsOf(value: string): Buffer[] {
  const texts = [value, ...jsonForms(value)]
  const forms = new Map<string, Buffer>()
  const add = (form: Buffer): void => {
    if (form.length > 0) forms.set(form.toString('latin1'), form)
  }
  for (const text of new Set(texts)) {
    const raw = Buffer.from(text)
    const encoded = [text, ...jsonForms(text), ...percentForms(text), htmlForm(text), ...base64Forms(raw)]
    encoded.push(raw.toString('hex'), raw.toString('hex').toUpperCase())
    for (const form of encoded) add(Buffer.from(form))
    // Headers are sent in Latin-1, and what comes in them is read as Latin-1.
    if (/^[\0-\xff]*$/.test(text)) add(Buffer.from(text, 'latin1'))
    add(Buffer.from(raw.toString('latin1')))
    add(Buffer.from(text, 'utf16le'))
    add(Buffer.from(text, 'utf16le').swap16())
  }
  return [...forms.values()]
}

/** As JSON writers differ: slashes, non-ASCII and HTML characters may be escaped. */
function jsonForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const ascii = json.replace(/[\x7f-\uffff]/g, unicodeEscape)
  const all = [json, ascii].flatMap((form) => [
    form,
    form.replaceAll('/', '\\/'),
    form.replace(/[<>&]/g, unicodeEscape),
    form.replace(/[<>&'+]/g, unicodeEscape),
  ])
  const upper = (form: string): string => form.replace(/\\u[0-9a-f]{4}/g, (e) => `\\u${e.slice(2).toUpperCase()}`)
  return all.flatMap((form) => [form, upper(form)])
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function percentForms(text: string): string[] {
  const plain = encodeURIComponent(text.toWellFormed())
  const strict = plain.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams([['', text]]).toString().slice(1)
  const bases = [
    plain,
    strict,
    strict.replaceAll('~', '%7E'),
    plain.replaceAll('%20', '+'),
    form,
    encodeURI(text.toWellFormed()),
  ]
  const lower = (one: string): string => one.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
  return bases.flatMap((one) => [one, lower(one), encodeURIComponent(one)])
}

function htmlForm(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (char) => entities[char]!)
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
    const urlSafe = own.replaceAll('+', '-').replaceAll('/', '_')
    return [own, urlSafe, own.replaceAll('/', '\\/'), encodeURIComponent(own)]
  })
}
