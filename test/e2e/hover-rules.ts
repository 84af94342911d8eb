import type { CDPSession, Page } from 'playwright-core'
import { findViolations } from '../support/axe.ts'

/** What the page stores between two questions, and the one part that axe checks. */
type Kept = { stops: Element[]; parts: { key: number; elements: Element[] }[] }

/**
 * Returns a function that checks, on one page after the other, the colours of what a person points at, in light and in
 * dark: of each link, button and fold that no page before had in this form. A pointer is only simulated, on all of them
 * at once.
 */
export function createHoverJudge(): (page: Page) => ReturnType<typeof findViolations> {
  const seen = new Set<string>()
  return async (page) => {
    const keys = await readStops(page)
    const fresh = keys.map((key) => {
      const isFresh = !seen.has(key)
      seen.add(key)
      return isFresh
    })
    if (!fresh.includes(true)) return []
    await page.evaluate((fresh) => {
      const kept = window as unknown as Kept
      const stops = kept.stops.filter((_, index) => fresh[index])
      for (const stop of stops) stop.setAttribute('data-pointed', '')
      const elements = stops.flatMap((stop) => [stop, ...stop.querySelectorAll('*')])
      kept.parts = [{ key: 0, elements }]
    }, fresh)
    const devtools = await page.context().newCDPSession(page)
    try {
      // Otherwise colours would be read while they change.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.evaluate(() => {
        for (const change of document.getAnimations()) change.cancel()
      })
      await pointAt(devtools, '[data-pointed]')
      const found: Awaited<ReturnType<typeof findViolations>> = []
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        found.push(...(await findViolations(page, { rules: 'colours', coloursOf: [0] })))
      }
      return found
    } finally {
      await devtools.detach()
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
    }
  }
}

/** Returns for each link, button and fold that is shown the classes and attributes that styles can depend on. */
const readStops = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const describe = ({ localName, classList, attributes }: Element) =>
      `${localName}.${[...classList].join('.')}[${[...attributes].map(({ name }) => name).sort()}]`
    const stops = [...document.querySelectorAll('a[href], button, summary')].filter((stop) =>
      stop.checkVisibility(),
    )
    Object.assign(window, { stops })
    return stops.map((stop) => {
      const path: string[] = []
      for (let at: Element | null = stop; at; at = at.parentElement) path.push(describe(at))
      return path.join('<')
    })
  })

/** Lets the browser draw these elements as if a pointer were on them, until the session is detached. */
async function pointAt(devtools: CDPSession, selector: string): Promise<void> {
  await devtools.send('DOM.enable')
  await devtools.send('CSS.enable')
  const { root } = await devtools.send('DOM.getDocument')
  const { nodeIds } = await devtools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector })
  for (const nodeId of nodeIds)
    await devtools.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: ['hover'] })
}
