import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Hand, MakeHand } from './hand.ts'
import { openVisit, type Visit } from './visit.ts'

/** The input device, and whether scripts run. */
export type Way = { hand: MakeHand; javaScript: boolean }

/** A person with a browser of their own. */
export type User = Visit & {
  does: Hand
  /** Opens an address that was typed or given. */
  goes(address: string): Promise<void>
  heading(): Promise<string>
  /** Returns the text of the page with ordinary spaces. */
  reads(): Promise<string>
  /** Returns the message of the page about the action that was just done. */
  hears(): Promise<string>
}

export async function openUser(
  browser: Browser,
  { hand, javaScript }: Way,
  options: BrowserContextOptions = {},
): Promise<User> {
  const visit = await openVisit(browser, { ...options, javaScriptEnabled: javaScript })
  const { page } = visit
  return {
    ...visit,
    does: hand(page),
    goes: async (address) => {
      await page.goto(address)
    },
    heading: () => wordsOf(page.getByRole('heading', { level: 1 })),
    reads: () => wordsOf(page.getByRole('main')),
    hears: () => wordsOf(page.getByRole('status')),
  }
}

/** Returns the text of an element with ordinary spaces. */
export const wordsOf = async (locator: Locator): Promise<string> =>
  (await locator.textContent())?.replaceAll(/\s+/gu, ' ').trim() ?? ''

export const daysFromNow = (days: number): Temporal.PlainDate =>
  Temporal.Now.plainDateISO('Europe/Paris').add({ days })

/** Returns a day as pages write it: `mercredi 9 décembre`. */
export const dayText = (day: Temporal.PlainDate): string =>
  day.toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' })

/** Returns the article of a list with this title. */
export const listed = (page: Page, title: string): Locator =>
  page.getByRole('article').filter({ hasText: title })
