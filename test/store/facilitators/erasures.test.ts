import { randomUUID } from 'node:crypto'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import {
  deleteContactMessage,
  insertContactMessage,
} from '../../../node/store/facilitators/contact-messages.ts'
import { flushErased, PERSONAL_TABLES } from '../../../node/store/facilitators/erasures.ts'
import { appendChange } from '../../../node/store/queues/changes.ts'
import { createPostgresDatabase, isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { findLeftWords, listTables } from '../../support/left-texts.ts'
import { type Site, until } from '../../support/network.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let address: string
let close: () => Promise<void>

beforeEach(async () => {
  ;({ db, address, close } = await openTestDatabase())
})
afterEach(() => close())

/** A message to somebody comes and goes. */
async function forgetMessage(): Promise<void> {
  const message = { profileUri: 'https://elsewhere.example/people/camille', via: undefined }
  const said = { name: 'Camille', email: 'camille@mail.example', text: 'Bonjour' }
  await deleteContactMessage(db, await insertContactMessage(db, { ...message, ...said }, now))
}

/** Runs `work` while another connection reads the database as it was before. */
async function whileRead(work: () => Promise<void>): Promise<void> {
  if (!isOnPostgres) {
    const reader = new SQLite(address, { readonly: true })
    reader.exec('begin')
    reader.prepare('select * from erased_profile').all()
    await work()
    reader.close()
    return
  }
  const reader = new pg.Client(address)
  await reader.connect()
  await reader.query('begin isolation level repeatable read')
  await reader.query('select * from erased_profile')
  await work()
  await reader.end()
}

test('what a reader may still see is not called erased before the reader is done', async () => {
  await whileRead(async () => {
    await forgetMessage()
    const start = performance.now()
    expect(await flushErased(db, 0)).toBe(false)
    expect(performance.now() - start).toBeLessThan(4000)
  })
  expect(await flushErased(db)).toBe(true)
})

test.runIf(isOnPostgres)(
  'nor while somebody writes in another database of the same server',
  async () => {
    const beside = await createPostgresDatabase()
    const writer = new pg.Client(beside.address)
    await writer.connect()
    await writer.query('begin')
    await writer.query('select pg_current_xact_id()')
    await forgetMessage()
    expect(await flushErased(db, 0)).toBe(false)
    await writer.end()
    expect(await flushErased(db)).toBe(true)
    await beside.remove()
  },
)

test.runIf(isOnPostgres)(
  'who is forgotten while tables wait to be rewritten waits for the next time',
  async () => {
    const reader = new pg.Client(address)
    await reader.connect()
    await reader.query('begin isolation level repeatable read')
    await reader.query('select * from erased_profile')
    await forgetMessage()
    const flushing = flushErased(db)
    await sleep(300)
    await forgetMessage()
    await reader.end()
    await flushing
    const waiting = db.selectFrom('erasure').select('writer').whereRef('total', '>', 'flushed')
    expect(await waiting.execute()).toHaveLength(1)
    expect(await flushErased(db)).toBe(true)
  },
)

/** Nobody is told apart by what is in these. */
const IMPERSONAL =
  `active_organizer alert_cafe alert_seen alike announced announced_cafe api_token blocked_domain cafe
  cafe_document cafe_facilitator cafe_pace cafe_teller change_note content_version counted demand
  directory_question distinct_cafe document duplicate erased_profile erasure facilitator_reached feed
  feed_day feed_digest followed_calendar following former_address forwarded host idempotent_answer imported invitation letter
  letter_cafe letter_choice listing listing_state media missing_cafe moderator monthly_count network network_member
  organization peer peer_day pinned_key rate_limit remote_key role search_coming search_entry
  search_frequent_beginning search_past search_source search_source_judged search_state search_words
  seen setting share structure tombstone venue withdrawal withdrawal_server`.split(/\s+/)

test('a café that was told to others has no file written anew, a person who was proposed has', async () => {
  const count = async () => (await db.selectFrom('erasure').selectAll().execute()).length
  const received = { cafeId: randomUUID(), isNewToReaders: true, first: false, important: false }
  const activity = JSON.stringify({ type: 'Update', object: { name: 'Un café' } })
  await appendChange(db, { type: 'cafe-received', ...received, activity }, now)
  await db.deleteFrom('change').execute()
  expect(await count()).toBe(0)
  const proposal = { territory: '35', name: 'Une', word: 'neutre', email: 'une@x.fr' } as const
  const target = 'https://annuaire.example/actors/instance'
  await appendChange(db, { type: 'referent-proposed', proposal, target }, now)
  await db.deleteFrom('change').execute()
  expect(await count()).toBe(1)
})

test('of each table it is known whether it has words about people, and what is deleted of those is counted', async () => {
  const tables = await listTables(db)
  const known: string[] = [...PERSONAL_TABLES, ...IMPERSONAL]
  const isKnown = (name: string) => known.includes(name) || IS_OWN.test(name)
  expect(tables.filter((name) => !isKnown(name))).toEqual([])
  const { rows } = await (isOnPostgres
    ? sql<{ name: string }>`select distinct event_object_table as name
        from information_schema.triggers where trigger_name like 'erased_%'`
    : sql<{ name: string }>`select distinct tbl_name as name from sqlite_schema
        where type = 'trigger' and name like 'erased_%'`
  ).execute(db)
  const counted = rows.map(({ name }) => name).sort()
  // They go with a profile, an account or an activity, which are counted, and say nothing without it.
  const followers = ['actor_key', 'announced_row', 'announcer', 'delivery', 'facilitates', 'task']
  expect([...counted, ...followers].sort()).toEqual([...PERSONAL_TABLES].sort())
})

/** What the databases, the migrations and the index of words keep of themselves. */
const IS_OWN =
  /^(sqlite_|kysely_|.*_fts(_|$)|.*_(data|idx|content|docsize|config|node|rowid|parent)$)/

test('nothing about anybody is left in the files once it was deleted, however often pages were split', async () => {
  // PostgreSQL has its files elsewhere, where they are looked for too.
  const data = isOnPostgres ? await mkdtemp(join(tmpdir(), 'cafe-ia-erasures-')) : dirname(address)
  const site = { context: { db, config: { data } } } as unknown as Site
  for (let round = 0; round < ROUNDS; round++)
    // What is deleted stands between what stays.
    for (const [table, rowOf] of Object.entries(rows))
      for (const word of [`${SEED}${table}`, 'bleibt'])
        await db
          .insertInto(table as 'alert')
          .values(rowOf(randomUUID(), `${word}.`.repeat(1 + ((round * 7) % 40))) as never)
          .execute()
  const seeds = [SEED]
  expect((await findLeftWords(site, seeds)).length).toBeGreaterThan(Object.keys(rows).length)
  const isSeeded = (column: string) => sql<boolean>`${sql.ref(column)} like ${`%${SEED}%`}`
  // An address that is given up while its row stays; all others go with theirs.
  await db.updateTable('referent').set({ email: null }).where(isSeeded('email')).execute()
  await db.updateTable('mail').set({ params: '{}', reply_to: null }).execute()
  for (const [table, column] of Object.entries(NAMED_IN))
    await db
      .deleteFrom(table as 'alert')
      .where(isSeeded(column))
      .execute()
  await until(() => flushErased(db), { what: 'the files written anew' })
  expect(await findLeftWords(site, seeds)).toEqual([])
  expect(await db.selectFrom('alert').select('id').execute()).toHaveLength(ROUNDS)
  if (isOnPostgres) await rmdir(data)
})

const ROUNDS = 60
const SEED = 'Xylophrene'
const at = now.toString()
const later = now.add({ hours: 24 }).toString()

/** A row of each kind, with a word in whatever says something of somebody. */
const rows: Record<string, (id: string, word: string) => Record<string, unknown>> = {
  account: (id, word) => ({ id, email: `${id}@${word}x`, name: word, created_at: at }),
  alert: (id, word) => ({
    ...{ id, email: `${word}@${id}.example`, area: id, place: 'Rennes', territory: '35' },
    ...{ created_at: at, expires_at: later },
  }),
  demand_voice: (id, word) => ({ day: '2026-11-24', voice_hash: word + id, code_insee: '35238' }),
  link: (id, word) => ({
    ...{ token_hash: id, purpose: 'sign-in', subject: 'one' },
    ...{ mailed_to: `${word}@mail.example`, created_at: at },
  }),
  mail: (id, word) => ({
    ...{ id, template: 'profile-link', params: JSON.stringify({ word }), reply_to: `${word}@x.fr` },
    ...{ recipient: `${word}@x.fr`, created_at: at, due_at: at, expires_at: later },
  }),
  contact_message: (id, word) => ({
    ...{ id, profile_uri: `https://lieu.example/animation/${id}`, at },
    ...{ name: word, email: `${word}@x.fr`, text: word },
  }),
  referent: (id, word) => ({
    ...{ id, territory: '35', name: 'Une personne', word: 'neutre', email: `${word}@${id}.fr` },
    ...{ proposed_by: 'team', state: 'declined', ended_at: at, proposed_at: at },
    ...{ starts_on: '2026-11-25', ends_on: '2027-11-25' },
  }),
  journal: (id, word) => ({
    ...{ id, at, who: word, act: 'hide', subject: 'one', title: word, territory: '35' },
    reason: word,
  }),
  change: (_, word) => ({ body: JSON.stringify({ word }), created_at: at, due_at: at }),
  activity: (id, word) => ({
    ...{ id, actor: 'cafes', type: 'private-Update', object_uri: id },
    ...{ body: word.repeat(4), created_at: at },
  }),
}

/** Where its row says whose it is. */
const NAMED_IN = {
  ...{ account: 'name', alert: 'email', demand_voice: 'voice_hash', link: 'mailed_to' },
  ...{ mail: 'recipient', contact_message: 'email', journal: 'who', change: 'body' },
  activity: 'body',
}
