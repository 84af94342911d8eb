import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { planDigests } from '../../../node/jobs/plan-digests.ts'
import { releaseLeases } from '../../../node/store/queues/release-leases.ts'
import { type Member, startMember } from '../../support/member.ts'
import { type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import {
  type ReceivedActivity,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'
import {
  follow,
  isDigest,
  LYON,
  later,
  notesOn,
  objectOf,
  quiet,
  RENNES,
  venueIn,
} from './feed-readers.ts'

async function isAnythingLeased(db: Site['context']['db']): Promise<boolean> {
  const leased = await Promise.all(
    (['delivery', 'task'] as const).map((table) =>
      db.selectFrom(table).select('id').where('lease_until', 'is not', null).executeTakeFirst(),
    ),
  )
  return leased.some(Boolean)
}

const digestsOf = (peer: RemotePeer) => peer.activitiesOf('Create').filter(isDigest)

describe('a feed does not flood', () => {
  let hub: Site
  let member: Member
  let reader: RemotePeer
  const monday = (() => {
    const today = Temporal.Now.plainDateISO('Europe/Paris')
    return today.add({ days: 8 - today.dayOfWeek })
  })()
  /**
   * Returns the next day for a Monday, on which the weekly message would be planned too; another test waits for that
   * one.
   */
  const notMonday = (day: Temporal.PlainDate) => (day.dayOfWeek === 1 ? day.add({ days: 1 }) : day)
  /** Plans what is due at this local time and makes it due now, once no delivery is under a lease. */
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
    await until(() => reader.activitiesOf('Announce').length >= 10)
    await until(async () => (await hub.find(cafes[11]?.uri ?? '')) !== undefined)
    await quiet()
    expect(reader.activitiesOf('Announce')).toHaveLength(10)

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
    const note = objectOf(digestsOf(reader)[0] as ReceivedActivity)
    expect(note).toMatchObject({
      type: 'Note',
      attributedTo: `${hub.origin}/actors/cafes-ille-et-vilaine`,
    })
    const announced = new Set(reader.activitiesOf('Announce').map(({ json }) => json.object))
    const left = cafes.filter(({ uri }) => !announced.has(uri))
    expect(left).toHaveLength(2)
    for (const { title, url } of left)
      expect(note.content).toContain(`<a href="${url}">${title}</a>`)
    expect(note.content).toContain('2 cafés IA du département Ille-et-Vilaine')
    expect((await hub.get(String(note.id))).json.type).toBe('Note')
    expect(note.url).toBe(note.id)
    const page = await fetch(String(note.id), {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    })
    expect(page.headers.get('location')).toBe(`${hub.origin}/territoires/35`)

    // A café that was named in the message counts as announced: its cancellation is sent too, although the limit of the
    // day is reached. What may wait is told a few minutes later, together with what changed of other cafés.
    const [one] = left
    const [moved, again] = cafes.filter(({ uri }) => announced.has(uri)) as [Cafe, Cafe]
    const at = (cafe: Cafe, hours: number) => {
      const startsAt = cafe.startsAt.add({ hours })
      return later(cafe, { startsAt, endsAt: startsAt.add({ hours: 1 }) })
    }
    for (const cafe of [at(moved, 24), at(again, 48)])
      await member.say(member.activity('Update', cafe))
    const off = later(one as Cafe, { status: 'cancelled' })
    await member.say(member.activity('Update', off))
    await until(() => notesOn(reader, off.uri).length > 0)
    await untilAtRest(hub)
    for (const { uri } of [moved, again]) expect(notesOn(reader, uri)).toEqual([])
    await planDigests(hub.context)
    await until(() => digestsOf(reader).length > 1, { what: 'the digest of the changes' })
    const { content } = objectOf(digestsOf(reader)[1] as ReceivedActivity)
    expect(content).toContain('2 cafés IA du département Ille-et-Vilaine ont changé aujourd’hui')
    for (const { url, title } of [moved, again])
      expect(content).toMatch(new RegExp(`Nouvelle date : ${title}.*"${url}"`))
    expect(content).not.toContain(off.url)
    await planDigests(hub.context)
    await plan(notMonday(today.add({ days: 3 })), '18:00')
    await untilAtRest(hub)
    expect(digestsOf(reader)).toHaveLength(2)
  })

  test('on Monday morning, where it is about, it tells of the week, once, and of nothing else', async () => {
    // When the tests run on a Saturday or Sunday, the days of the tests before overlap with those of this one.
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
    await untilAtRest(hub)
    reader.activities.length = 0

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
    const { content } = objectOf(digestsOf(reader)[0] as ReceivedActivity)
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
