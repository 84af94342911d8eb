/** New cafés that alerts were looked up for in the last hours: what is written late is found, and nothing is told twice. */
const table = (words: string) => `
create table alert_seen (
  cafe_id text primary key references cafe on delete cascade,
  at text not null
)${words};
create index alert_seen_at on alert_seen (at)
`

export const up = { sqlite: table(' strict, without rowid'), postgres: table('') }
