import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium of this machine, or the one that `CHROMIUM` names. */
export function findBrowser(): string | undefined {
  return [process.env['CHROMIUM'] ?? '', ...usual].find((path) => path !== '' && existsSync(path))
}
