import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'

/**
 * Lists every table, who can make it grow, and what bounds its size. A new table needs a line here: a table that an
 * outsider can fill has a limit, a time after which rows are deleted, or both.
 */

type Who =
  /** Our own team and the people whom it invited, by the administration or the API. */
  | 'team'
  /** The program itself, at scheduled times or from its data files. */
  | 'program'
  /** A visitor without an account. */
  | 'visitor'
  /** Any server with a key. */
  | 'stranger'
  /** A server that a directory has admitted, or that we follow. */
  | 'member'

const BOUNDS: Record<string, { who: Who[]; bound: string }> = {
  account: { who: ['team'], bound: 'people whom the team invited' },
  agreement: {
    who: ['stranger', 'member'],
    bound: 'share "membership" per domain; open ones per subject and object',
  },
  active_organizer: { who: ['member'], bound: 'one per organizer and month, counted from cafés' },
  activity: {
    who: ['team', 'member', 'stranger'],
    bound:
      'answers and texts carried on go two days after their last delivery; 50 answers wait per inbox; 64 MiB carried per domain and day',
  },
  actor_key: {
    who: ['team'],
    bound:
      'one pair per account of ours that somebody asks for: territories, networks; and one more each time the operator changes them',
  },
  alert: {
    who: ['visitor'],
    bound: 'mails per address and network; unconfirmed and expired ones are purged',
  },
  alert_cafe: { who: ['visitor'], bound: 'goes with its alert or café' },
  alert_seen: { who: ['member'], bound: 'one per new café, some hours' },
  announced_cafe: { who: ['member'], bound: 'one per café announced, 400 days' },
  announced_row: {
    who: ['member'],
    bound: 'one per café and feed (four, and its networks), 400 days',
  },
  announcer: {
    who: ['team', 'member'],
    bound: 'one per feed: territories are known, networks capped',
  },
  api_token: { who: ['team'], bound: 'made by hand' },
  attestation: { who: ['team'], bound: 'one per appointment; expired ones are purged' },
  act: {
    who: ['team', 'program', 'visitor'],
    bound:
      'made by hand, a year, under a mandate three; of programs the last of each kind per object; refused sign-ins once in a quarter of an hour',
  },
  listed_block: {
    who: ['team', 'stranger'],
    bound: 'one list, 100,000 lines',
  },
  block: { who: ['team'], bound: 'made by hand, or by one list of at most 100,000' },
  cafe: {
    who: ['team', 'member'],
    bound: 'share "bytes" per domain; those of who left go after 30 days',
  },
  cafe_document: { who: ['team', 'member'], bound: 'one per café, share "bytes" per domain' },
  cafe_facilitator: { who: ['team'], bound: 'of our own cafés' },
  cafe_pace: { who: ['team', 'member'], bound: 'one per café edited in the last day' },
  change: {
    who: ['team', 'member', 'stranger'],
    bound:
      'one per message with an effect: 30,000 a day per domain, 300,000 of a member’s; another’s text goes once told, the rest after 30 days',
  },
  change_note: {
    who: ['team', 'member'],
    bound: 'one per café, feed and ten minutes; goes with the café',
  },
  consent: { who: ['team'], bound: 'of people invited by the team' },
  contact_message: {
    who: ['visitor', 'stranger', 'member'],
    bound:
      'per network address, per person, share "message" per domain and day; goes when handed on, after 7 days at the latest',
  },
  content_version: { who: ['program'], bound: 'a few rows' },
  daily_count: { who: ['stranger'], bound: 'known names only, one per day, 400 days' },
  deletion: {
    who: ['team', 'member'],
    bound:
      'of cafés: share "deletion" per domain, 35 days where it never was here; of profiles: 500 unknown ones per domain and day, 400 days; of ours: what there was',
  },
  delivery: {
    who: ['team', 'member', 'stranger'],
    bound:
      'inboxes per domain are capped, 50 answers wait per inbox; given up after 7 days, deleted after 90',
  },
  cafe_request: { who: ['visitor'], bound: 'one per commune and month' },
  cafe_request_visitor: { who: ['visitor'], bound: 'per network address; purged' },
  distinct_cafe: { who: ['team'], bound: 'goes with its cafés' },
  document: {
    who: ['team', 'member'],
    bound:
      'Notes: one per café, feed and ten minutes, or digest; words of members: one per structure, network (share) and side of a membership (share), 16 KiB each',
  },
  directory_question: { who: ['team'], bound: 'one per profile and directory' },
  duplicate: { who: ['member'], bound: 'one per café at most' },
  erasure: { who: ['program'], bound: 'one row per connection, 256 at most' },
  facilitates: { who: ['member'], bound: 'goes with its profile' },
  facilitator: {
    who: ['team', 'visitor', 'member'],
    bound: 'share "people" per domain; forgotten newcomers are purged',
  },
  facilitator_contact: { who: ['team', 'visitor'], bound: 'goes with its profile' },
  facilitator_draft: { who: ['team', 'visitor'], bound: 'goes with its profile' },
  facilitator_entry: { who: ['team', 'member'], bound: 'two per profile' },
  cafe_picture: {
    who: ['member'],
    bound: 'two small copies per café, within half of its share "bytes"; 1 GiB together',
  },
  facilitator_picture: { who: ['member'], bound: 'one small copy per profile' },
  facilitator_reached: {
    who: ['stranger'],
    bound: 'one per account and inbox, which are capped per domain',
  },
  feed: { who: ['stranger', 'member'], bound: 'territories are known, networks capped' },
  feed_day: { who: ['member'], bound: 'one per feed and day, 35 days' },
  feed_digest: { who: ['program'], bound: 'one per feed and day, 35 days' },
  follower: { who: ['stranger'], bound: 'accounts and inboxes per domain are capped' },
  followed_calendar: { who: ['team'], bound: '20 addresses per structure' },
  following: { who: ['team'], bound: 'made by hand, and one per member' },
  claimed_erasure: { who: ['member'], bound: 'ids of our own cafés and profiles, once each' },
  follower_server: {
    who: ['member'],
    bound: 'a thousand per member that it names, and a thousand that it no longer names, 30 days',
  },
  gone_row: {
    who: ['team', 'visitor'],
    bound: 'one per row that goes, until the journal has it, within a minute',
  },
  held_attestation: {
    who: ['member'],
    bound: 'of the directory that we joined, per profile of ours; expired ones are purged',
  },
  hidden_elsewhere: {
    who: ['member'],
    bound:
      'one per café, profile, resource or structure of ours and directory that we joined; goes with it',
  },
  flag_case: {
    who: ['visitor', 'stranger'],
    bound:
      '1,000 flags a day of visitors, 50 of a domain; one open case of a thing; deleted after three years',
  },
  flag: { who: ['visitor', 'stranger'], bound: '100 of a case; one of a server; with their case' },
  appeal: { who: ['visitor', 'member'], bound: 'one of each flag, and one of the place' },
  hidden_object: { who: ['team'], bound: 'made by hand' },
  host: {
    who: ['stranger'],
    bound: '100 new actors an hour per domain; idle ones go after 90 days',
  },
  featured_place: { who: ['member'], bound: 'one per place that is known, and goes with it' },
  stamp: { who: ['stranger'], bound: '200 a day and 10,000 in all per domain' },
  hour_measure: { who: ['program'], bound: 'one per hour, 31 days' },
  idempotent_answer: { who: ['team'], bound: '7 days' },
  imported: { who: ['team'], bound: 'one per café of ours; 5,000 to come of a followed calendar' },
  invitation: { who: ['team'], bound: 'made by hand' },
  joining_advice: { who: ['team'], bound: 'one per request and referent' },
  kept_file: { who: ['team', 'program'], bound: 'pictures and files of our own' },
  newsletter: { who: ['team'], bound: 'the last two' },
  newsletter_text: {
    who: ['visitor'],
    bound: 'one per place and search that readers have, of the last two',
  },
  newsletter_cafe: { who: ['team'], bound: 'goes with its newsletter' },
  newsletter_choice: { who: ['team'], bound: 'goes with its café' },
  listing_state: { who: ['program'], bound: 'one row' },
  mail: { who: ['visitor', 'team', 'member'], bound: 'per address, person and network; purged' },
  media: { who: ['team'], bound: 'unused ones are purged' },
  missing_cafe: { who: ['member'], bound: 'one per café that its server does not find, 15 days' },
  grouped_count: { who: ['program'], bound: 'at most 50 of each kind, counted from cafés' },
  first_cafe: { who: ['program'], bound: 'one per commune' },
  monthly_count: { who: ['program'], bound: 'one per département and month' },
  resource: {
    who: ['team', 'program', 'member'],
    bound: '200 of a structure of ours, share "resource" per domain',
  },
  cafe_resource: { who: ['team', 'program', 'member'], bound: 'ten of a café' },
  network: { who: ['team', 'stranger', 'member'], bound: 'share "network" per domain' },
  network_manager: { who: ['team'], bound: 'made by hand' },
  organization: { who: ['team'], bound: 'made by hand' },
  peer: {
    who: ['stranger'],
    bound:
      'requests per domain, in all and by day; others with a network of theirs, which are capped; who left goes after 30 days',
  },
  pinned_key: {
    who: ['member'],
    bound: 'keys of actors that a member lists, with 300,000 messages a day per domain',
  },
  rate_limit: { who: ['visitor', 'stranger'], bound: 'expired ones are purged' },
  recovery: { who: ['member'], bound: 'one per member' },
  other_word: {
    who: ['member'],
    bound: 'one per network of ours, or structure, and directory that we joined',
  },
  other_version: {
    who: ['member'],
    bound:
      'one per café of ours and directory that we joined; a thousand that our keys did not sign',
  },
  referent: {
    who: ['team', 'member'],
    bound: 'open proposals per domain and in all; unanswered ones go after a year',
  },
  referent_consent: { who: ['team'], bound: 'goes with its mandate' },
  alike: { who: ['member'], bound: '30 for each café that comes; go with either café' },
  cafe_announcer: {
    who: ['member'],
    bound: 'cafés of a day and peer; goes with its café or its peer',
  },
  link: {
    who: ['visitor', 'team'],
    bound: 'three an hour per address; expired ones are purged, others go with what they are about',
  },
  moderator: { who: ['member'], bound: 'read anew each day, 100 of one actor' },
  question_apart: { who: ['team'], bound: 'decided by hand' },
  question_group: { who: ['team', 'member'], bound: 'one per question; empty ones are purged' },
  asked_question: { who: ['team', 'member'], bound: 'one per question of a report' },
  peer_day: { who: ['member'], bound: 'one per peer and day; go after seven days' },
  remote_actor: { who: ['stranger'], bound: '100 new ones an hour per domain; go after 30 days' },
  remote_key: { who: ['stranger'], bound: 'goes with its actor' },
  former_facets: { who: ['team', 'member'], bound: 'one per café, 1,000 characters; goes with it' },
  removed_cafe: {
    who: ['team', 'member'],
    bound: 'one per café that was in sight, 400 days; new cafés per peer and day',
  },
  role: { who: ['team'], bound: 'one per person and organisation' },
  search_coming: { who: ['member'], bound: 'the words of cafés to come' },
  search_entry: { who: ['member'], bound: 'one per café' },
  registration: {
    who: ['visitor', 'team', 'stranger'],
    bound:
      'per network, hour and café, or domain, day and café; unproven ones go after a day, all 30 days after the café',
  },
  registration_count: { who: ['program'], bound: 'one per café at which people registered' },
  registration_answer: { who: ['visitor'], bound: 'two per registration' },
  registration_need: { who: ['visitor'], bound: 'five per registration, until the day after' },
  registration_reminder: { who: ['program'], bound: 'three per café and day of it' },
  report: { who: ['team', 'member'], bound: 'one per café that took place' },
  report_question: { who: ['team', 'member'], bound: '20 per report, 200 characters each' },
  seat_offer: { who: ['program'], bound: 'one per registration' },
  suggestion: {
    who: ['visitor'],
    bound: 'five mails per address and day, per network and hour; unproven ones go after two days',
  },
  series: { who: ['team'], bound: 'planned by hand; 400 dates at most of one that ends' },
  series_date: { who: ['team', 'program'], bound: 'one per café of a series, a year ahead' },
  peer_series: { who: ['member'], bound: 'one per series of a café that is kept, 17 kB' },
  search_past: { who: ['member'], bound: 'the words of cafés that are over' },
  search_source: { who: ['member'], bound: 'one per peer and host of its cafés' },
  search_state: { who: ['program'], bound: 'one row' },
  seen: {
    who: ['stranger', 'member'],
    bound: '30,000 a day per domain, 300,000 of a member’s; 300 bytes each, 35 days',
  },
  second_factor: { who: ['team'], bound: 'one per account' },
  recovery_code: { who: ['team'], bound: 'ten per account' },
  session: { who: ['team'], bound: 'expired ones are purged' },
  setting: { who: ['team', 'program'], bound: 'known names' },
  share: {
    who: ['stranger'],
    bound: 'some per domain: those of a day go after two, others are counted anew each day',
  },
  structure: { who: ['member'], bound: 'organizers of cafés that are kept' },
  task: {
    who: ['stranger', 'member'],
    bound: '200 of a peer, 500 of all strangers; go after seven days',
  },
  team_invitation: { who: ['team'], bound: 'expired ones are purged' },
  venue: { who: ['team'], bound: 'of our own' },
  webhook: { who: ['team'], bound: '20 per structure' },
  webhook_message: {
    who: ['team'],
    bound: 'one of each kind waits per webhook, and 20 that are over, without their text',
  },
  withdrawal: { who: ['team'], bound: 'one per person who withdrew' },
  withdrawal_server: { who: ['stranger'], bound: 'one per withdrawal and server that was reached' },
}

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

/** Internal tables of SQLite's search indexes, whose rows are bounded by the cafés and profiles. */
const IS_INDEX =
  /^(sqlite_|kysely_|.*_fts(_|$)|.*_(data|idx|content|docsize|config|node|rowid|parent)$)/

test('for each table it is known who can make it grow, and what bounds that', async () => {
  const { rows } = await (isOnPostgres
    ? sql<{ name: string }>`
        select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'`
    : sql<{ name: string }>`select name from sqlite_schema where type = 'table'`
  ).execute(db)
  const tables = rows.map(({ name }) => name).filter((name) => !IS_INDEX.test(name))
  const unknown = tables.filter((name) => !Object.hasOwn(BOUNDS, name))
  expect(unknown).toEqual([])
  const gone = Object.keys(BOUNDS).filter((name) => !tables.includes(name))
  expect(isOnPostgres ? [] : gone).toEqual([])
  for (const { bound } of Object.values(BOUNDS)) expect(bound.length).toBeGreaterThan(5)
})
