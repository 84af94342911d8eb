import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { knowPeer, RENNES } from '../../support/known-peer.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'

let server: WebServer
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  await signInByLink(server)
})
afterAll(() => server.stop())

const home = async () => readable((await openBrowser(server.origin).get('/')).text)
const titlesOf = (html: string) =>
  [
    ...html.matchAll(/<article class="tile"><h3><a [^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/gu),
  ].map(([, title]) => title)

test('a directory without a café says so, and offers what there is all the same', async () => {
  const text = await home()
  expect(text).toContain('Aucun café n’est annoncé')
  expect(titlesOf(text)).toEqual([])
  expect(text).toContain('href="/organiser"')
  expect(await findHtmlErrors(text)).toEqual([])
})

test('the next six are shown that take place, however many before them are cancelled', async () => {
  const { db, now } = server.context
  const { id } = await knowPeer(
    { context: server.context },
    { host: 'lieu', place: RENNES, membership: 'member' },
  )
  const save = (number: number, status: 'cancelled' | 'postponed' | 'scheduled') =>
    saveCafe(
      db,
      aCafe({
        ...{ peerId: id, organizationId: undefined, uri: `https://lieu.example/cafes/${number}` },
        ...{ title: `Café ${number}`, status },
        organizer: {
          uri: `https://lieu.example/${number}`,
          name: `Lieu ${number}`,
          url: 'https://lieu.example/',
        },
        venue: {
          ...{ id: undefined, name: 'Médiathèque', streetAddress: undefined, postalCode: '35000' },
          ...{ ...RENNES, latitude: 48.11, longitude: -1.67 },
        },
        startsAt: now().add({ hours: 24 + number }),
        endsAt: now().add({ hours: 26 + number }),
      }),
    )
  for (let number = 0; number < 40; number++) await save(number, 'cancelled')
  await save(40, 'postponed')
  for (let number = 41; number < 49; number++) await save(number, 'scheduled')
  const text = await home()
  expect(titlesOf(text)).toEqual([41, 42, 43, 44, 45, 46].map((number) => `Café ${number}`))
  expect(text).not.toContain('Aucun café n’est annoncé')
  expect(text).toContain('En Bretagne')
  expect(await findHtmlErrors(text)).toEqual([])
})

test.each(['/cest-quoi', '/cest-quoi?lang=en'])('%s says what an AI café is', async (path) => {
  const { status, text } = await openBrowser(server.origin).get(path)
  expect(status).toBe(200)
  expect(text).toMatch(path.endsWith('en') ? /What is an AI café/u : /C’est quoi, un café IA/u)
  expect(await findHtmlErrors(text)).toEqual([])
})
