import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { findHtmlErrors } from '../support/html-errors.ts'

/** A person at a browser of their own, whose every request is written down. */
export type Visit = {
  page: Page
  /** Addresses that the browser asked for, by anybody's wish. */
  requests: string[]
  /** Status of the page that is shown. */
  status(): number
  /** Looks at the page that is shown as nobody else does: rules, width, weight; called `name` when it fails. */
  check(name: string): Promise<void>
  close(): Promise<void>
}

/** The page that is shown, then what it needed. The body is asked for at once: the browser forgets it with the page. */
type Received = { status: number; body: Promise<Buffer | undefined> }

const WEIGHT_MAX = 150 * 1024
const NARROW = 320
const TAGS = ['wcag2a', 'wcag2aa', 'RGAAv4']

export async function openVisit(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'fr-FR',
    ...options,
  })
  const page = await context.newPage()
  // Everything comes over the wire each time, so that each page weighs what it weighs for who comes first.
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  const requests: string[] = []
  let shown: Received[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('response', (response) => {
    // A redirect has no body, and what it leads to starts again.
    if (response.status() >= 300 && response.status() < 400) return
    if (response.request().isNavigationRequest()) shown = []
    shown.push({ status: response.status(), body: response.body().catch(() => undefined) })
  })

  async function check(name: string) {
    await page.waitForLoadState('networkidle')
    const bodies = await Promise.all(shown.map(({ body }) => body))
    const [document] = bodies
    expect(document, `${name} came over the wire`).toBeDefined()
    expect(await findHtmlErrors(String(document)), `HTML of ${name}`).toEqual([])
    const weight = bodies.reduce((sum, body) => sum + (body?.length ?? 0), 0)
    expect(weight, `bytes of ${name}`).toBeLessThanOrEqual(WEIGHT_MAX)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await findAxeErrors(page), `axe on ${name}, ${colorScheme}`).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await widthAt(page, NARROW), `pixels that ${name} needs`).toBeLessThanOrEqual(NARROW)
  }

  return {
    page,
    requests,
    status: () => shown[0]?.status ?? 0,
    check,
    close: () => context.close(),
  }
}

async function findAxeErrors(page: Page): Promise<[rule: string, where: string[]][]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

/** How wide the page becomes on a screen of that width. */
async function widthAt(page: Page, width: number): Promise<number> {
  const before = page.viewportSize()
  await page.setViewportSize({ width, height: 640 })
  const needed = await page.evaluate(() => document.documentElement.scrollWidth)
  if (before) await page.setViewportSize(before)
  return needed
}
