import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StackedBars } from '../../../ui/components/charts.tsx'
import { launchChromium, whyNoChromium } from '../../support/chromium.ts'
import {
  type GalleryServer,
  SCRIPTED,
  serveGallery,
  showInPlace,
} from '../../support/gallery-server.ts'
import { englishGallery, gallery } from '../gallery/gallery.tsx'

const why = whyNoChromium()

const pages = new Map([...gallery, ...englishGallery])

let server: GalleryServer
let browser: Browser

beforeAll(async () => {
  if (why) return
  server = await serveGallery(pages)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

type Screen = { width: number; height: number }

const tabs = new Map<string, Page>()

/** Opens a page of the gallery in one tab per kind of screen. Pages store nothing, so the tab can be used again. */
async function open(name: string, screen: Screen): Promise<Page> {
  const key = JSON.stringify(screen)
  const page = tabs.get(key) ?? (await newTab(screen))
  tabs.set(key, page)
  await page.goto(server.addressOf(name))
  return page
}

async function newTab(viewport: Screen): Promise<Page> {
  const context = await browser.newContext({ viewport })
  return context.newPage()
}

/** What a stranger may write, as it is in a page; and a word as long as a title may be. */
const ESCAPED_EVIL = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;'
const LONG_WORD = 'Mot'.repeat(46)

const PHONE: Screen = { width: 360, height: 640 }

describe.skipIf(why)('in a browser', () => {
  let narrow: Page
  beforeAll(async () => {
    narrow = await open('home', { width: 320, height: 640 })
  })

  test.each([...pages])('the page "%s" never scrolls sideways at 320 px', async (_name, html) => {
    await showInPlace(narrow, html)
    const width = await narrow.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(320)
  })

  test.each([
    ['the API', '#not-found'],
    ['open data', '#colonnes'],
  ])('"%s" begins as its table of contents; a link to a part opens it', async (name, part) => {
    const page = await open(name, PHONE)
    const parts = page.locator('details.fold')
    expect(await parts.count()).toBeGreaterThan(4)
    expect(await parts.evaluateAll((all) => all.some((each) => each.hasAttribute('open')))).toBe(
      false,
    )
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    expect(height).toBeLessThan(2 * PHONE.height)
    await page.goto(server.addressOf(name) + part)
    expect(await page.locator(part).isVisible()).toBe(true)
    expect(await page.locator('details.fold[open]').count()).toBe(1)
  })

  test('nothing that needs a script leaves a gap in a row where there is none', async () => {
    const empty: string[] = []
    for (const [name, html] of gallery) {
      await showInPlace(narrow, html)
      const found = await narrow.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('main li')]
          .filter((item) => getComputedStyle(item.parentElement as Element).display === 'flex')
          .filter((item) => getComputedStyle(item).display !== 'none' && item.offsetWidth === 0)
          .map(({ parentElement }) => parentElement?.outerHTML.slice(0, 400)),
      )
      empty.push(...found.map((item) => `${name}: ${item}`))
    }
    expect(empty).toEqual([])
  })

  test.each([...gallery])(
    'nor does "%s" where somebody wrote one long word',
    async (_name, html) => {
      await showInPlace(narrow, html.replaceAll(ESCAPED_EVIL, LONG_WORD))
      const width = await narrow.evaluate(() => document.documentElement.scrollWidth)
      expect(width).toBeLessThanOrEqual(320)
    },
  )

  test.each([
    ['home of a directory', 1.3, 12],
    ['search by date', 1, 9],
    ['search by distance', 1, 9],
    ['search for a name of several towns', 1, 9],
    ['search by date (en)', 1, 9],
    [`${SCRIPTED}home of a directory`, 1.3, 13],
    [`${SCRIPTED}search by date`, 1, 9],
    [`${SCRIPTED}search by distance`, 1, 9],
  ])(
    'on a phone, "%s" shows its first result within %d screens and %i tab stops of the skip link',
    async (name, screens, mostStops) => {
      const page = await open(name, PHONE)
      const top = await page.evaluate(
        () => document.querySelector('article.cafe')?.getBoundingClientRect().top,
      )
      expect(top).toBeLessThan(screens * PHONE.height)
      const around = page.locator('.search button.around')
      expect(await around.count()).toBe(name.startsWith(SCRIPTED) ? 1 : 0)
      await page.keyboard.press('Tab')
      // On a search, the skip link leads past the form to the results.
      if (name.includes('search')) await page.keyboard.press('Enter')
      let stops = 0
      const isAtResult = () =>
        page.evaluate(() => document.activeElement?.closest('article.cafe') !== null)
      while (stops < 40 && !(await isAtResult())) {
        await page.keyboard.press('Tab')
        stops += 1
      }
      expect(stops).toBeLessThanOrEqual(mostStops)
    },
  )

  test('the form of a café shows the fields that apply to what was chosen, by keyboard', async () => {
    const page = await open('new café', PHONE)
    const shown = async (...names: string[]) =>
      Promise.all(names.map((name) => page.locator(`[name="${name}"]`).first().isVisible()))
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const fields = ['venue.name', 'attendanceMode', 'onlineUrl'] as const
    expect(await shown(...fields)).toEqual([false, true, false])
    await page.locator('[name="venue.id"]:checked').focus()
    await press('ArrowDown', 'ArrowDown')
    expect(await shown(...fields)).toEqual([true, true, false])
    await press('ArrowDown')
    expect(await shown(...fields)).toEqual([false, false, true])
    await press('ArrowUp', 'ArrowUp', 'Tab', 'Space')
    expect(await shown(...fields)).toEqual([false, true, true])

    const fold = page.locator('.fold', { hasText: 'Inscription' })
    await fold.locator('summary').focus()
    await press('Enter')
    expect(await shown('registration.mode', 'registration.url')).toEqual([true, false])
    const [answer, changed] = ['answer', 'changed'].map((name) => fold.locator(`.${name}`))
    const isStale = async () => [await answer?.isVisible(), await changed?.isVisible()]
    expect(await isStale()).toEqual([true, false])
    await fold.locator('[value="external"]').focus()
    await press('Space')
    expect(await shown('registration.url')).toEqual([true])
    await fold.locator('summary').focus()
    await press('Enter')
    expect(await isStale()).toEqual([false, true])
  })

  test('on a phone, a café’s date, place and way to take part are on the first screen', async () => {
    const page = await open('café of another site', PHONE)
    const bottoms = await page.evaluate(() =>
      ['.facts time', '.facts > div:nth-child(2) strong', '.main-action .button'].map(
        (part) => document.querySelector(part)?.getBoundingClientRect().bottom,
      ),
    )
    expect(Math.max(...bottoms.map((bottom) => bottom ?? Number.POSITIVE_INFINITY))).toBeLessThan(
      PHONE.height,
    )
    expect(bottoms[1]).toBeLessThan(bottoms[2] ?? 0)
  })

  test('on a phone, the day of a café of next year stays in its row, of 150 px at most', async () => {
    const page = await open('all cafés of a structure', PHONE)
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll('table.compact tr:has(.day-block)')].map((row) => ({
        height: row.getBoundingClientRect().height,
        isOver:
          (row.querySelector('.day-block')?.getBoundingClientRect().bottom ?? 0) >
          row.getBoundingClientRect().bottom,
        lines: row.querySelectorAll('.day-block span').length,
      })),
    )
    expect(rows.some(({ lines }) => lines > 0)).toBe(true)
    for (const { height, isOver } of rows) {
      expect(isOver).toBe(false)
      expect(height).toBeLessThanOrEqual(150)
    }
  })

  test('on paper, the map of a café shows where the café is', async () => {
    const page = await open('café of another site', { width: 794, height: 1123 })
    await page.emulateMedia({ media: 'print' })
    const [map, here] = await Promise.all(
      ['.local-map', '.local-map .here'].map((part) => page.locator(part).boundingBox()),
    )
    await page.emulateMedia({ media: 'screen' })
    const middle = (here?.y ?? 0) + (here?.height ?? 0) / 2
    expect(middle).toBeGreaterThan((map?.y ?? 0) + 30)
    expect(middle).toBeLessThan((map?.y ?? 0) + (map?.height ?? 0) - 30)
  })

  test.each([
    ['series', '.next-dates > details, .series-page > .buttons'],
    ['series of the administration', '.folds'],
  ])('on the page "%s", what follows the dates does not touch them', async (name, parts) => {
    const page = await open(name, PHONE)
    const gaps = await page.locator(parts).evaluateAll((all) =>
      all.map((part) => {
        const above = part.previousElementSibling?.getBoundingClientRect().bottom ?? 0
        return part.getBoundingClientRect().top - above
      }),
    )
    expect(gaps.length).toBeGreaterThan(0)
    expect(Math.min(...gaps)).toBeGreaterThan(10)
  })

  test.each([2, 12, 18, 30])(
    'on a phone, %i months of a plot can be read, none over the next',
    async (months) => {
      const page = await open('home', PHONE)
      const bar = { label: 'sept.', title: '', parts: [{ value: 7, shade: 'few' as const }] }
      const plot = String(StackedBars({ bars: Array.from({ length: months }, () => bar) }))
      const boxes = await page.evaluate((svg) => {
        const main = document.querySelector('main')
        if (main) main.innerHTML = `<figure>${svg}</figure>`
        return [...document.querySelectorAll('.plot g text')]
          .map((text) => text.getBoundingClientRect())
          .filter(({ width }) => width > 0)
          .map(({ left, right, height }) => ({ left, right, height }))
      }, plot)
      expect(boxes.length).toBeGreaterThan(1)
      for (const [index, { left, height }] of boxes.entries()) {
        expect(height).toBeGreaterThan(11)
        expect(left).toBeGreaterThan(boxes[index - 1]?.right ?? 0)
      }
    },
  )

  test.each(
    [320, 360, 480, 640, 900, 1280].flatMap((width) =>
      ['nobody in office', 'network of structures'].map((name) => ({ width, name })),
    ),
  )(
    'at $width px, the names on the map of "$name" can be read, each below its frame, none on another',
    async ({ width, name }) => {
      const page = await open(name, { width, height: 800 })
      const names = await page.locator('.france-map .overseas a').evaluateAll((links) =>
        links.map((link) => {
          const map = link.closest('figure')?.getBoundingClientRect() ?? new DOMRect()
          const before = link.previousElementSibling
          const above = before?.getBoundingClientRect()
          // The second territory of a frame follows the name of the first.
          const least = before?.matches('svg') ? (above?.bottom ?? 0) - 3 : (above?.top ?? 0)
          const { left, right, top, bottom } = link.getBoundingClientRect()
          const text = link.firstChild as Text
          const broken = [...text.data.matchAll(/[^\s-]+/gu)].filter(({ index, 0: word }) => {
            const range = document.createRange()
            range.setStart(text, index)
            range.setEnd(text, index + word.length)
            return range.getClientRects().length > 1
          })
          return {
            size: Number.parseFloat(getComputedStyle(link).fontSize),
            broken: broken.map(([word]) => word),
            isOnMap: map.left <= left && right <= map.right && bottom <= map.bottom,
            isBelow: above !== undefined && least <= top && top < above.bottom + 9,
            lines: [...link.getClientRects()].map((line) => line.toJSON() as DOMRect),
          }
        }),
      )
      expect(names).toHaveLength(11)
      for (const { size, broken, isOnMap, isBelow } of names) {
        expect(size).toBeGreaterThanOrEqual(9)
        expect(broken).toEqual([])
        expect([isOnMap, isBelow]).toEqual([true, true])
      }
      const lines = names.flatMap(({ lines }) => lines)
      const onAnother = lines.filter((one, at) =>
        lines.some(
          (other, place) =>
            place !== at &&
            one.left < other.right &&
            other.left < one.right &&
            one.top < other.bottom - 3 &&
            other.top < one.bottom - 3,
        ),
      )
      expect(onAnother).toEqual([])
      const hidden = await page.locator('.france-map > div').evaluate((map) => {
        const inset = map.querySelector('.around-paris')?.getBoundingClientRect()
        return [...map.querySelectorAll('.mainland text')]
          .map((text) => ({ name: text.textContent, box: text.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0)
          .filter(({ box }) => !inset || (box.right > inset.left && box.top < inset.bottom))
          .map(({ name }) => name)
      })
      expect(hidden).toEqual([])
    },
  )

  test('where there is no café, both invitations begin at one height', async () => {
    const page = await open('territory without a café', { width: 1280, height: 900 })
    const tops = await page
      .locator('.invitations > *')
      .evaluateAll((panels) => panels.map((panel) => panel.getBoundingClientRect().top))
    expect(tops).toHaveLength(2)
    expect(tops[0]).toBe(tops[1])
  })

  test('a hint that does not fit beside its label goes below it whole', async () => {
    const page = await open('structures', { width: 1280, height: 900 })
    const hint = page.locator('label[for="territoire"] .hint')
    const lines = await hint.evaluate((each) => each.getClientRects().length)
    expect(lines).toBe(1)
  })

  test('the skip link shows when it is reached and leads to the content', async () => {
    const page = await open('home', PHONE)
    await page.keyboard.press('Tab')
    const link = page.locator('a.skip')
    expect(await link.evaluate((element) => getComputedStyle(element).clipPath)).toBe('none')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('contenu')
  })
})
