import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A person at a browser of their own, whose every request is written down. */
export type Visit = {
  page: Page
  /** Addresses that the browser asked for, by anybody's wish. */
  requests: string[]
  /** Status of the page that is shown. */
  status(): number
  /** The page that is shown, as it came. */
  html(): Promise<string>
  /** Bytes that came over the wire for the page that is shown: everything down to its foot. */
  weigh(): Promise<number>
  close(): Promise<void>
}

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
  // From the start: a busy browser may open its own window before it is told that a test listens.
  page.on('filechooser', () => undefined)
  // Everything comes over the wire each time, so that each page weighs what it weighs for who comes first.
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  const requests: string[] = []
  let status = 0
  let bytes = 0
  // The body is asked for at once: the browser forgets it with the page.
  let document: Promise<Buffer | undefined> = Promise.resolve(undefined)
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  page.on('request', (request) => {
    requests.push(request.url())
    if (request.isNavigationRequest()) bytes = 0
  })
  page.on('response', (response) => {
    // A redirect has no body, and what it leads to starts again.
    if (response.status() >= 300 && response.status() < 400) return
    if (!response.request().isNavigationRequest()) return
    status = response.status()
    document = response.body().catch(() => undefined)
  })
  return {
    page,
    requests,
    status: () => status,
    html: async () => String(await document),
    weigh: async () => {
      await scrollToFoot(page)
      await page.waitForLoadState('networkidle')
      return bytes
    },
    close: () => context.close(),
  }
}

/** Pictures far below are asked for only then. */
async function scrollToFoot(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  for (let top = 0; top < height; top += 400) await page.mouse.wheel(0, 400)
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
}
