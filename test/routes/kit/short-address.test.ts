import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shortCodeOf } from '../../../node/domain/values/short-code.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { scan } from '../../support/scan.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
let id: string
beforeAll(async () => {
  web = await startWeb({ role: 'node' })
  id = await announce(await signInByLink(web))
})
afterAll(() => web.stop())

const leadsTo = async (path: string) => {
  const answer = await fetch(web.origin + path, { redirect: 'manual' })
  return [answer.status, answer.headers.get('location')]
}

test('the code of a café is scanned as its short address, which leads to its page however it is typed', async () => {
  const svg = await (await fetch(`${web.origin}/cafes/${id}/code.svg`)).arrayBuffer()
  const scanned = await scan(await sharp(Buffer.from(svg)).resize(300).png().toBuffer())
  const code = shortCodeOf(id)
  expect(scanned).toBe(`${web.origin}/c/${code}`)
  for (const typed of [code, code.toUpperCase(), `${code.slice(0, 4)}-${code.slice(4)}`])
    expect(await leadsTo(`/c/${typed}`)).toEqual([302, `/cafes/${id}`])
})

test.each(['00000000', 'x', 'u2345678', '%E9', `${'0'.repeat(2000)}`])(
  'a code that was mistyped has a page that says so: %#',
  async (code) => {
    const page = await openBrowser(web.origin).get(`/c/${code}`)
    expect(page.status).toBe(404)
  },
)
