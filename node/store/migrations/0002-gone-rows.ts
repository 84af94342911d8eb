import type { Dialect, Statements } from './dialect.ts'

/**
 * Deletions that a restored older backup must not undo: for each row that was deleted, ended or narrowed, its `kind`
 * and its id, until they are in the journal beside the backups (`store/backup/erasure-journal.ts`). It holds only
 * random ids, no address and no name.
 */
export const goneRows = (dialect: Dialect): Statements => [
  `create table gone_row (
    number ${dialect.countedOnce},
    kind text not null,
    id text not null,
    at text not null
  ) ${dialect.strict}`,
  ...GONE.flatMap((gone) => triggersOf(gone, dialect)),
]

type Gone = { kind: string; table: string; event: string; when?: string; id?: string }

const CHANGED_OF_PROFILE =
  'state level field_levels directories fediverse media_id name alias contact shown_contact'.split(
    ' ',
  )

const GONE: readonly Gone[] = [
  { kind: 'cafe', table: 'cafe', event: 'delete', when: 'old.organization_id is not null' },
  {
    kind: 'facilitator',
    table: 'facilitator',
    event: 'delete',
    when: 'old.organization_id is not null',
  },
  {
    kind: 'facilitator-changed',
    table: 'facilitator',
    event: `update of ${CHANGED_OF_PROFILE.join(', ')}`,
    when: `old.organization_id is not null and old.state = 'published' and (${CHANGED_OF_PROFILE.map(
      (column) => `new.${column} is distinct from old.${column}`,
    ).join(' or ')})`,
  },
  { kind: 'picture', table: 'media', event: 'delete', when: 'old.of_person = 1' },
  { kind: 'account', table: 'account', event: 'delete' },
  {
    kind: 'role',
    table: 'role',
    event: 'delete',
    id: `old.account_id || ' ' || old.organization_id`,
  },
  { kind: 'api-token', table: 'api_token', event: 'delete' },
  {
    kind: 'api-token',
    table: 'api_token',
    event: 'update of revoked_at',
    when: 'new.revoked_at is not null and old.revoked_at is null',
  },
  { kind: 'alert', table: 'alert', event: 'delete' },
  { kind: 'referent', table: 'referent', event: 'delete' },
  {
    kind: 'referent',
    table: 'referent',
    event: 'update of state',
    when: `new.state in ('ended', 'declined') and old.state <> new.state`,
  },
]

const AT = {
  sqlite: `strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`,
  postgres: `to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
}

function triggersOf(
  { kind, table, event, when = '1 = 1', id = 'old.id' }: Gone,
  { isPostgres }: Dialect,
): string[] {
  const name = `gone_${table}_${event.slice(0, 6)}_${kind.replaceAll('-', '_')}`
  const insert = `insert into gone_row (kind, id, at)
    values ('${kind}', ${id}, ${isPostgres ? AT.postgres : AT.sqlite});`
  if (!isPostgres)
    return [
      `create trigger ${name} after ${event} on ${table} for each row when ${when} begin ${insert} end`,
    ]
  return [
    `create function ${name}() returns trigger language plpgsql as $$ begin ${insert} return null; end $$`,
    `create trigger ${name} after ${event} on ${table} for each row when (${when}) execute function ${name}()`,
  ]
}
