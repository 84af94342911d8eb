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
    ...html.matchAll(
      /<article class="cafe[^"]*"><h3><a [^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/gu,
    ),
  ].map(([, title]) => title)

test('a directory without a café says so, and offers what there is all the same', async () => {
  const text = await home()
  expect(text).toContain('Aucun café n’est annoncé')
  expect(titlesOf(text)).toEqual([])
  expect(text).toContain('href="/organiser"')
  expect(await findHtmlErrors(text)).toEqual([])
})

type Status = 'cancelled' | 'postponed' | 'scheduled'

/** Saves a café that begins so many hours from now, by a structure of its own where none is named. */
async function saveNumbered({
  number,
  status,
  peerId,
  structure = number,
  hours = 24 + number,
}: {
  number: number
  status: Status
  peerId: string
  structure?: number
  hours?: number
}): Promise<void> {
  const { db, now } = server.context
  await saveCafe(
    db,
    aCafe({
      ...{ peerId, organizationId: undefined, uri: `https://lieu.example/cafes/${number}` },
      ...{ title: `Café ${number}`, status },
      organizer: {
        uri: `https://lieu.example/${structure}`,
        name: `Lieu ${structure}`,
        url: 'https://lieu.example/',
      },
      venue: {
        ...{ id: undefined, name: 'Médiathèque', streetAddress: undefined, postalCode: '35000' },
        ...{ ...RENNES, latitude: 48.11, longitude: -1.67 },
      },
      startsAt: now().add({ hours }),
      endsAt: now().add({ hours: hours + 2 }),
    }),
  )
}

test('the next six are shown that take place, however many before them are cancelled', async () => {
  const { id } = await knowPeer(
    { context: server.context },
    { host: 'lieu', place: RENNES, membership: 'member' },
  )
  const save = (number: number, status: Status) => saveNumbered({ number, status, peerId: id })
  for (let number = 0; number < 40; number++) await save(number, 'cancelled')
  await save(40, 'postponed')
  for (let number = 41; number < 49; number++) await save(number, 'scheduled')
  const text = await home()
  expect(titlesOf(text)).toEqual([41, 42, 43, 44, 45, 46].map((number) => `Café ${number}`))
  expect(text).not.toContain('Aucun café n’est annoncé')
  expect(text).toContain('En Bretagne')
  expect(await findHtmlErrors(text)).toEqual([])
})

test('six are shown after a structure with many cafés of one day, and many that are postponed', async () => {
  const { id: peerId } = await knowPeer(
    { context: server.context },
    { host: 'lieu', place: RENNES, membership: 'member' },
  )
  for (let number = 100; number < 124; number++)
    await saveNumbered({ number, status: 'scheduled', peerId, structure: 100, hours: 1 })
  for (let number = 124; number < 130; number++)
    await saveNumbered({ number, status: 'postponed', peerId, hours: 2 })
  for (let number = 130; number < 138; number++)
    await saveNumbered({ number, status: 'scheduled', peerId, hours: number - 120 })
  const titles = titlesOf(await home())
  expect(titles.slice(1)).toEqual([130, 131, 132, 133, 134].map((number) => `Café ${number}`))
})

test.each(['/cest-quoi', '/cest-quoi?lang=en'])('%s says what an AI café is', async (path) => {
  const { status, text } = await openBrowser(server.origin).get(path)
  expect(status).toBe(200)
  expect(text).toMatch(path.endsWith('en') ? /What is an AI café/u : /C’est quoi, un café IA/u)
  expect(await findHtmlErrors(text)).toEqual([])
})
