import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../federation/wire/json.ts'
import { findStructureProfile, saveStructureProfile } from '../../node/store/structures/profiles.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { declareSoftware, refusesWhatIsTooLong, timelineOf } from '../support/measured-peers.ts'
import { CAFE, type Site, startSite, until, untilAtRest } from '../support/network.ts'
import { type ReceivedActivity, type RemotePeer, startRemotePeer } from '../support/remote-peer.ts'

/**
 * The messages about a café's life that a directory sends to programs with different habits, which it recognises by
 * their NodeInfo.
 */

let hub: Site
const peers = {} as Record<'agenda' | 'forum' | 'old' | 'fresh' | 'calendar' | 'hiding', RemotePeer>
const asked: Json[] = []

const RUNS = {
  agenda: ['gancio', '1.21.0'],
  forum: ['NodeBB', '4.15.0'],
  old: ['mastodon', '4.4.8'],
  fresh: ['mastodon', '4.5.1+glitch'],
  calendar: ['Mobilizon', '5.1.3'],
  hiding: ['GoToSocial', '0.19.0'],
} as const

const FOLLOWED = {
  agenda: ['cafes', 'cafe-ia'],
  forum: ['cafe-ia'],
  old: ['cafes'],
  fresh: ['cafes'],
  calendar: ['cafes'],
  hiding: ['cafes', 'cafes-drome', 'cafe-ia'],
} as const

beforeAll(async () => {
  hub = await startSite({ role: 'hub' })
  for (const [index, name] of (Object.keys(RUNS) as (keyof typeof RUNS)[]).entries()) {
    const [program, version] = RUNS[name]
    const peer = await startRemotePeer(index)
    peers[name] = peer
    declareSoftware(peer, program, version)
    for (const feed of FOLLOWED[name]) await follow(peer, feed)
  }
  // Gancio answers a Note never and an Announce with 404. Neither is to be tried.
  peers.agenda.answer.to = (json) => {
    asked.push(json)
    if (json.type === 'Announce') return 404
    return (json.object as Json).type === 'Note' ? 'hang' : undefined
  }
  refusesWhatIsTooLong(peers.calendar)
  await until(
    async () => {
      const rows = await hub.context.db.selectFrom('host').select('software').execute()
      return rows.filter(({ software }) => software !== null).length === 6
    },
    { what: 'the software of all' },
  )
})
afterAll(() => Promise.all([hub, ...Object.values(peers)].map((each) => each?.close())))

async function follow(peer: RemotePeer, feed: string): Promise<void> {
  const actor = peer.addActor(`lit-${feed}`, { preferredUsername: feed, type: 'Group' })
  const before = peer.activitiesOf('Accept').length
  await peer.send(actor, `${hub.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: `${hub.origin}/actors/${feed}`,
  })
  await until(() => peer.activitiesOf('Accept').length > before, { what: 'the Accept' })
}

const actor = (name: string) => `${hub.origin}/actors/${name}`
const createdOn = (peer: RemotePeer): Json[] =>
  peer.activitiesOf('Create').map(({ json }) => json.object as Json)

/** Returns what somebody at GoToSocial reads who follows the place and two feeds of it. */
async function timelineOfHiding() {
  const read = async (uri: string) => (await hub.get(uri)).json
  const posts = await timelineOf(peers.hiding, FOLLOWED.hiding.map(actor), read)
  return posts.map(({ id }) => id)
}

const saidTo = (name: keyof typeof peers): string[] =>
  peers[name].activities
    .filter(({ json }) => json.type !== 'Accept')
    .map(({ json }) => `${json.type} ${(json.object as Json).type}`)
const last = (peer: RemotePeer): Json => peer.activities.at(-1)?.json.object as Json

test('each program gets a café, its cancellation and its deletion in a form that it shows', async () => {
  const url = `https://inscription.example/${'x'.repeat(300)}`
  const cafe = {
    ...CAFE,
    title: 'Un café pour tous',
    themes: ['Y', 'x'.repeat(60), 'vie privée'],
    registration: { mode: 'external', url, capacity: 15, seatsLeft: 15 },
  }
  const uri = await hub.publish(cafe)
  await untilAtRest(hub)
  for (const name of ['agenda', 'old', 'fresh', 'calendar'] as const)
    expect(saidTo(name)).toEqual(['Create Event'])
  expect(last(peers.calendar).externalParticipationUrl).toBe(uri)
  // GoToSocial hides a post behind its `summary` or its `name`. It shows once what is posted and shared.
  expect(saidTo('hiding').sort()).toEqual([
    'Announce undefined',
    'Announce undefined',
    'Create Note',
  ])
  expect(await timelineOfHiding()).toEqual([`${uri}/post`])
  const hidden = createdOn(peers.hiding)[0] as Json
  expect(hidden).toMatchObject({ id: `${uri}/post`, url: `${uri}/post` })
  for (const name of ['name', 'summary']) expect(hidden).not.toHaveProperty(name)
  expect(hidden.content).toMatch(/^<p><strong>Un café pour tous<\/strong><br>/)
  expect((hidden.attachment as Json[]).map(({ type }) => type)).toEqual(['Image'])
  expect((await hub.get(`${uri}/post`)).json).toEqual(hidden)
  expect(saidTo('forum')).toEqual(['Create Note'])
  const post = last(peers.forum)
  const feed = `${hub.origin}/actors/cafe-ia`
  expect(post).toMatchObject({ name: 'Un café pour tous', attributedTo: feed, audience: feed })
  expect(post).toMatchObject({ url: uri, cc: [`${feed}/followers`] })
  expect(post).not.toHaveProperty('updated')
  expect(post.content).not.toContain('<br')
  expect((await hub.get(String(post.id))).json).toEqual(post)

  const id = uri.split('/').at(-1)
  const leave = async (seatsLeft: number) => {
    const registration = { ...cafe.registration, seatsLeft }
    expect((await hub.call('PUT', `/cafes/${id}`, { ...cafe, registration })).status).toBe(200)
    await untilAtRest(hub)
  }
  await leave(3)
  for (const name of ['agenda', 'calendar'] as const)
    expect(saidTo(name)).toEqual(['Create Event', 'Update Event'])
  expect(last(peers.calendar).remainingAttendeeCapacity).toBe(3)
  for (const name of ['old', 'fresh'] as const) expect(saidTo(name)).toEqual(['Create Event'])
  expect(saidTo('forum')).toEqual(['Create Note'])
  await leave(0)
  expect(saidTo('fresh')).toEqual(['Create Event', 'Update Event'])
  expect(saidTo('old').sort()).toEqual(['Create Event', 'Create Note', 'Update Event'])
  expect(last(peers.fresh).summary).toContain('complet')
  const isOf = ({ json }: ReceivedActivity) => (json.object as Json).id === post.id
  expect(peers.forum.activities.filter(isOf).map(({ json }) => json.type)).toEqual([
    'Create',
    'Update',
  ])
  // An edit does not mark a topic of NodeBB as unread; a reply does.
  const answers = () =>
    peers.forum.activitiesOf('Create').flatMap(({ json }) => {
      const note = json.object as Json
      return note.id === post.id ? [] : [note]
    })
  expect(answers()).toMatchObject([{ inReplyTo: post.id, attributedTo: feed, audience: feed }])
  expect(answers()[0]?.content).toMatch(/^<p><strong>Complet : [^<]*<\/strong><\/p><p>[^<]/)
  expect(answers()[0]?.content).not.toContain('<br')

  await hub.call('POST', `/cafes/${id}/cancel`, { reason: 'Malade' })
  await untilAtRest(hub)
  expect(saidTo('fresh')).toEqual(['Create Event', 'Update Event', 'Update Event'])
  expect(saidTo('old').slice(3).sort()).toEqual(['Create Note', 'Update Event'])
  const changed = peers.forum.activities.filter(isOf).at(-1)?.json.object as Json
  expect(changed).toMatchObject({ id: post.id, published: post.published })
  expect(changed.name).toMatch(/^Annulé – /)
  expect(changed).toHaveProperty('updated')

  // Each change is read once by who follows the place and two feeds.
  expect(await timelineOfHiding()).toHaveLength(3)
  expect(createdOn(peers.hiding).at(-1)?.content).toMatch(/Annulé/)

  await hub.call('DELETE', `/cafes/${id}`)
  await untilAtRest(hub)
  expect(peers.forum.activitiesOf('Delete').map(({ json }) => (json.object as Json).id)).toContain(
    post.id,
  )
  expect((await hub.get(String(post.id))).status).toBe(410)
  expect((await hub.get(`${uri}/post`)).status).toBe(410)
  expect(await timelineOfHiding()).toEqual([])
  expect(answers().map(({ inReplyTo }) => inReplyTo)).toEqual([post.id, post.id])
  for (const { id } of answers()) expect((await hub.get(String(id))).status).toBe(410)
  expect(asked.map(({ type }) => type)).toEqual(['Create', 'Update', 'Update', 'Update', 'Delete'])
  expect(peers.forum.activitiesOf('Announce')).toEqual([])
})

test('a place that changes its name tells each program but the one that never answers it', async () => {
  const { db, now, wake } = hub.context
  const { id = '' } = (await findSiteStructure(db)) ?? {}
  const profile = await findStructureProfile(db, id)
  if (!profile) throw new Error('no profile')
  const before = asked.length
  await saveStructureProfile(db, { id, profile: { ...profile, name: 'La Fabrique' } }, now())
  wake()
  await untilAtRest(hub)
  expect(saidTo('fresh').at(-1)).toBe('Update Group')
  expect(asked.slice(before)).toEqual([])
})
