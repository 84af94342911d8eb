/**
 * `alike` holds the pairs of announcements that are of one café by themselves, the lesser id first. Those of one origin
 * are shown once; of two origins both are shown until the team decides (`reason` 'team'). What had stepped back before
 * for another origin's is shown again within minutes, since nothing stands for it any more; the pairs are looked for
 * again among all that is to come (`alike-judged` in `setting`).
 */
const alike = `
create table alike (
  one_id text not null references cafe on delete cascade,
  other_id text not null references cafe on delete cascade,
  reason text not null check (reason in ('uid', 'likeness')),
  primary key (one_id, other_id),
  check (one_id < other_id)
)`

const duplicate = `
create table duplicate (
  cafe_id text primary key references cafe on delete cascade,
  shown_id text not null references cafe on delete cascade,
  reason text not null check (reason in ('uid', 'likeness', 'team')),
  check (cafe_id <> shown_id)
)`

const indexes = [
  'create index duplicate_shown on duplicate (shown_id)',
  'create index alike_other on alike (other_id)',
]

/** With the table went the triggers that have pages made again. */
const triggers = (end: string): string[] =>
  ['insert', 'update', 'delete'].map(
    (event) => `create trigger content_duplicate_${event} after ${event} on duplicate ${end}`,
  )

export const up = {
  sqlite: [
    `${alike} strict, without rowid`,
    'drop table duplicate',
    `${duplicate} strict, without rowid`,
    ...indexes,
    ...triggers('begin update content_version set version = abs(random() % 9007199254740992); end'),
  ],
  postgres: [
    alike,
    'drop table duplicate',
    duplicate,
    ...indexes,
    ...triggers('for each statement execute function content_changed()'),
  ],
}
