import { ENTRY_OF, MINUTE } from './0001-initial/search.ts'
import { ofPosition } from './0001-initial/search-postgres.ts'
import { ofCafe } from './0001-initial/search-sqlite.ts'
import { wait } from './0016-search-waiting.ts'
import type { Dialect, Statements } from './dialect.ts'

const { nameSource, enter: enterAtGap, revise, removeWords, wordColumns, firstGap } = ofCafe

/**
 * How many minutes after its own are looked at for a café whose minute is full. The search reads as many more
 * (`LATER_MINUTES`).
 */
const LATER = Array.from({ length: 32 }, (_, minute) => minute + 1)

/**
 * Finds a position at the end of the next minute that has room, by one look at the last position of each. What was there
 * before read all positions up to the first gap, which grew with the cafés that one server puts at one minute.
 */
const later = `coalesce(
  (select coalesce(
      (select max(position) from search_entry where position between next and next + ${MINUTE - 1}),
      next - 1) + 1
    from (select first + ${MINUTE} * min(value) as next from json_each('[${LATER}]')
      where not exists (
        select 1 from search_entry where position = first + ${MINUTE} * value + ${MINUTE - 1}))),
  ${firstGap})`

const enter = enterAtGap.replace(firstGap, later)

/** The same for PostgreSQL. */
const laterOnPostgres = `for later in 1..${LATER.length} loop
      if not exists (
        select from search_entry where position = first + later * ${MINUTE} + ${MINUTE - 1}
      ) then
        return coalesce(
          (select max(position) from search_entry where position between
            first + later * ${MINUTE} and first + later * ${MINUTE} + ${MINUTE - 1}),
          first + later * ${MINUTE} - 1) + 1;
      end if;
    end loop;
    ${ofPosition.firstGap}`

/**
 * A minute has 8,192 positions in the index of the search, not 1,048,576 any more, so that the full-text index, which
 * holds what lies between two positions, takes a fifth less. An index that is there keeps its own number
 * (`search_state.per_minute`) until it is made again.
 */
export const shorterPositions = ({ isPostgres, integer }: Dialect): Statements => [
  `alter table search_state add column per_minute ${integer} not null default ${MINUTE}`,
  'update search_state set per_minute = 8192 where not exists (select 1 from search_entry)',
  ...(isPostgres
    ? functionsOnPostgres
    : ['drop trigger search_cafe_comes', 'drop trigger search_cafe_changes', ...triggersOnSqlite]),
]

const PER_MINUTE = '(select per_minute from search_state)'

/** Returns the same SQL, which reads the column instead of the number that it names. */
const withColumn = (sql: string): string =>
  sql.replaceAll(String(MINUTE - 1), `(${PER_MINUTE} - 1)`).replaceAll(String(MINUTE), PER_MINUTE)

/** The functions that give a café its entry on PostgreSQL, for a later migration that replaces them. */
export const functionsOnPostgres = ofPosition.functions.map((made) =>
  withColumn(made.replace(ofPosition.firstGap, laterOnPostgres)).replace(
    'create function',
    'create or replace function',
  ),
)

/** The triggers that do so on SQLite. */
export const triggersOnSqlite = [
  `create trigger search_cafe_comes after insert on cafe begin
          ${nameSource} ${withColumn(enter)} ${wait} end`,
  `create trigger search_cafe_changes after update of ${ENTRY_OF}, ${wordColumns.join(', ')} on cafe
          begin ${nameSource} ${removeWords} ${withColumn(revise)} ${withColumn(enter)} ${wait} end`,
]
