import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian's package puts it. */
const CHROMIUM = '/usr/bin/chromium'

/**
 * Why there is no browser on this machine; undefined when there is one.
 * @throws Error with the same words where the tests must not be skipped.
 */
export function whyNoChromium(): string | undefined {
  if (existsSync(CHROMIUM)) return undefined
  const why = `${CHROMIUM} is not installed`
  if (process.env.CAFE_IA_REQUIRE_PEERS === '1') throw new Error(why)
  process.stderr.write(`Skipped, not passed: the browser's tests (${why})\n`)
  return why
}

/**
 * A browser that asks for nothing by itself, and for pages in French; its own words, as in a field for a day, are French
 * where Debian's package of translations is installed.
 */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--accept-lang=fr-FR',
      '--lang=fr',
    ],
    env: { ...process.env, LANGUAGE: 'fr' },
  })
