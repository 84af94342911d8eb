import SQLite from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, onTestFinished, test } from 'vitest'
import { listAnnouncedBy } from '../../../node/store/facilitators/recipients.ts'
import {
  type Announced,
  listAnnounced,
  listFeedsInWait,
  listWaiting,
  markAnnounced,
} from '../../../node/store/feeds/announced.ts'
import { listChangeNotes } from '../../../node/store/feeds/change-notes.ts'
import {
  countFeedOutbox,
  listFeedOutbox,
  type OutboxCursor,
} from '../../../node/store/feeds/outbox.ts'
import { migrations } from '../../../node/store/migrations/index.ts'
import type { Schema } from '../../../node/store/schema.ts'
import { addWordFunctions } from '../../../node/store/search-index/index-columns.ts'
import { openBareDatabase } from '../../support/bare-database.ts'

test('a directory that had announced cafés and told of changes still knows it with feeds', async () => {
  const sqlite = new SQLite(':memory:')
  addWordFunctions(sqlite)
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  await migrator.migrateTo('2026-11-27-venue-access')

  const cafe = 'https://lieu.example/cafes/1'
  const announce = 'https://annuaire.example/activities/1'
  const note = 'https://annuaire.example/notes/1'
  sqlite
    .prepare('insert into announced (actor, object_uri, activity_id, at) values (?, ?, ?, ?)')
    .run('cafe-ia', cafe, announce, '2026-11-26T10:00:00Z')
  const said = sqlite.prepare(
    `insert into activity (id, actor, type, object_uri, body, created_at)
     values (?, ?, ?, ?, ?, '2026-11-26T10:00:00Z')`,
  )
  const create = { object: { id: note, inReplyTo: cafe } }
  said.run(announce, 'cafe-ia', 'Announce', cafe, JSON.stringify({ object: cafe }))
  said.run(`${announce}2`, 'cafe-ia', 'Create', cafe, JSON.stringify(create))
  said.run(`${announce}3`, 'cafes', 'Create', cafe, JSON.stringify({ object: { id: cafe } }))

  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  expect(await listAnnounced(db, cafe)).toEqual([
    {
      actor: 'cafe-ia',
      objectUri: cafe,
      activityId: announce,
      at: Temporal.Instant.from('2026-11-26T10:00:00Z'),
      state: 'posted',
    },
  ])
  expect(await listChangeNotes(db, cafe)).toEqual([{ cafeUri: cafe, uri: note, actor: 'cafe-ia' }])
  await db.destroy()
})

const ORIGIN = 'https://annuaire.example'
const cafeUri = (number: number) => `https://lieu-${number % 2}.example/cafes/${number}`

function said(actor: string, number: number, activityId: string): Announced {
  const at = Temporal.Instant.from('2026-12-10T10:00:00Z').add({ seconds: number % 4 })
  const state = (['posted', 'waiting', 'told', 'listed'] as const)[number % 3]
  return { actor, objectUri: cafeUri(number), activityId, at, state: state ?? 'posted' }
}

/** Cafés that are here or gone; by feeds, by a directory before it had feeds, for a relay, by a person. */
const SAID = Array.from({ length: 12 }, (_, number) => [
  said('cafes-bretagne', number, `${ORIGIN}/actors/cafes-bretagne/announces/c${number}.0a1b2c3d`),
  said(
    'cafe-ia',
    number,
    number % 3 === 0
      ? `${ORIGIN}/activities/${number}f6c`
      : `${ORIGIN}/actors/cafe-ia/announces/c${number}.4e5f6a7b`,
  ),
  said('instance', number, `${ORIGIN}/activities/${number}a0d`),
  said('camille', number, `${ORIGIN}/activities/${number}b1e`),
]).flat()

const byId = (one: { activityId: string }, other: { activityId: string }) =>
  one.activityId < other.activityId ? -1 : 1

test('what was announced with every address written out is the same by number: ids, states, order', async () => {
  const db = await openBareDatabase()
  onTestFinished(() => db.destroy())
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  expect((await migrator.migrateTo('2026-12-18-search-words')).error).toBeUndefined()
  for (const { actor, objectUri, activityId, at, state } of SAID)
    await sql`insert into announced (object_uri, actor, activity_id, at, state)
      values (${objectUri}, ${actor}, ${activityId}, ${at.toString()}, ${state})`.execute(db)
  const { rows: ordered } = await sql<{ actor: string; id: string }>`
    select actor, activity_id as id from announced order by at desc, activity_id desc`.execute(db)
  expect((await migrator.migrateToLatest()).error).toBeUndefined()

  for (let number = 0; number < 12; number++) {
    const expected = SAID.filter(({ objectUri }) => objectUri === cafeUri(number)).sort(byId)
    expect((await listAnnounced(db, cafeUri(number))).sort(byId)).toEqual(expected)
  }
  for (const actor of ['cafes-bretagne', 'cafe-ia']) {
    const ids: string[] = []
    let after: OutboxCursor | undefined
    do {
      const page = await listFeedOutbox(db, { feed: actor, after, limit: 5 })
      ids.push(...page.ids)
      after = page.next
    } while (after)
    expect(ids).toEqual(ordered.filter((row) => row.actor === actor).map(({ id }) => id))
    expect(await countFeedOutbox(db, actor)).toBe(12)
  }
  expect((await listFeedsInWait(db)).sort()).toEqual([
    'cafe-ia',
    'cafes-bretagne',
    'camille',
    'instance',
  ])
  expect(await listWaiting(db, 'cafe-ia')).toEqual([4, 1, 10, 7].map(cafeUri))
  const ofCamille = SAID.filter(({ actor }) => actor === 'camille').sort(byId)
  expect((await listAnnouncedBy(db, 'camille')).sort(byId)).toEqual(
    ofCamille.map(({ objectUri, activityId }) => ({ uri: objectUri, activityId })),
  )

  // What a feed has it does not take up again, and a new café comes beside the others.
  for (const each of SAID)
    expect(await markAnnounced(db, { ...each, activityId: `${ORIGIN}/activities/new` })).toBe(false)
  for (const id of ['activities/new', 'actors/cafe-ia/announces/c99.00000000']) {
    const each = { ...said('cafe-ia', 1, `${ORIGIN}/${id}`), objectUri: `${ORIGIN}/cafes/${id}` }
    expect(await markAnnounced(db, each)).toBe(true)
    expect(await listAnnounced(db, each.objectUri)).toEqual([each])
  }
})
