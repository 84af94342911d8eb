import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import * as init from './2026-11-25-init.ts'
import * as imported from './2026-11-26-imported.ts'
import * as media from './2026-11-26-media.ts'
import * as profile from './2026-11-26-profile.ts'
import * as wallTime from './2026-11-26-wall-time.ts'
import * as mail from './2026-11-27-mail.ts'
import * as venueAccess from './2026-11-27-venue-access.ts'

/** Listed by hand, in order; forward only; a migration that has landed is never edited. */
export const migrations: Record<string, Migration> = {
  '2026-11-25-init': fromSql(init.up.sqlite),
  '2026-11-26-imported': fromSql(imported.up.sqlite),
  '2026-11-26-media': fromSql(media.up.sqlite),
  '2026-11-26-profile': fromSql(profile.up.sqlite),
  '2026-11-26-wall-time': fromSql(wallTime.up.sqlite),
  '2026-11-27-mail': fromSql(mail.up.sqlite),
  '2026-11-27-venue-access': fromSql(venueAccess.up.sqlite),
}

/** One statement at a time, since better-sqlite3 prepares no more than one. */
function fromSql(statements: string): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements.split(/;\s*\n/)) {
        if (statement.trim()) await sql.raw(statement).execute(db)
      }
    },
  }
}
