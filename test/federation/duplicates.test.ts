import { afterAll, beforeAll, expect, test } from 'vitest'
import { matchNewCafes, takeDueAlert } from '../../node/store/alert-cafes.ts'
import { confirmAlert, requestAlert } from '../../node/store/alerts.ts'
import { blockDomain } from '../../node/store/blocks.ts'
import { releaseOrphans } from '../../node/store/duplicates.ts'
import type { Browser } from '../support/browser.ts'
import { signInByLink } from '../support/desk.ts'
import { type Site, startSite, until, untilJoined } from '../support/network.ts'

let hub: Site
let library: Site
let town: Site
let desk: Browser

const VENUE = { name: 'Médiathèque du Canal', postalCode: '35000', commune: 'Rennes' }

beforeAll(async () => {
  hub = await startSite({ role: 'hub' })
  library = await startSite({
    name: 'Médiathèque du Canal',
    hub: { site: hub, invitation: await hub.invite() },
  })
  town = await startSite({ name: 'Ville', hub: { site: hub, invitation: await hub.invite() } })
  await untilJoined(hub, library)
  await untilJoined(hub, town)
  desk = await signInByLink(hub)
})
afterAll(() => Promise.all([hub.close(), library.close(), town.close()]))

const page = (path: string) => fetch(hub.origin + path, { redirect: 'manual' })

const known = async (uri: string) => {
  await until(() => hub.find(uri), { what: uri })
  return (await hub.find(uri))?.id ?? ''
}

/** The same evening, announced by the town, then by the library where it takes place. */
async function announceTwice(
  title: string,
): Promise<{ townId: string; libraryId: string; uris: string[] }> {
  const fromTown = await town.publish({ title, venue: VENUE })
  const townId = await known(fromTown)
  const fromLibrary = await library.publish({ title: `Café IA : ${title}`, venue: VENUE })
  const libraryId = await known(fromLibrary)
  return { townId, libraryId, uris: [fromTown, fromLibrary] }
}

test('a café that two announce is shown once, as the place where it is says it, and says who else does', async () => {
  const { townId, libraryId } = await announceTwice('Apprivoiser les robots')
  expect(await hub.titles()).toEqual(['Café IA : Apprivoiser les robots'])
  const shown = await (await page(`/cafes/${libraryId}`)).text()
  expect(shown).toMatch(/Aussi annoncé par[\s\S]*>Ville</)
  const other = await page(`/cafes/${townId}`)
  expect([other.status, other.headers.get('location')]).toEqual([302, `/cafes/${libraryId}`])
})

test('the feeds of the directory have it once too: what was announced first is taken back', async () => {
  const { uris } = await announceTwice('Réparer ensemble')
  const [fromTown, fromLibrary] = uris
  const announced = async () => {
    const { json } = await hub.get(`${hub.origin}/actors/cafes-ille-et-vilaine/outbox?page=first`)
    const ids = (json.orderedItems ?? []) as string[]
    const objects = await Promise.all(ids.map(async (id) => (await hub.get(id)).json.object))
    return uris.filter((uri) => objects.includes(uri))
  }
  await until(async () => (await announced()).join() === fromLibrary, { what: 'the feed' })
  expect(fromTown).not.toBe(fromLibrary)
})

test('who asked for mails hears of it once, from the announcement that is shown when the mail leaves', async () => {
  const { db, now } = hub.context
  const request = { email: 'lou@mail.example', area: { territory: '35' }, place: 'ici' }
  await confirmAlert(db, (await requestAlert(db, request, now()))?.id ?? '', now())
  const hear = () => matchNewCafes(db, now().add({ seconds: 1 }))
  const told = async (hours: number) => {
    const due = await takeDueAlert(db, { after: '', now: now().add({ hours }) })
    return due?.cafes.map(({ title }) => title)
  }
  await hear()
  await known(await town.publish({ title: 'Coudre un robot', venue: VENUE }))
  await hear()
  expect(await told(0)).toEqual(['Coudre un robot'])
  await known(await library.publish({ title: 'Café IA : Coudre un robot', venue: VENUE }))
  await hear()
  expect(await told(25)).toBeUndefined()

  await known(await town.publish({ title: 'Peindre à deux', venue: VENUE }))
  await hear()
  await known(await library.publish({ title: 'Café IA : Peindre à deux', venue: VENUE }))
  await hear()
  expect(await told(50)).toEqual(['Café IA : Peindre à deux'])
})

test('once cancelled by one of them both are seen, the cancelled one as such', async () => {
  const { uris } = await announceTwice('Parler aux machines')
  await library.call('POST', `/cafes/${encodeURIComponent(uris[1] ?? '')}/cancel`, {
    reason: 'Grève',
  })
  await until(
    async () => (await hub.titles()).filter((title) => title.includes('Parler')).length === 2,
  )
})

test('the other one is back once the one that was shown is deleted', async () => {
  const { uris } = await announceTwice('Dessiner avec une machine')
  await library.call('DELETE', `/cafes/${encodeURIComponent(uris[1] ?? '')}`)
  await until(async () => (await hub.titles()).includes('Dessiner avec une machine'))
})

test('the team says that they are two, and takes it back', async () => {
  const { townId, libraryId } = await announceTwice('Traduire un courrier')
  const { text } = await desk.get('/administration/doublons')
  expect(text).toContain('même commune')
  const csrf = text.match(/name="csrf" value="([^"]+)"/)?.[1] ?? ''
  const say = (decision: string) =>
    desk.post('/administration/doublons', { csrf, one: townId, other: libraryId, decision })
  expect((await say('deux')).status).toBe(303)
  expect((await hub.titles()).filter((title) => title.includes('Traduire'))).toHaveLength(2)
  expect((await desk.get('/administration/doublons')).text).toContain('d’après votre équipe')
  await say('un')
  expect((await hub.titles()).filter((title) => title.includes('Traduire'))).toHaveLength(1)
})

test('the other one is back once the server of the one that was shown is blocked', async () => {
  const { uris } = await announceTwice('Écrire à plusieurs')
  const { db, now } = hub.context
  await blockDomain(db, { domain: new URL(uris[1] ?? '').host, reason: 'essai' }, now())
  await releaseOrphans(db, now())
  expect(await hub.titles()).toContain('Écrire à plusieurs')
})
