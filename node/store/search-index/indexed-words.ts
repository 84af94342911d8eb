import type SQLite from 'better-sqlite3'
import { type RawBuilder, sql } from 'kysely'

/** Upcoming cafés, or the archive of past ones. */
export type Part = 'coming' | 'past'

/** Prefixes of up to so many letters have an index of their own: however many words have one, they are found in order. */
const INDEXED_LENGTH = 3

/**
 * Lists the words of each full-text index on this connection, in tables of its own (SQLite, "FTS5", §9, the type whose
 * rows are read one by one).
 */
export function listIndexedWords(sqlite: SQLite.Database): void {
  for (const part of ['coming', 'past'] satisfies Part[])
    sqlite.exec(`create virtual table temp.search_${part}_word
      using fts5vocab(main, search_${part}, instance)`)
}

/** Up to so many words with one prefix are asked for one by one; it takes some 10 µs to find each. */
const WORDS_MAX = 12

/**
 * Returns what FTS5 is asked to find a prefix. It would gather all cafés with a word of that prefix before it returns the
 * first, which takes longer than all else in a search; those of whole words it reads in order, as many as are needed.
 * A space is before any letter.
 */
export function askForBeginning(part: Part, letters: string): RawBuilder<string> {
  const prefix = `"${letters}" *`
  if ([...letters].length <= INDEXED_LENGTH) return sql`${prefix}`
  const from = (least: RawBuilder<string>) =>
    sql<string>`(select term from ${sql.table(`search_${part}_word`)} where term >= ${least} order by term limit 1)`
  return sql`(
    with recursive word (term, number) as (
      select ${from(sql`${letters}`)}, 1
      union all
      select ${from(sql`word.term || ' '`)}, number + 1 from word
      where number <= ${sql.lit(WORDS_MAX)} and instr(word.term, ${letters}) = 1
    )
    select case
      when count(*) > ${sql.lit(WORDS_MAX)} then ${prefix}
      else coalesce('(' || string_agg('"' || term || '"', ' OR ') || ')', ${`"${letters}"`}) end
    from word where instr(term, ${letters}) = 1
  )`
}
