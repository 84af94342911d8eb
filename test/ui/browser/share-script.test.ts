import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { launchChromium, whyNoChromium } from '../../support/chromium.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const why = whyNoChromium()

let server: WebServer
let browser: Browser
let address: string

beforeAll(async () => {
  if (why) return
  server = await startWeb({ role: 'node' })
  const id = await announce(await signInByLink(server), { title: 'Café des «images»' })
  address = `${server.origin}/cafes/${id}`
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

describe.skipIf(why)('a café is passed on', () => {
  test('by a copy of its address, which is said, and by the keyboard alone', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    await page.goto(address)
    const panel = page.getByRole('region', { name: 'Faites passer' })
    expect(await panel.getByRole('button').allTextContents()).toContain('Copier son adresse')
    expect(await panel.getByRole('button', { name: 'Partager' }).isVisible()).toBe(false)
    expect(await panel.locator('code').isVisible()).toBe(false)
    await panel.getByRole('button', { name: 'Copier son adresse' }).focus()
    await page.keyboard.press('Enter')
    await panel.getByRole('status').filter({ hasText: 'C’est copié.' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)
    await context.close()
  })

  test('where copying is refused, by its address, which is shown then', async () => {
    const page = await browser.newPage()
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    })
    await page.goto(address)
    await page.getByRole('button', { name: 'Copier son adresse' }).click()
    await page.locator('#adresse-cafe').waitFor({ state: 'visible' })
    await page.close()
  })

  test('by what the device has for it; who closes that has shared nothing', async () => {
    const page = await browser.newPage()
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.addInitScript(() => {
      navigator.share = (data) => {
        document.title = JSON.stringify(data)
        return Promise.reject(new DOMException('', 'AbortError'))
      }
    })
    await page.goto(address)
    await page.getByRole('button', { name: 'Partager' }).click()
    expect(JSON.parse(await page.title())).toEqual({ title: 'Café des «images»', url: address })
    expect(errors).toEqual([])
    await page.close()
  })

  test('without scripts, by hand', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(address)
    const panel = page.getByRole('region', { name: 'Faites passer' })
    expect(await panel.locator('code').textContent()).toBe(address)
    expect(await panel.locator('code').isVisible()).toBe(true)
    expect(await panel.getByRole('button').filter({ visible: true }).count()).toBe(0)
    await context.close()
  })
})
