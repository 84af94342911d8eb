import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import type { Cafe, CafeContent } from '../../../node/domain/cafes/cafe.ts'
import type { Venue } from '../../../node/domain/cafes/venue.ts'
import { planDigests } from '../../../node/jobs/plan-digests.ts'
import { planReconciliations } from '../../../node/jobs/read-peers.ts'
import { releaseLeases } from '../../../node/store/queues/release-leases.ts'
import {
  declareSoftware,
  readsAnnounced,
  refusesAnnouncesAndForwards,
  timelineOf,
} from '../../support/measured-peers.ts'
import { type Member, setUpcoming, startMember } from '../../support/member.ts'
import { type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import { type Letter, type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'

/** Feeds of territories: a directory, a member whose every word is chosen here, and people on other servers. */

const venueIn = (commune: string, postalCode: string): Venue => ({
  id: undefined,
  name: 'Bibliothèque',
  streetAddress: '1 place de la Mairie',
  postalCode,
  commune,
  codeInsee: undefined,
  departement: undefined,
  region: undefined,
  latitude: undefined,
  longitude: undefined,
})
const RENNES = venueIn('Rennes', '35000')
const NANTES = venueIn('Nantes', '44000')
const LYON = venueIn('Lyon', '69003')

const objectOf = ({ json }: Letter) => json.object as Json

async function isAnythingLeased(db: Site['context']['db']): Promise<boolean> {
  const leased = await Promise.all(
    (['delivery', 'task'] as const).map((table) =>
      db.selectFrom(table).select('id').where('lease_until', 'is not', null).executeTakeFirst(),
    ),
  )
  return leased.some(Boolean)
}
const quiet = () => new Promise((resolve) => setTimeout(resolve, 400))

/** A person of another server follows one of the directory's feeds, and is accepted. */
async function follow(peer: RemotePeer, hub: Site, feed: string, name = 'camille'): Promise<void> {
  const actor = peer.addActor(name, { preferredUsername: name, type: 'Person' })
  const before = peer.lettersOf('Accept').length
  const { status } = await peer.send(actor, `${hub.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: `${hub.origin}/actors/${feed}`,
  })
  expect(status).toBe(202)
  await until(() => peer.lettersOf('Accept').length > before, { what: 'the Accept' })
}

const announcesOf = (peer: RemotePeer, uri: string) =>
  peer.lettersOf('Announce').filter(({ json }) => json.object === uri)
const undosOf = (peer: RemotePeer, uri: string) =>
  peer.lettersOf('Undo').filter((letter) => objectOf(letter).object === uri)
const isDigest = (letter: Letter) =>
  /aujourd’hui|Cette semaine/.test(String(objectOf(letter).content))
/** Posts of feeds about a change of this café: no answers, since their readers do not follow its author. */
const notesOn = (peer: RemotePeer, uri: string) =>
  peer.lettersOf('Create').filter((letter) => {
    const { content, inReplyTo } = objectOf(letter)
    return String(content).includes(`"${uri}"`) && inReplyTo === undefined && !isDigest(letter)
  })
const digestsOf = (peer: RemotePeer) => peer.lettersOf('Create').filter(isDigest)

const actorsOf = (letters: Letter[]) => letters.map(({ json }) => json.actor).sort()

/** The member's next word about a café: what it was, with this changed, a minute later. */
const later = (cafe: Cafe, content: Partial<CafeContent>, minutes = 1): Cafe => ({
  ...cafe,
  ...content,
  updatedAt: cafe.updatedAt.add({ minutes }),
})

describe('who follows a territory', () => {
  let hub: Site
  let member: Member
  let rennes: RemotePeer
  let nantes: RemotePeer
  /** Of one test; they answer until all tests are over, so that nothing waits for them. */
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

  /** Each test has a day of its own, with its ten posts. */
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
    await until(() => rennes.lettersOf('Update').length > 0)
    await quiet()
    expect(actorsOf(announcesOf(rennes, cafe.uri))).toEqual(feeds())
    expect(announcesOf(rennes, lyon.uri)).toEqual([])
    expect(nantes.lettersOf('Announce')).toEqual([])
  })

  test('has the change from the place itself once, whichever feeds are followed there', async () => {
    const cafe = await create({ venue: RENNES })
    await until(() => announcesOf(rennes, cafe.uri).length >= 2)
    const update = member.activity('Update', later(cafe, { title: 'Un autre titre' }))
    await member.say(update)
    const carried = () => rennes.lettersOf('Update').filter(({ json }) => json.id === update.id)
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
    // Whoever follows both, one of them, or the other reads the same two posts.
    const both = await about(rennes, [bretagne, illeEtVilaine])
    expect(both.map(({ by }) => by)).toEqual([illeEtVilaine, illeEtVilaine])
    expect(both.map(({ content }) => content)).toEqual([
      expect.stringContaining('Nouvelle date'),
      expect.stringContaining('Annulé'),
    ])
    expect((await about(region, [bretagne])).map(({ id }) => id)).toEqual(both.map(({ id }) => id))
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
      mobilizon.letters.length,
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
    expect(objectOf(notesOn(rennes, cafe.uri)[0] as Letter).content).toMatch(/Annulé.*Dégât/)

    const gone = member.activity('Delete', off)
    await member.say(gone)
    await until(() => undosOf(rennes, cafe.uri).length >= 2, { what: 'the Undo' })
    const deletes = rennes.lettersOf('Delete')
    expect(deletes.filter(({ json }) => json.id === gone.id)).toHaveLength(1)
    const note = String(objectOf(notesOn(rennes, cafe.uri)[0] as Letter).id)
    await until(() => rennes.lettersOf('Delete').some((letter) => objectOf(letter).id === note))
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
    const undone = undosOf(rennes, cafe.uri).map((letter) => objectOf(letter).id)
    const announced = announcesOf(rennes, cafe.uri).map(({ json }) => json.id)
    expect(undone.sort()).toEqual(announced.sort())

    await member.say(member.activity('Update', later(moved, { venue: RENNES })))
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
    const said = () => forum.letters.filter(({ json }) => json.type !== 'Accept')
    const cafe = await create({ venue: RENNES })
    await until(() => said().length === 1, { what: 'the post' })
    const moved = later(cafe, { venue: NANTES })
    await member.say(member.activity('Update', moved))
    await until(() => said().some(({ json }) => json.type === 'Delete'), { what: 'the Delete' })
    // The place is new, which is no answer to what is deleted.
    await until(() => notesOn(forum, cafe.uri).length === 2, { what: 'the post about the change' })
    await member.say(member.activity('Update', later(moved, { venue: RENNES })))
    const posts = () => forum.lettersOf('Create').filter((letter) => objectOf(letter).name)
    await until(() => posts().length === 2, { what: 'the new post' })
    const [post, again] = posts().map((letter) => String(objectOf(letter).id)) as [string, string]
    expect(again).not.toBe(post)
    expect((await hub.get(post)).status).toBe(410)
    expect((await hub.get(again)).json).toMatchObject({ type: 'Note', name: cafe.title })
  })

  test('hears nothing of what is over, cancelled from the start, or only online', async () => {
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
    await until(() => rennes.lettersOf('Update').some((letter) => objectOf(letter).id === cafe.uri))
    await untilAtRest(hub)
    const posts = gancio.requests.filter(({ method }) => method === 'POST')
    // One for the Accept, one for the Announce, and two for the copy: a 403 has the other form of signature tried.
    expect(posts).toHaveLength(4)
  })

  test('has no edit shown for a seat that was taken, where edits are shown', async () => {
    const marking = await startOther(3)
    declareSoftware(marking, 'gotosocial', '0.19.0')
    await follow(marking, hub, 'cafes-ille-et-vilaine')
    const { db } = hub.context
    await until(() =>
      db.selectFrom('host').select('name').where('software', '=', 'gotosocial').executeTakeFirst(),
    )
    const registration = { mode: 'external', url: 'https://inscription.example/', capacity: 15 }
    const withSeats = (seatsLeft: number) =>
      ({ registration: { ...registration, seatsLeft } }) as Partial<CafeContent>
    const cafe = await create({ venue: RENNES, ...withSeats(15) })
    await untilAtRest(hub)
    const taken = later(cafe, withSeats(9))
    const updatesAt = (peer: RemotePeer) =>
      peer.lettersOf('Update').filter((letter) => objectOf(letter).id === cafe.uri)
    await member.say(member.activity('Update', taken))
    await until(() => updatesAt(rennes).length === 1)
    await untilAtRest(hub)
    expect(updatesAt(marking)).toEqual([])
    await member.say(member.activity('Update', later(taken, withSeats(0))))
    await until(() => updatesAt(marking).length === 1)
    expect(objectOf(updatesAt(marking)[0] as Letter).remainingAttendeeCapacity).toBe(0)
    await untilAtRest(hub)
  })

  test('is told nothing twice when the directory stops in the middle and starts again', async () => {
    const before = rennes.letters.length
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
    expect(rennes.letters.slice(before).map(({ json }) => json.type)).toEqual([
      'Announce',
      'Announce',
    ])
  })
})

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
    expect(reader.lettersOf('Announce')).toEqual([])

    // A correction of it is no news; a new café is, be it that only the list tells, since the message was lost.
    const { member: other } = second
    const [first, ...others] = second.cafes
    const corrected = later(first as Cafe, { title: 'Corrigé' })
    await other.say(other.activity('Update', corrected))
    const news = other.cafe({ venue: RENNES })
    await other.say(other.activity('Create', news))
    await until(() => announcesOf(reader, news.uri).length > 0)
    expect(reader.lettersOf('Announce')).toHaveLength(1)
    const since = Temporal.Now.instant().round('second').add({ seconds: 2 })
    const lost = other.cafe({ venue: RENNES }, { publishedAt: since, updatedAt: since })
    setUpcoming(
      other,
      [corrected, ...others, news, lost].map((cafe) => other.event(cafe)),
    )
    await planReconciliations(hub.context)
    await until(() => announcesOf(reader, lost.uri).length > 0)
    expect(reader.lettersOf('Announce')).toHaveLength(2)
    await other.close()
  })

  test('announces what is online in its own feed, and what is both in both', async () => {
    const online = await startRemotePeer(2)
    await follow(online, hub, 'cafes-en-ligne')
    // Not what another place announced above: that would be the same café, told once.
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

describe('a feed does not flood', () => {
  let hub: Site
  let member: Member
  let reader: RemotePeer
  const monday = (() => {
    const today = Temporal.Now.plainDateISO('Europe/Paris')
    return today.add({ days: 8 - today.dayOfWeek })
  })()
  /** On a Monday the message of the week would be planned too, which another test waits for. */
  const notMonday = (day: Temporal.PlainDate) => (day.dayOfWeek === 1 ? day.add({ days: 1 }) : day)
  /** Plans what is due at this hour of the wall, and makes it due now, once nothing is on its way under a lease. */
  const plan = async (day: Temporal.PlainDate, time: string, zone = 'Europe/Paris') => {
    const { db, wake, now } = hub.context
    const at = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    await until(async () => !(await isAnythingLeased(db)), { what: 'the end of all deliveries' })
    await planDigests({ db, wake, now: () => at.toInstant() })
    await releaseLeases(db, now())
    wake()
  }
  beforeAll(async () => {
    hub = await startSite({ role: 'hub', name: 'Annuaire' })
    member = await startMember(hub)
    reader = await startRemotePeer(0)
    await follow(reader, hub, 'cafes-ille-et-vilaine')
  })
  afterAll(async () => {
    await Promise.all([hub.close(), member.close(), reader.close()])
  })

  test('after ten posts of a day, the others share one message in the evening', async () => {
    const cafes = Array.from({ length: 12 }, (_, index) =>
      member.cafe({ venue: RENNES, title: `Café numéro ${index + 1}` }),
    )
    for (const cafe of cafes) await member.say(member.activity('Create', cafe))
    await until(() => reader.lettersOf('Announce').length >= 10)
    await until(async () => (await hub.find(cafes[11]?.uri ?? '')) !== undefined)
    await quiet()
    expect(reader.lettersOf('Announce')).toHaveLength(10)

    const today = Temporal.Now.plainDateISO('Europe/Paris')
    await plan(today, '17:59')
    await quiet()
    expect(digestsOf(reader)).toEqual([])
    await plan(today, '18:00')
    await until(() => digestsOf(reader).length > 0, { what: 'the digest' })
    await hub.stop()
    await hub.start()
    await plan(today, '18:05')
    await quiet()
    expect(digestsOf(reader)).toHaveLength(1)
    const note = objectOf(digestsOf(reader)[0] as Letter)
    expect(note).toMatchObject({
      type: 'Note',
      attributedTo: `${hub.origin}/actors/cafes-ille-et-vilaine`,
    })
    const announced = new Set(reader.lettersOf('Announce').map(({ json }) => json.object))
    const left = cafes.filter(({ uri }) => !announced.has(uri))
    expect(left).toHaveLength(2)
    for (const { title, url } of left)
      expect(note.content).toContain(`<a href="${url}">${title}</a>`)
    expect(note.content).toContain('2 cafés IA du département Ille-et-Vilaine')
    expect((await hub.get(String(note.id))).json.type).toBe('Note')

    // Told in the message, it is known: its cancellation is said too, although the day is full. Another change waits.
    const [one] = left
    const full = cafes.find(({ uri }) => announced.has(uri)) as Cafe
    const startsAt = full.startsAt.add({ hours: 2 })
    await member.say(
      member.activity('Update', later(full, { startsAt, endsAt: startsAt.add({ hours: 1 }) })),
    )
    const off = later(one as Cafe, { status: 'cancelled' })
    await member.say(member.activity('Update', off))
    await until(() => notesOn(reader, off.uri).length > 0)
    await untilAtRest(hub)
    expect(notesOn(reader, full.uri)).toEqual([])
    await plan(notMonday(today.add({ days: 1 })), '18:00')
    await until(() => digestsOf(reader).length > 1, { what: 'the digest of the change' })
    const { content } = objectOf(digestsOf(reader)[1] as Letter)
    expect(content).toContain('1 café IA du département Ille-et-Vilaine a changé aujourd’hui')
    expect(content).toContain(full.url)
    expect(content).not.toContain(off.url)
    await plan(notMonday(today.add({ days: 3 })), '18:00')
    await untilAtRest(hub)
    expect(digestsOf(reader)).toHaveLength(2)
  })

  test('on Monday morning, where it is about, it tells of the week, once, and of nothing else', async () => {
    // On a Saturday or Sunday the evenings before are those of this Monday too.
    await hub.context.db.deleteFrom('feed_digest').execute()
    const onWednesday = (weeks: number) => {
      const at = monday.add({ days: 2, weeks }).toZonedDateTime({
        timeZone: 'Europe/Paris',
        plainTime: Temporal.PlainTime.from('18:30'),
      })
      return { startsAt: at.toInstant(), endsAt: at.add({ hours: 1 }).toInstant() }
    }
    const thisWeek = member.cafe({ venue: RENNES, title: 'Cette semaine', ...onWednesday(0) })
    const nextWeek = member.cafe({ venue: RENNES, title: 'Plus tard', ...onWednesday(1) })
    const elsewhere = member.cafe({ venue: LYON, title: 'À Lyon', ...onWednesday(0) })
    const far = member.cafe({
      venue: venueIn('Saint-Denis', '97400'),
      title: 'À La Réunion',
      timezone: 'Indian/Reunion',
      ...onWednesday(0),
    })
    for (const cafe of [thisWeek, nextWeek, elsewhere, far])
      expect(await member.say(member.activity('Create', cafe))).toBe(202)
    const island = await startRemotePeer(1)
    await follow(island, hub, 'cafes-la-reunion')
    reader.letters.length = 0

    await plan(monday, '08:00', 'Indian/Reunion')
    await until(() => digestsOf(island).length > 0, { what: 'the week of La Réunion' })
    await quiet()
    expect(digestsOf(reader)).toEqual([])
    await plan(monday, '08:00')
    await until(() => digestsOf(reader).length > 0, { what: 'the week of Ille-et-Vilaine' })
    await plan(monday, '08:05')
    await plan(monday.add({ days: 1 }), '08:00')
    await quiet()
    expect(digestsOf(reader)).toHaveLength(1)
    expect(digestsOf(island)).toHaveLength(1)
    const { content } = objectOf(digestsOf(reader)[0] as Letter)
    expect(content).toContain('Cette semaine : 1 café IA du département Ille-et-Vilaine')
    expect(content).toContain(thisWeek.url)
    for (const { url } of [nextWeek, elsewhere, far]) expect(content).not.toContain(url)
    await island.close()
  })

  test('a week without a café is not told', async () => {
    const quietPlace = await startRemotePeer(2)
    await follow(quietPlace, hub, 'cafes-lozere')
    await plan(monday.add({ weeks: 1 }), '09:00')
    await quiet()
    expect(digestsOf(quietPlace)).toEqual([])
    await quietPlace.close()
  })
})

/** A member with cafés at these places before it joined. */
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
