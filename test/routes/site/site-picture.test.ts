import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let hub: WebServer

beforeAll(async () => {
  hub = await startWeb({ role: 'hub' })
  await announce(await signInByLink(hub), { 'venue.town': '35000' })
})
afterAll(() => hub.stop())

const read = async (path: string) => (await openBrowser(hub.origin).get(path)).text
const property = (html: string, name: string): string | undefined =>
  new RegExp(`<meta property="${name}" content="([^"]*)"`).exec(html)?.[1]

test.each([
  ['/', '/partage.png'],
  ['/?ou=35000', '/partage.png'],
  ['/cest-quoi', '/partage.png'],
  ['/guides/installer', '/partage.png'],
  ['/territoires/35', '/territoires/35/carte.png'],
  ['/territoires/r-53?lang=en', '/territoires/r-53/carte.png'],
  ['/territoires/c-35238', '/partage.png'],
])('where a link to %s is shown, a picture of 1200 × 630 stands for it', async (page, picture) => {
  const html = await read(page)
  const address = property(html, 'og:image') ?? ''
  expect(address).toMatch(new RegExp(`^${hub.origin}${picture}\\?v=[0-9a-f]{16}$`))
  expect(property(html, 'og:image:alt')).toBeTruthy()
  const answer = await fetch(address)
  expect(answer.headers.get('cache-control')).toContain('immutable')
  const { format, width, height } = await sharp(await answer.arrayBuffer()).metadata()
  expect([format, width, height]).toEqual(['png', 1200, 630])
  expect([property(html, 'og:image:width'), property(html, 'og:image:height')]).toEqual([
    '1200',
    '630',
  ])
})

test('each département has its own, and its name in words', async () => {
  const pages = await Promise.all(['/territoires/35', '/territoires/26'].map(read))
  const addresses = pages.map((html) => property(html, 'og:image') ?? '')
  const [one, other] = await Promise.all(
    addresses.map(async (address) => Buffer.from(await (await fetch(address)).arrayBuffer())),
  )
  expect(one?.equals(other ?? Buffer.of())).toBe(false)
  expect(property(pages[0] ?? '', 'og:image:alt')).toContain('en Ille-et-Vilaine')
})

test('a territory has a programme of the month to print, an unknown one has none', async () => {
  const path = '/territoires/35/programme.pdf?mois=2026-12'
  const answer = await fetch(hub.origin + path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  for (const unknown of ['territoires/zz', 'structures/inconnue'])
    expect((await fetch(`${hub.origin}/${unknown}/programme.pdf`)).status).toBe(404)
})

test('an unknown territory has none, an old address gives today’s for a short while', async () => {
  expect((await fetch(`${hub.origin}/territoires/zz/carte.png`)).status).toBe(404)
  expect((await fetch(`${hub.origin}/territoires/c-35238/carte.png`)).status).toBe(404)
  const old = await fetch(`${hub.origin}/partage.png?v=0000`)
  expect(old.headers.get('cache-control')).toBe('public, max-age=300')
})

test('a page that is not to be found is not shown with one', async () => {
  expect(property(await read('/connexion'), 'og:image')).toBeUndefined()
  expect(property(await read('/nulle-part'), 'og:image')).toBeUndefined()
})
