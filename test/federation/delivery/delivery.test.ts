import { setTimeout as pause } from 'node:timers/promises'
import { verifyRequest } from '@fedify/fedify/sig'
import { getDocumentLoader } from '@fedify/vocab-runtime'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import { fromMultibase } from '../../../federation/wire/multikey.ts'
import { verifyProof } from '../../../federation/wire/proof.ts'
import { CAFES } from '../../../federation/wire/uris.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { planVisits } from '../../../node/jobs/plan-readings.ts'
import { findCafeDocument } from '../../../node/store/cafes/cafe-documents.ts'
import { findTombstone } from '../../../node/store/directory/deletions.ts'
import { saveFollower } from '../../../node/store/feeds/followers.ts'
import { startLoopbackServer } from '../../support/loopback-server.ts'
import { answersNoNote, knowsNothing } from '../../support/measured-peers.ts'
import { type Member, startMember } from '../../support/member.ts'
import { CAFE, type Site, startPair, startSite, until, untilAtRest } from '../../support/network.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

/** The most time from saving a page until the directory has the change. */
const SOON = { within: 2_000 }

const idOf = (uri: string): string => uri.split('/').at(-1) ?? ''
const keyOfFeed = async (site: Site) => {
  const { json } = await site.get(`${site.origin}/actors/cafes`)
  const [key] = json.assertionMethod as { publicKeyMultibase: string }[]
  const publicKey = fromMultibase(key?.publicKeyMultibase ?? '')
  if (!publicKey) throw new Error('the feed lists no key')
  return publicKey
}

async function follow(peer: RemotePeer, actor: RemoteActorFixture, target: string): Promise<void> {
  const site = new URL(target).origin
  const { status } = await peer.send(actor, `${site}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${Math.random()}`,
    type: 'Follow',
    actor: actor.uri,
    object: target,
  })
  expect(status).toBe(202)
  await until(() => peer.activitiesOf('Accept').length > 0)
}

describe('a café reaches the directory', () => {
  let hub: Site
  let node: Site
  let reader: RemotePeer

  beforeAll(async () => {
    ;({ hub, node } = await startPair())
    reader = await startRemotePeer(0)
    await follow(reader, reader.addActor('reader'), `${node.origin}/actors/cafes`)
  })
  afterAll(async () => {
    await Promise.all([hub.close(), node.close(), reader.close()])
  })

  test('when published, edited, cancelled and deleted, each within two seconds', async () => {
    const uri = await node.publish({ title: 'Première idée' })
    const path = `/cafes/${idOf(uri)}`
    await until(async () => (await hub.titles()).includes('Première idée'), SOON)

    await node.call('PUT', path, { ...CAFE, title: 'Seconde idée' })
    await until(async () => (await hub.titles()).includes('Seconde idée'), SOON)
    expect(await hub.titles()).not.toContain('Première idée')

    await node.call('POST', `${path}/cancel`, { reason: 'Grève' })
    await until(async () => (await hub.find(uri))?.status === 'cancelled', SOON)
    expect(await hub.find(uri)).toMatchObject({ statusNote: 'Grève', title: 'Seconde idée' })

    expect((await node.call('DELETE', path)).status).toBe(204)
    await until(async () => !(await hub.find(uri)), SOON)
    expect(await findTombstone(hub.context.db, uri)).toBeDefined()
    expect((await hub.call('GET', `/cafes?id=${encodeURIComponent(uri)}`)).status).toBe(410)

    const gone = await node.get(uri)
    expect(gone.status).toBe(410)
    expect(gone.json).toMatchObject({ id: uri, type: 'Tombstone', formerType: 'Event' })
  })

  test('the Event is one text: at its address, in the Create, in the list, in store here and there', async () => {
    const uri = await node.publish({ title: 'Un seul texte, « exact »' })
    await until(async () => await hub.find(uri), SOON)
    const stored = await findCafeDocument(node.context.db, uri)
    expect(stored).toBeDefined()
    expect((await node.get(uri)).text).toBe(stored)
    expect(await findCafeDocument(hub.context.db, uri)).toBe(stored)
    await until(() => createOf(uri))
    expect(createOf(uri)?.text).toContain(`"object":${stored}`)
    for (const actor of ['cafes', 'instance']) {
      const list = await node.get(`${node.origin}/actors/${actor}/upcoming?page=first`)
      expect(list.text).toContain(stored)
      const outbox = await node.get(`${node.origin}/actors/${actor}/outbox?page=first`)
      expect(outbox.text).toContain(createOf(uri)?.text)
    }
    const event = JSON.parse(stored ?? '')
    expect(verifyProof(event, await keyOfFeed(node))).toBe(true)
  })

  test('at the directory a machine is sent to the origin, and a page names it as the true one', async () => {
    const uri = await node.publish({ title: 'Chez nous d’abord' })
    await until(async () => await hub.find(uri), SOON)
    const address = `${hub.origin}/cafes/${(await hub.find(uri))?.id}`
    const machine = await fetch(address, {
      headers: { accept: 'application/activity+json' },
      redirect: 'manual',
    })
    expect(machine.status).toBe(303)
    expect(machine.headers.get('location')).toBe(uri)
    const page = await fetch(address, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain(`<link rel="canonical" href="${uri}"`)
  })

  test('the activity has a proof of its own, and the same text at its address', async () => {
    const uri = await node.publish({ title: 'Avec preuve' })
    await until(() => createOf(uri))
    const activity = createOf(uri)
    expect(verifyProof(activity?.json ?? {}, await keyOfFeed(node))).toBe(true)
    expect((await node.get(String(activity?.json.id))).text).toBe(activity?.text)
    expect(activity?.json.published).toMatch(/T\d\d:\d\d:\d\dZ$/)
  })

  test('requests are signed by the feed’s RSA key, as Fedify verifies it, and say who sends', async () => {
    const uri = await node.publish({ title: 'Signé' })
    await until(() => createOf(uri))
    const activity = createOf(uri)
    const headers = new Headers(activity?.headers as Record<string, string>)
    expect(headers.get('signature')).toContain(`keyId="${node.origin}/actors/cafes#main-key"`)
    expect(headers.get('user-agent')).toMatch(/^cafe-ia\/\d+\.\d+\.\d+ \(\+http/)
    const request = new Request(`${reader.origin}${activity?.path}`, {
      method: 'POST',
      headers,
      body: activity?.text ?? '',
    })
    const loader = getDocumentLoader({ allowPrivateAddress: true })
    const key = await verifyRequest(request, { documentLoader: loader, contextLoader: loader })
    expect(key?.id?.href).toBe(`${node.origin}/actors/cafes#main-key`)
  })

  test('a draft is published as of the moment it is, not of its writing: Mastodon shows only what is new', async () => {
    const written = await node.call('POST', '/cafes', { ...CAFE, title: 'Brouillon', draft: true })
    const uri = String(written.json.id)
    expect((await node.get(uri)).status).toBe(404)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const before = Temporal.Now.instant().subtract({ seconds: 1 }).toString()
    const path = `/cafes/${idOf(uri)}`
    await node.call('PUT', path, { ...CAFE, title: 'Plus un brouillon', draft: false })
    await until(() => createOf(uri))
    expect(String(object(createOf(uri)?.json ?? {}).published) >= before).toBe(true)
    await until(() => hub.find(uri))
  })

  test('who follows the feed gets each café once: no Announce beside the Create', async () => {
    const uri = await node.publish({ title: 'Une seule fois' })
    await until(() => createOf(uri))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(reader.activitiesOf('Announce')).toEqual([])
    const creates = reader.activitiesOf('Create').filter(({ json }) => object(json).id === uri)
    expect(creates).toHaveLength(1)
  })

  test('a deletion names what it was: Gancio leaves the event alive else', async () => {
    const uri = await node.publish({ title: 'Par erreur' })
    await node.call('DELETE', `/cafes/${idOf(uri)}`)
    await until(() => reader.activitiesOf('Delete').some(({ json }) => object(json).id === uri))
    const activity = reader.activitiesOf('Delete').find(({ json }) => object(json).id === uri)
    expect(activity?.json.object).toEqual({ id: uri, type: 'Tombstone', formerType: 'Event' })
    expect(activity?.json.actor).toBe(`${node.origin}/actors/cafes`)
  })

  test('a new date comes with one Note that answers the café, for those who ignore an Update', async () => {
    const uri = await node.publish({ title: 'Changera' })
    await until(() => createOf(uri))
    const startsAt = `${CAFE.startsAt.slice(0, 10)}T20:00:00`
    await node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title: 'Changera', startsAt })
    await until(() => notesAbout(uri).length === 1)
    expect(object(notesAbout(uri)[0]?.json ?? {}).content).toContain('Nouvel horaire')
    await node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title: 'Autre titre', startsAt })
    await until(async () => (await hub.titles()).includes('Autre titre'))
    expect(notesAbout(uri)).toHaveLength(1)
  })

  test('an edit is a full Event, never older than the one before, by the same actor', async () => {
    const uri = await node.publish({ title: 'Numéro un' })
    await node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title: 'Numéro deux' })
    await node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title: 'Numéro trois' })
    const about = () =>
      reader.activities.filter(({ json }) => object(json).id === uri && json.type !== 'Delete')
    const isLast = ({ json }: { json: Json }) =>
      json.type === 'Update' && object(json).name === 'Numéro trois'
    await until(() => about().some(isLast))
    // An object that has never changed has only the time of its publication.
    const updated = about().map(({ json }) =>
      String(object(json).updated ?? object(json).published),
    )
    expect(updated).toEqual([...updated].sort())
    const last = about().at(-1)?.json ?? {}
    expect(last.type).toBe('Update')
    expect(last.actor).toBe(`${node.origin}/actors/cafes`)
    expect(object(last)).toMatchObject({
      attachment: expect.any(Array),
      tag: expect.any(Array),
      type: 'Event',
    })
  })

  const object = (json: Record<string, unknown>) => json.object as Json
  const createOf = (uri: string) =>
    reader.activitiesOf('Create').find(({ json }) => object(json).id === uri)
  const notesAbout = (uri: string) =>
    reader.activitiesOf('Create').filter(({ json }) => object(json).inReplyTo === uri)
})

describe('whatever the order', () => {
  let hub: Site
  let member: Member

  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
  })
  afterAll(async () => {
    await Promise.all([hub.close(), member.close()])
  })

  const later = (cafe: Cafe, minutes: number, title: string): Cafe => ({
    ...cafe,
    title,
    updatedAt: cafe.updatedAt.add({ minutes }),
  })

  /** Sends each activity twice, then all of them once more. */
  async function sayAll(activities: Json[]): Promise<void> {
    for (const activity of activities) {
      expect(await member.say(activity)).toBe(202)
      expect(await member.say(activity)).toBe(202)
    }
    for (const activity of activities) expect(await member.say(activity)).toBe(202)
  }

  test('Create and two Updates end in the last, in each of their 6 orders', async () => {
    for (const order of permutations([0, 1, 2])) {
      const cafe = member.cafe()
      const said = [
        member.activity('Create', cafe),
        member.activity('Update', later(cafe, 1, 'Deuxième')),
        member.activity('Update', later(cafe, 2, 'Dernier')),
      ]
      await sayAll(order.map((index) => said[index] ?? {}))
      expect((await hub.find(cafe.uri))?.title).toBe('Dernier')
      expect(await countCafes(cafe.uri)).toBe(1)
    }
  })

  test('with a Delete it is gone for ever, in each of their 24 orders', async () => {
    for (const order of permutations([0, 1, 2, 3])) {
      const cafe = member.cafe()
      const said = [
        member.activity('Create', cafe),
        member.activity('Update', later(cafe, 1, 'Deuxième')),
        member.activity('Update', later(cafe, 2, 'Dernier')),
        member.activity('Delete', cafe),
      ]
      await sayAll(order.map((index) => said[index] ?? {}))
      expect(await hub.find(cafe.uri)).toBeUndefined()
      expect(await findTombstone(hub.context.db, cafe.uri)).toBeDefined()
      expect(await findCafeDocument(hub.context.db, cafe.uri)).toBeUndefined()
    }
  })

  test('twenty of the same at once make one', async () => {
    const cafe = member.cafe()
    const create = member.activity('Create', cafe)
    const statuses = await Promise.all(Array.from({ length: 20 }, () => member.say(create)))
    expect(new Set(statuses)).toEqual(new Set([202]))
    expect(await countCafes(cafe.uri)).toBe(1)
    const changes = await hub.context.db.selectFrom('change').select('body').execute()
    const about = changes.map(({ body }) => JSON.parse(body)).filter(({ first }) => first)
    const id = (await hub.find(cafe.uri))?.id
    expect(about.filter(({ cafeId }) => cafeId === id)).toHaveLength(1)
  })

  const countCafes = async (uri: string): Promise<number> =>
    (await hub.context.db.selectFrom('cafe').select('id').where('uri', '=', uri).execute()).length
})

describe('when the receiving server does not answer', () => {
  const open: { close: () => Promise<void> }[] = []
  const opened = <T extends { close: () => Promise<void> }>(thing: T): T => {
    open.push(thing)
    return thing
  }
  afterEach(async () => {
    await Promise.all(open.splice(0).map((thing) => thing.close()))
  })

  test('a directory that was down gets everything once it is back, in order', async () => {
    const { hub, node } = await startPair()
    opened(hub)
    opened(node)
    await hub.stop()
    const kept = await node.publish({ title: 'Pendant la panne' })
    await node.call('PUT', `/cafes/${idOf(kept)}`, { ...CAFE, title: 'Corrigé' })
    const gone = await node.publish({ title: 'Par erreur' })
    await node.call('DELETE', `/cafes/${idOf(gone)}`)
    await until(async () => (await failures(node)).some((error) => error))
    await hub.start()
    await until(async () => (await hub.titles()).includes('Corrigé'), { within: 15_000 })
    expect(await hub.titles()).toEqual(['Corrigé'])
  })

  test('the hourly visit finds a directory that is back, and what waits goes at once', async () => {
    const { hub, node } = await startPair()
    opened(hub)
    opened(node)
    await hub.stop()
    await node.publish({ title: 'Après une longue panne' })
    await until(async () => (await failures(node)).some((error) => error))
    const { db } = node.context
    await db.updateTable('delivery').set({ due_at: '2100-01-01T00:00:00Z' }).execute()
    const longAgo = '2026-01-01T00:00:00Z'
    await db.updateTable('peer').set({ last_seen_at: longAgo, visited_at: longAgo }).execute()
    await hub.start()
    await planVisits(node.context)
    await until(async () => (await hub.titles()).length === 1)
  })

  test('a restart of the sender loses nothing that waits', async () => {
    const { hub, node } = await startPair()
    opened(hub)
    opened(node)
    await hub.stop()
    await node.publish({ title: 'Attend' })
    await node.stop()
    await hub.start()
    await node.start()
    await until(async () => (await hub.titles()).includes('Attend'), { within: 15_000 })
  })

  test('an Update never overtakes the Create that failed', async () => {
    const node = opened(await startSite())
    const reader = opened(await startRemotePeer(0))
    await follow(reader, reader.addActor('reader'), `${node.origin}/actors/cafes`)
    reader.answer.status = 500
    const uri = await node.publish({ title: 'Numéro un' })
    await until(() => reader.requests.filter(({ method }) => method === 'POST').length >= 2)
    reader.answer.status = 202
    await node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title: 'Numéro deux' })
    await until(() => reader.activitiesOf('Update').length > 0, { within: 15_000 })
    const types = reader.activities.map(({ json }) => json.type)
    expect(types.indexOf('Create')).toBeGreaterThan(0)
    expect(types.indexOf('Create')).toBeLessThan(types.indexOf('Update'))
    expect(types.filter((type) => type === 'Create')).toHaveLength(1)
  })

  test.each(['0', '', '-86400', '-1e15'])(
    'a server that asks to be tried again at once (Retry-After: « %s ») is not',
    async (retryAfter) => {
      const node = opened(await startSite())
      const greedy = opened(await startRemotePeer(0))
      await follow(greedy, greedy.addActor('greedy'), `${node.origin}/actors/cafes`)
      Object.assign(greedy.answer, { status: 503, retryAfter })
      await node.publish({ title: 'Encore ?' })
      await until(async () => (await failures(node)).some((error) => error))
      const posts = () => greedy.requests.filter(({ method }) => method === 'POST').length
      const before = posts()
      await pause(1_000)
      expect(posts()).toBe(before)
      const { now } = node.context
      const waiting = await node.context.db.selectFrom('delivery').select('due_at').execute()
      for (const { due_at: at } of waiting)
        expect(now().until(Temporal.Instant.from(at)).total('seconds')).toBeGreaterThan(1)
    },
  )

  test('a server that refuses what is sent, and speaks all the time, has it once more and not each time', async () => {
    const node = opened(await startSite())
    const greedy = opened(await startRemotePeer(0))
    const actor = greedy.addActor('greedy')
    await follow(greedy, actor, `${node.origin}/actors/cafes`)
    greedy.answer.status = 404
    for (let cafe = 0; cafe < 5; cafe++) await node.publish({ title: `Café ${cafe}` })
    const posts = () => greedy.requests.filter(({ method }) => method === 'POST').length
    await until(async () => (await failures(node)).filter((error) => error).length === 5)
    const before = posts()
    for (let turn = 0; turn < 8; turn++) {
      await greedy.send(actor, `${node.origin}/inbox`, {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: `${greedy.origin}/likes/${turn}`,
        type: 'Like',
        actor: actor.uri,
        object: `${node.origin}/cafes/1`,
      })
      await pause(150)
    }
    expect(posts() - before).toBeGreaterThanOrEqual(5)
    // Each is tried twice where nobody understands its signature.
    expect(posts() - before).toBeLessThanOrEqual(10)
  })

  test('a follower’s server that never answers delays neither others nor the page', async () => {
    const node = opened(await startSite())
    const deaf = opened(await startRemotePeer(0))
    const reader = opened(await startRemotePeer(1))
    await follow(deaf, deaf.addActor('deaf'), `${node.origin}/actors/cafes`)
    await follow(reader, reader.addActor('reader'), `${node.origin}/actors/cafes`)
    deaf.answer.status = 'hang'
    const start = Date.now()
    for (let i = 0; i < 5; i++) await node.publish({ title: `Café ${i}` })
    await until(() => reader.activitiesOf('Create').length === 5, SOON)
    expect(Date.now() - start).toBeLessThan(3_000)
  })

  test('forty servers that never answer delay nobody else’s café', async () => {
    const node = opened(await startSite())
    const starting = Array.from({ length: 40 }, () => startLoopbackServer(() => undefined))
    const silent = (await Promise.all(starting)).map(opened)
    for (const { origin } of silent)
      for (const uri of [`${origin}/users/un`, `${origin}/users/deux`]) {
        const follower = {
          inbox: `${uri}/inbox`,
          sharedInbox: undefined,
          followId: `${uri}#follow`,
        }
        await saveFollower(node.context.db, { actor: CAFES, uri, ...follower }, node.context.now())
      }
    const reader = opened(await startRemotePeer(0))
    await follow(reader, reader.addActor('reader'), `${node.origin}/actors/cafes`)
    await node.publish({ title: 'Le premier' })
    await until(() => silent.filter(({ requests }) => requests.length > 0).length >= 16)
    await node.publish({ title: 'Le deuxième' })
    await until(() => reader.activitiesOf('Create').length === 2, { within: 6_000 })
    expect(Math.max(...silent.map(({ waiting }) => waiting.most))).toBe(2)
  })

  const update = (node: Site, uri: string, change: Record<string, unknown>) =>
    node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, ...change })
  const startsAt = `${CAFE.startsAt.slice(0, 10)}T20:00:00`
  /** Makes every postponed delivery due now. */
  const hurry = async (node: Site) => {
    await node.context.db
      .updateTable('delivery')
      .set({ due_at: '2026-01-01T00:00:00Z' })
      .where('lease_until', 'is', null)
      .execute()
    node.context.wake()
  }

  test('a server that never answers a Note has the café’s next states at once', async () => {
    const node = opened(await startSite())
    const gancio = opened(await startRemotePeer(0))
    await follow(gancio, gancio.addActor('relay'), `${node.origin}/actors/cafes`)
    answersNoNote(gancio)
    const uri = await node.publish({ title: 'Numéro un' })
    await update(node, uri, { title: 'Numéro deux', startsAt })
    await until(() => gancio.activitiesOf('Update').length > 0)
    // Two Notes are pending: each waits for its answer or for its next attempt.
    const other = await node.publish({ title: 'Un autre' })
    await update(node, other, { title: 'Un autre', startsAt })
    await node.call('POST', `/cafes/${idOf(uri)}/cancel`, { reason: 'Grève' })
    const isCancelled = ({ json }: { json: Json }) =>
      (json.object as Json).id === uri && (json.object as Json).status === 'CANCELLED'
    await until(() => gancio.activitiesOf('Update').some(isCancelled))
    const waiting = await node.context.db.selectFrom('delivery').select('kind').distinct().execute()
    expect(waiting).toContainEqual({ kind: 'note' })
  })

  test('of a café that changes while a server is away, the newest text arrives, once', async () => {
    const node = opened(await startSite())
    const reader = opened(await startRemotePeer(0))
    await follow(reader, reader.addActor('reader'), `${node.origin}/actors/cafes`)
    const uri = await node.publish({ title: 'Zéro' })
    await until(() => reader.activitiesOf('Create').length === 1)
    reader.answer.status = 500
    for (const title of ['Un', 'Deux', 'Trois']) await update(node, uri, { title, startsAt })
    await until(async () => (await failures(node)).some((error) => error))
    await until(async () => !(await isAnythingLeased(node)))
    reader.answer.status = 202
    await hurry(node)
    await untilAtRest(node)
    const named = reader.activitiesOf('Update').map(({ json }) => (json.object as Json).name)
    expect(named).toEqual(['Trois'])
    expect(
      reader.activitiesOf('Create').filter(({ json }) => (json.object as Json).type === 'Note'),
    ).toHaveLength(1)
  })

  test.for([400, 404] as const)(
    'what is unknown there (%i) need not be deleted',
    async (status) => {
      const node = opened(await startSite())
      const reader = opened(await startRemotePeer(0))
      await follow(reader, reader.addActor('reader'), `${node.origin}/actors/cafes`)
      knowsNothing(reader, status)
      const uri = await node.publish()
      await until(() => reader.activitiesOf('Create').length === 1)
      await node.call('DELETE', `/cafes/${idOf(uri)}`)
      await untilAtRest(node)
      expect(await followers(node)).toBe(1)
    },
  )

  test('an inbox that is gone (410) loses its follower', async () => {
    const node = opened(await startSite())
    const reader = opened(await startRemotePeer(0))
    await follow(reader, reader.addActor('reader'), `${node.origin}/actors/cafes`)
    reader.answer.status = 410
    await node.publish()
    await until(async () => (await followers(node)) === 0)
  })

  test('one post crosses once to a server with a shared inbox', async () => {
    const node = opened(await startSite())
    const reader = opened(await startRemotePeer(0))
    for (const name of ['a', 'b', 'c'])
      await follow(reader, reader.addActor(name), `${node.origin}/actors/cafes`)
    await until(async () => (await followers(node)) === 3)
    await node.publish()
    await until(() => reader.activitiesOf('Create').length > 0)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(reader.activitiesOf('Create').map(({ path }) => path)).toEqual(['/inbox'])
  })

  const isAnythingLeased = async ({ context: { db } }: Site) =>
    (await db
      .selectFrom('delivery')
      .select('id')
      .where('lease_until', 'is not', null)
      .executeTakeFirst()) !== undefined

  const failures = async (node: Site) =>
    (await node.context.db.selectFrom('delivery').select('last_error').execute()).map(
      ({ last_error }) => last_error,
    )

  const followers = async (node: Site): Promise<number> =>
    (await node.context.db.selectFrom('follower').select('uri').execute()).length
})

const permutations = (items: number[]): number[][] =>
  items.length <= 1
    ? [items]
    : items.flatMap((item) =>
        permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
      )
