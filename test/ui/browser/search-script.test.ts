import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { launchChromium, whyNoChromium } from '../../support/chromium.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { DIE } from '../../support/venues.ts'

const why = whyNoChromium()

let server: WebServer
let browser: Browser
let page: Page

beforeAll(async () => {
  if (why) return
  server = await startWeb({ role: 'hub' })
  browser = await launchChromium()
  page = await browser.newPage()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const options = () => page.locator('.autocomplete__option')
const type = async (words: string) => {
  const answer = page.waitForResponse((one) =>
    one.url().endsWith(`?q=${encodeURIComponent(words)}`),
  )
  await page.locator('#ou').pressSequentially(words)
  await answer
  await expect.poll(() => options().first().textContent()).toContain(words)
}
const shown = () => options().filter({ visible: true }).count()
const asked = () => new URL(page.url()).searchParams.get('ou')

describe.skipIf(why)('the field « Où ? », where scripts run', () => {
  beforeEach(async () => {
    await page.goto(server.origin)
    await page.focus('#ou')
    await page.locator('.autocomplete #ou:focus').waitFor()
    await type('Rennes')
  })

  test('Enter sends what is typed while suggestions are shown', async () => {
    await page.keyboard.press('Enter')
    await page.waitForURL(/ou=/, { timeout: 5000 })
    expect(asked()).toBe('Rennes')
  })

  test('Enter closes them, as is seen when one comes back', async () => {
    await page.evaluate(() => addEventListener('submit', (event) => event.preventDefault()))
    await page.keyboard.press('Enter')
    await expect.poll(shown).toBe(0)
    expect(await page.inputValue('#ou')).toBe('Rennes')
  })

  test('Escape closes them, and Enter then sends as well', async () => {
    await page.keyboard.press('Escape')
    await expect.poll(shown).toBe(0)
    await page.keyboard.press('Enter')
    await page.waitForURL(/ou=/)
    expect(asked()).toBe('Rennes')
  })

  test('Enter on the one that is chosen takes it over and sends nothing', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.inputValue('#ou')).toBe('Rennes (35)')
    expect(asked()).toBeNull()
    await page.keyboard.press('Enter')
    await page.waitForURL(/ou=/)
    expect(asked()).toBe('Rennes (35)')
  })

  test('the beginning of a postcode names its towns, the largest first; a position names none', async () => {
    await page.fill('#ou', '')
    await page.locator('#ou').pressSequentially('261')
    await expect.poll(() => options().first().textContent()).toBe('Romans-sur-Isère (26)')
    await page.locator('#ou').pressSequentially('50')
    await expect.poll(() => options().first().textContent()).toBe('Die (26)')
    expect(await options().count()).toBe(8)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.inputValue('#ou')).toBe('Solaure en Diois (26)')
    await page.fill('#ou', '')
    await page.locator('#ou').pressSequentially('48.11,-1.68')
    await expect.poll(shown).toBe(0)
  })

  test('Paris is one with its département, as is each région overseas', async () => {
    await page.fill('#ou', '')
    await type('Paris')
    expect((await options().allTextContents())[0]).toBe('Paris (75)')
    await page.fill('#ou', '')
    await type('Mayotte')
    expect(await options().allTextContents()).toEqual(['Mayotte (département)'])
  })

  test.each([
    ['La Réunion', ['La Réunion (département)', 'La Réunion (47)'], '974'],
    ['Bretagn', ['Bretagne (région)'], 'r-53'],
    ['Mayenne', ['Mayenne (département)', 'Mayenne (53)'], '53'],
  ])('%s is a territory as well, which is looked for within', async (words, offered, code) => {
    await page.fill('#ou', '')
    await type(words)
    expect((await options().allTextContents()).slice(0, offered.length)).toEqual(offered)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.inputValue('#ou')).toBe(offered[0])
    await page.keyboard.press('Enter')
    await page.waitForURL(/ou=/)
    const kept = page.locator('form.search input[name=territoire]')
    expect(await kept.getAttribute('value')).toBe(code)
  })
})

test.skipIf(why)(
  'a venue is suggested by a word of its name, and leads to a search that says so',
  async () => {
    const { db } = server.context
    const venue = { ...DIE, name: 'Le Comptoir des ombres' }
    await saveCafe(db, aCafe({ venue, organizationId: server.organization.id }))
    await page.goto(server.origin)
    await page.focus('#ou')
    await page.locator('.autocomplete #ou:focus').waitFor()
    await page.locator('#ou').pressSequentially('comptoir')
    await expect.poll(() => options().allTextContents()).toContain('Le Comptoir des ombres, Die')
    const at = (await options().allTextContents()).indexOf('Le Comptoir des ombres, Die')
    for (let down = 0; down <= at; down++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.inputValue('#ou')).toBe('Le Comptoir des ombres, Die')
    await page.keyboard.press('Enter')
    await page.waitForURL(/ou=/)
    expect(await page.locator('.understood').first().textContent()).toMatch(
      /^Les cafés de «.Le Comptoir des ombres, Die.», et ceux où ces mots sont écrits/,
    )
    expect(await page.locator('.numbered > li').count()).toBe(1)
  },
)

test.skipIf(why)('who types before the suggestions have come is not interrupted', async () => {
  let letCome = () => {}
  const asked = new Promise<void>((resolve) => {
    letCome = resolve
  })
  await page.route('**/accessible-autocomplete.min.js', async (route) => {
    await asked
    await route.continue()
  })
  await page.goto(server.origin)
  await page.locator('#ou').pressSequentially('Ren')
  const arrived = page.waitForResponse('**/accessible-autocomplete.min.js')
  letCome()
  await (await arrived).finished()
  await page.keyboard.type('nes')
  expect(await page.inputValue('#ou')).toBe('Rennes')
  await page.keyboard.press('Tab')
  await page.locator('.autocomplete #ou').waitFor()
  expect(await page.inputValue('#ou')).toBe('Rennes')
  await page.unroute('**/accessible-autocomplete.min.js')
})

describe.skipIf(why)('« Autour de moi »', () => {
  test.each([360, 640, 700, 800, 960, 1280])(
    'at %i px, is beside what the field is called and covers nothing of it, focused or not',
    async (width) => {
      await page.setViewportSize({ width, height: 800 })
      for (const path of ['/', '/?quand=jamais']) {
        await page.goto(server.origin + path)
        await page.locator('.around').waitFor()
        await page.focus('#ou')
        await page.keyboard.press('Tab')
        const { ring, inside, words, others, height } = await page.evaluate(() => {
          const boxOf = (element: Element | Range | null, grown = 0) => {
            const box = element?.getBoundingClientRect() ?? new DOMRect()
            return {
              left: box.left - grown,
              top: box.top - grown,
              right: box.right + grown,
              bottom: box.bottom + grown,
            }
          }
          const button = document.activeElement
          const { outlineWidth, outlineOffset } = getComputedStyle(button ?? document.body)
          const text = document.createRange()
          text.selectNodeContents(button ?? document.body)
          return {
            ring: boxOf(button, Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset)),
            inside: boxOf(button, Number.parseFloat(outlineOffset)),
            words: boxOf(text),
            height: button?.matches('.around') ? button.getBoundingClientRect().height : 0,
            others: ['#ou', '.where .hint'].map((one) => boxOf(document.querySelector(one))),
          }
        })
        expect(height).toBeGreaterThanOrEqual(24)
        expect(words.left).toBeGreaterThanOrEqual(inside.left)
        expect(words.right).toBeLessThanOrEqual(inside.right)
        expect(words.bottom).toBeLessThanOrEqual(inside.bottom)
        for (const other of others) {
          const isBeside = ring.left >= other.right || ring.right <= other.left
          expect(isBeside || ring.bottom <= other.top || ring.top >= other.bottom).toBe(true)
        }
      }
    },
  )
})
