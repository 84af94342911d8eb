import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Hand, MakeHand } from './hand.ts'
import { openVisit, type Visit } from './visit.ts'

/** How somebody is there. */
export type Way = { hand: MakeHand; javaScript: boolean }

/** Somebody at a browser of their own. */
export type Person = Visit & {
  does: Hand
  /** Goes to an address that they typed, or were given. */
  goes(address: string): Promise<void>
  heading(): Promise<string>
  /** What the page says, with ordinary spaces. */
  reads(): Promise<string>
  /** What the page says was just done. */
  hears(): Promise<string>
}

export async function openPerson(
  browser: Browser,
  { hand, javaScript }: Way,
  options: BrowserContextOptions = {},
): Promise<Person> {
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

/** What it says, with ordinary spaces. */
export const wordsOf = async (locator: Locator): Promise<string> =>
  (await locator.textContent())?.replaceAll(/\s+/gu, ' ').trim() ?? ''

export const daysFromNow = (days: number): Temporal.PlainDate =>
  Temporal.Now.plainDateISO('Europe/Paris').add({ days })

/** As pages say it: `mercredi 9 décembre`. */
export const dayText = (day: Temporal.PlainDate): string =>
  day.toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' })

/** The article of a list that has this title. */
export const listed = (page: Page, title: string): Locator =>
  page.getByRole('article').filter({ hasText: title })
