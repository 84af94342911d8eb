import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { JOIN_REFUSALS } from '../../../node/domain/registrations/join.ts'
import { purge } from '../../../node/jobs/purge.ts'
import { runOffers } from '../../../node/jobs/registrations/run-offers.ts'
import { listRegistrations } from '../../../node/store/registrations/registrations.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Site, startPair, until } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

/** People of a Mobilizon take part in cafés of ours, by its own buttons. */

let site: Site
let hub: Site
let mobilizon: RemotePeer
beforeAll(async () => {
  ;({ node: site, hub } = await startPair())
  mobilizon = await startRemotePeer(0)
})
afterAll(() => Promise.all([site.close(), hub.close(), mobilizon.close()]))

const aCafe = (capacity: number, change: Record<string, unknown> = {}) =>
  site.publish({ registration: { mode: 'local', capacity, waitlist: true }, ...change })

let people = 0
const aPerson = (change: Record<string, unknown> = {}): RemoteActorFixture => {
  const preferredUsername = `ada${++people}`
  const said = { type: 'Person', name: `Ada ${people}`, preferredUsername, ...change }
  return mobilizon.addActor(preferredUsername, said)
}

/** Returns what Mobilizon sends, written from its source (`Converter.Participant`, `Actions.Leave`). */
function mobilizonSays(name: 'join' | 'leave', person: RemoteActorFixture, cafe: string) {
  const fixture = new URL(`../../fixtures/activitypub/mobilizon-${name}.json`, import.meta.url)
  const said = readFileSync(fixture, 'utf8')
    .replaceAll('https://mobilizon.example/actors/ada', person.uri)
    .replaceAll('https://mobilizon.example', mobilizon.origin)
    .replaceAll('https://lieu.example/cafes/1', cafe)
    .replaceAll('0196a3c4-7d21-4c62-9f0e-5f2f6b7a8c11', randomUUID())
  return JSON.parse(said) as { '@context': unknown[]; id: string; type: string }
}

/** More of what Mobilizon's context has (`make_json_ld_header`): such an activity is read by JSON-LD. */
const BY_JSON_LD = {
  '@language': 'und',
  mz: 'https://joinmobilizon.org/ns#',
  sc: 'http://schema.org#',
  location: { '@id': 'sc:location', '@type': 'sc:Place' },
  participationMessage: { '@id': 'mz:participationMessage', '@type': 'sc:Text' },
}

const say = async (person: RemoteActorFixture, activity: object) =>
  (await mobilizon.send(person, `${site.origin}/inbox`, activity)).status

/** Joins, and waits for the answer, whose type it returns. */
async function join(person: RemoteActorFixture, cafe: string) {
  const said = mobilizonSays('join', person, cafe)
  expect(await say(person, said)).toBe(202)
  await until(() => answersTo(said.id).length > 0, { what: 'the answer' })
  return { id: said.id, answer: answersTo(said.id)[0] }
}
const answersTo = (joinUri: string) =>
  mobilizon.activities
    .map(({ json }) => json)
    .filter(({ object }) => (object as { id?: string }).id === joinUri)

const isOneLeft = (counted: unknown) => (counted as { seatsLeft?: number })?.seatsLeft === 1

const listOf = (cafe: string) =>
  listRegistrations(site.context.db, cafe.slice(cafe.lastIndexOf('/') + 1))
const statesOf = async (cafe: string) => (await listOf(cafe)).map(({ state }) => state)
const seatsLeft = async (cafe: string) => (await site.find(cafe))?.registration.seatsLeft

describe('a person of a Mobilizon', () => {
  test('has a seat, and is told so alone', async () => {
    const [cafe, person] = [await aCafe(2), aPerson({ name: '  Ada\u202e Lovelace ' })]
    const { id, answer } = await join(person, cafe)
    await until(async () => (await site.get(cafe)).json.joinMode === 'restricted')
    expect(answer).toMatchObject({
      type: 'Accept',
      actor: `${site.origin}/actors/cafes`,
      to: [person.uri],
      object: { id, type: 'Join', actor: person.uri, object: cafe },
    })
    expect(answer).not.toHaveProperty('cc')
    const [one] = await listOf(cafe)
    expect(one).toMatchObject({
      ...{ state: 'confirmed', name: 'Ada Lovelace', source: 'fediverse', email: undefined },
      handle: `@ada${people}@${new URL(mobilizon.origin).host}`,
    })
    expect(await seatsLeft(cafe)).toBe(1)
    expect(JSON.stringify(one)).not.toContain('fauteuil')
  })

  test('takes a seat of those that the directory counts, seconds later', async () => {
    const cafe = await aCafe(2)
    const there = async () => {
      const { id } = (await hub.find(cafe)) ?? { id: '-' }
      const { json } = await hub.call('GET', `/cafes/${id}`)
      const page = await fetch(`${hub.origin}/cafes/${id}`, { headers: { accept: 'text/html' } })
      return { counted: json.registration, page: readable(await page.text()) }
    }
    await until(async () => (await hub.find(cafe)) !== undefined)
    const person = aPerson()
    await join(person, cafe)
    await until(async () => isOneLeft((await there()).counted), { within: 15_000 })
    expect((await there()).page).toContain('1 place')
    await say(person, mobilizonSays('leave', person, cafe))
    await until(async () => !isOneLeft((await there()).counted), { within: 15_000 })
  })

  test('joins twice and has one seat, is answered again, and leaves', async () => {
    const [cafe, person] = [await aCafe(2), aPerson()]
    await join(person, cafe)
    const again = mobilizonSays('join', person, cafe)
    await say(person, { ...again, '@context': [...again['@context'], BY_JSON_LD] })
    await until(() => answersTo(again.id).length > 0, { what: 'the second answer' })
    expect(answersTo(again.id).map(({ type }) => type)).toEqual(['Accept'])
    expect(await statesOf(cafe)).toEqual(['confirmed'])
    const before = mobilizon.activities.length
    await say(person, mobilizonSays('leave', person, cafe))
    expect([await statesOf(cafe), await seatsLeft(cafe)]).toEqual([['cancelled'], 2])
    await join(person, cafe)
    expect(await statesOf(cafe)).toEqual(['cancelled', 'confirmed'])
    expect(mobilizon.activitiesOf('Reject').slice(before)).toEqual([])
  })

  test('waits for a seat, and hears that there is one', async () => {
    const cafe = await aCafe(1)
    const [first, second] = [aPerson(), aPerson()]
    const taken = await join(first, cafe)
    const waiting = await join(second, cafe)
    expect([taken.answer?.type, waiting.answer?.type]).toEqual(['Accept', 'TentativeAccept'])
    // The other software of FEP-8a8e takes the Join back.
    const undo = { id: `${mobilizon.origin}/undo/${randomUUID()}`, type: 'Undo', actor: first.uri }
    const object = { id: taken.id, type: 'Join', actor: first.uri, object: cafe }
    await say(first, { '@context': 'https://www.w3.org/ns/activitystreams', ...undo, object })
    expect(await statesOf(cafe)).toEqual(['cancelled', 'waiting'])
    await runOffers(site.context)
    expect(await statesOf(cafe)).toEqual(['cancelled', 'confirmed'])
    await until(() => answersTo(waiting.id).length > 1, { what: 'the Accept' })
    expect(answersTo(waiting.id).map(({ type }) => type)).toEqual(['TentativeAccept', 'Accept'])
    expect(answersTo(taken.id)).toHaveLength(1)
  })

  test.each([
    ['that is full and has no waiting list', 'full', {}],
    ['that is reserved', 'reserved', { openTo: 'reserved' }],
    ['at which one registers elsewhere', 'elsewhere', { registration: { mode: 'none' } }],
    ['that is hidden here', 'hidden', {}],
  ] as const)('is told why not at a café %s', async (_, reason, change) => {
    const cafe = await aCafe(1, change)
    if (reason === 'full') {
      await join(aPerson(), cafe)
      await site.context.db
        .updateTable('cafe')
        .set({ waitlist: 0 })
        .where('uri', '=', cafe)
        .execute()
    }
    if (reason === 'hidden') {
      const { db } = site.context
      await db.updateTable('cafe').set({ hidden_reason: 'team' }).where('uri', '=', cafe).execute()
    }
    const { answer } = await join(aPerson(), cafe)
    expect(answer).toMatchObject({ type: 'Reject', summary: JOIN_REFUSALS[reason] })
  })

  test('is told that the café is off, or that the team has cancelled', async () => {
    const [cafe, person] = [await aCafe(3), aPerson()]
    const { id } = await join(person, cafe)
    const cafeId = cafe.slice(cafe.lastIndexOf('/') + 1)
    await site.call('POST', `/cafes/${cafeId}/cancel`, {})
    const { answer } = await join(aPerson(), cafe)
    expect(answer).toMatchObject({ type: 'Reject', summary: JOIN_REFUSALS.off })
    await until(async () => (await site.get(cafe)).json.joinMode === 'external')
    expect(answersTo(id)).toHaveLength(1)
    const told = () =>
      mobilizon.activities.map(({ json }) => {
        const object = json.object as { id?: string; eventStatus?: string }
        return object.id === cafe && `${json.type} ${object.eventStatus ?? ''}`
      })
    await until(() => told().some((one) => one && /^Update .*Cancelled/.test(one)))
    const notes = () =>
      mobilizon.activities.flatMap(({ json }) => {
        const note = json.object as { type?: string; content: string }
        return note.type === 'Note' ? [{ to: json.to, note }] : []
      })
    await until(() => notes().length > 0, { what: 'the Note' })
    const [{ to, note } = { to: [], note: { content: '' } }, ...others] = notes()
    expect([to, others]).toEqual([[person.uri], []])
    expect(note).toMatchObject({
      attributedTo: `${site.origin}/actors/cafes`,
      to: [person.uri],
      tag: [{ type: 'Mention', href: person.uri, name: expect.stringContaining('@ada') }],
    })
    expect(note).not.toHaveProperty('cc')
    expect(readable(note.content)).toMatch(/Annulé\s?: .*n’aura pas lieu/su)
    const texts = site.context.db.selectFrom('activity').select('id')
    await until(async () => (await texts.where('type', '=', 'private-Note').execute()).length === 0)
    await site.call('DELETE', `/cafes/${cafeId}`)
    await until(() => told().includes('Delete '), { what: 'the Delete' })
  })

  test('whose account is deleted has nothing here any more', async () => {
    const [cafe, person] = [await aCafe(3), aPerson()]
    await join(person, cafe)
    const { uri } = person
    mobilizon.answer.status = 503
    const again = mobilizonSays('join', person, cafe)
    await say(person, again)
    const { db } = site.context
    const answers = db.selectFrom('activity').select('id').where('object_uri', '=', again.id)
    await until(async () => (await answers.execute()).length === 1, { what: 'the second answer' })
    const gone = { id: `${uri}#delete`, type: 'Delete', actor: uri, object: uri }
    await say(person, { '@context': 'https://www.w3.org/ns/activitystreams', ...gone })
    expect([await statesOf(cafe), await seatsLeft(cafe)]).toEqual([[], 3])
    expect(await answers.execute()).toEqual([])
    mobilizon.answer.status = 202
  })
})

describe('nobody takes part', () => {
  test('who is no person, or in the name of somebody else', async () => {
    const [cafe, person, other] = [await aCafe(3), aPerson(), aPerson()]
    const { answer } = await join(aPerson({ type: 'Group' }), cafe)
    expect(answer).toMatchObject({ type: 'Reject', summary: JOIN_REFUSALS['no-person'] })
    expect(await say(other, mobilizonSays('join', person, cafe))).toBe(401)
    await join(person, cafe)
    const leave = mobilizonSays('leave', person, cafe)
    expect(await say(other, leave)).toBe(401)
    await say(other, { ...leave, actor: other.uri })
    expect(await statesOf(cafe)).toEqual(['confirmed'])
  })

  test('beyond twenty of one domain, and each is answered', async () => {
    const cafe = await aCafe(100)
    const joins: string[] = []
    for (let n = 0; n < 22; n++) {
      const person = aPerson()
      const said = mobilizonSays('join', person, cafe)
      joins.push(said.id)
      await say(person, said)
    }
    const answers = () => joins.flatMap((id) => answersTo(id).map(({ type }) => type))
    await until(() => answers().length === 22, { what: 'all answers' })
    expect(answers()).toEqual([...Array(20).fill('Accept'), 'Reject', 'Reject'])
    expect(await listOf(cafe)).toHaveLength(20)
  })
})

test('who joined reads what the team writes, and that the café is deleted, alone', async () => {
  const [cafe, person] = [await aCafe(3), aPerson()]
  await join(person, cafe)
  const from = mobilizon.activities.length
  const notes = () =>
    mobilizon.activities.slice(from).flatMap(({ json }) => {
      const note = json.object as { type?: string; content: string }
      const text = note.type === 'Note' ? readable(note.content) : undefined
      return text === undefined ? [] : [{ text, to: json.to, html: note.content }]
    })
  const admin = await signInByLink(site)
  const cafeId = cafe.slice(cafe.lastIndexOf('/') + 1)
  const path = `/administration/cafes/${cafeId}/ecrire`
  const typed = { a: 'viennent', message: 'Entrée par la cour <b>.\r\nÀ jeudi' }
  const shown = await admin.submit(await admin.get(path), path, typed)
  expect(readable(shown.text)).toContain('un message privé part vers ce compte')
  expect(notes()).toEqual([])
  await admin.submit(shown, path, { ...typed, confirmed: '1' })
  await until(() => notes().length === 1, { what: 'the message' })
  await site.call('DELETE', `/cafes/${cafeId}`)
  await until(() => notes().length === 2, { what: 'the deletion' })
  const [written, deleted] = notes()
  expect([written?.to, deleted?.to]).toEqual([[person.uri], [person.uri]])
  expect(written?.html).toContain('Entrée par la cour &lt;b&gt;.<br>À jeudi<br><a href=')
  expect(deleted?.text).toMatch(/Annulé\s?: .*n’aura pas lieu/su)
  // Its address answers that it is gone, so there is no link to it.
  expect(deleted?.html).not.toContain(cafe)
  const { db } = site.context
  const left = db.selectFrom('activity').select('id').where('type', '=', 'private-Note')
  await until(async () => (await left.execute()).length === 0)
  const changes = await db.selectFrom('change').selectAll().execute()
  expect(JSON.stringify(changes)).not.toMatch(/joined-told|par la cour/)
})

test('who comes is in no object, and gone with its answers 30 days after', async () => {
  const [cafe, person] = [await aCafe(3), aPerson({ name: 'Grace Unique' })]
  await join(person, cafe)
  const handle = `ada${people}`
  for (const path of ['', '/attendees', '/organizers', '/replies'])
    for (const text of [(await site.get(`${cafe}${path}`)).text])
      expect(text).not.toMatch(new RegExp(`${handle}\\b|Unique`))
  expect((await site.get(`${cafe}/attendees`)).json).toMatchObject({ totalItems: 1 })
  const { db } = site.context
  const answers = db.selectFrom('activity').select('id').where('type', 'like', 'private-%')
  await until(async () => (await answers.execute()).length === 0, { what: 'no answer kept' })
  const { endsAt } = (await site.find(cafe)) ?? expect.fail()
  await purge({ ...site.context, now: () => endsAt.add({ hours: 24 * 30 + 1 }) })
  expect(await listOf(cafe)).toEqual([])
})

test('a reply of the fediverse to a café is taken, and shown nowhere', async () => {
  const [cafe, person] = [await aCafe(3), aPerson()]
  const note = {
    ...{ id: `${mobilizon.origin}/notes/${randomUUID()}`, type: 'Note', attributedTo: person.uri },
    ...{ inReplyTo: cafe, content: '<p>Avis tonitruant</p>', published: '2026-11-25T09:00:00Z' },
    to: ['https://www.w3.org/ns/activitystreams#Public'],
  }
  const said = { '@context': 'https://www.w3.org/ns/activitystreams', type: 'Create' }
  const activity = {
    ...said,
    id: `${note.id}#create`,
    actor: person.uri,
    to: note.to,
    object: note,
  }
  expect(await say(person, activity)).toBe(202)
  expect((await site.get(cafe)).json).toMatchObject({ repliesModerationOption: 'closed' })
  expect((await site.get(`${cafe}/replies`)).json).toMatchObject({ totalItems: 0 })
  for (const path of [cafe, `${site.origin}/`, `${site.origin}/agenda.atom`])
    expect(await (await fetch(path, { headers: { accept: 'text/html' } })).text()).not.toContain(
      'tonitruant',
    )
  const tables = ['activity', 'document', 'change', 'cafe_document'] as const
  for (const table of tables)
    expect(
      JSON.stringify(await site.context.db.selectFrom(table).selectAll().execute()),
    ).not.toContain('tonitruant')
})
