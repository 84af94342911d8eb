import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../../node/config.ts'
import { ALERT_DAYS, CONSENT_DAYS, RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { purge } from '../../../node/jobs/purge.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import {
  deleteContactMessage,
  insertContactMessage,
} from '../../../node/store/facilitators/contact-messages.ts'
import { flushErased, PERSONAL_TABLES } from '../../../node/store/facilitators/erasures.ts'
import { insertNewcomer } from '../../../node/store/facilitators/own-profiles.ts'
import { appendChange } from '../../../node/store/queues/changes.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
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

/** Stores a message to somebody and deletes it. */
async function forgetMessage(): Promise<void> {
  const message = { profileUri: 'https://elsewhere.example/people/camille', via: undefined }
  const said = { name: 'Camille', email: 'camille@mail.example', text: 'Bonjour' }
  await deleteContactMessage(db, await insertContactMessage(db, { ...message, ...said }, now))
}

/** Runs `work` while another connection keeps reading an earlier state of the database. */
async function whileRead(work: () => Promise<void>): Promise<void> {
  if (!isOnPostgres) {
    const reader = new SQLite(address, { readonly: true })
    reader.exec('begin')
    reader.prepare('select * from deletion').all()
    await work()
    reader.close()
    return
  }
  const reader = new pg.Client(address)
  await reader.connect()
  await reader.query('begin isolation level repeatable read')
  await reader.query('select * from deletion')
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
    await reader.query('select * from deletion')
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

/** Tables that contain nothing about a person. */
const IMPERSONAL =
  `active_organizer agreement alert_cafe alert_seen alike announced announced_cafe api_token block
  cafe_facilitator cafe_pace cafe_announcer first_cafe grouped_count change_note claimed_erasure content_version daily_count deletion cafe_request
  directory_question distinct_cafe duplicate erasure facilitator_reached feed follower_server
  featured_place recovery_code feed_day feed_digest followed_calendar following forwarded gone_row host hour_measure invitation newsletter
  newsletter_cafe newsletter_text cafe_resource newsletter_choice listed_block listing_state media missing_cafe moderator monthly_count network other_word
  organization peer peer_day peer_series former_facets pinned_key rate_limit recovery remote_key removed_cafe role search_coming
  search_past search_source search_source_judged search_state registration_count registration_reminder seat_offer series_date
  seen setting share structure venue webhook withdrawal withdrawal_server`.split(/\s+/)

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
  // Their rows are deleted with a profile, an account or an activity, which are counted, and mean nothing without it.
  const followers = ['actor_key', 'announced_row', 'announcer', 'delivery', 'facilitates', 'task']
  // Their texts are those of a café, which is counted.
  followers.push('cafe_document', 'document', 'imported', 'other_version', 'idempotent_answer')
  followers.push('webhook_message')
  followers.push('search_entry')
  expect([...counted, ...followers].sort()).toEqual([...PERSONAL_TABLES].sort())
})

/** Internal tables of the databases, the migrations and the search index. */
const IS_OWN =
  /^(sqlite_|kysely_|.*_fts(_|$)|.*_(data|idx|content|docsize|config|node|rowid|parent)$)/

test('nothing about anybody is left in the files once it was deleted, however often pages were split', async () => {
  // The files of PostgreSQL are elsewhere; `findLeftWords` searches them too.
  const data = isOnPostgres ? await mkdtemp(join(tmpdir(), 'cafe-ia-erasures-')) : dirname(address)
  const site = { context: { db, config: { data } } } as unknown as Site
  for (let round = 0; round < ROUNDS; round++)
    // The rows to be deleted are stored between rows that stay.
    for (const [table, rowOf] of Object.entries(rows))
      for (const word of [`${SEED}${table}`, 'bleibt'])
        await db
          .insertInto(table as 'alert')
          .values(rowOf(randomUUID(), `${word}.`.repeat(1 + ((round * 7) % 40))) as never)
          .execute()
  const seeds = [SEED]
  expect((await findLeftWords(site, seeds)).length).toBeGreaterThan(Object.keys(rows).length)
  const isSeeded = (column: string) => sql<boolean>`${sql.ref(column)} like ${`%${SEED}%`}`
  // These rows stay while an address in them is deleted; all other addresses are deleted with their rows.
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

test('each term is kept to: what is about somebody is there until its end, and in no file a moment later', async () => {
  const data = isOnPostgres ? await mkdtemp(join(tmpdir(), 'cafe-ia-terms-')) : dirname(address)
  const config = readConfig({ CAFE_IA_ORIGIN: 'https://lieu.example', CAFE_IA_DATA: data })
  const site = { context: { db, config } } as unknown as Site
  const organization = { id: 'one', slug: 'lieu', name: 'Un lieu' }
  await insertOrganization(db, organization, now)
  const keeper = { id: 'keeper', email: 'une@lieu.example', name: 'Une', created_at: at }
  await db.insertInto('account').values(keeper).execute()
  for (const [name, { table, row }] of Object.entries(TERMS))
    await db
      .insertInto(table as 'alert')
      .values(row(randomUUID(), wordOf(name)) as never)
      .execute()
  for (const [name, { state }] of Object.entries(PROFILES)) {
    const person = { name: wordOf(name), email: `${wordOf(name)}@x.fr`, isApproved: true }
    const newcomer = { organizationId: 'one', origin: config.origin, ...person }
    const { id } = await insertNewcomer(db, newcomer, now)
    const consented_at = state === 'invited' || state === 'draft' ? null : at
    await db.updateTable('facilitator').set({ state, consented_at }).where('id', '=', id).execute()
  }
  const terms = Object.entries({ ...TERMS, ...PROFILES })
  const listKept = async () => {
    const found = await findLeftWords(
      site,
      terms.map(([name]) => wordOf(name)),
    )
    return terms.flatMap(([name]) =>
      found.some((one) => one.startsWith(wordOf(name))) ? name : [],
    )
  }
  const purgeAt = (days: number, hours: number) =>
    purge({ db, config, isDirectory: false, now: () => now.add({ hours: days * 24 + hours }) })
  const ends = [...new Set(terms.map(([, { days }]) => days))].sort((a, b) => a - b)
  for (const end of ends) {
    const namesOf = (isKept: (days: number) => boolean) =>
      terms.flatMap(([name, { days }]) => (isKept(days) ? name : []))
    await purgeAt(end, -1)
    expect(await listKept()).toEqual(namesOf((days) => days >= end))
    await purgeAt(end, 1)
    await until(() => flushErased(db), { what: 'the files written anew' })
    expect(await listKept()).toEqual(namesOf((days) => days > end))
  }
  expect(ends.length).toBeGreaterThan(6)
  if (isOnPostgres) await rm(data, { recursive: true })
}, 60_000)

/** Returns a word for the name that is not the beginning of another name's word. */
const wordOf = (name: string) => `${SEED}.${name}.`

const inDays = (days: number) => now.add({ hours: days * 24 }).toString()
type Term = { days: number; table: string; row: (id: string, word: string) => object }

const aMail =
  (template: string): Term['row'] =>
  (id, word) => ({
    ...{ id, template, params: JSON.stringify({ word }), recipient: `${word}@x.fr` },
    ...{ created_at: at, due_at: at, expires_at: later },
  })
const anAct =
  (log: string): Term['row'] =>
  (id, word) => ({
    ...{ id, log, at, who: word, author: 'team', act: 'changed', subject: 'cafe one' },
    ...{ about: word, territory: log === 'journal' ? '35' : null, reason: word },
    changes: log === 'access' ? null : '[]',
  })
const aMandate =
  (state: string): Term['row'] =>
  (id, word) => ({
    ...{ id, territory: '35', name: word, title: 'neutre', proposed_by: 'team', state },
    ...{ email: state === 'proposed' ? `${word}@x.fr` : null, proposed_at: at },
    ...{
      ended_at: state === 'proposed' ? null : at,
      starts_on: '2026-11-25',
      ends_on: '2027-11-25',
    },
  })
const anAlert =
  (days: number): Term['row'] =>
  (id, word) => ({
    ...{ id, email: `${word}@x.fr`, area: id, search: '', place: 'Rennes' },
    ...{ territory: '35', created_at: at },
    expires_at: inDays(days),
  })

/** One new row about a person for each period of `retention.ts` that a purge enforces. */
const TERMS: Record<string, Term> = {
  signInMail: { days: RETENTION_DAYS.signInMail, table: 'mail', row: aMail('sign-in') },
  mail: { days: RETENTION_DAYS.mail, table: 'mail', row: aMail('profile-link') },
  contactMessage: {
    days: RETENTION_DAYS.contactMessage,
    table: 'contact_message',
    row: (id, word) => ({ id, profile_uri: '', name: word, email: `${word}@x.fr`, text: word, at }),
  },
  remoteActor: {
    days: RETENTION_DAYS.remoteActor,
    table: 'remote_actor',
    row: (id, word) => ({
      ...{ uri: `https://social.example/${id}`, host: 'social.example', type: 'Person' },
      ...{ name: word, inbox: `https://social.example/${id}/inbox`, fetched_at: at },
    }),
  },
  audit: {
    days: RETENTION_DAYS.audit,
    table: 'act',
    row: anAct('access'),
  },
  edit: {
    days: RETENTION_DAYS.edit,
    table: 'act',
    row: anAct('edit'),
  },
  deadLink: {
    days: RETENTION_DAYS.deadLink,
    table: 'link',
    row: (id, word) => ({
      ...{ token_hash: id, purpose: 'sign-in', subject: 'keeper', mailed_to: `${word}@x.fr` },
      ...{ created_at: at, expires_at: at },
    }),
  },
  session: {
    days: RETENTION_DAYS.session,
    table: 'session',
    row: (id, word) => ({
      ...{ token_hash: id, account_id: 'keeper', user_agent: word, created_at: at },
      ...{ last_used_at: at, expires_at: inDays(RETENTION_DAYS.session) },
    }),
  },
  referentAddress: {
    days: RETENTION_DAYS.referentAddress,
    table: 'referent',
    row: (id, word) => ({ ...aMandate('ended')(id, 'Une personne'), email: `${word}@x.fr` }),
  },
  declinedMandate: {
    days: RETENTION_DAYS.declinedMandate,
    table: 'referent',
    row: aMandate('declined'),
  },
  proposedMandate: {
    days: RETENTION_DAYS.proposedMandate,
    table: 'referent',
    row: aMandate('proposed'),
  },
  endedMandate: { days: RETENTION_DAYS.endedMandate, table: 'referent', row: aMandate('ended') },
  journal: {
    days: RETENTION_DAYS.journal,
    table: 'act',
    row: anAct('journal'),
  },
  unconfirmedAlert: {
    days: ALERT_DAYS.unconfirmed,
    table: 'alert',
    row: anAlert(ALERT_DAYS.unconfirmed),
  },
  alert: { days: ALERT_DAYS.kept, table: 'alert', row: anAlert(ALERT_DAYS.kept) },
}

/** Has the same meaning as `TERMS`, for profiles. */
const PROFILES = {
  invited: { days: CONSENT_DAYS.unconfirmed, state: 'invited' },
  written: { days: CONSENT_DAYS.kept, state: 'draft' },
  expired: { days: CONSENT_DAYS.expired, state: 'expired' },
  hidden: { days: CONSENT_DAYS.kept, state: 'unpublished' },
} as const

test('of each term of the table it is known which test keeps to it', () => {
  const elsewhere = [
    // These are kept by the browser, have no name in them, or are counts of the network (territories, rate limits).
    ...['formDraft', 'accountDelete', 'requests'],
    // The tests of these are in federation/peers and federation/inbox.
    ...['formerPeer', 'unconfirmedProfile'],
    // The tests of these are in jobs/backup, that of the next in routes/registrations.
    ...['backup', 'erasureJournal', 'registration'],
    // The tests of these are in routes/suggestions.
    ...['suggestion', 'unprovenSuggestion'],
    // The test of this one is in routes/flags.
    'flag',
  ]
  expect([...Object.keys(TERMS), ...elsewhere]).toEqual(
    expect.arrayContaining(Object.keys(RETENTION_DAYS)),
  )
})

const ROUNDS = 60
const SEED = 'Xylophrene'
const at = now.toString()
const later = now.add({ hours: 24 }).toString()

/** Makes a row of each table, with a word in every column about a person. */
const rows: Record<string, (id: string, word: string) => Record<string, unknown>> = {
  account: (id, word) => ({ id, email: `${id}@${word}x`, name: word, created_at: at }),
  alert: (id, word) => ({
    ...{
      id,
      email: `${word}@${id}.example`,
      area: id,
      search: '',
      place: 'Rennes',
      territory: '35',
    },
    ...{ created_at: at, expires_at: later },
  }),
  cafe_request_visitor: (id, word) => ({
    day: '2026-11-24',
    visitor_hash: word + id,
    code_insee: '35238',
  }),
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
    ...{ id, territory: '35', name: 'Une personne', title: 'neutre', email: `${word}@${id}.fr` },
    ...{ proposed_by: 'team', state: 'declined', ended_at: at, proposed_at: at },
    ...{ starts_on: '2026-11-25', ends_on: '2027-11-25' },
  }),
  act: (id, word) => ({ ...anAct('journal')(id, word) }),
  change: (_, word) => ({ body: JSON.stringify({ word }), created_at: at, due_at: at }),
  activity: (id, word) => ({
    ...{ id, actor: 'cafes', type: 'private-Update', object_uri: `${id} ${word}` },
    ...{ body: Buffer.from(word.repeat(4)), created_at: at },
  }),
}

/** The column of each table that names its person. */
const NAMED_IN = {
  ...{ account: 'name', alert: 'email', cafe_request_visitor: 'visitor_hash', link: 'mailed_to' },
  ...{ mail: 'recipient', contact_message: 'email', act: 'who', change: 'body' },
  activity: 'object_uri',
}
