import type { Dialect, Statements } from './dialect.ts'

/**
 * Records that one of our keys was given up, as `0002-gone-rows.ts` records deletions, by its public id: a restored
 * older backup would sign with it, and signatures of a leaked key are not believed any more.
 */
export const givenUpKeys = ({ isPostgres }: Dialect): Statements =>
  KINDS.flatMap(({ kind, when }) => {
    const name = `gone_${kind.replace('-', '_')}`
    const insert = `insert into gone_row (kind, id, at) values ('${kind}', old.key_id, ${isPostgres ? NOW.postgres : NOW.sqlite});`
    return isPostgres
      ? [
          `create function ${name}() returns trigger language plpgsql as $$ begin ${insert} return null; end $$`,
          `create trigger ${name} after update of retired_at on actor_key for each row when (${when}) execute function ${name}()`,
        ]
      : [
          `create trigger ${name} after update of retired_at on actor_key for each row when ${when} begin ${insert} end`,
        ]
  })

/** The date of a leaked key (`NEVER_TRUSTED` of the domain). */
const NEVER = `'1970-01-01T00:00:00Z'`

const KINDS = [
  { kind: 'key-replaced', when: `old.retired_at is null and new.retired_at <> ${NEVER}` },
  {
    kind: 'key-leaked',
    when: `new.retired_at = ${NEVER} and old.retired_at is distinct from ${NEVER}`,
  },
]

const NOW = {
  sqlite: `strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`,
  postgres: `to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
}
