import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Venue } from '../../../node/domain/cafes/venue.ts'
import { planReconciliations } from '../../../node/jobs/plan-readings.ts'
import { type Member, setUpcoming, startMember } from '../../support/member.ts'
import { type Site, startSite, until } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'
import { announcesOf, follow, later, NANTES, quiet, RENNES } from './feed-readers.ts'

describe('a feed', () => {
  let hub: Site
  let member: Member
  let reader: RemotePeer
  beforeAll(async () => {
    hub = await startSite({ role: 'hub', name: 'Annuaire' })
    member = await startMember(hub)
    reader = await startRemotePeer(0)
  })
  afterAll(async () => {
    await Promise.all([hub.close(), member.close(), reader.close()])
  })

  const webFinger = (name: string) =>
    hub.get(
      `${hub.origin}/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${hub.host}`)}`,
    )

  test('is found by its name and by the code of its territory', async () => {
    for (const [name, known] of [
      ['cafes-35', 'cafes-ille-et-vilaine'],
      ['cafes-r-53', 'cafes-bretagne'],
      ['cafes-2a', 'cafes-corse-du-sud'],
      ['Cafes-La-Reunion', 'cafes-la-reunion'],
      ['cafes-en-ligne', 'cafes-en-ligne'],
      ['cafe-ia', 'cafe-ia'],
    ] as const) {
      const { status, json } = await webFinger(name)
      expect(status, name).toBe(200)
      expect(json).toMatchObject({
        subject: `acct:${known}@${hub.host}`,
        aliases: [`${hub.origin}/actors/${known}`],
      })
    }
    for (const name of ['cafes-96', 'cafes-rennes', 'cafes-', 'cafes-r-35', 'cafes-e-243500139'])
      expect((await webFinger(name)).status, name).toBe(404)
  })

  test('has no key before somebody asks for it', async () => {
    const keys = () => hub.context.db.selectFrom('actor_key').select('actor').distinct().execute()
    const before = await keys()
    expect(before.map(({ actor }) => actor)).not.toContain('cafes-finistere')
    const { json } = await hub.get(`${hub.origin}/actors/cafes-finistere`)
    expect(json).toMatchObject({
      type: 'Group',
      preferredUsername: 'cafes-finistere',
      name: 'Cafés IA – Finistère (29)',
      url: `${hub.origin}/territoires/29`,
      endpoints: { sharedInbox: `${hub.origin}/inbox` },
      generator: { implements: expect.arrayContaining([expect.any(Object)]) },
    })
    expect(await keys()).toHaveLength(before.length + 1)
  })

  test('lists what a member had before it joined, and posts none of it', async () => {
    await follow(reader, hub, 'cafes-ille-et-vilaine')
    const second = await startMemberWith(hub, [RENNES, RENNES, NANTES])
    const uris = second.cafes.slice(0, 2).map(({ uri }) => uri)
    const actor = `${hub.origin}/actors/cafes-ille-et-vilaine`
    await until(async () => (await hub.get(`${actor}/outbox`)).json.totalItems === 2)
    expect((await hub.get(`${actor}/featured`)).json.orderedItems).toEqual(uris)
    expect((await hub.get(`${actor}/upcoming?page=first`)).json.orderedItems).toEqual(uris)
    const { json } = await hub.get(`${actor}/outbox?page=first`)
    const announces = await Promise.all((json.orderedItems as string[]).map((id) => hub.get(id)))
    expect(announces.map((answer) => answer.json.object).sort()).toEqual([...uris].sort())
    const [newest, oldest] = json.orderedItems as string[]
    const published = announces.find((answer) => answer.json.id === newest)?.json.published
    for (const [cursor, items] of [
      [`${published}_${newest}`, [oldest]],
      ['nonsense_x', [newest, oldest]],
    ] as const) {
      const page = await hub.get(`${actor}/outbox?page=${encodeURIComponent(cursor)}`)
      expect([cursor, page.json.orderedItems]).toEqual([cursor, items])
    }
    for (const { status, json } of announces) {
      expect(status).toBe(200)
      expect(json).toMatchObject({ type: 'Announce', actor })
    }
    const facts = (await hub.get(actor)).json.attachment
    expect(facts).toContainEqual({ type: 'PropertyValue', name: 'Cafés à venir', value: '2' })
    await quiet()
    expect(reader.activitiesOf('Announce')).toEqual([])

    // A correction of a known café is not announced; a new one is, even when only the list names it because the message
    // was lost.
    const { member: other } = second
    const [first, ...others] = second.cafes
    const corrected = later(first as Cafe, { title: 'Corrigé' })
    await other.say(other.activity('Update', corrected))
    const news = other.cafe({ venue: RENNES })
    await other.say(other.activity('Create', news))
    await until(() => announcesOf(reader, news.uri).length > 0)
    expect(reader.activitiesOf('Announce')).toHaveLength(1)
    const since = Temporal.Now.instant().round('second').add({ seconds: 2 })
    const lost = other.cafe({ venue: RENNES }, { publishedAt: since, updatedAt: since })
    setUpcoming(
      other,
      [corrected, ...others, news, lost].map((cafe) => other.event(cafe)),
    )
    await planReconciliations(hub.context)
    await until(() => announcesOf(reader, lost.uri).length > 0)
    expect(reader.activitiesOf('Announce')).toHaveLength(2)
    await other.close()
  })

  test('announces what is online in its own feed, and what is both in both', async () => {
    const online = await startRemotePeer(2)
    await follow(online, hub, 'cafes-en-ligne')
    // The cafés differ from those that another place announced above, since a duplicate is announced once only.
    const mixed = member.cafe({ venue: RENNES, title: 'Des deux côtés', attendanceMode: 'mixed' })
    const remote = member.cafe({ venue: undefined, title: 'Par l’écran', attendanceMode: 'online' })
    const here = member.cafe({ venue: RENNES, title: 'Autour d’une table' })
    for (const cafe of [mixed, remote, here])
      expect(await member.say(member.activity('Create', cafe))).toBe(202)
    await until(() => announcesOf(reader, here.uri).length > 0)
    await until(() => announcesOf(online, remote.uri).length > 0)
    expect(announcesOf(online, mixed.uri)).toHaveLength(1)
    expect(announcesOf(online, here.uri)).toEqual([])
    expect(announcesOf(reader, mixed.uri)).toHaveLength(1)
    expect(announcesOf(reader, remote.uri)).toEqual([])
    await online.close()
  })

  test('tells a relay like Mobilizon’s that follows it, and one that follows the directory itself', async () => {
    const mobilizon = await startRemotePeer(3)
    await follow(mobilizon, hub, 'cafes-bretagne', 'relay')
    const other = await startRemotePeer(4)
    await follow(other, hub, 'instance', 'relay')
    const cafe = member.cafe({ venue: RENNES, title: 'Pour les relais' })
    await member.say(member.activity('Create', cafe))
    await until(() => announcesOf(mobilizon, cafe.uri).length > 0)
    await until(() => announcesOf(other, cafe.uri).length > 0)
    expect(announcesOf(other, cafe.uri)[0]?.json.actor).toBe(`${hub.origin}/actors/instance`)
    await Promise.all([mobilizon.close(), other.close()])
  })
})

/** Starts a member that has cafés at these places before it joins. */
async function startMemberWith(hub: Site, venues: Venue[]) {
  const cafes: Cafe[] = []
  const member = await startMember(hub, (speaker) => {
    for (const venue of venues) cafes.push(speaker.cafe({ venue }))
    setUpcoming(
      speaker,
      cafes.map((cafe) => speaker.event(cafe)),
    )
  })
  return { member, cafes }
}
