import type { Dialect, Statements } from './dialect.ts'

/**
 * Replaces what `0002-gone-rows.ts` records of a changed profile. Each version that is not shown any more is recorded
 * by its `updated_at`, for a change of any field: a backup that has this version is older than the change, one that has
 * a later version is not. Changes of administrators and of the managers of a network are recorded too.
 */
export const changedRows = ({ isPostgres }: Dialect): Statements => [
  ...(isPostgres
    ? [
        'drop trigger gone_facilitator_update_facilitator_changed on facilitator',
        'drop function gone_facilitator_update_facilitator_changed()',
      ]
    : ['drop trigger gone_facilitator_update_facilitator_changed']),
  // The former rows name no version of a profile, so they would apply to none.
  `delete from gone_row where kind = 'facilitator-changed'`,
  ...CHANGED.flatMap(({ kind, table, event, id, when }) => {
    const name = `gone_${kind.replace('-', '_')}`
    const insert = `insert into gone_row (kind, id, at) values ('${kind}', ${id}, ${isPostgres ? NOW.postgres : NOW.sqlite});`
    return isPostgres
      ? [
          `create function ${name}() returns trigger language plpgsql as $$ begin ${insert} return null; end $$`,
          `create trigger ${name} after ${event} on ${table} for each row when (${when}) execute function ${name}()`,
        ]
      : [
          `create trigger ${name} after ${event} on ${table} for each row when ${when} begin ${insert} end`,
        ]
  }),
]

const SHOWN =
  'updated_at state level field_levels directories fediverse media_id name alias contact shown_contact'.split(
    ' ',
  )

const ROLE_ID = `old.account_id || ' ' || old.organization_id`

const CHANGED = [
  {
    kind: 'facilitator-changed',
    table: 'facilitator',
    event: 'update',
    id: `old.id || ' ' || old.updated_at`,
    when: `old.organization_id is not null and old.state = 'published' and (${SHOWN.map(
      (column) => `new.${column} is distinct from old.${column}`,
    ).join(' or ')})`,
  },
  {
    kind: 'role-lowered',
    table: 'role',
    event: 'update',
    id: ROLE_ID,
    when: `old.role = 'administrator' and new.role <> 'administrator'`,
  },
  {
    kind: 'role-raised',
    table: 'role',
    event: 'update',
    id: ROLE_ID,
    when: `old.role <> 'administrator' and new.role = 'administrator'`,
  },
  {
    kind: 'network-access',
    table: 'network_manager',
    event: 'delete',
    id: `old.network_id || ' ' || old.account_id || ' ' || old.created_at`,
    when: '1 = 1',
  },
]

const NOW = {
  sqlite: `strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`,
  postgres: `to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
}
