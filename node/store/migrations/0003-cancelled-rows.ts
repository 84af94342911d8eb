import type { Dialect, Statements } from './dialect.ts'

/**
 * Records that one of our cafés was cancelled, or takes place again after all, as `0002-gone-rows.ts` records
 * deletions: an older backup would show the wrong state.
 */
export const cancelledRows = ({ isPostgres }: Dialect): Statements =>
  KINDS.flatMap(({ kind, when }) => {
    const name = `gone_${kind.replace('-', '_')}`
    const insert = `insert into gone_row (kind, id, at) values ('${kind}', old.id, ${isPostgres ? NOW.postgres : NOW.sqlite});`
    const condition = `old.organization_id is not null and ${when}`
    return isPostgres
      ? [
          `create function ${name}() returns trigger language plpgsql as $$ begin ${insert} return null; end $$`,
          `create trigger ${name} after update of status on cafe for each row when (${condition}) execute function ${name}()`,
        ]
      : [
          `create trigger ${name} after update of status on cafe for each row when ${condition} begin ${insert} end`,
        ]
  })

const KINDS = [
  { kind: 'cafe-cancelled', when: `new.status = 'cancelled' and old.status <> 'cancelled'` },
  { kind: 'cafe-reinstated', when: `new.status <> 'cancelled' and old.status = 'cancelled'` },
]

const NOW = {
  sqlite: `strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`,
  postgres: `to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
}
