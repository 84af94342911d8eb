import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { byKeyboard, byMouse } from './hand.ts'
import { walk } from './journey.ts'
import { type Network, startNetwork } from './network.ts'

const why = whyNoChromium()

describe.skipIf(why)('an organiser at a place and a visitor at the directory', () => {
  let browser: Browser
  let network: Network

  beforeAll(async () => {
    browser = await launchChromium()
  })

  afterAll(() => browser?.close())

  beforeEach(async () => {
    network = await startNetwork()
  })

  afterEach(async () => {
    const failures = [...network.hub.failures(), ...network.node.failures()]
    await network.stop()
    expect(failures).toEqual([])
  })

  const steps = 'announce, find, move, cancel and delete a café'

  test(`${steps}, on pages that are light, valid and accessible`, { timeout: 180_000 }, () =>
    walk(browser, network, { hand: byMouse, javaScript: true, check: true }),
  )

  test(`${steps} by keyboard alone`, { timeout: 120_000 }, () =>
    walk(browser, network, { hand: byKeyboard, javaScript: true, check: false }),
  )

  test(`${steps} with JavaScript switched off`, { timeout: 120_000 }, () =>
    walk(browser, network, { hand: byMouse, javaScript: false, check: false }),
  )
})
