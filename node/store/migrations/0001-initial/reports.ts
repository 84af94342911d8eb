import type { Dialect, Statements } from '../dialect.ts'

/**
 * What was told of cafés after they took place, ours (`organization_id`) and those of others. `uri` is the ActivityPub id of a report that
 * other servers are told; null where they are not. `is_held` is 0 where the café did not take place. `is_counted` is 0
 * while nobody has confirmed a number that is much larger than such cafés have. `words`, `next_steps` and the picture
 * are shown to others where they are public. `picture` is a picture of ours; the one of another server stays there.
 * `hidden_reason` is why this server shows it to nobody, of a report or of one question.
 */
export const reports = ({ integer, strict }: Dialect): Statements => `
create table report (
  cafe_id text primary key references cafe on delete cascade,
  organization_id text references organization on delete cascade,
  uri text unique,
  is_held ${integer} not null check (is_held in (0, 1)),
  participants ${integer} check (participants between 0 and 100000),
  first_timers ${integer} check (first_timers between 0 and participants),
  format text check (format <> ''),
  next_steps text check (next_steps <> ''),
  words text check (words <> ''),
  is_text_public ${integer} not null check (is_text_public in (0, 1)),
  picture text references media,
  picture_alt text check (picture_alt <> ''),
  is_picture_public ${integer} not null check (is_picture_public in (0, 1)),
  is_counted ${integer} not null check (is_counted in (0, 1)),
  hidden_reason text check (hidden_reason <> ''),
  created_at text not null,
  updated_at text not null,
  check (is_held = 0 or participants is not null),
  check (is_held = 1 or (participants is null and first_timers is null)),
  check ((picture is null) = (picture_alt is null)),
  check (first_timers is null or participants is not null)
) ${strict};
create index report_organization on report (organization_id) where organization_id is not null;
create index report_picture on report (picture) where picture is not null;

create table report_question (
  id text primary key,
  cafe_id text not null references report on delete cascade,
  position ${integer} not null,
  text text not null check (text <> '' and length(text) <= 200),
  theme text check (theme <> ''),
  hidden_reason text check (hidden_reason <> ''),
  unique (cafe_id, position)
) ${strict};
`
