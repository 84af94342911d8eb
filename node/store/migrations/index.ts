import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { isPostgres } from '../database/dialect.ts'
import { initial } from './0001-initial/index.ts'
import { type Dialect, postgres, type Statements, sqlite, toList } from './dialect.ts'

/**
 * The tables of version 0.1.0. Until it is out they are edited in place; the name holds a hash of their SQL, so that
 * data with other tables are those of an unknown migration, which `refuseUnfit` refuses.
 *
 * @internal
 */
export const FIRST = `0001-initial-${hash([sqlite, postgres].flatMap((dialect) => toList(initial(dialect))))}`

/** They are listed by hand, in order, and only go forward; a migration that is released is never edited. */
export const migrations: Record<string, Migration> = {
  [FIRST]: migration(initial),
}

function hash(statements: readonly string[]): string {
  return createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, 8)
}

function migration(statements: (dialect: Dialect) => Statements): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of toList(statements(isPostgres(db) ? postgres : sqlite)))
        await sql.raw(statement).execute(db)
    },
  }
}
