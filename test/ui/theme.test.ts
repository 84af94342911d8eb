import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_LEGAL_NOTICE } from '../../node/domain/structures/legal-notice.ts'
import { canBeRead } from '../../node/domain/values/colour.ts'
import { saveSettings } from '../../node/store/structures/site-settings.ts'
import { announce, signInByLink } from '../support/admin.ts'
import { findViolations } from '../support/axe.ts'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { startWeb, type WebServer } from '../support/server.ts'

/** Colours near the limit of contrast, dark ones, and some of every hue. */
const COLOURS = ['#b3410e', '#000000', '#7a2a6a', '#0000ff', '#5c6e00']

describe.skipIf(whyNoChromium())('an operator’s colour', () => {
  let server: WebServer
  let chromium: Browser

  beforeAll(async () => {
    server = await startWeb()
    await announce(await signInByLink(server))
    chromium = await launchChromium()
  })
  afterAll(async () => {
    await chromium?.close()
    await server.stop()
  })

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test.each(COLOURS)('%s leaves every text legible', async (themeColour) => {
      expect(canBeRead(themeColour)).toBe(true)
      const settings = { legal: NO_LEGAL_NOTICE, themeColour, sourceUrl: undefined }
      await saveSettings(server.context.db, settings, server.context.now())
      const context = await chromium.newContext({ colorScheme })
      const page = await context.newPage()
      for (const path of ['/', '/administration/connexion', '/mentions-legales']) {
        await page.goto(server.origin + path)
        expect(await findViolations(page, { rules: 'colours' })).toEqual([])
      }
      await context.close()
    })
  })
})
