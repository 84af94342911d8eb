import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { launchChromium, whyNoChromium } from '../../support/chromium.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import { until } from '../../support/network.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const why = whyNoChromium()

/** A minimal picture in SVG. */
const TILE = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'

describe.skipIf(why)('a map that can be moved, in a browser', () => {
  let tiles: LoopbackServer
  let hub: WebServer
  let browser: Browser
  beforeAll(async () => {
    tiles = await startLoopbackServer(
      (_request, response) => response.setHeader('content-type', 'image/svg+xml').end(TILE),
      { tls: true },
    )
    hub = await startWeb({ role: 'hub', tiles: `${tiles.origin}/{z}/{x}/{y}.png` })
    await announce(await signInByLink(hub), { title: 'Café de Rennes', 'venue.town': '35000' })
    browser = await launchChromium()
  })
  afterAll(() => Promise.all([browser?.close(), hub?.stop(), tiles?.close()]))

  const open = async (path: string) => {
    const page = await browser.newPage({ ignoreHTTPSErrors: true, locale: 'fr-FR' })
    await page.goto(hub.origin + path)
    await page.locator('#carte-mobile path.point').first().waitFor()
    return page
  }

  test('asks for its tiles as OpenStreetMap wants it: saying which site, and never which page', async () => {
    const page = await open('/carte?ou=35000')
    await until(() => tiles.requests.length > 0, { what: 'a tile' })
    const referrers = new Set(tiles.requests.map(({ headers }) => headers.referer))
    expect([...referrers]).toEqual([`${hub.origin}/`])
    await page.close()
  })

  test('speaks French to a screen reader, and English on the English page', async () => {
    const labels = async (path: string) => {
      const page = await open(path)
      await page.locator('#carte-mobile path.point').first().dispatchEvent('click')
      await page.locator('.leaflet-popup a[href^="/territoires/c-"]').waitFor()
      const found = await page
        .locator('#carte-mobile')
        .evaluate((map) =>
          [...map.querySelectorAll('[aria-label], [title]')].map(
            (each) => each.getAttribute('aria-label') ?? each.getAttribute('title'),
          ),
        )
      await page.close()
      return found.toSorted()
    }
    expect(await labels('/carte')).toEqual(['Agrandir', 'Fermer', 'Réduire'])
    expect(await labels('/carte?lang=en')).toEqual(['Close', 'Zoom in', 'Zoom out'])
  })
})
