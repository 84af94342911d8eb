import type { Locator, Page } from 'playwright-core'
import { findViolations } from '../support/axe.ts'
import { tabTo } from './hand.ts'
import { createPartsSeen, readParts } from './page-parts.ts'

/** Measures on a shown page. Each function returns the faults, or an empty list. */

const LOOKS = [
  { colorScheme: 'light', forcedColors: null },
  { colorScheme: 'dark', forcedColors: null },
  // The colours of the person replace those of the page.
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const

/**
 * Returns a function that checks one page after the other with axe: with all rules in light mode, then with the rules
 * of colours in each mode. Parts that two pages have in common are checked on the first of them.
 */
export function createAxeJudge(): (page: Page) => ReturnType<typeof findViolations> {
  const findFresh = createPartsSeen()
  return async (page) => {
    const found: Awaited<ReturnType<typeof findViolations>> = []
    for (const look of LOOKS) {
      await page.emulateMedia({ ...look, reducedMotion: 'reduce' })
      const isFirst = look === LOOKS[0]
      const coloursOf = await findFresh(page, JSON.stringify(look), isFirst)
      // A page without new parts in light mode has none in the other modes either.
      if (isFirst && coloursOf.length === 0) break
      if (coloursOf.length === 0) continue
      found.push(...(await findViolations(page, { rules: isFirst ? 'all' : 'colours', coloursOf })))
    }
    await page.emulateMedia(PLAIN)
    return found
  }
}

const PLAIN = { colorScheme: 'light', reducedMotion: null, forcedColors: null } as const

/**
 * Returns a text that is the same for pages which differ in what their texts say, and in no part (`page-parts.ts`). It
 * decides what axe, the key Tab and a wish for less motion find on them.
 */
export async function nameParts(page: Page): Promise<string> {
  await page.emulateMedia({ ...LOOKS[0], reducedMotion: 'reduce' })
  const parts = await readParts(page, true)
  await page.emulateMedia(PLAIN)
  return parts.toSorted((one, other) => one - other).join()
}

/**
 * Returns the elements that make a page scroll sideways, or scroll sideways themselves, on a screen `width` pixels
 * wide.
 */
export async function findWideElements(page: Page, width: number): Promise<string[]> {
  return withWidth(page, width, () =>
    page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement
      const isHidden = (element: Element) => element.closest('.unseen, .skip') !== null
      const nameOf = (element: Element) => element.outerHTML.slice(0, 120)
      const all = [...document.body.querySelectorAll('*')]
      const inner = all.filter(
        (element) =>
          /auto|scroll/.test(getComputedStyle(element).overflowX) &&
          element.scrollWidth > element.clientWidth,
      )
      if (scrollWidth <= clientWidth) return inner.map(nameOf)
      const wide = all.filter(
        (element) => element.getBoundingClientRect().right > clientWidth && !isHidden(element),
      )
      return [`${scrollWidth} pixels`, ...wide.map(nameOf), ...inner.map(nameOf)]
    }),
  )
}

/** Returns the elements that are cut off or leave the page when the font is twice as large. */
export async function findCutByLargeText(page: Page): Promise<string[]> {
  const size = await page.evaluate(() => {
    const root = document.documentElement
    const before = getComputedStyle(root).fontSize
    root.style.fontSize = `${2 * Number.parseFloat(before)}px`
    return before
  })
  const wide = await findWideElements(page, WIDE)
  const cut = await page.evaluate(() =>
    [...document.body.querySelectorAll('*')]
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element)
        const isCut =
          (overflowX === 'hidden' && element.scrollWidth > element.clientWidth) ||
          (overflowY === 'hidden' && element.scrollHeight > element.clientHeight)
        return isCut && element.textContent !== '' && !element.closest('.unseen')
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  if (size !== (await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)))
    throw new Error('letters stayed large')
  return [...wide, ...cut]
}

const WIDE = 1280

async function withWidth<T>(page: Page, width: number, measure: () => Promise<T>): Promise<T> {
  const before = page.viewportSize()
  if (before?.width === width) return measure()
  await page.setViewportSize({ width, height: 640 })
  const measured = await measure()
  if (before) await page.setViewportSize(before)
  return measured
}

/** Returns the language of the page, its heading of the first level, its landmarks and the names of its menus. */
export const readFrame = (page: Page) =>
  page.evaluate(() => {
    const menus = [...document.querySelectorAll('nav')].map((menu) => {
      const named = document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
      return menu.getAttribute('aria-label') ?? named?.textContent ?? ''
    })
    return {
      lang: document.documentElement.lang,
      titles: document.querySelectorAll('h1').length,
      mains: document.querySelectorAll('main').length,
      banners: document.querySelectorAll('body > header').length,
      footers: document.querySelectorAll('body > footer').length,
      menusHaveNames: menus.every(Boolean) && new Set(menus).size === menus.length,
      levelsSkipped: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
        .map(({ tagName }) => Number(tagName[1]))
        .filter((level, index, levels) => index > 0 && level > (levels[index - 1] ?? 0) + 1).length,
    }
  })

/** Presses Tab and Enter at the top of the page. Returns whether the first stop is visible, and where it leads. */
export async function takeSkipLink(page: Page): Promise<{ isShown: boolean; leadsTo: string }> {
  await startAtTop(page)
  await page.keyboard.press('Tab')
  const isShown = await page.evaluate(() => {
    const link = document.activeElement
    const box = link?.getBoundingClientRect()
    return (
      link?.matches('a[href^="#"]') === true &&
      getComputedStyle(link).clipPath === 'none' &&
      box !== undefined &&
      box.top >= 0 &&
      box.width > 40
    )
  })
  await page.keyboard.press('Enter')
  const leadsTo = await page.evaluate(() => document.activeElement?.tagName ?? '')
  return { isShown, leadsTo }
}

/** Moves the focus to where it is on arrival, unless the page puts it elsewhere. */
async function startAtTop(page: Page): Promise<void> {
  await page.evaluate(() => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement) focused.blur()
    window.scrollTo(0, 0)
    const top = document.createElement('span')
    top.tabIndex = -1
    document.body.prepend(top)
    top.focus()
    top.remove()
  })
}

const STOPS_MAX = 250

/**
 * Returns the stops of Tab that have no visible focus or that no key reaches. On a busy machine Chromium was seen to
 * continue after the last stop without leaving the page, so a walk without an end is repeated once.
 * @throws Error with the last stop, when Tab never leaves the page.
 */
export async function findUnseenStops(page: Page): Promise<string[]> {
  const stops = (await walkByTab(page)) ?? (await walkByTab(page))
  if (!stops) throw new Error(`Tab does not come to an end: ${await readActive(page)}`)
  return stops.filter(({ isSeen }) => !isSeen).map(({ html }) => html)
}

type Stop = { isSeen: boolean; html: string }

const readActive = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))

const TAB = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 }
const STOPS_AT_ONCE = 10

/**
 * Presses Tab from the top until the focus leaves the page; returns undefined when it does not. The page records each
 * stop at the keyup event, and keys are sent ten at a time: a question after each key takes three times as long.
 */
async function walkByTab(page: Page): Promise<Stop[] | undefined> {
  await startAtTop(page)
  await page.evaluate(noteStops)
  const devtools = await page.context().newCDPSession(page)
  try {
    for (let pressed = 0; pressed < STOPS_MAX; pressed += STOPS_AT_ONCE) {
      const keys = Array.from({ length: STOPS_AT_ONCE }, () => ['rawKeyDown', 'keyUp'] as const)
      await Promise.all(
        keys.flat().map((type) => devtools.send('Input.dispatchKeyEvent', { type, ...TAB })),
      )
      const { stops, hasLeft } = await page.evaluate(() => (window as unknown as Walking).walk)
      if (hasLeft) return stops
    }
    return undefined
  } finally {
    await devtools.detach()
  }
}

type Walking = { walk: { stops: Stop[]; hasLeft: boolean } }

/** This function runs in the page. */
function noteStops(): void {
  const walk: Walking['walk'] = { stops: [], hasLeft: false }
  const views: (Window | null)[] = [window]
  for (const frame of document.querySelectorAll('iframe')) views.push(frame.contentWindow)
  for (const view of views) view?.addEventListener('keyup', () => note(), true)
  Object.assign(window, { walk })

  function note(): void {
    let element = document.activeElement
    if (!element || element === document.body) walk.hasLeft = true
    if (!element || walk.hasLeft) return
    // The focused element is inside the frame.
    if (element instanceof HTMLIFrameElement)
      element = element.contentDocument?.activeElement ?? element
    const stop = element
    const view = stop.ownerDocument.defaultView ?? window
    // The link of a card covers the whole card with its `::after`.
    const shown = ['', '::after'].some((part) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = view.getComputedStyle(
        stop,
        part,
      )
      const hasOutline =
        outlineStyle !== 'none' &&
        Number.parseFloat(outlineWidth) >= 2 &&
        !/, 0\)|transparent/.test(outlineColor)
      return hasOutline || boxShadow !== 'none'
    })
    const box = stop.getBoundingClientRect()
    const isOnScreen =
      box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < view.innerHeight
    walk.stops.push({ isSeen: shown && isOnScreen, html: stop.outerHTML.slice(0, 120) })
  }
}

/** Returns the elements that still move for a person who prefers reduced motion. */
export async function findMotion(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element)
        const isSlow = transitionDuration
          .split(',')
          .some((duration) => Number.parseFloat(duration) > 0.01)
        return isSlow || animationName !== 'none' || scrollBehavior === 'smooth'
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  await page.emulateMedia({ reducedMotion: null })
  return moving
}

/** Returns the fields about the person who fills them in that have no `autocomplete` (WCAG 1.3.5). */
export const findUnsharedFields = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isOnOneself = ({ type, name, form }: HTMLInputElement) =>
      ['email', 'password'].includes(type) ||
      (name === 'name' && form?.querySelector('[type="password"]') != null)
    return [...document.querySelectorAll('input')]
      .filter((input) => isOnOneself(input) && !input.getAttribute('autocomplete'))
      .map((input) => input.outerHTML)
  })

/** Returns the pixels above the first result, and the stops of Tab from the skip link to it. */
export async function measureFirstResult(page: Page): Promise<{ top: number; stops: number }> {
  const result: Locator = page.locator('article.cafe').first()
  await takeSkipLink(page)
  const stops = await tabTo(page, result.getByRole('link').first())
  await page.evaluate(() => window.scrollTo(0, 0))
  return { top: (await result.boundingBox())?.y ?? Number.POSITIVE_INFINITY, stops }
}

/** Returns the text directly after the head of a café's page. */
export const readAfterInvitation = (page: Page): Promise<string> =>
  page
    .getByRole('heading', { level: 1 })
    .evaluate((heading) => heading.closest('.cafe-head')?.nextElementSibling?.textContent ?? '')

/** Returns for each café of a list when its card says that it takes place; postponed cafés have no day. */
export const readDayOfEachCard = (page: Page): Promise<string[]> =>
  page
    .locator('article.cafe:not(.is-postponed)')
    .evaluateAll((cards) =>
      cards.map((card) =>
        (card.querySelector('.when time[datetime]')?.textContent ?? '').replaceAll(/\s+/gu, ' '),
      ),
    )

export const readLinkTo = async (page: Page, title: string): Promise<string[]> => {
  const links = page.getByRole('main').getByRole('link').filter({ hasText: title })
  return (await links.allTextContents()).map((words) => words.replaceAll(/\s+/gu, ' ').trim())
}
