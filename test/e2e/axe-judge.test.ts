import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { createAxeJudge } from './page-rules.ts'

/** Returns a page with this style and this content. */
const pageOf = (style: string, body: string) =>
  `<!doctype html><html lang="fr"><title>Une page</title><style>
    body { background: #fff; color: #111 }
    @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } ${style} }
  </style><body><main><h1>Titre</h1>${body}</main></body></html>`

describe.skipIf(whyNoChromium())('the accessibility checker of the tests', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())

  test('reports each kind of fault once, on the first page and in the first look that have it', async () => {
    const page = await browser.newPage()
    const findErrors = createAxeJudge()
    const judge = async (style: string, body: string) => {
      await page.setContent(pageOf(style, body))
      return [...new Set((await findErrors(page)).map(([rule]) => rule))]
    }
    expect(await judge('', '<p>Bonjour</p>')).toEqual([])
    expect(await judge('', '<p>Bonsoir</p>')).toEqual([])
    expect(await judge('', '<p class="pale">Bonsoir</p>')).toEqual([])
    expect(await judge('p.dim { color: #333 }', '<p class="dim">Bonsoir</p>')).toEqual([
      'color-contrast',
    ])
    expect(await judge('p.dim { color: #333 }', '<p class="dim">Bonne nuit</p>')).toEqual([])
    const pale = 'p.odd { forced-color-adjust: none; color: #888; background: #999 }'
    const forced = `@media (forced-colors: active) { ${pale} }`
    expect(await judge(forced, '<p class="odd">Bonsoir</p>')).toEqual(['color-contrast'])
    expect(await judge(forced, '<p class="odd">Bonne nuit</p>')).toEqual([])
    expect(await judge('', '<p>Bonsoir</p><img src="data:,">')).toEqual(['image-alt'])
    expect(await judge('', '<p>Bonne nuit</p><img src="data:,">')).toEqual([])
    expect(await judge('', '<p style="color: #ccc">Bonsoir</p>')).toEqual(['color-contrast'])
    await page.close()
  })
})
