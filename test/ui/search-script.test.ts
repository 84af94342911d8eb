import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { startWeb, type WebServer } from '../support/server.ts'

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
const shown = () => options().filter({ visible: true }).count()
const asked = () => new URL(page.url()).searchParams.get('ou')

describe.skipIf(why)('the field « Où ? », where scripts run', () => {
  beforeEach(async () => {
    await page.goto(server.origin)
    await page.locator('#ou').pressSequentially('Rennes')
    await options().first().waitFor()
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
})
