import type SQLite from 'better-sqlite3'
import type { Database } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { FACETS, facetsOf, type IndexedRow, TEXTS, textOf, WORDS, wordsOf } from './tokens.ts'

/**
 * Adds to a SQLite connection the functions from which triggers make the index: without them a café can be read, but
 * not written. `cafe_text` is for searches that look into the cafés themselves.
 */
export function addWordFunctions(sqlite: SQLite.Database): void {
  const add = <Row>(name: string, columns: readonly string[], make: (row: Row) => string) =>
    sqlite.function(name, { deterministic: true, varargs: true }, (...values) =>
      make(Object.fromEntries(columns.map((column, index) => [column, values[index]])) as Row),
    )
  add('cafe_text', TEXTS, textOf)
  add('cafe_words', WORDS, wordsOf)
  add('cafe_facets', FACETS, facetsOf)
}

const call = (name: string, columns: readonly string[]): string =>
  `${name}(${columns.map((column) => `cafe.${column}`).join(', ')})`

/** The text of a row of `cafe`, in SQL of SQLite. */
export const TEXT_OF_CAFE = call('cafe_text', TEXTS)

/** The columns that only PostgreSQL has, with the SQLite expressions that give the same values. */
export const COLUMNS_OF_POSTGRES = {
  search_text: call('cafe_words', WORDS),
  search_facets: call('cafe_facets', FACETS),
}

/** Returns the same columns for a row that is about to be written. */
export const searchColumns = (
  db: Database,
  row: IndexedRow,
): { search_text?: string; search_facets?: string } =>
  isPostgres(db) ? { search_text: wordsOf(row), search_facets: facetsOf(row) } : {}
