import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveRestoration } from '../../../node/store/backup/restoration.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { saveBlock } from '../../../node/store/directory/blocks.ts'
import {
  answerFollowing,
  requestFollow,
  saveFollowing,
} from '../../../node/store/directory/followings.ts'
import { saveHiddenElsewhere } from '../../../node/store/directory/hidden-elsewhere.ts'
import { listJoinings } from '../../../node/store/directory/joinings.ts'
import { saveFollower } from '../../../node/store/feeds/followers.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { listPendingChanges, markChangesDone } from '../../../node/store/queues/changes.ts'
import { insertDeliveries } from '../../../node/store/queues/deliveries.ts'
import { markDeliveryFailed } from '../../../node/store/queues/failed-deliveries.ts'
import { saveHeld } from '../../../node/store/queues/held.ts'
import { matchNewCafes } from '../../../node/store/territories/alert-cafes.ts'
import { confirmAlert, requestAlert } from '../../../node/store/territories/alerts.ts'
import { announce, CAFE, revise, signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** What could make a sentence about who was told of a café untrue is added in turn; each time the page says so. */

const DIRECTORY = 'https://annuaire.example/actors/instance'
const PERSON = { uri: 'https://social.example/u/1', inbox: 'https://social.example/u/1/inbox' }

let place: WebServer
let team: Browser
let id: string
beforeAll(async () => {
  place = await startWeb({ smtpUrl: 'smtp://127.0.0.1:1' })
  team = await signInByLink(place)
  const { db, now } = place.context
  await matchNewCafes(db, now())
  const near = { latitude: 48.11, longitude: -1.68, radiusKm: 20 }
  const wanted = { email: 'a@example.org', area: { near }, search: '', place: 'Rennes' }
  const alert = await requestAlert(db, wanted, now())
  await confirmAlert(db, alert?.id ?? '', now())
  id = await announce(team)
})
afterAll(() => place.stop())

const path = () => `/administration/cafes/${id}`
const read = async (page = '/en-ligne?fait=saved') =>
  readable((await team.get(`${path()}${page}`)).text)

async function tellAll(): Promise<void> {
  const { db, now } = place.context
  const due = await listPendingChanges(db, now(), 100)
  await markChangesDone(
    db,
    due.map((change) => change.id),
    now(),
  )
}

test('nobody follows, no directory: each sentence is about that alone', async () => {
  const before = await read('/situation')
  expect(before).toContain('Aucun compte ne suit ce lieu')
  expect(before).not.toContain('prévenir')
  expect(before).not.toContain('personne n’est prévenu')
  expect(await read()).toContain('L’envoi aux autres sites est en cours.')
  await tellAll()
  const after = await read()
  expect(after).not.toContain('L’envoi')
  expect(after).toContain('Dans aucun annuaire')
})

test('an alert that has the café is counted until it is mailed', async () => {
  const { db, now } = place.context
  expect(await read()).not.toContain('alerte par courriel')
  await matchNewCafes(db, now())
  expect(await read()).toContain('Une alerte par courriel peut encore partir')
  await db.deleteFrom('alert_cafe').execute()
  expect(await read()).not.toContain('alerte par courriel')
})

test('a follower is told once the queue no longer holds anything of it', async () => {
  const { db, now } = place.context
  const follower = { actor: 'cafes', sharedInbox: undefined, followId: 'x', ...PERSON }
  await saveFollower(db, follower, now())
  expect(await read()).toContain('1 compte qui suit ce lieu a été prévenu')
  expect(await read('/situation')).toContain('Enregistrer et prévenir')
  await revise(team, id, { summary: 'Deux phrases.' })
  expect(await read()).toContain('1 compte qui suit ce lieu va être prévenu : l’envoi est en cours')
  await tellAll()
  const objectUri = (await findCafe(db, id))?.uri ?? ''
  const activity = { id: 'urn:a', actor: 'cafes', type: 'Update', objectUri, body: '{}' }
  const activitySeq = await insertActivity(db, activity, now())
  const sent = {
    activitySeq,
    type: 'Update',
    signer: 'cafes',
    kind: 'cafe',
    line: objectUri,
  } as const
  await insertDeliveries(db, { ...sent, inboxes: [PERSON.inbox] }, now())
  expect(await read()).toContain('va être prévenu')
  const { id: delivery } = await db.selectFrom('delivery').select('id').executeTakeFirstOrThrow()
  await markDeliveryFailed(db, { id: Number(delivery), error: '403' }, now())
  expect(await read()).toMatch(/Un serveur n’a pas pu être atteint : .*social\.example/su)
  await db.deleteFrom('delivery').execute()
  await saveBlock(db, { target: 'social.example', reason: '' }, now())
  expect(await read()).toContain('Aucun compte ne suit ce lieu')
  await db.deleteFrom('block').execute()
})

test('a directory is said to show it only where it just answered so', async () => {
  const { db, now, remote } = place.context
  await requestFollow(
    db,
    { address: 'https://annuaire.example', join: true, invitation: undefined },
    now(),
  )
  for (const page of ['/en-ligne', '/situation']) {
    const text = await read(page)
    expect(text).toContain('annuaire.example n’a pas encore répondu à votre demande')
    expect(text).not.toMatch(/n’en a pas rejoint|n’a rejoint aucun/)
  }
  const home = readable((await team.get('/administration')).text)
  expect(home).not.toContain('n’a rejoint aucun annuaire')
  const network = readable((await team.get('/administration/reseau')).text)
  expect(network).toContain('Votre demande à annuaire.example part dans un instant')
  await tellAll()
  const asked = { actor: 'instance', address: 'https://annuaire.example', followId: 'urn:1' }
  const request = { targetUri: DIRECTORY, isJoin: true, invitation: undefined, error: undefined }
  await saveFollowing(db, { ...asked, ...request, state: 'asked' }, now())
  expect(await read()).toContain('annuaire.example n’a pas encore répondu à votre demande')
  const [joining] = await listJoinings(db)
  await answerFollowing(db, { id: joining?.id ?? '', state: 'accepted' }, now())
  const answers = (outcome: 'shown' | 'older' | 'missing' | 'silent') => {
    remote.findDirectoryViews = async () => {
      place.advance({ seconds: 3 })
      return [{ name: 'annuaire.example', outcome }]
    }
  }
  answers('shown')
  expect(await read()).toContain('Dans annuaire.example : vu à l’instant, par une question')
  answers('older')
  expect(await read()).toContain('vu à l’instant, tel qu’il était avant')
  answers('silent')
  expect(await read()).toContain('ne répond pas pour l’instant')
  answers('missing')
  expect(await read()).toContain('demandé à l’instant, il n’y est pas')
  expect(await read('')).toContain('annuaire.example montre le changement en quelques secondes')
  await saveHiddenElsewhere(db, { cafeId: id, directory: DIRECTORY, reason: 'Pas gratuit.' }, now())
  expect(await read()).toMatch(/annuaire\.example ne le montre pas\..*Pas gratuit\./su)
  expect(await read('')).toContain('annuaire.example ne montre pas ce café')
  await answerFollowing(db, { id: joining?.id ?? '', state: 'refused', reason: '' }, now())
  answers('shown')
  remote.findDirectoryViews = async () => []
  expect(await read()).toContain('annuaire.example n’accepte pas les cafés de ce site')
})

test('since a restore nothing is said to leave, nor a closed page to be open', async () => {
  const { db, now } = place.context
  await saveHeld(db, now())
  await revise(team, id, { summary: 'Trois phrases.' })
  expect(await read()).toContain('1 compte qui suit ce lieu n’est pas prévenu : rien ne part')
  const before = await read('/situation')
  expect(before).toContain('Rien ne part de ce site')
  expect(before).not.toContain('Enregistrer et prévenir')
  const restored = { since: now(), at: now(), isLost: false, isClosed: true, uris: [DIRECTORY] }
  await saveRestoration(db, restored)
  const text = await read('/en-ligne?fait=published')
  expect(text).not.toContain('est en ligne')
  expect(text).toContain('Sa page n’est pas montrée')
  await db.deleteFrom('setting').where('name', 'in', ['restoration', 'sending-held']).execute()
})

test('after each way to save, the heading says what is true of the café', async () => {
  const status = async (situation: string, more = {}) => {
    const at = `${path()}/situation`
    const done = await team.submit(await team.get(at), at, { situation, ...more })
    expect(done.location).toMatch(/\/en-ligne\?fait=/)
    return readable((await team.get(done.location ?? '')).text)
  }
  const heading = (text: string) => /<h1>(.*?)<\/h1>/su.exec(text)?.[1]
  expect(heading(await status('cancelled', { 'note.cancelled': 'Fuite' }))).toBe(
    'Votre café est annulé',
  )
  // What the address says is not believed.
  expect(heading(await read('/en-ligne?fait=published'))).toBe('Votre café est annulé')
  expect(heading(await status('as-planned'))).toBe('Votre café est maintenu')
  expect(heading(await status('postponed'))).toBe('Votre café est reporté')
  await status('as-planned')
  const edited = await revise(team, id, { date: '2026-12-10' })
  expect(heading(readable((await team.get(edited.location ?? '')).text))).toBe(
    'La nouvelle date est en ligne',
  )
  const form = await team.get('/administration/cafes/nouveau')
  const draft = { ...CAFE, title: 'Un brouillon', date: '2026-12-20', save: 'draft' }
  await team.submit(form, '/administration/cafes/nouveau', draft)
  const { id: held } = await place.context.db
    .selectFrom('cafe')
    .select('id')
    .where('title', '=', 'Un brouillon')
    .executeTakeFirstOrThrow()
  const ask = `/administration/cafes/${held}/publier`
  const published = await team.submit(await team.get(ask), ask)
  expect(heading(readable((await team.get(published.location ?? '')).text))).toBe(
    'Votre café est en ligne',
  )
})
