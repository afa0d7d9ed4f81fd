import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A private authority, as an operator would make one with openssl. */
export interface Authority {
  /** PEM. */
  readonly certificate: string
  /** Key and certificate, in PEM, for this subject alternative name; `dates` as `openssl x509` takes them. */
  sign(subject: string, ...dates: string[]): Promise<{ readonly key: string; readonly cert: string }>
  close(): void
}

export async function makeAuthority(name = 'authority'): Promise<Authority> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-authority-'))
  const openssl = async (command: string, ...values: string[]) =>
    promisify(execFile)('openssl', [...command.split(' '), ...values], { cwd: folder })
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const request = 'req -newkey rsa:2048 -nodes -batch'
  await openssl(`${request} -x509 -days 2 -keyout ca.key -out ca.pem -subj`, `/CN=${name}`)
  let signed = 0
  return {
    certificate: read('ca.pem'),
    async sign(subject, ...dates) {
      const file = `signed-${++signed}`
      await openssl(`${request} -keyout ${file}.key -out ${file}.csr -subj /CN=x -addext`, `subjectAltName=${subject}`)
      await openssl(
        `x509 -req -in ${file}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -copy_extensions copy -out ${file}.pem`,
        ...(dates.length === 0 ? ['-days', '2'] : dates),
      )
      return { key: read(`${file}.key`), cert: read(`${file}.pem`) }
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
