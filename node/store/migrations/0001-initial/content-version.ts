import type { Dialect, Statements } from '../dialect.ts'

/**
 * A version number that differs after every change that public pages can show, by any program: cached pages of an
 * earlier version are then rendered again. What changes all the time and shows little (when a peer was last heard of)
 * is left out, since pages are cached for a minute at most. Tables that pages do not show are listed with why in
 * `test/store/database/content-version.test.ts`.
 *
 * On SQLite, one row holds a random number: the connection that changes something sees its number before the commit,
 * and after a rollback that number must never come again. On PostgreSQL, which shows nothing before the commit, each
 * connection has a counter, since a single row would let only one of them write at a time; the version is their sum.
 */
export const contentVersion = (dialect: Dialect): Statements => [
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
  ...SHOWN.map((shown) => triggerOf(shown, dialect)),
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

const SHOWN: readonly Shown[] = [
  ...all('cafe'),
  ...all('cafe_picture'),
  ...all('venue'),
  ...all('organization'),
  ...all('blocked_domain'),
  ...all('deletion'),
  ...all('duplicate'),
  ...all('newsletter_choice'),
  ...all('newsletter'),
  ...all('feed'),
  ...all('featured_place'),
  ...all('cafe_request'),
  ...all('monthly_count'),
  ...all('active_organizer'),
  ...all('network'),
  ...all('agreement'),
  // The cafés of a structure that joined a network are found by it in a later transaction.
  ...all('search_entry'),
  ...all('facilitator'),
  ...all('facilitator_picture'),
  ...all('cafe_facilitator'),
  ...all('facilitates'),
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
