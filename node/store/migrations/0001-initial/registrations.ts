import type { Dialect, Statements } from '../dialect.ts'

/**
 * Who comes to the cafés of our structures. `rank` is the order in which people asked. An address has one
 * registration at a café that is not over (`registration_once_…`). What a person needs stands apart, since it is deleted the day after the
 * café. `seat_offer` has one row for each offer of a seat that became free: nobody is offered a seat twice for one
 * registration, and `free` says how many there were. A row of `registration_reminder` says that all who have seats were
 * reminded of the café on this day: nobody is reminded twice. `registration_count` keeps the numbers of a café, with those
 * that its team counted at the door, and nothing about a person; how many came of a registration (`present`) goes with it.
 * `registration_answer` has what a person answered, in the words of the question and of the answer as they were then.
 * `again_…` are the seats that are held since somebody typed the address of a registration once more, as for a new one.
 * `group_id` is the same for all dates of a series that a person asked for at once.
 */
export const registrations = ({ integer, strict, strictByKey }: Dialect): Statements => `
create table registration (
  id text primary key,
  cafe_id text not null references cafe on delete cascade,
  side text not null check (side in ('onsite', 'online')),
  state text not null
    check (state in ('unproven', 'confirmed', 'waiting', 'offered', 'cancelled', 'lapsed')),
  seats ${integer} not null check (seats between 1 and 6),
  name text not null check (name <> ''),
  email text,
  phone text,
  actor_uri text,
  handle text,
  join_uri text,
  source text not null check (source in ('form', 'team', 'fediverse', 'program')),
  is_by_adult ${integer} not null check (is_by_adult in (0, 1)),
  rank ${integer} not null,
  held_until text,
  created_at text not null,
  form_token text unique,
  group_id text,
  again_side text check (again_side in ('onsite', 'online')),
  again_seats ${integer} check (again_seats between 1 and 6),
  again_until text,
  again_token text,
  present ${integer} check (present between 0 and 6),
  unique (cafe_id, rank),
  check (state not in ('unproven', 'offered') or held_until is not null),
  check ((again_seats is null) = (again_side is null) and (again_seats is null) = (again_until is null)),
  check (state <> 'unproven' or email is not null),
  check (source = 'team' or email is not null or phone is not null or actor_uri is not null)
) ${strict};
create unique index registration_once_email on registration (cafe_id, email)
  where email is not null and state in ('unproven', 'confirmed', 'waiting', 'offered');
create unique index registration_once_actor on registration (cafe_id, actor_uri)
  where actor_uri is not null and state in ('unproven', 'confirmed', 'waiting', 'offered');
create index registration_of_actor on registration (actor_uri) where actor_uri is not null;
create index registration_group on registration (group_id) where group_id is not null;
create index registration_waiting on registration (cafe_id, rank) where state = 'waiting';
create index registration_again on registration (again_token) where again_token is not null;
create index registration_held on registration (held_until) where state in ('unproven', 'offered');

create table registration_need (
  registration_id text not null references registration on delete cascade,
  need text not null
    check (need in ('step-free', 'sign-language', 'hearing-loop', 'large-print', 'call-me')),
  primary key (registration_id, need)
) ${strictByKey};

create table registration_answer (
  registration_id text not null references registration on delete cascade,
  question text not null check (question <> ''),
  answer text not null check (answer <> ''),
  primary key (registration_id, question)
) ${strictByKey};

create table seat_offer (
  registration_id text primary key references registration on delete cascade,
  made_at text not null,
  until text not null,
  free ${integer}
) ${strict};

create table registration_reminder (
  cafe_id text not null references cafe on delete cascade,
  day text not null,
  reminder text not null check (reminder in ('week', 'eve', 'morning')),
  primary key (cafe_id, day, reminder)
) ${strictByKey};

create table registration_count (
  cafe_id text primary key references cafe on delete cascade,
  registered ${integer} not null,
  waited ${integer} not null,
  cancelled ${integer} not null,
  participants ${integer},
  absent ${integer},
  unregistered ${integer},
  counted_at text,
  count_key text,
  check ((counted_at is null) = (participants is null or absent is null or unregistered is null))
) ${strict};
`

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
