import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { contentVersion } from '../../../node/store/database/content-version.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { reindexSomeCafes } from '../../../node/store/networks/cafes.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

test('pages are made again once a server is followed, or is not any more', async () => {
  const { id } = await upsertPeer(db, { actorUri: 'https://far.example/actors/i', name: 'Far' })
  const before = await contentVersion(db)
  await db
    .updateTable('peer')
    .set({ last_seen_at: '2026-11-25T09:00:00Z' })
    .where('id', '=', id)
    .execute()
  expect(await contentVersion(db)).toBe(before)
  await db.updateTable('peer').set({ following: 'accepted' }).where('id', '=', id).execute()
  expect(await contentVersion(db)).not.toBe(before)
})

test('pages are made again once a café stands for another one, and once it does not any more', async () => {
  const { id: peerId } = await upsertPeer(db, { actorUri: 'https://two.example/i', name: 'Two' })
  const [one, other] = [aCafe({ peerId }), aCafe({ peerId })]
  for (const cafe of [one, other]) await saveCafe(db, cafe)
  const versions = [await contentVersion(db)]
  const row = { cafe_id: one.id, shown_id: other.id, reason: 'team' as const }
  await db.insertInto('duplicate').values(row).execute()
  versions.push(await contentVersion(db))
  await db.deleteFrom('duplicate').execute()
  versions.push(await contentVersion(db))
  expect(new Set(versions).size).toBe(3)
})

test('pages are made again once cafés are found by the network that their structure joined before', async () => {
  const { id: peerId } = await upsertPeer(db, {
    actorUri: 'https://three.example/i',
    name: 'Three',
  })
  const structureUri = 'https://three.example/actors/cafes'
  await saveCafe(
    db,
    aCafe({ peerId, organizer: { name: 'Three', uri: structureUri, url: structureUri } }),
  )
  const before = await contentVersion(db)
  await db.transaction().execute((trx) => reindexSomeCafes(trx, { structureUri, after: '' }))
  expect(await contentVersion(db)).not.toBe(before)
})

/** The tables of which no kept page shows a row, with why; those of which one does have a trigger. */
const NOT_SHOWN = Object.entries({
  'the administration, which is not kept':
    'account act api_token consent facilitator_contact facilitator_draft followed_calendar hidden_elsewhere imported invitation joining_advice network_manager referent_consent role session team_invitation',
  'only pages behind a secret link or a form, which are not kept':
    'contact_message directory_question link withdrawal withdrawal_server',
  'what is sent, or what is received, is waited for or is limited':
    'activity cafe_pace cafe_request_visitor change change_note daily_count delivery facilitator_reached feed_day feed_digest idempotent_answer mail peer_day rate_limit seen share task',
  'collections and documents of ActivityPub, which are not kept':
    'actor_key announced_cafe announced_row announcer cafe_document document follower stamp',
  'what is known of other servers, which pages show by what follows from it in `peer` and `cafe`':
    'cafe_announcer follower_server host missing_cafe moderator pinned_key recovery remote_actor remote_key',
  'decided about cafés, of which pages show what follows in `cafe` or `duplicate`':
    'alike claimed_erasure distinct_cafe gone_row other_version',
  'made of tables that are shown, in the same transaction':
    'facilitator_entry search_coming search_past removed_cafe',
  'of the index and the list of changes; what is shown of a source follows from `peer` and `blocked_domain`':
    'listing_state search_source search_state',
  'mails and alerts to subscribers': 'alert alert_cafe alert_seen newsletter_cafe',
  'files, shown by the row that refers to them': 'kept_file media',
  'of the database itself': 'content_version erasure kysely_migration kysely_migration_lock',
}).flatMap(([why, tables]) => tables.split(' ').map((table) => ({ table, why })))

/** The tables of full-text indexes, which belong to the index itself. */
const OF_FTS5 = /^search_(coming|past)_(data|idx|content|docsize|config)$/

test('of each table it is known whether pages show it, so that none shows the rows of before', async () => {
  const { rows } = await (isOnPostgres
    ? sql<{ name: string; isShown: boolean }>`
      select relname as name, exists (select from pg_trigger where tgrelid = pg_class.oid
        and tgname like 'content\\_%') as "isShown"
      from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`
    : sql<{ name: string; isShown: number }>`
      select name, exists (select 1 from sqlite_schema as made where made.tbl_name = it.name
        and made.type = 'trigger' and made.name glob 'content_*') as isShown
      from sqlite_schema as it where type = 'table' and name not glob 'sqlite_*'`
  ).execute(db)
  const tables = rows.filter(({ name }) => !OF_FTS5.test(name))
  const unshown = tables.filter(({ isShown }) => !isShown).map(({ name }) => name)
  const declared = NOT_SHOWN.map(({ table }) => table).filter(
    (table) => !isOnPostgres || !/^search_(coming|past)$/.test(table),
  )
  expect(unshown.sort()).toEqual(declared.sort())
})
