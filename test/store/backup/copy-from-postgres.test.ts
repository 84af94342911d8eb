import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyRing } from '../../../federation/actors/keys.ts'
import { readConfig } from '../../../node/config.ts'
import { createBackup } from '../../../node/jobs/backup/create-backup.ts'
import { checkBackup, unpackBackup } from '../../../node/jobs/backup/unpack-backup.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { saveSetting } from '../../../node/store/database/settings.ts'
import { saveFilePart } from '../../../node/store/files/file-rows.ts'
import { insertMedia } from '../../../node/store/files/media.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { appendChange } from '../../../node/store/queues/changes.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { createPostgresDatabase, isOnPostgres, type TestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const MEDIA = 'a'.repeat(32)

let folder: string
let postgres: TestDatabase
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-from-postgres-'))
  postgres = await createPostgresDatabase('with_tables')
})
afterEach(async () => {
  await postgres.remove()
  await rm(folder, { recursive: true, force: true })
})

test.runIf(isOnPostgres)(
  'a PostgreSQL is backed up as a SQLite of the same program, with its pictures',
  async () => {
    const db = await openDatabase(postgres.address)
    const config = readConfig({ CAFE_IA_ORIGIN: 'https://mediatheque.example' })
    await saveSetting(db, 'origin', config.origin)
    await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, NOW)
    await createKeyRing({ db, config, now: () => NOW }).keysOf('cafes')
    const cafe = aCafe({ title: 'L’été des robots' })
    await saveCafe(db, cafe)
    for (let count = 0; count < 3; count++)
      await appendChange(db, { type: 'cafe-published', cafeId: cafe.id }, NOW)
    await db.deleteFrom('change').where('id', '=', 3).execute()
    const media = {
      id: MEDIA,
      organizationId: 'organization-1',
      width: 400,
      height: 300,
      sizes: [400],
    }
    await insertMedia(db, media, NOW)
    const picture = {
      folder: 'media',
      name: `${MEDIA}-400.jpg`,
      part: 0,
      bytes: Buffer.from('jpeg'),
    }
    await saveFilePart(db, picture, NOW)
    await db.destroy()

    const file = join(folder, 'site.tar.gz')
    await createBackup(
      { database: postgres.address, data: folder, file, passphrase: undefined },
      NOW.toString(),
    )
    const { manifest } = await checkBackup({ file, passphrase: undefined })
    expect(manifest.counts).toEqual({ cafes: 1, people: 0, followers: 0, members: 0, listed: 0 })
    expect(manifest.parts.map(({ name }) => name)).toEqual([
      'database.sqlite',
      `media/${MEDIA}-400.jpg`,
    ])

    await unpackBackup({ file, passphrase: undefined, folder, areMediaKept: true })
    const restored = new SQLite(join(folder, 'database.sqlite'))
    const rows = (sql: string) => restored.prepare(sql).pluck().all()
    expect(rows('select title from cafe')).toEqual(['L’été des robots'])
    expect(rows('select count(*) from search_entry')).toEqual([1])
    expect(rows('select count(*) from actor_key')).toEqual([2])
    expect(rows(`select seq from sqlite_sequence where name = 'change'`)).toEqual([3])
    expect(rows(`select count(*) from sqlite_schema where type = 'trigger'`)[0]).toBeGreaterThan(50)
    restored.close()
  },
)
