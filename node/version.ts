import { readFileSync } from 'node:fs'

/** Of package.json, which stands one folder above the sources and two above what is built of them. */
export const VERSION: string = readVersion()

function readVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        version: string
      }
      return version
    } catch {
      // The other place.
    }
  }
  throw new Error('package.json is missing')
}
