import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { until } from '../support/network.ts'

/** A person with a browser of their own, of which every request is recorded. */
export type Visit = {
  page: Page
  /** The addresses that the browser has requested, for any reason. */
  requests: string[]
  /** Returns the status of the page that is shown. */
  status(): number
  /** Returns the body of the page that is shown, as it was received. */
  html(): Promise<string>
  /**
   * Returns the bytes that were received for the page that is shown, including everything down to its foot; without what
   * was cached, where it is no first visit.
   */
  weigh(): Promise<number>
  close(): Promise<void>
}

/**
 * Opens a browser of its own.
 * @param options.isFirst - Whether each page has the weight of a first visit, because nothing is cached; otherwise it
 * keeps style sheets, fonts and scripts as browsers of people do.
 */
export async function openVisit(
  browser: Browser,
  { isFirst = false, ...options }: BrowserContextOptions & { isFirst?: boolean } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'fr-FR',
    ...options,
  })
  const page = await context.newPage()
  // The listener is added at the start: otherwise a busy browser may open its own dialog before it learns that the test
  // handles it.
  page.on('filechooser', () => undefined)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: isFirst })
  const requests: string[] = []
  let status = 0
  let bytes = 0
  /** The addresses of the shown page's requests that are not answered completely. */
  const underWay = new Map<string, string>()
  // The body is read at once, since the browser drops it with the page.
  let document: Promise<Buffer | undefined> = Promise.resolve(undefined)
  /** The documents of former pages, whose requests may never be reported as finished. */
  const leftDocuments = new Set<string>()
  let shownDocument = ''
  const { frameTree } = await devtools.send('Page.getFrameTree')
  // All events come from one connection to the browser, since another one may report them in another order.
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
    // A redirect has no body, and its target is a new request.
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

/** Scrolls to pictures and frames that are loaded only when they are near, and waits until they are drawn. */
const loadWhatIsFarBelow = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const element of document.querySelectorAll<HTMLImageElement | HTMLIFrameElement>(
      '[loading="lazy"]',
    ))
      element.loading = 'eager'
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
