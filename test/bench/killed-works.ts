import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { restore } from '../../node/commands/backup/restore.ts'
import { CommandError } from '../../node/commands/command-error.ts'
import { backupFileName } from '../../node/domain/backup/backup-state.ts'
import { CLOCK } from '../../node/domain/cafes/edit.ts'
import { prepareFolder } from '../../node/jobs/backup/backup-folders.ts'
import { createBackup } from '../../node/jobs/backup/create-backup.ts'
import { checkBackup } from '../../node/jobs/backup/unpack-backup.ts'
import { inTransaction } from '../../node/store/database/database.ts'
import { saveSetting } from '../../node/store/database/settings.ts'
import {
  findFacilitatorByUri,
  saveFacilitator,
} from '../../node/store/facilitators/facilitators.ts'
import { withdrawFacilitator } from '../../node/store/facilitators/publication.ts'
import { insertMedia } from '../../node/store/files/media.ts'
import { FIRST } from '../../node/store/migrations/index.ts'
import { createTables, openDatabase } from '../../node/store/open-database.ts'
import { createSeries, listDueSeries, planDates } from '../../node/store/series/plan-dates.ts'
import { findSeries } from '../../node/store/series/series.ts'
import { aFacilitator } from '../support/facilitator.ts'
import {
  addLaterMigrations,
  LATER_COUNT,
  removeLaterMigrations,
} from '../support/later-migrations.ts'
import { aSeries, HOME, insertHome } from '../support/some-series.ts'
import { fillDatabase, SAVED_ORIGIN } from './fill.ts'
import { isWholeFile } from './store-floors.ts'

/** Work that a kill at any point must leave undone or done, and that is then done again. */
export type KilledWork = {
  name: string
  /** Makes the initial state in an empty folder, which is copied for each kill. */
  prepare: (folder: string) => Promise<void>
  work: (folder: string) => Promise<void>
  /** Returns the faults after a kill. */
  inspect: (folder: string) => Promise<string[]>
  /** Returns the faults after the work was done again. */
  check: (folder: string) => Promise<string[]>
}

const CAFES = 12
const PICTURES = 3
const SERIES = 3
/** Thursdays within sixty days. */
const DATES = 7
const NOW = '2026-11-25T01:20:00Z'
const PERSON = aFacilitator({ organizationId: 'bench' })

const databaseIn = (folder: string) => join(folder, 'data', 'cafe-ia.sqlite')

const open = async (folder: string) => {
  await mkdir(join(folder, 'data'), { recursive: true })
  await (await openDatabase(databaseIn(folder))).destroy()
}

function count(path: string, query: string): number {
  const sqlite = new SQLite(path, { readonly: true })
  const number = sqlite.prepare<[], number>(query).pluck().get() ?? 0
  sqlite.close()
  return number
}

const rows = (folder: string, table: string) =>
  count(databaseIn(folder), `select count(*) from ${table}`)

const expect = (what: string, is: unknown, wanted: unknown): string[] =>
  is === wanted ? [] : [`${what}: ${is}, not ${wanted}`]

/** Checks a file after a kill; it may have no table yet. */
async function inspectFile(folder: string): Promise<string[]> {
  const path = databaseIn(folder)
  return existsSync(path) && !isWholeFile(path) ? ['the file is damaged'] : []
}

const checkTables = async (folder: string, count = 1): Promise<string[]> => [
  ...(await inspectFile(folder)),
  ...expect('migrations', rows(folder, 'kysely_migration'), count),
]

/** Makes a place with cafés, pictures and a published person. */
async function prepareSite(folder: string): Promise<void> {
  const data = join(folder, 'data')
  const now = Temporal.Instant.from(NOW)
  const { db } = await fillDatabase(data, { cafes: CAFES, now, ownOnly: true })
  await mkdir(join(data, 'media'))
  for (let at = 0; at < PICTURES; at++) {
    const id = String(at).repeat(32)
    const media = { id, organizationId: 'bench', width: 480, height: 320, sizes: [480] }
    await insertMedia(db, { ...media, isOfPerson: false }, now)
    await writeFile(join(data, 'media', `${id}-480.jpg`), `picture ${at}`)
  }
  await saveSetting(db, 'origin', SAVED_ORIGIN)
  await saveFacilitator(db, PERSON, now)
  const contact = { facilitator_id: PERSON.id, email: 'camille@chez-elle.example' }
  await db
    .insertInto('facilitator_contact')
    .values({ ...contact, confirmed_at: null, is_adult_at: null })
    .execute()
  await db.destroy()
}

const ordered = (folder: string, name: string) => ({
  ...{ database: databaseIn(folder), data: join(folder, 'data'), passphrase: undefined },
  ...{ file: join(folder, 'backups', name), arePicturesBeside: true },
})

const listBackups = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, 'backups')).catch(() => [])).filter((name) => name.endsWith('.gz'))

async function makeBackup(folder: string): Promise<void> {
  await prepareFolder(join(folder, 'backups'))
  const minutes = (await listBackups(folder)).length
  const at = Temporal.Instant.from(NOW).add({ minutes })
  const name = backupFileName(at, false)
  await createBackup(ordered(folder, name), at.toString())
  await checkBackup(ordered(folder, name))
}

/** Checks that each file with the name of a backup is a complete one. */
async function checkBackups(folder: string): Promise<string[]> {
  const wrong: string[] = []
  for (const name of await listBackups(folder))
    await checkBackup(ordered(folder, name)).catch((error) => wrong.push(`${name}: ${error}`))
  return wrong
}

/** Each series has all of its dates or none, each with its café. */
const inspectSeries = (folder: string): string[] => [
  ...expect(
    'series that are half planned',
    count(
      databaseIn(folder),
      `select count(*) from (select 1 from series_date group by series_id having count(*) <> ${DATES})`,
    ),
    0,
  ),
  ...expect(
    'dates without a café',
    count(databaseIn(folder), 'select count(*) from series_date where cafe_id is null'),
    0,
  ),
]

export const KILLED_WORKS: readonly KilledWork[] = [
  {
    name: 'first start',
    prepare: async () => {},
    work: open,
    inspect: inspectFile,
    check: (folder) => checkTables(folder),
  },
  {
    name: 'upgrade',
    prepare: async (folder) => {
      await mkdir(join(folder, 'data'))
      await createTables(databaseIn(folder), FIRST)
      const sqlite = new SQLite(databaseIn(folder))
      sqlite.exec(`insert into setting (name, value) values ('title', 'kept')`)
      sqlite.close()
    },
    work: async (folder) => {
      addLaterMigrations()
      await open(folder).finally(removeLaterMigrations)
    },
    inspect: async (folder) => {
      const done = rows(folder, 'kysely_migration')
      const isHalf = done !== 1 && done !== 1 + LATER_COUNT
      return [...(await inspectFile(folder)), ...(isHalf ? [`${done} migrations are done`] : [])]
    },
    check: async (folder) => [
      ...(await checkTables(folder, 1 + LATER_COUNT)),
      ...expect(
        'setting',
        count(databaseIn(folder), `select count(*) from setting where value = 'kept'`),
        1,
      ),
    ],
  },
  {
    name: 'a person withdraws',
    prepare: prepareSite,
    work: async (folder) => {
      const db = await openDatabase(databaseIn(folder))
      const person = await findFacilitatorByUri(db, PERSON.uri)
      if (person) await withdrawFacilitator(db, person.id, Temporal.Instant.from(NOW))
      await db.destroy()
    },
    inspect: async (folder) => [
      ...(await inspectFile(folder)),
      ...expect('there or gone', rows(folder, 'facilitator') + rows(folder, 'withdrawal'), 1),
    ],
    check: async (folder) => [
      ...(await inspectFile(folder)),
      ...expect('profiles', rows(folder, 'facilitator'), 0),
      ...expect('consents', rows(folder, 'consent'), 0),
      ...expect('withdrawals', rows(folder, 'withdrawal'), 1),
      ...expect(
        'told',
        count(
          databaseIn(folder),
          `select count(*) from change where body like '%facilitator-withdrawn%'`,
        ),
        1,
      ),
    ],
  },
  {
    name: 'series are planned',
    prepare: async (folder) => {
      await mkdir(join(folder, 'data'))
      const db = await openDatabase(databaseIn(folder))
      const now = Temporal.Instant.from(NOW)
      await insertHome(db, now)
      // None of their dates is within reach yet.
      const home = { ...HOME, horizon: { endlessDays: 0, finiteDays: 0 } }
      for (let at = 0; at < SERIES; at++)
        await createSeries(db, { series: aSeries(now), home, by: CLOCK }, now)
      await db.destroy()
    },
    work: async (folder) => {
      const db = await openDatabase(databaseIn(folder))
      const now = Temporal.Instant.from(NOW)
      for (const { id, from } of await listDueSeries(db, HOME.horizon, now)) {
        const series = await findSeries(db, id)
        if (series)
          await inTransaction(db, (trx) =>
            planDates(trx, { series, from, home: HOME, by: CLOCK }, now),
          )
      }
      await db.destroy()
    },
    inspect: async (folder) => [...(await inspectFile(folder)), ...inspectSeries(folder)],
    check: async (folder) => [
      ...inspectSeries(folder),
      ...expect('dates', rows(folder, 'series_date'), SERIES * DATES),
      ...expect('cafés', rows(folder, 'cafe'), SERIES * DATES),
      ...expect(
        'told',
        count(databaseIn(folder), `select count(*) from change where body like '%cafe-published%'`),
        SERIES * DATES,
      ),
    ],
  },
  {
    name: 'backup',
    prepare: prepareSite,
    work: makeBackup,
    inspect: async (folder) => [...(await inspectFile(folder)), ...(await checkBackups(folder))],
    check: async (folder) => [
      ...(await checkBackups(folder)),
      ...expect('a backup', (await listBackups(folder)).length > 0, true),
      ...(await readdir(join(folder, 'backups'))).filter((name) => name.startsWith('.')),
    ],
  },
  {
    name: 'restore',
    prepare: async (folder) => {
      const made = join(folder, 'made')
      await mkdir(made)
      await prepareSite(made)
      await makeBackup(made)
      await cp(join(made, 'backups'), join(folder, 'backups'), { recursive: true })
    },
    work: async (folder) => {
      const env = { CAFE_IA_DATA: join(folder, 'data'), CAFE_IA_BACKUPS: 'off' }
      const [name = ''] = await listBackups(folder)
      const file = join(folder, 'backups', name)
      await restore(env, { file, arePicturesSpared: false }).catch((error) => {
        // The restore was complete when the process was killed.
        if (!(error instanceof CommandError && /déjà un site/.test(error.message))) throw error
      })
    },
    inspect: inspectFile,
    check: async (folder) => [
      ...(await checkTables(folder)),
      ...expect('cafés', rows(folder, 'cafe'), CAFES),
      ...expect('profiles', rows(folder, 'facilitator'), 1),
      ...expect('pictures', (await readdir(join(folder, 'data', 'media'))).length, PICTURES),
      ...expect(
        'held',
        count(databaseIn(folder), `select count(*) from setting where name = 'sending-held'`),
        1,
      ),
      ...(await readdir(join(folder, 'data'))).filter((name) => name === '.restore'),
    ],
  },
]
