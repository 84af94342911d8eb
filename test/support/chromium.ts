import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The paths of Debian's packages, with windows and without. */
const [CHROMIUM, WINDOWLESS] = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell']

/**
 * Returns why there is no browser on this machine; undefined when there is one.
 * @throws Error with the same text where the tests must not be skipped.
 */
export function whyNoChromium(): string | undefined {
  if (existsSync(CHROMIUM)) return undefined
  const why = `${CHROMIUM} is not installed`
  if (process.env.CAFE_IA_REQUIRE_PEERS === '1') throw new Error(why)
  process.stderr.write(`Skipped, not passed: the browser's tests (${why})\n`)
  return why
}

/**
 * Starts a browser that makes no requests of its own, and asks for pages in French. Where Debian's package without
 * windows is installed it is used: the engine is the same, and windows, with their bars and menus, take twice as long
 * as the pages in them. With windows, its own texts are French too, as in a field for a day, where Debian's package of
 * translations is installed, and a page asks for permissions as it does of people.
 */
export const launchChromium = ({ withWindows = false } = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: !withWindows && existsSync(WINDOWLESS) ? WINDOWLESS : CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      // This measures letters as the browser with windows does.
      '--font-render-hinting=none',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--accept-lang=fr-FR',
      '--lang=fr',
    ],
    env: { ...process.env, LANGUAGE: 'fr' },
  })
