import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { skipDay } from '../../../node/domain/series/changes.ts'
import type { Series } from '../../../node/domain/series/series.ts'
import { planDigests } from '../../../node/jobs/plan-digests.ts'
import { sendNearDates } from '../../../node/jobs/series/send-near-dates.ts'
import { homeOf } from '../../../node/routes/series/series-home.ts'
import { readAlertSearch } from '../../../node/routes/territories/alert-search.ts'
import { createCafe } from '../../../node/store/cafes/own-cafes.ts'
import { findSeriesOf } from '../../../node/store/cafes/series/outline.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { deleteSeries, saveSeriesEdit } from '../../../node/store/series/edit-series.ts'
import { createSeries } from '../../../node/store/series/plan-dates.ts'
import { claimDueAlert, matchNewCafes } from '../../../node/store/territories/alert-cafes.ts'
import { confirmAlert, requestAlert } from '../../../node/store/territories/alerts.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { times } from '../../support/full.ts'
import { startMember } from '../../support/member.ts'
import { type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import {
  cancelCafe,
  changeStatus,
  removeCafe,
  reviseCafe,
  SOMEBODY,
} from '../../support/own-cafes.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'
import { aSeries } from '../../support/some-series.ts'
import { follow, venueIn } from './feed-readers.ts'

/** What somebody reads of a season who follows the place, and who follows its département, from a Mastodon-like server. */

const DIE = { ...venueIn('Die', '26150'), codeInsee: '26113', departement: '26', region: '84' }
const DAY = 24
let hub: Site
let place: Site
let ofPlace: RemotePeer
let ofFeed: RemotePeer
/** How many dates the season has, more than one on many days of it. */
const DATES = times(80, 400)
/** How many days after today it is on both servers. */
let days = 0

beforeAll(async () => {
  const pair = await startPair()
  hub = pair.hub
  place = pair.node
  const clock = () => Temporal.Now.instant().add({ hours: days * DAY })
  for (const site of [hub, place]) site.context.now = clock
  ofPlace = await startRemotePeer(0)
  ofFeed = await startRemotePeer(1)
  await follow(ofPlace, place, 'cafes')
  await follow(ofFeed, hub, 'cafes-drome')
}, 120_000)
afterAll(() => Promise.all([hub, place, ofPlace, ofFeed].map((each) => each?.close())))

async function rest(): Promise<void> {
  for (const site of [place, hub])
    for (let tried = 0; tried < 5; tried++)
      if (
        await untilAtRest(site).then(
          () => true,
          () => false,
        )
      )
        break
}

/** Plans a series of a site with a date so many days from today at noon, each. */
async function plan(name: string, dates: readonly number[], site = place): Promise<Cafe[]> {
  const { db, now, config } = site.context
  const structure = await db.selectFrom('organization').select('id').executeTakeFirstOrThrow()
  const content = aCafe({ title: name, venue: DIE, image: undefined })
  const cafes: Cafe[] = []
  await inTransaction(db, async (trx) => {
    for (const date of dates) {
      const startsAt = Temporal.Now.plainDateISO('Europe/Paris')
        .add({ days: date })
        .toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '12:00' })
        .toInstant()
      const cafe = await createCafe(
        trx as typeof db,
        {
          content: { ...content, startsAt, endsAt: startsAt.add({ hours: 1 }) },
          organizationId: structure.id,
          organizer: { uri: `${config.origin}/actors/cafes`, name: 'Lieu', url: config.origin },
          origin: config.origin,
          publication: 'published',
          series: `${config.origin}/series/${name}`,
          by: SOMEBODY,
        },
        now(),
      )
      cafes.push(cafe)
    }
  })
  site.context.wake()
  await rest()
  return cafes
}

/** Lets this many days pass, one after the other. */
async function live(count: number): Promise<void> {
  for (let day = 0; day < count; day++) {
    days += 1
    for (const site of [place, hub]) {
      await sendNearDates(site.context)
      await planDigests(site.context)
    }
    await rest()
  }
}

const titleOf = (html: unknown): string => /<strong>(.*?)<\/strong>/.exec(String(html))?.[1] ?? ''

/** Returns what a reader has seen as new posts since the last time, in a few words. */
const seen = new Map<RemotePeer, number>()
function news(peer: RemotePeer, about: string): string[] {
  const from = seen.get(peer) ?? 0
  seen.set(peer, peer.activities.length)
  return peer.activities.slice(from).flatMap(({ json }) => {
    const object = json.object as Json | string
    if (json.type === 'Announce')
      return `share ${String(object).includes('/notes/') ? 'Note' : 'Event'}`
    if (json.type !== 'Create' || typeof object === 'string') return []
    const words = object.type === 'Note' ? titleOf(object.content) : String(object.name)
    return words.includes(about) ? `${object.type} ${words}` : []
  })
}

test('of a season of 400 dates a follower reads the beginning, then one a day at most', async () => {
  const cafes = await plan(
    'saison',
    [...Array(DATES).keys()].map((n) => 1 + Math.floor(n * 0.9)),
  )
  expect(await place.context.db.selectFrom('cafe').select('id').execute()).toHaveLength(DATES)
  await until(
    async () => (await hub.context.db.selectFrom('cafe').select('id').execute()).length === DATES,
  )
  await rest()
  expect(news(ofPlace, 'saison')).toEqual([
    'Note Nouvelle série\u00a0: saison'.replace('\u00a0', ' '),
  ])
  expect(news(ofFeed, 'saison')).toEqual(['share Note'])
  await live(10)
  expect(news(ofPlace, 'saison')).toEqual(Array(10).fill('Event saison'))
  expect(news(ofFeed, 'saison')).toEqual(Array(10).fill('share Event'))
  const told = ofPlace.activitiesOf('Create').map(({ json }) => json.object as Json)
  for (const event of told.filter(({ type }) => type === 'Event')) {
    const start = Temporal.Instant.from(String(event.startTime))
    const published = Temporal.Instant.from(String(event.published))
    expect(published.until(start).total('hours')).toBeLessThanOrEqual(7 * DAY)
    expect(event.updated).toBeUndefined()
  }
  expect(cafes).toHaveLength(DATES)
}, 240_000)

test('a change of many dates is one post, a cancellation is told at once, also of a far date', async () => {
  days = 0
  const cafes = await plan('rentrée', [40, 47, 54, 61])
  news(ofPlace, 'rentrée')
  news(ofFeed, 'rentrée')
  const { db, now, wake } = place.context
  await inTransaction(db, async (trx) => {
    for (const cafe of cafes)
      await reviseCafe(
        trx,
        {
          id: cafe.id,
          content: {
            ...cafe,
            startsAt: cafe.startsAt.add({ hours: 2 }),
            endsAt: cafe.endsAt.add({ hours: 2 }),
          },
        },
        now(),
      )
  })
  wake()
  await rest()
  expect(news(ofPlace, 'rentrée')).toEqual(['Note 4 dates changent : rentrée'])
  expect(news(ofFeed, 'rentrée')).toEqual(['share Note'])
  // The hour of one far date is told with that date.
  const [first, second, third] = cafes as [Cafe, Cafe, Cafe]
  await reviseCafe(db, { id: first.id, content: first }, now())
  wake()
  await rest()
  expect([news(ofPlace, 'rentrée'), news(ofFeed, 'rentrée')]).toEqual([[], []])
  await cancelCafe(db, { id: second.id, reason: 'Travaux' }, now())
  wake()
  await rest()
  expect(news(ofPlace, 'rentrée')).toEqual(['Note Annulé : rentrée'])
  expect(news(ofFeed, 'rentrée')).toEqual(['share Note'])
  await removeCafe(db, third.id, now())
  wake()
  await rest()
  expect([news(ofPlace, 'rentrée'), news(ofFeed, 'rentrée')]).toEqual([[], []])
  // Where all are gone, so is what was posted of the series.
  for (const { id } of cafes.filter(({ id }) => id !== third.id)) await removeCafe(db, id, now())
  wake()
  await rest()
  const notes = (await db.selectFrom('change_note').select('cafe_uri').execute()).map(
    ({ cafe_uri }) => cafe_uri,
  )
  expect(notes.filter((uri) => uri.includes('rentrée'))).toEqual([])
}, 120_000)

test('a season that is changed each hour is told twice that day, then as it is the day after', async () => {
  days = 0
  const cafes = await plan('girouette', [40, 47, 54])
  news(ofPlace, 'girouette')
  const { db, now, wake } = place.context
  const told: string[] = []
  for (let hour = 0; hour < 5; hour++) {
    const statusChange = hour % 2 === 0 ? 'cancelled' : 'as-planned'
    await inTransaction(db, async (trx) => {
      for (const { id } of cafes) await changeStatus(trx, { id, statusChange }, now())
    })
    wake()
    await rest()
    told.push(...news(ofPlace, 'girouette'))
    days += 1 / DAY
  }
  expect(told).toEqual([
    ...['Note 3 dates changent : girouette', 'Note 3 dates changent : girouette'],
  ])
  days = 2
  wake()
  await rest()
  expect(news(ofPlace, 'girouette')).toEqual(['Note 3 dates changent : girouette'])
  expect((await hub.find(cafes[0]?.uri ?? ''))?.status).toBe('cancelled')
}, 120_000)

test('a directory hears of a day that is left out before that is near; a deleted series is gone', async () => {
  days = 0
  const { config, db, now, wake } = place.context
  const organization = await db.selectFrom('organization').selectAll().executeTakeFirstOrThrow()
  const home = homeOf({ config, organization })
  const id = randomUUID()
  const uri = `${config.origin}/series/${id}`
  const day = now().toZonedDateTimeISO('Europe/Paris').toPlainDate().add({ days: 3 })
  const start = `${day}T18:30`
  const season = { start, rrule: 'FREQ=WEEKLY' }
  const series = aSeries(now(), season, { id, uri, organizationId: organization.id })
  await createSeries(db, { series, home, by: SOMEBODY }, now())
  wake()
  await rest()
  const heard = () => findSeriesOf(hub.context.db, [{ series: uri }])
  expect((await heard()).get(uri)?.recurrence).toMatchObject({ ...season, exclude: [] })
  const far = day.add({ days: 70 }).toString()
  const decide = (one: Series) => ({ value: { ...one, recurrence: skipDay(one.recurrence, far) } })
  const edit = { id, by: SOMEBODY, seen: undefined, home, fields: [], decide }
  await saveSeriesEdit(db, edit, now())
  wake()
  await rest()
  expect((await heard()).get(uri)?.recurrence.exclude).toEqual([far])

  await deleteSeries(db, { id, by: SOMEBODY, seen: undefined }, now())
  wake()
  await rest()
  const ask = (accept: string) => fetch(uri, { headers: { accept } })
  const tombstone = await ask('application/activity+json')
  expect([tombstone.status, (await ask('text/html')).status]).toEqual([410, 410])
  expect(await tombstone.json()).toMatchObject({ id: uri, type: 'Tombstone' })
}, 120_000)

test('the mails of a directory have a date of its own series once, also when it is published anew', async () => {
  days = 0
  const { db, now } = hub.context
  await matchNewCafes(db, now())
  const asked = { email: 'camille@mail.example', area: { territory: '26' }, search: '' }
  const alert = await requestAlert(db, { ...asked, place: 'Drôme' }, now())
  await confirmAlert(db, alert?.id ?? '', now())
  const mailed = async () => {
    await matchNewCafes(db, now())
    const due = { id: alert?.id ?? '', now: now(), readSearch: readAlertSearch }
    return (await claimDueAlert(db, due))?.cafes.map(({ title }) => title) ?? []
  }
  const [cafe] = await plan('annuaire', [12], hub)
  expect(await mailed()).toEqual(['annuaire'])
  const later: string[] = []
  for (let day = 1; day <= 7; day++) {
    await live(1)
    later.push(...(await mailed()))
  }
  const told = await hub.find(cafe?.uri ?? '')
  expect(told?.publishedAt).not.toEqual(cafe?.publishedAt)
  expect(later).toEqual([])
}, 120_000)

test('who names the series of others is not among its dates, and who makes or renames many floods nobody', async () => {
  days = 0
  const member = await startMember(hub)
  const mine = `${member.origin}/series/1`
  const aDate = (title: string, change: Partial<Cafe> = {}) =>
    member.cafe({ title, venue: DIE }, { series: mine, ...change })
  const seriesAt = async ({ uri }: Cafe) => (await hub.find(uri))?.series
  news(ofFeed, '')
  const first = aDate('mien')
  await member.say(member.activity('Create', first))
  const elsewhere = aDate('leurre', { series: `${place.origin}/series/saison` })
  await member.say(member.activity('Create', elsewhere))
  // Another account of the same server.
  const other = member.addActor('autre')
  const stolen = aDate('vol', { organizer: { uri: other.uri, name: 'Autre', url: other.uri } })
  const said = member.activity('Create', stolen)
  const event = { ...(said.object as Json), attributedTo: other.uri, actor: other.uri }
  await member.send(other, `${hub.origin}/inbox`, { ...said, actor: other.uri, object: event })
  await until(async () => (await hub.find(stolen.uri)) && (await hub.find(elsewhere.uri)))
  expect(await Promise.all([first, elsewhere, stolen].map(seriesAt))).toEqual([
    mine,
    undefined,
    undefined,
  ])
  await rest()
  for (let n = 0; n < 40; n++) await member.say(member.activity('Create', aDate(`masse ${n}`)))
  for (let n = 1; n < 20; n++) {
    const title = `mien ${n}`
    await member.say(
      member.activity('Update', {
        ...first,
        title,
        updatedAt: first.updatedAt.add({ minutes: n }),
      }),
    )
  }
  await rest()
  // What is of no series is announced at once.
  expect(news(ofFeed, '').filter((each) => each.startsWith('share'))).toEqual([
    'share Event',
    'share Event',
  ])
  await member.close()
}, 120_000)
