import type SQLite from 'better-sqlite3'

/** Values that do not follow from the types and checks of a column. */
const VALUES: Record<string, Record<string, unknown>> = {
  account: { password_hash: null },
  act: { log: 'edit' },
  alert: { territory: null, radius_km: 20 },
  attestation: { revoked_at: null },
  consent: { field: 'name', host: null },
  facilitator: { peer_id: null, radius_km: 20 },
  hidden_elsewhere: { facilitator_id: null, organization_id: null, resource_id: null },
  link: { subject: 'account-1' },
  resource: { peer_id: null },
  media: { id: 'a'.repeat(32) },
  mail: { alert_id: null },
  referent: {
    ...{ territory: '35', starts_on: '2026-11-01', ends_on: '2027-11-01', asked_ends_on: null },
    ...{ ended_at: null, end_reason: null },
  },
}

type Column = { name: string; type: string; dflt_value: string | null }
type Parent = { from: string; table: string; to: string | null }

/** Inserts a row into each table that has none, with values that the schema accepts. */
export function fillTables(sqlite: SQLite.Database): void {
  for (const table of listTables(sqlite)) if (isEmpty(sqlite, table)) insertRow(sqlite, table)
}

/** Lists our tables, without those of SQLite itself and those within a full-text index. */
export const listTables = (sqlite: SQLite.Database): string[] =>
  sqlite
    .prepare<[], string>(
      `select name from pragma_table_list
        where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\'`,
    )
    .pluck()
    .all()
    .sort()

export const isEmpty = (sqlite: SQLite.Database, table: string): boolean =>
  sqlite.prepare(`select 1 from "${table}" limit 1`).get() === undefined

/** Inserts a row, after those to which it refers. */
function insertRow(sqlite: SQLite.Database, table: string): void {
  const all = 'select * from pragma_table_xinfo(?) where hidden = 0'
  const columns = sqlite.prepare<[string], Column>(all).all(table)
  const parents = sqlite
    .prepare<[string], Parent>('select * from pragma_foreign_key_list(?)')
    .all(table)
  for (const parent of parents)
    if (parent.table !== table && isEmpty(sqlite, parent.table)) insertRow(sqlite, parent.table)
  const made = sqlite
    .prepare<[string], string>('select sql from sqlite_schema where name = ?')
    .pluck()
    .get(table)
  const row = new Map<string, unknown>()
  for (const column of columns) {
    const parent = parents.find(({ from }) => from === column.name)
    row.set(column.name, parent ? keyOf(sqlite, parent, row) : valueFor(column, made ?? ''))
  }
  for (const [name, value] of Object.entries(VALUES[table] ?? {})) row.set(name, value)
  const names = [...row.keys()]
  try {
    sqlite
      .prepare(
        `insert into "${table}" (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      )
      .run([...row.values()])
  } catch (error) {
    throw new Error(`${table}: ${error}; say in VALUES what its row holds`)
  }
}

/** Returns the key of a row of the parent, a different one where a table refers to two. */
function keyOf(sqlite: SQLite.Database, { table, to }: Parent, row: Map<string, unknown>): unknown {
  const primary = sqlite
    .prepare<[string], string>('select name from pragma_table_info(?) where pk = 1')
    .pluck()
    .get(table)
  const keys = sqlite
    .prepare<[], unknown>(`select "${to ?? primary}" from "${table}" order by 1`)
    .pluck()
    .all()
  return keys.find((key) => ![...row.values()].includes(key)) ?? keys[0]
}

const AT = '2026-11-28T09:00:00Z'

function valueFor({ name, type, dflt_value: usual }: Column, made: string): unknown {
  if (usual === `'[]'` || usual === `'{}'`) return usual.slice(1, -1)
  const check = (pattern: string) => new RegExp(`\\b${name} ${pattern}`).exec(made)
  const [, choice] = check(`in \\('([^']+)'`) ?? []
  if (choice !== undefined) return choice
  if (type === 'INTEGER') return 1
  if (type === 'REAL') return 0.5
  if (type === 'BLOB') return Buffer.from('bytes')
  if (name === 'email' || check(`like '%_@_%'`)) return `${name}@lieu.example`
  if (check(`like 'http%'`)) return `https://lieu.example/${name}`
  if (made.includes(`json_valid(${name})`)) return '[]'
  if (name === 'month') return '2026-11'
  if (name === 'day') return '2026-11-28'
  if (/(?:^|_)(?:at|since|until|before)$/.test(name)) return AT
  if (/_on$/.test(name)) return AT.slice(0, 10)
  if (/uri$|url$|inbox$|origin$|address$/.test(name)) return `https://lieu.example/${name}`
  return /host$|domain$/.test(name) ? 'lieu.example' : name
}
