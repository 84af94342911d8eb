import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Cafe, CafeContent } from '../../../node/domain/cafes/cafe.ts'
import { pass } from '../../support/cafe-pace.ts'
import {
  declareSoftware,
  readsAnnounced,
  refusesAnnouncesAndForwards,
  timelineOf,
} from '../../support/measured-peers.ts'
import { type Member, startMember } from '../../support/member.ts'
import { type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import {
  type ReceivedActivity,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'
import {
  announcesOf,
  follow,
  LYON,
  later,
  NANTES,
  notesOn,
  objectOf,
  quiet,
  RENNES,
} from './feed-readers.ts'

const undosOf = (peer: RemotePeer, uri: string) =>
  peer.activitiesOf('Undo').filter((activity) => objectOf(activity).object === uri)

const actorsOf = (activities: ReceivedActivity[]) => activities.map(({ json }) => json.actor).sort()

describe('who follows a territory', () => {
  let hub: Site
  let member: Member
  let rennes: RemotePeer
  let nantes: RemotePeer
  /** The followers of one test. They answer until all tests are over, so that no delivery waits for them. */
  const others: RemotePeer[] = []
  const startOther = async (keyIndex: number) => {
    const peer = await startRemotePeer(keyIndex)
    others.push(peer)
    return peer
  }
  beforeAll(async () => {
    hub = await startSite({ role: 'hub', name: 'Annuaire' })
    member = await startMember(hub)
    rennes = await startRemotePeer(0)
    nantes = await startRemotePeer(1)
    await follow(rennes, hub, 'cafes-ille-et-vilaine')
    await follow(rennes, hub, 'cafes-bretagne', 'dominique')
    await follow(nantes, hub, 'cafes-loire-atlantique')
  })
  afterAll(async () => {
    await Promise.all([hub, member, rennes, nantes, ...others].map((server) => server.close()))
  })

  /** Each test starts with the full ten posts of a day. */
  beforeEach(async () => {
    await hub.context.db.deleteFrom('feed_day').execute()
  })

  const feeds = () => [
    `${hub.origin}/actors/cafes-bretagne`,
    `${hub.origin}/actors/cafes-ille-et-vilaine`,
  ]
  const create = async (content: Partial<CafeContent>): Promise<Cafe> => {
    const cafe = member.cafe(content)
    expect(await member.say(member.activity('Create', cafe))).toBe(202)
    return cafe
  }

  test('is told once by each feed of a café in Rennes, and of none in Lyon', async () => {
    const lyon = await create({ venue: LYON })
    const cafe = await create({ venue: RENNES })
    await until(() => announcesOf(rennes, cafe.uri).length >= 2)
    await member.say(member.activity('Update', later(cafe, { title: 'Corrigé' })))
    await until(() => rennes.activitiesOf('Update').length > 0)
    await quiet()
    expect(actorsOf(announcesOf(rennes, cafe.uri))).toEqual(feeds())
    expect(announcesOf(rennes, lyon.uri)).toEqual([])
    expect(nantes.activitiesOf('Announce')).toEqual([])
  })

  test('has the change from the place itself once, whichever feeds are followed there', async () => {
    const cafe = await create({ venue: RENNES })
    await until(() => announcesOf(rennes, cafe.uri).length >= 2)
    const update = member.activity('Update', later(cafe, { title: 'Un autre titre' }))
    await member.say(update)
    const carried = () => rennes.activitiesOf('Update').filter(({ json }) => json.id === update.id)
    await until(() => carried().length > 0)
    await quiet()
    expect(carried().map(({ text }) => text)).toEqual([JSON.stringify(update)])
  })

  test('reads of a change once, in a post of the narrowest feed that others share', async () => {
    const region = await startOther(2)
    await follow(region, hub, 'cafes-bretagne', 'morgane')
    const [bretagne = '', illeEtVilaine = ''] = feeds()
    const cafe = await create({ venue: RENNES, title: 'Sera déplacé' })
    await until(() => announcesOf(rennes, cafe.uri).length >= 2)
    await untilAtRest(hub)
    const startsAt = cafe.startsAt.add({ hours: 24 })
    const moved = later(cafe, {
      ...{ startsAt, endsAt: startsAt.add({ hours: 1 }) },
      ...{ status: 'rescheduled', previousStartsAt: cafe.startsAt },
    })
    await member.say(member.activity('Update', moved))
    await until(() => notesOn(rennes, cafe.uri).length > 0, { what: 'the post' })
    await untilAtRest(hub)
    await member.say(member.activity('Update', later(moved, { status: 'cancelled' })))
    await until(() => notesOn(rennes, cafe.uri).length > 1, { what: 'the cancellation' })
    await untilAtRest(hub)

    const read = async (uri: string) =>
      uri === cafe.uri ? member.event(cafe) : (await hub.get(uri)).json
    const about = async (peer: RemotePeer, follows: string[]) => {
      const posts = await timelineOf(peer, follows, read)
      const [event, ...changes] = posts.filter(({ id, content }) =>
        `${id} ${content}`.includes(cafe.uri),
      )
      expect(event?.id).toBe(cafe.uri)
      return changes
    }
    // A follower of both feeds reads the same two posts as a follower of either.
    const both = await about(rennes, [bretagne, illeEtVilaine])
    expect(both.map(({ by }) => by)).toEqual([illeEtVilaine, illeEtVilaine])
    expect(both.map(({ content }) => content)).toEqual([
      expect.stringContaining('Nouvelle date'),
      expect.stringContaining('Annulé'),
    ])
    expect((await about(region, [bretagne])).map(({ id }) => id)).toEqual(both.map(({ id }) => id))
  })

  test('who follows the place too reads of a change once: the feeds share the Note of the place', async () => {
    const mastodon = await startOther(3)
    declareSoftware(mastodon, 'mastodon', '4.4.8')
    await follow(mastodon, hub, 'cafes-ille-et-vilaine', 'sasha')
    await follow(mastodon, hub, 'cafes-bretagne', 'alix')
    const { db } = hub.context
    await until(() =>
      db
        .selectFrom('host')
        .select('name')
        .where('software_version', '=', '4.4.8')
        .executeTakeFirst(),
    )
    const cafe = await create({ venue: RENNES, title: 'Sera annulé' })
    await until(() => announcesOf(mastodon, cafe.uri).length >= 2)
    await untilAtRest(hub)
    const noteUri = `${member.origin}/notes/dit-par-le-lieu`
    const off = later(cafe, { status: 'cancelled' })
    await member.say(member.activity('Update', off, noteUri))
    await until(() => announcesOf(mastodon, noteUri).length >= 2, { what: 'both shares' })
    await untilAtRest(hub)
    expect(actorsOf(announcesOf(mastodon, noteUri))).toEqual(feeds())
    expect(notesOn(mastodon, cafe.uri)).toEqual([])
    // Other software may show a share as a second post.
    expect(announcesOf(rennes, noteUri)).toEqual([])
    expect(notesOn(rennes, cafe.uri)).toHaveLength(1)
    // A Note on another server is none of the place's: the feed then says it itself.
    const held = later(off, { status: 'scheduled' })
    await member.say(member.activity('Update', held, 'https://ailleurs.example/notes/1'))
    await until(() => notesOn(mastodon, cafe.uri).length > 0, { what: 'the post of the feed' })
    await untilAtRest(hub)
    await member.say(member.activity('Delete', held))
    await until(() => undosOf(mastodon, noteUri).length >= 2, { what: 'the end of the shares' })
    const shares = announcesOf(mastodon, noteUri).map(({ json }) => json.id)
    const undone = undosOf(mastodon, noteUri).map((activity) => objectOf(activity).id)
    expect(undone.sort()).toEqual(shares.sort())
  })

  test('on GoToSocial is shown a member’s café as a post without a title, which would hide it', async () => {
    const hiding = await startOther(3)
    declareSoftware(hiding, 'gotosocial', '0.19.0')
    await follow(hiding, hub, 'cafes-ille-et-vilaine', 'robin')
    const { db } = hub.context
    await until(() =>
      db.selectFrom('host').select('name').where('software', '=', 'gotosocial').executeTakeFirst(),
    )
    const cafe = await create({ venue: RENNES, title: 'Sans avertissement' })
    await until(() => announcesOf(hiding, `${cafe.uri}/post`).length > 0, { what: 'the post' })
    const [share] = announcesOf(hiding, `${cafe.uri}/post`)
    expect((await hub.get(String(share?.json.id))).json).toEqual(share?.json)
    await member.say(member.activity('Delete', cafe))
    await until(() => undosOf(hiding, `${cafe.uri}/post`).length > 0, { what: 'the Undo' })
    await untilAtRest(hub)
    expect(announcesOf(hiding, cafe.uri)).toEqual([])
  })

  test('by Mobilizon has the café read anew at each change', async () => {
    const mobilizon = await startOther(3)
    declareSoftware(mobilizon, 'Mobilizon', '5.1.3')
    const events = readsAnnounced(mobilizon, hub.origin)
    await follow(mobilizon, hub, 'cafes-ille-et-vilaine', 'relay')
    await follow(mobilizon, hub, 'instance', 'relay2')
    await until(
      () =>
        hub.context.db
          .selectFrom('host')
          .select('name')
          .where('software', '=', 'mobilizon')
          .executeTakeFirst(),
      { what: 'its software' },
    )
    const cafe = await create({ venue: RENNES, title: 'Premier titre' })
    const path = new URL(cafe.uri).pathname
    member.pages.set(path, member.event(cafe))
    await until(() => events.has(cafe.uri))
    const changed = later(cafe, { title: 'Second titre' })
    member.pages.set(path, member.event(changed))
    await member.say(member.activity('Update', changed))
    await until(() => events.get(cafe.uri)?.name === 'Second titre')
    await untilAtRest(hub)
    expect(mobilizon.requests.filter(({ method }) => method === 'POST')).toHaveLength(
      mobilizon.activities.length,
    )
    const ids = announcesOf(mobilizon, cafe.uri).map(({ json }) => json.id)
    expect(new Set(ids).size).toBe(2)
  })

  test('reads of a cancellation in a post of its own, and no longer of what is deleted', async () => {
    const cafe = await create({ venue: RENNES })
    await until(() => announcesOf(rennes, cafe.uri).length >= 2)
    const off = later(cafe, { status: 'cancelled', statusNote: 'Dégât des eaux' })
    await member.say(member.activity('Update', off))
    await until(() => notesOn(rennes, cafe.uri).length > 0, { what: 'the post' })
    await untilAtRest(hub)
    expect(actorsOf(notesOn(rennes, cafe.uri))).toEqual(feeds().slice(1))
    expect(objectOf(notesOn(rennes, cafe.uri)[0] as ReceivedActivity).content).toMatch(
      /Annulé.*Dégât/,
    )

    const gone = member.activity('Delete', off)
    await member.say(gone)
    await until(() => undosOf(rennes, cafe.uri).length >= 2, { what: 'the Undo' })
    const deletes = rennes.activitiesOf('Delete')
    expect(deletes.filter(({ json }) => json.id === gone.id)).toHaveLength(1)
    const note = String(objectOf(notesOn(rennes, cafe.uri)[0] as ReceivedActivity).id)
    await until(() =>
      rennes.activitiesOf('Delete').some((activity) => objectOf(activity).id === note),
    )
    expect((await hub.get(note)).status).toBe(410)
  })

  test('loses a café that moves from Rennes to Nantes, where it is announced; once more if it comes back', async () => {
    const cafe = await create({ venue: RENNES })
    await until(() => announcesOf(rennes, cafe.uri).length >= 2)
    const moved = later(cafe, { venue: NANTES })
    await member.say(member.activity('Update', moved))
    await until(() => announcesOf(nantes, cafe.uri).length > 0)
    await until(() => undosOf(rennes, cafe.uri).length >= 2)
    expect(undosOf(nantes, cafe.uri)).toEqual([])
    const undone = undosOf(rennes, cafe.uri).map((activity) => objectOf(activity).id)
    const announced = announcesOf(rennes, cafe.uri).map(({ json }) => json.id)
    expect(undone.sort()).toEqual(announced.sort())

    await member.say(member.activity('Update', later(moved, { venue: RENNES })))
    await untilAtRest(hub)
    await pass(hub, { minutes: 10 })
    await until(() => announcesOf(rennes, cafe.uri).length >= 4)
    await until(() => undosOf(nantes, cafe.uri).length > 0)
    const ids = announcesOf(rennes, cafe.uri).map(({ json }) => json.id)
    expect(new Set(ids).size).toBe(4)
  })

  test('on NodeBB reads a café that comes back in a new post: what was deleted is not shown again', async () => {
    const forum = await startOther(2)
    declareSoftware(forum, 'NodeBB', '4.15.0')
    await follow(forum, hub, 'cafes-ille-et-vilaine', 'salon')
    const { db } = hub.context
    await until(() =>
      db.selectFrom('host').select('name').where('software', '=', 'nodebb').executeTakeFirst(),
    )
    const said = () => forum.activities.filter(({ json }) => json.type !== 'Accept')
    const cafe = await create({ venue: RENNES })
    await until(() => said().length === 1, { what: 'the post' })
    const moved = later(cafe, { venue: NANTES })
    await member.say(member.activity('Update', moved))
    await until(() => said().some(({ json }) => json.type === 'Delete'), { what: 'the Delete' })
    // The post about the new place is no reply, since the first post is deleted.
    await until(() => notesOn(forum, cafe.uri).length === 2, { what: 'the post about the change' })
    await member.say(member.activity('Update', later(moved, { venue: RENNES })))
    await untilAtRest(hub)
    await pass(hub, { minutes: 10 })
    const posts = () => forum.activitiesOf('Create').filter((activity) => objectOf(activity).name)
    await until(() => posts().length === 2, { what: 'the new post' })
    const [post, again] = posts().map((activity) => String(objectOf(activity).id)) as [
      string,
      string,
    ]
    expect(again).not.toBe(post)
    expect((await hub.get(post)).status).toBe(410)
    expect((await hub.get(again)).json).toMatchObject({ type: 'Note', name: cafe.title })
  })

  test('gets nothing about cafés that are over, cancelled from the start, or only online', async () => {
    const start = Temporal.Now.instant().round('second').subtract({ hours: 72 })
    const over = await create({
      venue: RENNES,
      startsAt: start,
      endsAt: start.add({ hours: 1 }),
    })
    const off = await create({ venue: RENNES, status: 'cancelled' })
    const online = await create({ venue: undefined, attendanceMode: 'online' })
    await until(() => hub.find(online.uri))
    await quiet()
    for (const { uri } of [over, off, online]) expect(announcesOf(rennes, uri)).toEqual([])
  })

  test('may be on a server that refuses what feeds announce and carry on: once is enough', async () => {
    const gancio = await startOther(2)
    await follow(gancio, hub, 'cafes-ille-et-vilaine')
    refusesAnnouncesAndForwards(gancio, hub.origin)
    const cafe = await create({ venue: RENNES })
    await untilAtRest(hub)
    await member.say(member.activity('Update', later(cafe, { title: 'Corrigé' })))
    await until(() =>
      rennes.activitiesOf('Update').some((activity) => objectOf(activity).id === cafe.uri),
    )
    await untilAtRest(hub)
    const posts = gancio.requests.filter(({ method }) => method === 'POST')
    // One POST is the Accept, one the Announce, and two are the copy: after a 403 the other form of signature is tried.
    expect(posts).toHaveLength(4)
  })

  test('has no edit shown for a seat that was taken, where edits are shown', async () => {
    const marking = await startOther(3)
    declareSoftware(marking, 'mastodon', '4.5.0')
    await follow(marking, hub, 'cafes-ille-et-vilaine')
    const { db } = hub.context
    await until(() =>
      db.selectFrom('host').select('name').where('software', '=', 'mastodon').executeTakeFirst(),
    )
    const registration = { mode: 'external', url: 'https://inscription.example/', capacity: 15 }
    const withSeats = (seatsLeft: number) =>
      ({ registration: { ...registration, seatsLeft } }) as Partial<CafeContent>
    const cafe = await create({ venue: RENNES, ...withSeats(15) })
    await untilAtRest(hub)
    const taken = later(cafe, withSeats(9))
    const updatesAt = (peer: RemotePeer) =>
      peer.activitiesOf('Update').filter((activity) => objectOf(activity).id === cafe.uri)
    await member.say(member.activity('Update', taken))
    await until(() => updatesAt(rennes).length === 1)
    await untilAtRest(hub)
    expect(updatesAt(marking)).toEqual([])
    await member.say(member.activity('Update', later(taken, withSeats(0))))
    await until(() => updatesAt(marking).length === 1)
    expect(objectOf(updatesAt(marking)[0] as ReceivedActivity).remainingAttendeeCapacity).toBe(0)
    await untilAtRest(hub)
  })

  test('gets nothing twice when the directory stops in the middle and starts again', async () => {
    const before = rennes.activities.length
    rennes.answer.status = 503
    const cafe = await create({ venue: RENNES })
    const busy = () => rennes.requests.length
    const asked = busy()
    await until(() => busy() > asked)
    await hub.stop()
    rennes.answer.status = 202
    await hub.start()
    await until(() => announcesOf(rennes, cafe.uri).length >= 2, { within: 10_000 })
    await quiet()
    expect(announcesOf(rennes, cafe.uri)).toHaveLength(2)
    expect(rennes.activities.slice(before).map(({ json }) => json.type)).toEqual([
      'Announce',
      'Announce',
    ])
  })
})
