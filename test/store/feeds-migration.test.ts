import SQLite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { listAnnounced } from '../../node/store/announced.ts'
import { listChangeNotes } from '../../node/store/change-notes.ts'
import { migrations } from '../../node/store/migrations/index.ts'
import type { Schema } from '../../node/store/schema.ts'

test('a directory that had announced cafés and told of changes still knows it with feeds', async () => {
  const sqlite = new SQLite(':memory:')
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
