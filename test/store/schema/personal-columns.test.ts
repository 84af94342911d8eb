import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DATA_KINDS, PURPOSES } from '../../../node/domain/structures/personal-data.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { PERSONAL_TABLES } from '../../../node/store/facilitators/erasures.ts'
import { kindsOf, PERSONAL_COLUMNS } from '../../../node/store/schema/personal-columns.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'

/**
 * Each column of the database is explained: it says something about a person, and then the page « Données personnelles »
 * has it, or it does not, and then it is in this list. A new column is a decision, and stands in one of them.
 */
const IMPERSONAL = new URL('../../checked/impersonal-columns.txt', import.meta.url)

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

const listColumns = (text: string, table: string): string[] =>
  text.split(' ').map((column) => `${table}.${column}`)

const personal = new Set(
  Object.values(PERSONAL_COLUMNS).flatMap((tables) =>
    Object.entries(tables).flatMap(([table, kinds]) =>
      Object.values(kinds).flatMap((columns) => listColumns(columns, table)),
    ),
  ),
)
const impersonal = new Set(
  readFileSync(IMPERSONAL, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [table = '', columns = ''] = line.split(': ')
      return listColumns(columns, table)
    }),
)

/** The tables that the database makes for itself: of migrations, and behind a full-text index. */
const IS_OWN = /^(?:sqlite_|kysely_|search_(?:coming|past)(?:_|$))/

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from pragma_table_info(${table})`.execute(db)
  return rows.map(({ name }) => `${table}.${name}`)
}

test.skipIf(isOnPostgres)(
  'every column is about a person for a purpose, or is said not to be',
  async () => {
    const { rows } = await sql<{ name: string }>`
    select name from pragma_table_list where schema = 'main' and type = 'table'`.execute(db)
    const tables = rows.map(({ name }) => name).filter((name) => !IS_OWN.test(name))
    const columns = (await Promise.all(tables.map(columnsOf))).flat()
    const explained = (column: string) => personal.has(column) || impersonal.has(column)
    expect(columns.filter((column) => !explained(column))).toEqual([])
    expect([...personal, ...impersonal].filter((column) => !columns.includes(column))).toEqual([])
    expect([...personal].filter((column) => impersonal.has(column))).toEqual([])
  },
)

test('each purpose has data, and each kind of data is kept for something', () => {
  const kinds = PURPOSES.map((purpose) => [purpose, kindsOf(purpose)] as const)
  expect(kinds.filter(([, all]) => all.length === 0)).toEqual([])
  const used = new Set(kinds.flatMap(([, all]) => all))
  expect(DATA_KINDS.filter((kind) => !used.has(kind))).toEqual([])
})

test('what is about a person is in a table of which what is deleted leaves the files', () => {
  const tables = new Set([...personal].map((column) => column.split('.')[0] ?? ''))
  const known: readonly string[] = PERSONAL_TABLES
  expect([...tables].filter((table) => !known.includes(table)).toSorted()).toEqual(NOT_ERASED)
})

/** The telephone and address of a structure are on its page. */
const PUBLIC = ['organization', 'other_word']

test('SECURITY.md says of which tables a stolen database opens the addresses and messages of people', () => {
  const text = readFileSync(new URL('../../../SECURITY.md', import.meta.url), 'utf8')
  const part =
    /\*\*What a copy of the database opens\.\*\*[\s\S]*?The passwords of the mail relay/.exec(text)
  const tables = Object.values(PERSONAL_COLUMNS).flatMap((purpose) =>
    Object.entries(purpose).flatMap(([table, { email, contact, message }]) =>
      (email ?? contact ?? message) ? [table] : [],
    ),
  )
  const isNamed = (table: string) => PUBLIC.includes(table) || part?.[0].includes(`\`${table}\``)
  expect([...new Set(tables)].filter((table) => !isNamed(table))).toEqual([])
})

/**
 * What has no name and no text of a person: rights and choices that end with a row that is counted, hashes, counters, the
 * words of teams about sites, and what the site says of itself.
 */
const NOT_ERASED = [
  ...['api_token', 'cafe_facilitator', 'deletion', 'directory_question', 'facilitator_reached'],
  ...[
    'following',
    'invitation',
    'moderator',
    'newsletter_cafe',
    'newsletter_text',
    'organization',
    'other_word',
  ],
  ...[
    'peer',
    'rate_limit',
    'recovery_code',
    'remote_key',
    'role',
    'setting',
    'withdrawal',
    'withdrawal_server',
  ],
]
