import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { tabTo } from './hand.ts'

const PHONE = { width: 360, height: 640 }
const SCREENS_MAX = 1.3
const STOPS_MAX = 12

/** On a phone, what was looked for is near: to the eye, and to who goes by Tab after skipping the menu. */
export async function expectSoonOnPhone(page: Page, result: Locator): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize(PHONE)
  await page.reload()
  const box = await result.boundingBox()
  expect(box?.y, 'pixels above the first result').toBeLessThan(SCREENS_MAX * PHONE.height)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const stops = await tabTo(page, result.getByRole('link').first())
  expect(stops, 'tab stops to the first result').toBeLessThanOrEqual(STOPS_MAX)
  if (before) await page.setViewportSize(before)
}

/** A café's page answers at once: what is read right after its title. */
export async function expectAnswersFirst(page: Page): Promise<void> {
  const after = await page
    .getByRole('heading', { level: 1 })
    .evaluate((heading) => heading.nextElementSibling?.textContent ?? '')
  const places = ['Quand', 'Où', 'Participer'].map((word) => after.indexOf(word))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
}
