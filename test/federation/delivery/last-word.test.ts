import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { dayText } from '../../../node/domain/cafes/cafe-text.ts'
import { isSameState, knownStateOf } from '../../../node/domain/cafes/change-message.ts'
import { LIMITS } from '../../../node/domain/limits/limits.ts'
import { planDigests } from '../../../node/jobs/plan-digests.ts'
import { toDayText } from '../../../node/store/database/columns.ts'
import { quotaDomainOf } from '../../../node/store/database/quota-domain.ts'
import { pass } from '../../support/cafe-pace.ts'
import { CAFE, type Site, startSite, untilAtRest } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'
import { follow } from './feed-readers.ts'

/**
 * Whatever becomes of a café, in whatever order, and however full the day of each feed is: the last thing that a
 * follower was told of it is true. What says that a café takes place, or that it does not, never waits.
 */

const FOLLOWED = ['cafes', 'cafes-drome', 'cafe-ia'] as const
const later = (days: number) => Temporal.PlainDate.from(CAFE.startsAt.slice(0, 10)).add({ days })
const AT = { startsAt: `${later(3)}T18:30:00` }
const OTHER_PLACE = { venue: { ...CAFE.venue, name: 'Maison du Canal' } }
const LYON = {
  venue: {
    name: 'La Part-Dieu',
    streetAddress: '30 bd Vivier',
    postalCode: '69003',
    commune: 'Lyon',
  },
}

type Deed = (site: Site, path: string, body: Json) => Promise<Json>
const done = (action: string, body?: Json): Deed => {
  return async (site, path, content) => {
    const { status } = await site.call('POST', `${path}/${action}`, body)
    if (status !== 200) throw new Error(`${action}: ${status}`)
    return content
  }
}
const edited = (change: Json): Deed => {
  return async (site, path, content) => {
    const { status } = await site.call('PUT', path, { ...content, ...change })
    if (status !== 200) throw new Error(`edit: ${status}`)
    return { ...content, ...change }
  }
}
const DEEDS: Record<string, Deed> = {
  cancel: done('cancel', { reason: 'Grève' }),
  postpone: done('postpone'),
  maintain: done('reinstate'),
  'move online': done('move-online', { onlineUrl: 'https://visio.example/a' }),
  'other date': edited(AT),
  'other place': edited(OTHER_PLACE),
  'other town': edited(LYON),
}

let hub: Site
const readers = new Map<string, RemotePeer>()
beforeAll(async () => {
  hub = await startSite({ role: 'hub' })
  for (const [index, feed] of FOLLOWED.entries()) {
    const peer = await startRemotePeer(index)
    readers.set(feed, peer)
    await follow(peer, hub, feed)
  }
})
afterAll(() => Promise.all([hub, ...readers.values()].map((each) => each?.close())))

/** Takes all places of the day, as other cafés do. */
async function fillFeeds(): Promise<void> {
  const { db } = hub.context
  for (const { name } of await db.selectFrom('feed').select('name').execute()) {
    const day = Temporal.Now.plainDateISO('Europe/Paris').toString()
    const row = { feed: name, day, posts: LIMITS['posts of a feed'].points }
    await db
      .insertInto('feed_day')
      .values(row)
      .onConflict((oc) => oc.columns(['feed', 'day']).doUpdateSet({ posts: row.posts }))
      .execute()
  }
}

/** Publishes cafés, as if every follower had been told of each. */
async function announce(contents: readonly Json[]): Promise<Cafe[]> {
  const cafes: Cafe[] = []
  for (const content of contents)
    cafes.push((await hub.find(await hub.publish({ ...content }))) as Cafe)
  await untilAtRest(hub)
  await hub.context.db.updateTable('announced_row').set({ state: 'posted' }).execute()
  return cafes
}

const posts = new Map<string, string>()

/** Returns the text of the latest message about a café that came to this reader; undefined where none did. */
async function lastWordOn(peer: RemotePeer, uri: string): Promise<string | undefined> {
  const words: string[] = []
  for (const { json } of peer.activities) {
    const { type, object } = json
    if (type === 'Create' && (object as Json).type === 'Note')
      words.push(String((object as Json).content))
    if (type === 'Announce' && String(object).includes('/notes/')) {
      const id = String(object)
      if (!posts.has(id)) posts.set(id, String((await hub.get(id)).json.content))
      words.push(posts.get(id) ?? '')
    }
  }
  const about = words.flatMap((html) =>
    html.split('<p>').filter((part) => part.includes(`"${uri}"`)),
  )
  return about.at(-1)
}

const isSaidOff = (words: string): boolean => /n’aura pas lieu/.test(words)

/** Returns whether a message says no more and no less than what holds. */
function isTrue(words: string, cafe: Cafe): boolean {
  if (cafe.status === 'cancelled') return words.includes('Annulé') && isSaidOff(words)
  if (cafe.status === 'postponed') return words.includes('Reporté') && isSaidOff(words)
  const { venue } = knownStateOf(cafe)
  const where = venue ?? 'En ligne'
  const day = dayText(cafe.startsAt, cafe.timezone).replace(/ à .*/, '').slice(3)
  return !isSaidOff(words) && words.includes(`📅 ${day}`) && words.includes(`📍 ${where}`)
}

/** Returns where the last word of a follower is not what `isRight` asks for, as a text for the failure. */
async function listWrong(
  cafes: readonly Cafe[],
  isRight: (words: string | undefined, now: Cafe, first: Cafe) => boolean,
): Promise<string[]> {
  const wrong: string[] = []
  for (const first of cafes) {
    const now = (await hub.find(first.uri)) as Cafe
    for (const [feed, peer] of readers) {
      const words = await lastWordOn(peer, first.uri)
      if (!isRight(words, now, first))
        wrong.push(`${feed}, ${first.title} (${now.status}): ${words}`)
    }
  }
  return wrong
}

const isTrueOfState = (words: string | undefined, now: Cafe, first: Cafe): boolean =>
  words === undefined ? isSameState(knownStateOf(first), knownStateOf(now)) : isTrue(words, now)

/** Returns whether followers read whether the café takes place, whatever they read of when and where. */
const saysWhether = (words: string | undefined, { status }: Cafe): boolean =>
  (words !== undefined && isSaidOff(words)) === ['cancelled', 'postponed'].includes(status)

test('after every two changes and a third, with full feeds, what each follower read last is true', async () => {
  const names = Object.keys(DEEDS)
  const orders = names.flatMap((one, i) =>
    names
      .filter((two) => two !== one)
      .map((two, j) => [one, two, names[(i + 2 * j + 1) % names.length] ?? one]),
  )
  const contents: Json[] = orders.map((order) => ({ ...CAFE, title: order.join(', ') }))
  const cafes = await announce(contents)
  for (let step = 0; step < 3; step++) {
    await fillFeeds()
    for (const [index, order] of orders.entries()) {
      const path = `/cafes/${cafes[index]?.uri.split('/').at(-1)}`
      const deed = DEEDS[order[step] ?? '']
      if (deed) contents[index] = await deed(hub, path, contents[index] ?? {})
    }
    await untilAtRest(hub)
    expect(await listWrong(cafes, saysWhether)).toEqual([])
  }
  await pass(hub, { minutes: 10 })
  await untilAtRest(hub)
  await planDigests(hub.context)
  await untilAtRest(hub)
  expect(await listWrong(cafes, isTrueOfState)).toEqual([])
}, 300_000)

test('of a café of tomorrow every change is told at once', async () => {
  const tomorrow = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 1 })
  const content = { title: 'Demain', startsAt: `${tomorrow}T18:30:00` }
  const [cafe] = (await announce([content])) as [Cafe]
  await fillFeeds()
  const path = `/cafes/${cafe.uri.split('/').at(-1)}`
  for (const change of [OTHER_PLACE, { startsAt: `${tomorrow}T19:30:00` }]) {
    expect((await hub.call('PUT', path, { ...CAFE, ...content, ...change })).status).toBe(200)
    await untilAtRest(hub)
    expect(await listWrong([cafe], isTrueOfState)).toEqual([])
  }
})

test('where a site says too much in a day, the rest is told together, and is true', async () => {
  const [cafe] = (await announce([{ ...CAFE, title: 'Encore un' }])) as [Cafe]
  await fillFeeds()
  const { db, now } = hub.context
  const total = LIMITS['urgent notes'].points
  const domain = quotaDomainOf(new URL(cafe.uri).host)
  await db
    .insertInto('share')
    .values({ domain, kind: 'urgent notes', day: toDayText(now()), total })
    .onConflict((oc) => oc.columns(['domain', 'kind', 'day']).doUpdateSet({ total }))
    .execute()
  const path = `/cafes/${cafe.uri.split('/').at(-1)}`
  expect((await hub.call('POST', `${path}/cancel`, { reason: 'Grève' })).status).toBe(200)
  await untilAtRest(hub)
  for (const feed of ['cafes-drome', 'cafe-ia']) {
    const peer = readers.get(feed)
    expect(peer && (await lastWordOn(peer, cafe.uri))).toBeUndefined()
  }
  await pass(hub, { minutes: 10 })
  await untilAtRest(hub)
  await planDigests(hub.context)
  await untilAtRest(hub)
  expect(await listWrong([cafe], isTrueOfState)).toEqual([])
})
