import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAlertSearch } from '../../../node/routes/territories/alert-search.ts'
import { releaseOrphans } from '../../../node/store/cafes/duplicates.ts'
import { saveBlock } from '../../../node/store/directory/blocks.ts'
import {
  claimDueAlert,
  listDueAlerts,
  matchNewCafes,
} from '../../../node/store/territories/alert-cafes.ts'
import { confirmAlert, requestAlert } from '../../../node/store/territories/alerts.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { type Site, startSite, until, untilJoined } from '../../support/network.ts'

let hub: Site
let library: Site
let town: Site
let admin: Browser

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
  admin = await signInByLink(hub)
})
afterAll(() => Promise.all([hub.close(), library.close(), town.close()]))

const page = (path: string) => fetch(hub.origin + path, { redirect: 'manual' })

const known = async (uri: string) => {
  await until(() => hub.find(uri), { what: uri })
  return (await hub.find(uri))?.id ?? ''
}

/** Announces the same evening twice: by the town, then by the library where it takes place. */
async function announceTwice(
  title: string,
): Promise<{ townId: string; libraryId: string; uris: string[] }> {
  const fromTown = await town.publish({ title, venue: VENUE })
  const townId = await known(fromTown)
  const fromLibrary = await library.publish({ title: `Café IA : ${title}`, venue: VENUE })
  const libraryId = await known(fromLibrary)
  return { townId, libraryId, uris: [fromTown, fromLibrary] }
}

/** Lets the team decide which of the two is shown. */
async function say(townId: string, libraryId: string, shown?: string): Promise<number> {
  const { text } = await admin.get('/administration/doublons')
  const csrf = text.match(/name="csrf" value="([^"]+)"/)?.[1] ?? ''
  const form = { csrf, one: townId, other: libraryId, ...(shown && { shown }) }
  return (await admin.post('/administration/doublons', form)).status
}

test('cafés of two sites that look alike are both shown until the team says that they are one', async () => {
  const { townId, libraryId } = await announceTwice('Apprivoiser les robots')
  const titles = ['Apprivoiser les robots', 'Café IA : Apprivoiser les robots']
  expect((await hub.titles()).sort()).toEqual(titles)
  expect((await admin.get('/administration/doublons')).text).toContain('Peut-être le même café')
  expect(await say(townId, libraryId, libraryId)).toBe(303)
  expect(await hub.titles()).toEqual(['Café IA : Apprivoiser les robots'])
  const shown = await (await page(`/cafes/${libraryId}`)).text()
  expect(shown).toMatch(/Aussi annoncé par[\s\S]*>Ville</)
  const other = await page(`/cafes/${townId}`)
  expect(other.status).toBe(200)
  expect(await other.text()).toMatch(/Aussi annoncé par[\s\S]*>Médiathèque du Canal</)
  expect(await say(townId, libraryId, townId)).toBe(409)
})

test('several pairs are said to be two cafés at once', async () => {
  const { townId, libraryId } = await announceTwice('Dessiner ensemble')
  const path = '/administration/doublons'
  const list = await admin.get(path)
  const item = list.text.match(/name="item" value="([^"]+)"/)?.[1] ?? ''
  expect(item.split(' ').sort()).toEqual([townId, libraryId].sort())
  const gone = `${townId} nulle-part`
  const chosen = { act: 'distincts', item: [item, gone] }
  const done = await admin.submit(list, `${path}/plusieurs`, chosen)
  expect(done.text.replaceAll(/\s/gu, ' ')).toContain('C’est fait pour 1 ligne, pas pour 1.')
  expect((await admin.get(`${path}?etat=distincts`)).text).toContain('Dessiner ensemble')
  expect((await hub.titles()).filter((title) => title.includes('Dessiner'))).toHaveLength(2)
})

test('the feeds of the directory have both, then once too: what steps back is taken back', async () => {
  const { uris, townId, libraryId } = await announceTwice('Réparer ensemble')
  const [fromTown, fromLibrary] = uris
  const announced = async () => {
    const { json } = await hub.get(`${hub.origin}/actors/cafes-ille-et-vilaine/outbox?page=first`)
    const ids = (json.orderedItems ?? []) as string[]
    const objects = await Promise.all(ids.map(async (id) => (await hub.get(id)).json.object))
    return uris.filter((uri) => objects.includes(uri))
  }
  await until(async () => (await announced()).length === 2, { what: 'both in the feed' })
  await say(townId, libraryId, libraryId)
  await until(async () => (await announced()).join() === fromLibrary, { what: 'the feed' })
  expect(fromTown).not.toBe(fromLibrary)
})

test('who asked for mails hears of it once, from the announcement that is shown when the mail leaves', async () => {
  const { db, now } = hub.context
  const request = { email: 'lou@mail.example', area: { territory: '35' }, search: '', place: 'ici' }
  const hear = () => matchNewCafes(db, now().add({ seconds: 1 }))
  await hear()
  await confirmAlert(db, (await requestAlert(db, request, now()))?.id ?? '', now())
  const told = async (hours: number) => {
    const at = now().add({ hours })
    const [id = ''] = await listDueAlerts(db, at)
    const due = await claimDueAlert(db, { id, now: at, readSearch: readAlertSearch })
    return due?.cafes.map(({ title }) => title)
  }
  const { townId, libraryId } = await announceTwice('Peindre à deux')
  await hear()
  await say(townId, libraryId, libraryId)
  expect(await told(0)).toEqual(['Café IA : Peindre à deux'])
})

test('once cancelled by one of them both are seen, the cancelled one as such', async () => {
  const { uris, townId, libraryId } = await announceTwice('Parler aux machines')
  await say(townId, libraryId, libraryId)
  await library.call('POST', `/cafes/${encodeURIComponent(uris[1] ?? '')}/cancel`, {
    reason: 'Grève',
  })
  await until(
    async () => (await hub.titles()).filter((title) => title.includes('Parler')).length === 2,
  )
})

test('the other one is back once the one that was shown is deleted', async () => {
  const { uris, townId, libraryId } = await announceTwice('Dessiner avec une machine')
  await say(townId, libraryId, libraryId)
  expect(await hub.titles()).not.toContain('Dessiner avec une machine')
  await library.call('DELETE', `/cafes/${encodeURIComponent(uris[1] ?? '')}`)
  await until(async () => (await hub.titles()).includes('Dessiner avec une machine'))
})

test('the team says that they are two, and takes it back', async () => {
  const { townId, libraryId } = await announceTwice('Traduire un courrier')
  const listed = async () =>
    (await hub.titles()).filter((title) => title.includes('Traduire')).length
  await say(townId, libraryId, townId)
  expect(await listed()).toBe(1)
  await say(townId, libraryId)
  expect(await listed()).toBe(2)
  expect((await admin.get('/administration/doublons')).text).toContain('d’après votre équipe')
  await say(townId, libraryId, libraryId)
  expect(await listed()).toBe(1)
})

test('the other one is back once the server of the one that was shown is blocked', async () => {
  const { uris, townId, libraryId } = await announceTwice('Écrire à plusieurs')
  await say(townId, libraryId, libraryId)
  const { db, now } = hub.context
  await saveBlock(db, { target: new URL(uris[1] ?? '').host, reason: 'essai' }, now())
  await releaseOrphans(db, now())
  expect(await hub.titles()).toContain('Écrire à plusieurs')
})
