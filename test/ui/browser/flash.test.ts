import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInByLink } from '../../support/admin.ts'
import { launchChromium, whyNoChromium } from '../../support/chromium.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
beforeAll(async () => {
  server = await startWeb()
})
afterAll(() => server.stop())

test.skipIf(whyNoChromium())(
  'what has just been done begins the title and has the focus, without scripts too',
  async () => {
    const team = await signInByLink(server)
    const chromium = await launchChromium()
    const context = await chromium.newContext({ javaScriptEnabled: false })
    await context.addCookies(
      [...team.cookies].map(([name, value]) => ({ name, value, url: server.origin })),
    )
    const page = await context.newPage()
    await page.goto(`${server.origin}/administration`)
    expect(await page.title()).toMatch(/^Administration/)
    await page.goto(`${server.origin}/administration?fait=deleted`)
    expect(await page.title()).toMatch(/^Le café est supprimé – Administration/)
    await page.locator('.flash:focus').waitFor()
    // Tab moves the focus on from the message, past the menu.
    await page.keyboard.press('Tab')
    await page.locator('main a:focus, main button:focus').waitFor()
    await chromium.close()
  },
)
