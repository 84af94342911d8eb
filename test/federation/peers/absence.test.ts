import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LIMITS } from '../../../node/domain/limits/limits.ts'
import { askForMissingCafes } from '../../../node/jobs/ask-for-missing-cafes.ts'
import { planDigests } from '../../../node/jobs/plan-digests.ts'
import { planReconciliations, planVisits } from '../../../node/jobs/plan-readings.ts'
import { purge } from '../../../node/jobs/purge.ts'
import { signInByLink } from '../../support/admin.ts'
import { IS_FULL } from '../../support/full.ts'
import { CAFE, peerOf, type Site, startPair, until } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'

/**
 * Simulates a server that is away for a while. The clock is set forward: all instants of the program come from
 * `Temporal.Now.instant`, so that both servers and their signatures have the same time.
 */

const MINUTE = 60_000
const [HOUR, DAY] = [60 * MINUTE, 24 * 60 * MINUTE]

let ahead = 0
let lastNight = 0
let hub: Site
let node: Site
let reader: RemotePeer
beforeEach(async () => {
  const instant = Temporal.Now.instant.bind(Temporal.Now)
  ahead = 0
  lastNight = 0
  vi.spyOn(Temporal.Now, 'instant').mockImplementation(() => instant().add({ milliseconds: ahead }))
  ;({ hub, node } = await startPair())
  reader = await startRemotePeer(1)
  await follow(reader, hub, 'cafes-drome')
})
afterEach(async () => {
  await Promise.all([hub.close(), node.close(), reader.close()]).finally(() => vi.restoreAllMocks())
})

async function follow(peer: RemotePeer, site: Site, feed: string): Promise<void> {
  const actor = peer.addActor('camille', { preferredUsername: 'camille', type: 'Person' })
  await peer.send(actor, `${site.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: `${site.origin}/actors/${feed}`,
  })
  await until(() => peer.activitiesOf('Accept').length > 0, { what: 'the Accept' })
}

/** Waits until nothing is due any more. What waits for a later attempt, or was given up, does not count. */
async function settle({ context: { db, now } }: Site): Promise<void> {
  const isDone = async () => {
    const at = now().toString({ smallestUnit: 'second' })
    const due = await Promise.all([
      db
        .selectFrom('change')
        .select('id')
        .where('done_at', 'is', null)
        .where('due_at', '<=', at)
        .executeTakeFirst(),
      db
        .selectFrom('delivery')
        .select('id')
        .where('due_at', '<=', at)
        .where('parked_at', 'is', null)
        .executeTakeFirst(),
      db.selectFrom('task').select('id').where('due_at', '<=', at).executeTakeFirst(),
    ])
    return due.every((row) => row === undefined)
  }
  await until(isDone, { what: 'rest' })
}

/** Sets the clock forward by `step` until `duration` is over; at each step the running sites do what is due. */
async function pass(sites: Site[], duration: number, step: number): Promise<void> {
  for (let passed = 0; passed < duration; passed += step) {
    ahead += step
    const isNight = ahead - lastNight >= DAY
    if (isNight) lastNight = ahead
    for (const { context } of sites) {
      await planVisits(context)
      await askForMissingCafes(context)
      await planDigests(context)
      if (isNight) {
        await planReconciliations(context)
        await purge(context)
      }
      context.wake()
    }
    // The messages of one site cause work at the others, hence the second round.
    for (const site of [...sites, ...sites]) await settle(site)
  }
}

const day = (days: number): string =>
  `${Temporal.Now.plainDateISO('Europe/Paris').add({ days })}T18:30:00`

async function cafesOf({ call }: Site) {
  const { json } = await call('GET', '/cafes?limit=100')
  const items = json.items as Record<string, unknown>[]
  return items
    .map(({ id, title, status, startsAt }) => ({ id, title, status, startsAt }))
    .toSorted((one, other) => String(one.id).localeCompare(String(other.id)))
}

/** Returns the cafés that a follower of the feed has seen: those announced one by one, and those linked in posts. */
const announced = (): string[] =>
  reader.activitiesOf('Announce').map(({ json }) => String(json.object))
const posts = (): string[] =>
  reader
    .activitiesOf('Create')
    .map(({ json }) => String((json.object as { content: string }).content))

/** What waits is sent after minutes, and is given up after seven days, as Mastodon does. */
const AWAY: [string, number, number][] = [
  ['five minutes', 5 * MINUTE, MINUTE],
  ['a week', 7 * DAY, 12 * HOUR],
  ['a month', 30 * DAY, 36 * HOUR],
  ...(IS_FULL
    ? ([
        ['three hours', 3 * HOUR, 30 * MINUTE],
        ['three days', 3 * DAY, 6 * HOUR],
      ] satisfies [string, number, number][])
    : []),
]

const MANY = 14

/** Announces four cafés before a server is away. Three of them are then edited, cancelled and deleted. */
async function publishBefore() {
  const [kept, edited, cancelled, deleted] = await Promise.all(
    ['Gardé', 'Modifié', 'Annulé', 'Supprimé'].map((title) =>
      node.publish({ title, startsAt: day(70) }),
    ),
  )
  if (!kept || !edited || !cancelled || !deleted) throw new Error('not published')
  return { kept, edited, cancelled, deleted }
}

async function changeMeanwhile({
  edited,
  cancelled,
  deleted,
}: Awaited<ReturnType<typeof publishBefore>>) {
  const path = (uri: string) => `/cafes/${uri.split('/').at(-1)}`
  const statuses = [
    await node.call('PUT', path(edited), {
      ...CAFE,
      title: 'Modifié entre-temps',
      startsAt: day(70),
    }),
    await node.call('POST', `${path(cancelled)}/cancel`, {}),
    await node.call('DELETE', path(deleted)),
  ].map(({ status }) => status)
  expect(statuses.filter((status) => status >= 300)).toEqual([])
  const many: string[] = []
  for (let n = 0; n < MANY; n++)
    many.push(await node.publish({ title: `Pendant numéro ${n}`, startsAt: day(71 + n) }))
  return many
}

/** Expects that each café was announced once, alone or in a post with others. */
async function expectEachToldOnce(uris: string[]) {
  await pass([hub, node], DAY, 3 * HOUR)
  const shown = announced()
  expect(new Set(shown).size).toBe(shown.length)
  const isTold = (uri: string) => shown.includes(uri) || posts().some((post) => post.includes(uri))
  expect(uris.filter((uri) => !isTold(uri))).toEqual([])
}

describe('a directory that was away has everything ten minutes after its return', () => {
  test.each(AWAY)('for %s', async (_, duration, step) => {
    const before = await publishBefore()
    await pass([hub, node], MINUTE, MINUTE)
    const seen = announced().length
    await hub.stop()
    await pass([node], duration / 2, step / 2)
    const many = await changeMeanwhile(before)
    await pass([node], duration / 2, step / 2)
    await hub.start()
    await pass([hub, node], 10 * MINUTE, 2 * MINUTE)

    expect(await cafesOf(hub)).toEqual(await cafesOf(node))
    expect((await hub.get(before.deleted)).status).toBe(410)
    // The cafés above the daily limit are in the evening's digest.
    expect(announced().length - seen).toBeLessThanOrEqual(LIMITS['posts of a feed'].points)
    await expectEachToldOnce(many)
  })
})

describe('a place that was away hears and tells everything within ten minutes of its return', () => {
  test.each(AWAY)('for %s', async (_, duration, step) => {
    const before = await publishBefore()
    const hidden = await node.publish({ title: 'Écarté', startsAt: day(72) })
    await pass([hub, node], MINUTE, MINUTE)
    await node.stop()
    await hideAtDirectory(hidden)
    await pass([hub], duration, step)
    await node.start()
    await pass([hub, node], 10 * MINUTE, 2 * MINUTE)

    expect(await node.context.db.selectFrom('hidden_elsewhere').selectAll().execute()).toHaveLength(
      1,
    )
    expect(await peerOf(hub, node)).toMatchObject({
      failing_since: null,
      silent_since: null,
      hidden_since: null,
    })
    const many = await changeMeanwhile(before)
    await pass([hub, node], 10 * MINUTE, 2 * MINUTE)
    const own = (await cafesOf(node)).filter(({ id }) => id !== hidden)
    expect(await cafesOf(hub)).toEqual(own)
    await expectEachToldOnce(many)
  })
})

async function hideAtDirectory(uri: string): Promise<void> {
  const team = await signInByLink(hub)
  const { text } = await team.get('/administration/reseau')
  const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const path = `/administration/reseau/cafes/${(await hub.find(uri))?.id}/ecarter`
  expect((await team.post(path, { csrf, reason: 'Annoncé deux fois.' })).status).toBe(303)
}
