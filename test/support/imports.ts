import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { HORIZON } from '../../node/domain/cafes/horizon.ts'
import { applyImport, previewImport } from '../../node/routes/data/imports/import.ts'
import type { ImportStep } from '../../node/routes/data/imports/import-step.ts'
import { readImportFile } from '../../node/routes/data/imports/read-import-file.ts'
import { toCafe } from '../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { insertOrganization, type Organization } from '../../node/store/structures/organizations.ts'
import { createTestDatabase } from './database.ts'
import { SOMEBODY } from './own-cafes.ts'

export const ORIGIN = 'https://mediatheque.example'

export type Importer = {
  db: OpenDatabase
  organization: Organization
  now: () => Temporal.Instant
  advance: (duration: Temporal.DurationLike) => void
  read: (file: string | Uint8Array) => Promise<ImportStep[]>
  preview: (file: string | Uint8Array) => Promise<ImportStep[]>
  cafes: () => Promise<Cafe[]>
  /** Reads every row of the tables that an import writes. */
  state: () => Promise<string>
  stop: () => Promise<void>
}

/** Starts a structure of its own, on a real database, that reads calendars and tables on 25 November 2026 at ten. */
export async function startImporter(): Promise<Importer> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-import-'))
  const database = await createTestDatabase(folder)
  const db = await openDatabase(database.address)
  let now = Temporal.Instant.from('2026-11-25T09:00:00Z')
  const organization = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque du Canal' }
  await insertOrganization(db, organization, now)
  const job = (file: string | Uint8Array) => {
    const bytes = typeof file === 'string' ? Buffer.from(file) : file
    const preview = readImportFile({ bytes }, { now, horizon: HORIZON })
    return { db, config: { origin: ORIGIN }, organization, by: SOMEBODY, preview, now }
  }
  return {
    db,
    organization,
    now: () => now,
    advance: (duration) => {
      now = now.add(duration)
    },
    read: (file) => applyImport(job(file)),
    preview: (file) => previewImport(job(file)),
    cafes: async () => {
      const rows = await db
        .selectFrom('cafe')
        .selectAll()
        .orderBy('starts_at')
        .orderBy('id')
        .execute()
      return rows.map(toCafe)
    },
    state: async () =>
      JSON.stringify([
        await db.selectFrom('cafe').selectAll().orderBy('id').execute(),
        await db.selectFrom('imported').selectAll().orderBy('cafe_id').execute(),
        await db.selectFrom('change').selectAll().orderBy('id').execute(),
        await db.selectFrom('deletion').selectAll().orderBy('key').execute(),
      ]),
    stop: async () => {
      await db.destroy()
      await database.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Returns a calendar of these events, each given by its lines. */
export const calendarOf = (...events: string[][]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ville//Agenda//FR',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

/**
 * Returns an event on Thursday 3 December 2026 at half past six in Rennes; `lines` replace those of the same name, and
 * an empty one removes it.
 */
export function eventOf(...lines: string[]): string[] {
  const usual = [
    'UID:cafe-42@ville.example',
    'DTSTAMP:20261101T080000Z',
    'DTSTART;TZID=Europe/Paris:20261203T183000',
    'DTEND;TZID=Europe/Paris:20261203T200000',
    'SUMMARY:Café IA du jeudi',
    'LOCATION:Médiathèque du Canal\\, 12 quai du Canal\\, 35000 Rennes',
  ]
  const nameOf = (line: string) => line.split(/[:;]/)[0]
  const last = new Map([...usual, ...lines].map((line) => [nameOf(line), line]))
  return [...last.values()].filter((line) => !line.endsWith(':'))
}
