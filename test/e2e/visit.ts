import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { until } from '../support/network.ts'

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
  /** Addresses of the requests of the page that is shown whose answers are still coming. */
  const underWay = new Map<string, string>()
  // The body is asked for at once: the browser forgets it with the page.
  let document: Promise<Buffer | undefined> = Promise.resolve(undefined)
  /** Documents of pages before this one: of what they asked for, no end may be told. */
  const leftDocuments = new Set<string>()
  let shownDocument = ''
  const { frameTree } = await devtools.send('Page.getFrameTree')
  // Everything is read from one connection to the browser: another may tell the same things in another order.
  devtools.on('Network.requestWillBeSent', ({ requestId, loaderId, frameId, request, type }) => {
    const isPage = type === 'Document' && frameId === frameTree.frame.id
    if (isPage && loaderId !== shownDocument) {
      leftDocuments.add(shownDocument)
      shownDocument = loaderId
      underWay.clear()
      bytes = 0
    }
    if (!leftDocuments.has(loaderId)) underWay.set(requestId, request.url)
  })
  devtools.on('Network.loadingFailed', ({ requestId }) => underWay.delete(requestId))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (underWay.delete(requestId)) bytes += encodedDataLength
  })
  page.on('request', (request) => requests.push(request.url()))
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
      await loadWhatIsFarBelow(page)
      await until(() => underWay.size === 0, { what: 'all that the page asked for' }).catch(
        (error) => {
          throw new Error([error.message, ...underWay.values()].join('\n'))
        },
      )
      return bytes
    },
    close: () => context.close(),
  }
}

/** Pictures and frames that are asked for only when somebody comes near them; the next frame is drawn when they are. */
const loadWhatIsFarBelow = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const element of document.querySelectorAll<HTMLImageElement | HTMLIFrameElement>(
      '[loading="lazy"]',
    ))
      element.loading = 'eager'
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
