import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../node/config.ts'
import { type RunningServer, startServer } from '../../node/server/server.ts'
import { readMediaFile } from '../../node/store/files/media-storage.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { signInByLink } from '../support/admin.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { createPostgresDatabase, type TestDatabase } from '../support/database.ts'
import { type Site, startPair, until } from '../support/network.ts'
import { runLoaded } from '../support/program.ts'

/** Tables that the program fills by itself on both sides, with other counts or in another form. */
const OWN = [
  'kysely_migration',
  'kysely_migration_lock',
  'content_version',
  'erasure',
  'sqlite_sequence',
]

type Tables = Record<string, string[]>

/** Reads every row of every table, in an order that does not depend on the database. */
function readFile(path: string): Tables {
  const sqlite = new SQLite(path, { readonly: true })
  const names = sqlite
    .prepare<[], string>(
      "select name from pragma_table_list where schema = 'main' and type = 'table' and name <> 'sqlite_schema'",
    )
    .pluck()
    .all()
  const tables = names.map((name) => [name, sqlite.prepare(`select * from "${name}"`).all()])
  sqlite.close()
  return comparable(Object.fromEntries(tables))
}

async function readPostgres(url: string): Promise<Tables> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  client.setTypeParser(20, Number)
  const { rows } = await client.query(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  )
  const tables: Record<string, object[]> = {}
  for (const { table_name } of rows)
    tables[table_name] = (await client.query(`select * from "${table_name}"`)).rows
  await client.end()
  return comparable(tables)
}

const comparable = (tables: Record<string, object[]>): Tables =>
  Object.fromEntries(
    Object.entries(tables)
      .filter(([name]) => !OWN.includes(name))
      .map(([name, rows]) => [
        name,
        rows
          .map((row) => {
            // On PostgreSQL the words of a café are in its entry.
            const { tokens: _, ...shared } = row as Record<string, unknown>
            return JSON.stringify(Object.entries(shared).sort(([a], [b]) => (a < b ? -1 : 1)))
          })
          .sort(),
      ]),
  )

const copy = (env: NodeJS.ProcessEnv | Record<string, string>, to: string) =>
  runLoaded(['copy-database', to], env as Record<string, string>, tmpdir())

let target: TestDatabase
beforeEach(async () => {
  target = await createPostgresDatabase()
})
afterEach(() => target.remove())

describe('a directory that has lived', () => {
  let hub: Site
  let node: Site
  let server: RunningServer | undefined
  beforeAll(async () => {
    ;({ hub, node } = await startPair())
  }, 60_000)
  afterAll(async () => {
    await server?.stop()
    await Promise.allSettled([hub.close(), node.close()])
  })

  const announce = async (title: string, change = {}) => {
    const uri = await node.publish({ title, ...change })
    await until(() => isListed(title), { what: title, within: 20_000 })
    return uri
  }
  const isListed = async (title: string) =>
    (await (await fetch(`${hub.origin}/api/v1/cafes?limit=100`)).text()).includes(title)

  const PATHS = [
    '/cafes',
    '/?q=dictee',
    '/carte',
    '/territoires/26',
    '/export/cafes.ics',
    '/export/cafes.ndjson',
    '/api/v1/cafes?limit=100',
  ]
  const ACTIVITIES = [
    '/actors/cafes',
    '/actors/cafes/followers',
    '/actors/cafes/outbox?page=1',
    '/actors/cafe-ia',
    '/actors/cafe-ia/followers',
    '/actors/cafes-drome',
  ]
  const look = async (admin: Browser) => {
    const seen: Record<string, string> = {}
    for (const path of PATHS) {
      const { status, text } = await openBrowser(hub.origin).get(path)
      expect([path, status]).toEqual([path, 200])
      seen[path] = text.replaceAll(/DTSTAMP:\w+/g, '')
    }
    for (const path of ACTIVITIES) seen[path] = (await hub.get(hub.origin + path)).text
    for (const path of ['/administration', '/administration/reseau'])
      seen[path] = (await admin.get(path)).text
        .replaceAll(/name="jeton" value="[^"]*"/g, '')
        .replaceAll(/il y a [^<]*/g, '')
    return seen
  }

  test('is the same one on PostgreSQL: pages, keys, followers, sessions, queue, numbers; and goes on', {
    timeout: 90_000,
  }, async () => {
    await announce('Dictée à voix haute : l’été, « œuvres » & 🤖')
    await announce('Café IA en ligne', {
      venue: undefined,
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/x',
    })
    const { db, config } = hub.context
    const admin = await signInByLink(hub)
    const before = await look(admin)
    const given = await db
      .selectFrom('change')
      .select((eb) => eb.fn.max<number>('id').as('id'))
      .executeTakeFirstOrThrow()
    await hub.stop()

    const settings = {
      ROLE: 'hub',
      ORIGIN: hub.origin,
      PORT: new URL(hub.origin).port,
      DATA: config.data,
    }
    const file = readFile(config.database)
    const copied = await copy(settings, target.address)
    expect(copied).toMatchObject({ code: 0 })
    expect(copied.stderr).toMatch(/^100 % : /m)
    expect(copied.stdout).toMatch(/^Copié et compté des deux côtés : /)
    const rows = await readPostgres(target.address)
    expect(Object.keys(rows).sort()).toEqual(Object.keys(file).sort())
    for (const [table, expected] of Object.entries(file))
      expect([table, rows[table]]).toEqual([table, expected])
    expect(readFile(config.database)).toEqual(file)

    server = await startServer(
      readConfig({
        CAFE_IA_ROLE: 'hub',
        CAFE_IA_ORIGIN: hub.origin,
        CAFE_IA_PORT: settings.PORT,
        CAFE_IA_DATA: config.data,
        CAFE_IA_DATABASE: target.address,
        CAFE_IA_ALLOW_LOOPBACK: '1',
      }),
    )
    expect(await look(admin)).toEqual(before)
    await announce('Le premier café d’après')
    const { context } = server
    const later = context.db.selectFrom('change').select('id').where('id', '>', given.id)
    await until(async () => (await later.execute()).length > 0, { within: 20_000 })
    await server.stop()
    server = undefined
  })
})

describe('whatever a row contains', () => {
  let folder: string
  let settings: Record<string, string>
  let path: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cafe-ia-copy-'))
    path = join(folder, 'cafe-ia.sqlite')
    settings = { ORIGIN: 'https://annuaire.example', DATA: folder }
    await (await openDatabase(path)).destroy()
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const change = (...statements: string[]) => {
    const sqlite = new SQLite(path)
    for (const statement of statements) sqlite.exec(statement)
    sqlite.close()
  }
  const query = async (statement: string) => {
    const client = new pg.Client({ connectionString: target.address })
    await client.connect()
    try {
      return (await client.query(statement)).rows
    } finally {
      await client.end()
    }
  }

  const ODD = [
    '{a,"b"}',
    'a\\b',
    '"',
    'NULL',
    '',
    '{}',
    "l'été\n\t🤖",
    '\u{10FFFF}',
    '{"json": [1, "é"]}',
  ]

  test('is copied unchanged: unusual texts, fractions, row numbers with gaps', async () => {
    const values = ODD.map((odd, i) => `('odd ${i}', '${odd.replaceAll("'", "''")}')`)
    change(
      `insert into setting (name, value) values ${values.join(', ')}`,
      `insert into alert (id, email, area, search, place, latitude, longitude, radius_km, created_at, expires_at)
        values ('a', 'a@b.example', 'x', '', 'x', 0.1 + 0.2, -1e-7, 3, 'x', 'x')`,
      `insert into change (id, body, created_at, due_at) values (41, '{}', 'x', 'x'), (7, '{}', 'x', 'x')`,
      'delete from change where id = 41',
    )
    const file = readFile(path)
    expect(await copy(settings, target.address)).toMatchObject({ code: 0 })
    const rows = await readPostgres(target.address)
    for (const [table, expected] of Object.entries(file))
      expect([table, rows[table]]).toEqual([table, expected])
    // The id 41 was used once, so the next one is 42, as in the file.
    const next = `insert into change (body, created_at, due_at) values ('{}', 'x', 'x') returning id`
    expect(await query(next)).toEqual([{ id: '42' }])
  })

  test('a character that PostgreSQL cannot store becomes U+FFFD', async () => {
    change(`insert into setting (name, value) values ('nul', 'a' || char(0) || 'b')`)
    expect(await copy(settings, target.address)).toMatchObject({ code: 0 })
    expect(await query(`select value from setting where name = 'nul'`)).toEqual([
      { value: 'a\ufffdb' },
    ])
  })

  test('pictures are there, byte for byte; files that are none of ours stay where they are', async () => {
    const name = `${'a'.repeat(32)}-480.jpg`
    const bytes = Buffer.from(Array.from({ length: 3000 }, (_, index) => index % 256))
    await mkdir(join(folder, 'media'))
    await writeFile(join(folder, 'media', name), bytes)
    await writeFile(join(folder, 'media', 'LISEZMOI'), 'x')
    expect(await copy(settings, target.address)).toMatchObject({ code: 0 })
    const db = await openDatabase(target.address)
    try {
      expect(await readMediaFile({ db, config: { data: '/nowhere' } }, name)).toEqual(bytes)
      const kept = await db.selectFrom('kept_file').select('name').execute()
      expect(kept).toEqual([{ name }])
    } finally {
      await db.destroy()
    }
  })

  test('constraints, indexes and triggers are afterwards those of an empty database', async () => {
    const empty = await createPostgresDatabase()
    try {
      await (await openDatabase(empty.address)).destroy()
      expect(await copy(settings, target.address)).toMatchObject({ code: 0 })
      const shape = `
        select conname as name, pg_get_constraintdef(oid) as said from pg_constraint
        union all select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
          where indrelid::regclass::text not like 'pg\\_%'
        union all select tgname || tgenabled::text, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        order by 1, 2`
      const copied = await query(shape)
      target = await swap(target, empty)
      expect(copied).toEqual(await query(shape))
    } finally {
      await empty.remove()
    }
  })
  const swap = async (from: TestDatabase, to: TestDatabase): Promise<TestDatabase> => {
    await from.remove()
    return to
  }

  test.each([
    ['a server has been there', `insert into setting (name, value) values ('origin', 'x')`],
    ['another program has tables there', 'create table recipes (id integer)'],
  ])('nothing is copied where %s', async (_, statement) => {
    if (!statement.startsWith('create')) await (await openDatabase(target.address)).destroy()
    await query(statement)
    const before = await readPostgres(target.address)
    const { code, stderr, stdout } = await copy(settings, target.address)
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1])
    expect(stderr).toContain('n’est pas vide')
    expect(await readPostgres(target.address)).toEqual(before)
  })

  test('nothing is copied while a server has the file open', async () => {
    const running = await openDatabase(path)
    try {
      const { code, stderr } = await copy(settings, target.address)
      expect([code, stderr]).toEqual([
        1,
        `cafe-ia: Un programme tient ${path} ouvert : arrêtez d’abord le serveur.\n`,
      ])
    } finally {
      await running.destroy()
    }
    expect(await readPostgres(target.address)).toEqual({})
  })

  test('a row that PostgreSQL does not take leaves it empty, and the next try may succeed', async () => {
    change(
      'pragma foreign_keys = off',
      `insert into session (token_hash, account_id, created_at, last_used_at, expires_at)
        values ('t', 'nobody', 'x', 'x', 'x')`,
    )
    const { code, stderr } = await copy(settings, target.address)
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([
      1,
      expect.stringContaining('session_account_id_fkey'),
    ])
    expect((await readPostgres(target.address)).session).toEqual([])
    change('delete from session')
    expect(await copy(settings, target.address)).toMatchObject({ code: 0 })
  })

  test.each([
    ['mysql://127.0.0.1/x', 'copy-database attend postgres://'],
    ['postgres://127.0.0.1', 'doit être postgres://'],
    ['postgres://:secret@127.0.0.1:9/nowhere', 'ECONNREFUSED'],
  ])('%s is refused in one sentence, without the password', async (to, words) => {
    const { code, stderr, stdout } = await copy(settings, to)
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1])
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('secret')
  })
})
