import { type Dialect, type Statements, toList } from '../dialect.ts'

/**
 * Changes that a restored older backup must not undo: for each row that was deleted, ended, cancelled or narrowed, its
 * `kind` and its id, until they are in the journal beside the backups (`store/backup/erasure-journal.ts`). It holds only
 * random ids, no address and no name.
 *
 * `claimed_erasure` is what a directory says was deleted or withdrawn after the backup from which this site was
 * restored; it is hidden here until the team has decided. `subject` is the id of a café or of a profile of this site.
 *
 * `other_version` is what a directory has of a café of this site where only the team can say which of the two holds.
 * `cafe_id` is in the address of the café, which may not be here; `cafe` is its row as JSON. `other_word` is the same of the
 * structure and of networks of this site, whose ids are `subject`; `said` is as JSON.
 */
export const goneRows = (dialect: Dialect): Statements => [
  ...toList(`
create table gone_row (
  number ${dialect.countedOnce},
  kind text not null,
  id text not null,
  at text not null
) ${dialect.strict};

create table claimed_erasure (
  kind text not null check (kind in ('cafe', 'facilitator')),
  subject text not null,
  directory text not null,
  at text not null,
  primary key (kind, subject)
) ${dialect.strict};

create table other_version (
  cafe_id text not null,
  directory text not null,
  reason text not null check (reason in ('both', 'key', 'clock')),
  cafe text not null check (${dialect.isJson('cafe')}),
  primary key (cafe_id, directory)
) ${dialect.strict};

create table other_word (
  noun text not null check (noun in ('structure', 'network')),
  subject text not null,
  directory text not null,
  reason text not null check (reason in ('both', 'key')),
  said text not null check (${dialect.isJson('said')}),
  at text not null,
  primary key (subject, directory)
) ${dialect.strict};
`),
  ...GONE.flatMap((gone) => triggersOf(gone, dialect)),
]

type Gone = { name: string; kind: string; table: string; event: string; when?: string; id?: string }

const isOurs = 'old.organization_id is not null'
const NAMING_ID = `old.cafe_id || ' ' || old.facilitator_id`
const ROLE_ID = `old.account_id || ' ' || old.organization_id`

/** The date of a leaked key (`NEVER_TRUSTED` of the domain). */
const NEVER = `'1970-01-01T00:00:00Z'`

const SHOWN =
  'updated_at state level field_levels directories fediverse media_id name alias contact shown_contact'.split(
    ' ',
  )

const GONE: readonly Gone[] = [
  { name: 'cafe', kind: 'cafe', table: 'cafe', event: 'delete', when: isOurs },
  {
    name: 'cafe_cancelled',
    kind: 'cafe-cancelled',
    table: 'cafe',
    event: 'update of status',
    when: `${isOurs} and new.status = 'cancelled' and old.status <> 'cancelled'`,
  },
  {
    name: 'cafe_reinstated',
    kind: 'cafe-reinstated',
    table: 'cafe',
    event: 'update of status',
    when: `${isOurs} and new.status <> 'cancelled' and old.status = 'cancelled'`,
  },
  {
    name: 'facilitator',
    kind: 'facilitator',
    table: 'facilitator',
    event: 'delete',
    when: isOurs,
  },
  // Each version of a profile that is not shown any more is recorded by its `updated_at`, for a change of any field: a
  // backup that has this version is older than the change, one that has a later version is not.
  {
    name: 'facilitator_changed',
    kind: 'facilitator-changed',
    table: 'facilitator',
    event: 'update',
    id: `old.id || ' ' || old.updated_at`,
    when: `${isOurs} and old.state = 'published' and (${SHOWN.map(
      (column) => `new.${column} is distinct from old.${column}`,
    ).join(' or ')})`,
  },
  {
    name: 'naming_refused',
    kind: 'naming-refused',
    table: 'cafe_facilitator',
    event: 'update of answer',
    id: NAMING_ID,
    when: `new.answer = 'no' and old.answer is distinct from 'no'`,
  },
  {
    name: 'naming_agreed',
    kind: 'naming-agreed',
    table: 'cafe_facilitator',
    event: 'update of answer',
    id: NAMING_ID,
    when: `old.answer = 'no' and new.answer is distinct from 'no'`,
  },
  {
    name: 'always_named',
    kind: 'always-named',
    table: 'facilitator_contact',
    event: 'update of always_named_at',
    id: `old.facilitator_id || ' ' || old.always_named_at`,
    when: 'old.always_named_at is not null and new.always_named_at is distinct from old.always_named_at',
  },
  { name: 'resource', kind: 'resource', table: 'resource', event: 'delete', when: isOurs },
  {
    name: 'flag_words',
    kind: 'flag-words',
    table: 'flag',
    event: 'update of words, email',
    when: `new.words = '' and new.email is null and (old.words <> '' or old.email is not null)`,
  },
  {
    name: 'appeal_words',
    kind: 'flag-words',
    table: 'appeal',
    event: 'update of words',
    id: 'old.flag_id',
    when: `new.words = '' and old.words <> '' and old.flag_id <> ''`,
  },
  { name: 'picture', kind: 'picture', table: 'media', event: 'delete', when: 'old.of_person = 1' },
  { name: 'account', kind: 'account', table: 'account', event: 'delete' },
  { name: 'role', kind: 'role', table: 'role', event: 'delete', id: ROLE_ID },
  {
    name: 'role_lowered',
    kind: 'role-lowered',
    table: 'role',
    event: 'update',
    id: ROLE_ID,
    when: `old.role = 'administrator' and new.role <> 'administrator'`,
  },
  {
    name: 'role_raised',
    kind: 'role-raised',
    table: 'role',
    event: 'update',
    id: ROLE_ID,
    when: `old.role <> 'administrator' and new.role = 'administrator'`,
  },
  {
    name: 'network_access',
    kind: 'network-access',
    table: 'network_manager',
    event: 'delete',
    id: `old.network_id || ' ' || old.account_id || ' ' || old.created_at`,
  },
  { name: 'api_token', kind: 'api-token', table: 'api_token', event: 'delete' },
  {
    name: 'api_token_revoked',
    kind: 'api-token',
    table: 'api_token',
    event: 'update of revoked_at',
    when: 'new.revoked_at is not null and old.revoked_at is null',
  },
  { name: 'alert', kind: 'alert', table: 'alert', event: 'delete' },
  { name: 'suggestion', kind: 'suggestion', table: 'suggestion', event: 'delete' },
  { name: 'registration', kind: 'registration', table: 'registration', event: 'delete' },
  {
    name: 'registration_cancelled',
    kind: 'registration-cancelled',
    table: 'registration',
    event: 'update of state',
    when: `new.state = 'cancelled' and old.state <> 'cancelled'`,
  },
  {
    name: 'report',
    kind: 'report',
    table: 'report',
    event: 'delete',
    id: `old.cafe_id || ' ' || old.created_at`,
    when: isOurs,
  },
  {
    name: 'report_changed',
    kind: 'report-changed',
    table: 'report',
    event: 'update of updated_at',
    id: `old.cafe_id || ' ' || old.updated_at`,
    when: `${isOurs} and new.updated_at <> old.updated_at`,
  },
  { name: 'referent', kind: 'referent', table: 'referent', event: 'delete' },
  {
    name: 'referent_ended',
    kind: 'referent',
    table: 'referent',
    event: 'update of state',
    when: `new.state in ('ended', 'declined') and old.state <> new.state`,
  },
  ...(['closed', 'gone'] as const).map((end) => ({
    name: `structure_${end}`,
    kind: `structure-${end}`,
    table: 'organization',
    event: 'update of closed_at',
    when: `old.closed_at is null and new.closed_past = '${end === 'gone' ? 'gone' : 'kept'}'`,
  })),
  {
    name: 'structure_suspended',
    kind: 'structure-suspended',
    table: 'organization',
    event: 'update of suspended_at',
    when: 'old.suspended_at is null and new.suspended_at is not null',
  },
  {
    name: 'structure_resumed',
    kind: 'structure-resumed',
    table: 'organization',
    event: 'update of suspended_at',
    when: 'old.suspended_at is not null and new.suspended_at is null',
  },
  { name: 'calendar', kind: 'calendar', table: 'followed_calendar', event: 'delete' },
  { name: 'series', kind: 'series', table: 'series', event: 'delete' },
  { name: 'webhook', kind: 'webhook', table: 'webhook', event: 'delete' },
  // A restored older backup would sign with it, and signatures of a leaked key are not believed any more.
  {
    name: 'key_replaced',
    kind: 'key-replaced',
    table: 'actor_key',
    event: 'update of retired_at',
    id: 'old.key_id',
    when: `old.retired_at is null and new.retired_at <> ${NEVER}`,
  },
  {
    name: 'key_leaked',
    kind: 'key-leaked',
    table: 'actor_key',
    event: 'update of retired_at',
    id: 'old.key_id',
    when: `new.retired_at = ${NEVER} and old.retired_at is distinct from ${NEVER}`,
  },
]

const AT = {
  sqlite: `strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`,
  postgres: `to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
}

function triggersOf(
  { name, kind, table, event, when = '1 = 1', id = 'old.id' }: Gone,
  { isPostgres }: Dialect,
): string[] {
  const insert = `insert into gone_row (kind, id, at)
    values ('${kind}', ${id}, ${isPostgres ? AT.postgres : AT.sqlite});`
  const each = `after ${event} on ${table} for each row`
  if (!isPostgres) return [`create trigger gone_${name} ${each} when ${when} begin ${insert} end`]
  return [
    `create function gone_${name}() returns trigger language plpgsql as $$ begin ${insert} return null; end $$`,
    `create trigger gone_${name} ${each} when (${when}) execute function gone_${name}()`,
  ]
}
