import type { Dialect, Statements } from '../dialect.ts'

/**
 * A version number that differs after every change that public pages can show, by any program: cached pages of an
 * earlier version are then rendered again. What changes all the time and shows little (when a peer was last heard of)
 * is left out, since pages are cached for a minute at most. Every table counts that is not among `NOT_SHOWN`.
 *
 * On SQLite, one row holds a random number: the connection that changes something sees its number before the commit,
 * and after a rollback that number must never come again. On PostgreSQL, which shows nothing before the commit, each
 * connection has a counter, since a single row would let only one of them write at a time; the version is their sum.
 */
export const contentVersion = (dialect: Dialect, tables: readonly string[]): Statements => [
  `create table content_version (
    writer ${dialect.integer} primary key,
    version ${dialect.integer} not null
  ) ${dialect.strict}`,
  dialect.isPostgres
    ? `create function content_changed() returns trigger language plpgsql as $$ begin
        insert into content_version (writer, version) values (pg_backend_pid() % ${WRITERS}, 1)
          on conflict (writer) do update set version = content_version.version + 1;
        return null;
      end $$`
    : `insert into content_version (writer, version) values (0, ${BY_CHANCE})`,
  ...[
    ...tables.filter((table) => !KNOWN.has(table)).flatMap((table) => all(table)),
    ...IN_PART,
  ].map((shown) => triggerOf(shown, dialect)),
]

/** The number of counters; usually fewer connections are open at a time. */
const WRITERS = 256
const BY_CHANCE = 'abs(random() % 9007199254740992)'

/** A change that pages show: of a table, or of some of its columns or rows only. */
type Shown = {
  table: string
  event: 'insert' | 'update' | 'delete'
  columns?: readonly string[]
  when?: string
  name?: string
}

function triggerOf({ table, event, columns, when, name }: Shown, { isPostgres }: Dialect): string {
  const of = columns ? ` of ${columns.join(', ')}` : ''
  const each = when ? `for each row when (${when})` : isPostgres ? 'for each statement' : ''
  const change = isPostgres
    ? 'execute function content_changed()'
    : `begin update content_version set version = ${BY_CHANCE}; end`
  return `create trigger content_${table}_${name ?? event} after ${event}${of} on ${table} ${each} ${change}`
}

/** Returns the changes of a table of which every row is shown; an update counts only for these columns. */
const all = (table: string, columns?: readonly string[]): Shown[] => [
  { table, event: 'insert' },
  { table, event: 'update', ...(columns && { columns }) },
  { table, event: 'delete' },
]

const isSite = `new.name = 'site'`

/** The tables of which pages show some columns or rows only. */
const IN_PART: readonly Shown[] = [
  ...all('peer', ['name', 'membership', 'following', 'actor_uri', 'origin']),
  {
    table: 'peer',
    name: 'silence',
    event: 'update',
    columns: ['silent_since', 'hidden_since'],
    when: 'new.silent_since is distinct from old.silent_since or new.hidden_since is distinct from old.hidden_since',
  },
  ...all(
    'structure',
    'id name url username kind street_address postal_code commune code_insee departement region website'.split(
      ' ',
    ),
  ),
  // Pages show the directories that a place is in.
  ...all('following', ['address', 'is_join', 'state']),
  ...all('referent', 'territory name title facilitator_uri state starts_on ends_on'.split(' ')),
  { table: 'attestation', event: 'insert' },
  { table: 'held_attestation', event: 'insert' },
  { table: 'held_attestation', event: 'delete' },
  // Of the settings, only the site's own are shown on pages.
  { table: 'setting', event: 'insert', when: isSite },
  { table: 'setting', event: 'update', when: isSite },
]

/**
 * The tables of which no cached page shows a row, with why.
 *
 * @internal
 */
export const NOT_SHOWN = Object.entries({
  'the administration, which is not cached':
    'account act api_token appeal consent facilitator_contact facilitator_draft flag flag_case followed_calendar hidden_elsewhere imported invitation joining_advice network_manager referent_consent role session team_invitation webhook',
  'only pages behind a secret link or a form, which are not cached':
    'contact_message directory_question link withdrawal withdrawal_server',
  'a sentence on the page of a café, which may come a minute late': 'suggestion',
  'what is sent, or what is received, is waited for or is limited':
    'activity cafe_pace cafe_request_visitor change change_note daily_count delivery facilitator_reached feed_day feed_digest hour_measure idempotent_answer mail peer_day rate_limit registration_reminder seen share task webhook_message',
  'collections and documents of ActivityPub, which are not cached':
    'actor_key announced_cafe announced_row announcer cafe_document document follower stamp',
  'what is known of other servers, which pages show by what follows from it in `peer` and `cafe`':
    'cafe_announcer follower_server host missing_cafe moderator pinned_key recovery remote_actor remote_key',
  'decided about cafés, of which pages show what follows in `cafe` or `duplicate`':
    'alike claimed_erasure distinct_cafe gone_row other_version other_word',
  'made of tables that are shown, in the same transaction':
    'facilitator_entry search_coming search_past removed_cafe former_facets',
  'of the index and the list of changes; what is shown of a source follows from `peer` and `block`':
    'listing_state search_source search_state',
  'what a list of another site says, which counts only once the team says so': 'listed_block',
  'mails and alerts to subscribers': 'alert alert_cafe alert_seen newsletter_cafe newsletter_text',
  'files, shown by the row that refers to them': 'kept_file media',
  'of the database itself': 'content_version erasure kysely_migration kysely_migration_lock',
}).flatMap(([why, tables]) => tables.split(' ').map((table) => ({ table, why })))

const KNOWN = new Set([...IN_PART, ...NOT_SHOWN].map(({ table }) => table))
