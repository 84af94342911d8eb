import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { type GalleryServer, serveGallery, showInPlace } from '../support/gallery-server.ts'
import { gallery } from '../ui/gallery/gallery.tsx'
import { createHoverJudge } from './hover-rules.ts'

describe.skipIf(whyNoChromium())('what a person points at', () => {
  let browser: Browser
  let server: GalleryServer
  let tab: Page
  const findFaults = createHoverJudge()

  beforeAll(async () => {
    browser = await launchChromium()
    server = await serveGallery(new Map(gallery))
    tab = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await tab.goto(server.addressOf('home'))
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  test.each(gallery)('can be read on « %s »', async (_name, html) => {
    await showInPlace(tab, html)
    expect(await findFaults(tab)).toEqual([])
  })
})
