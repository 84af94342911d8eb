import type { Dialect, Statements } from '../dialect.ts'

/**
 * The people who asked to be told by mail of new cafés of a territory or around a point, or to get the letter each week
 * (`rhythm`). Nothing is sent before
 * `confirmed_at`. `alert_cafe` holds the cafés that are still to be mailed, `alert_seen` those for which alerts were
 * looked up in the last hours, so that late ones are found and none is mailed twice.
 */
export const alerts = ({ integer, real, strict, strictByKey }: Dialect): Statements => `
create table alert (
  id text primary key,
  email text not null check (email like '%_@_%'),
  area text not null,
  place text not null,
  territory text,
  latitude ${real} check (latitude between -90 and 90),
  longitude ${real} check (longitude between -180 and 180),
  radius_km ${integer} check (radius_km > 0),
  search text not null,
  rhythm text not null default 'new' check (rhythm in ('new', 'weekly')),
  created_at text not null,
  confirmed_at text,
  expires_at text not null,
  reminded_at text,
  last_mail_at text,
  unique (email, area, search, rhythm),
  check ((territory is null) = (radius_km is not null)),
  check ((radius_km is null) = (latitude is null)),
  check ((radius_km is null) = (longitude is null))
) ${strict};
create index alert_territory on alert (territory) where territory is not null;
create index alert_point on alert (latitude, longitude) where latitude is not null;
create index alert_expires_at on alert (expires_at);
create index alert_weekly on alert (area, search, id) where rhythm = 'weekly';

create table alert_cafe (
  alert_id text not null references alert on delete cascade,
  cafe_id text not null references cafe on delete cascade,
  primary key (alert_id, cafe_id)
) ${strictByKey};
create index alert_cafe_cafe on alert_cafe (cafe_id);

create table alert_seen (
  cafe_id text primary key references cafe on delete cascade,
  at text not null
) ${strictByKey};
create index alert_seen_at on alert_seen (at);
`

/**
 * The newsletter of the coming cafés: what the team puts forward or leaves out in the one that was sent (`letter` is its
 * id) and in the `next` one, and what the last two told, so that each tells what has changed since the one before.
 * `newsletter_text` is one as it is mailed to all who asked for the same.
 */
export const newsletters = ({ integer, strictByKey }: Dialect): Statements => `
create table newsletter_choice (
  letter text not null,
  cafe_id text not null references cafe on delete cascade,
  choice text not null check (choice in ('forward', 'out')),
  position ${integer} not null,
  primary key (letter, cafe_id)
) ${strictByKey};
create index newsletter_choice_cafe on newsletter_choice (cafe_id);

create table newsletter (
  id text primary key,
  sent_at text not null,
  opening text not null
) ${strictByKey};

create table newsletter_cafe (
  newsletter_id text not null references newsletter on delete cascade,
  cafe_id text not null,
  title text not null,
  url text not null,
  starts_at text not null,
  timezone text not null,
  status text not null,
  attendance_mode text not null check (attendance_mode in ('offline', 'online', 'mixed')),
  venue_name text,
  venue_commune text,
  primary key (newsletter_id, cafe_id)
) ${strictByKey};

create table newsletter_text (
  id text primary key,
  newsletter_id text not null references newsletter on delete cascade,
  area text not null,
  search text not null,
  subject text not null,
  plain text not null,
  html text not null,
  unique (newsletter_id, area, search)
) ${strictByKey};
`

/**
 * Monthly numbers (`2026-11`). `cafe_request` counts the requests for a café in a commune, and `cafe_request_visitor`
 * holds for one day the hashes that keep a visitor from counting twice. The cafés of a month and their organisers are
 * counted here so that the statistics page never reads the cafés themselves; `departement` is empty for cafés that are
 * online only, or at an unknown place. `grouped_count` counts the same cafés by kind of structure, format and network,
 * and under `recent` those of the last thirty days, whose first and last day are its key, under `communes` those of `first_cafe`. `first_cafe` is the first café
 * that was held in a commune.
 */
export const statistics = ({ integer, strictByKey }: Dialect): Statements => `
create table cafe_request (
  code_insee text not null,
  month text not null,
  departement text not null,
  region text not null,
  total ${integer} not null check (total > 0),
  seen ${integer} not null default 0 check (seen >= 0),
  primary key (code_insee, month)
) ${strictByKey};
create index cafe_request_departement on cafe_request (departement, month);
create index cafe_request_month on cafe_request (month);

create table cafe_request_visitor (
  day text not null,
  visitor_hash text not null,
  code_insee text not null,
  primary key (day, visitor_hash, code_insee)
) ${strictByKey};

create table monthly_count (
  month text not null check (length(month) = 7),
  departement text not null,
  held ${integer} not null check (held >= 0),
  to_come ${integer} not null check (to_come >= 0),
  cancelled ${integer} not null check (cancelled >= 0),
  reserved ${integer} not null default 0 check (reserved >= 0),
  reported ${integer} not null default 0 check (reported >= 0),
  participations ${integer} not null default 0 check (participations >= 0),
  first_timers ${integer} not null default 0 check (first_timers >= 0),
  asked_first ${integer} not null default 0 check (asked_first >= first_timers),
  primary key (month, departement)
) ${strictByKey};

create table grouped_count (
  grouping text not null check (grouping in ('type', 'format', 'reseau', 'recent', 'communes')),
  key text not null,
  label text not null,
  held ${integer} not null check (held >= 0),
  reported ${integer} not null check (reported between 0 and held),
  participations ${integer} not null check (participations >= 0),
  primary key (grouping, key)
) ${strictByKey};

create table first_cafe (
  code_insee text primary key,
  cafe_id text not null references cafe on delete cascade
) ${strictByKey};
create index first_cafe_cafe on first_cafe (cafe_id);

create table active_organizer (
  month text not null check (length(month) = 7),
  organizer_uri text not null,
  primary key (month, organizer_uri)
) ${strictByKey};
`

/**
 * The questions that came up at cafés, as everybody may read them: one row for each café and group, made of
 * `report_question` (`store/reports/asked-questions.ts`). `group_id` is a hash of the words that two questions must share;
 * those are in `question_group`, between spaces, for the search, with how many cafés of the group are shown and when the
 * last one was. A wording that is in `question_apart` is a group of its own, whatever words it shares. `source` says by
 * which server and of which origin the café came; it is null for ours. Whatever writes a café, or what a server's word
 * counts, keeps here whether the café is shown, and where and when it was.
 */
export const questions = ({ integer, strict, strictByKey, isPostgres }: Dialect): Statements => {
  const trigger = (name: string, when: string, body: string): string[] =>
    isPostgres
      ? [
          `create function ${name}() returns trigger language plpgsql as $$ begin
            ${body}; return null; end $$`,
          `create trigger ${name} ${when} for each row execute function ${name}()`,
        ]
      : [`create trigger ${name} ${when} for each row begin ${body}; end`]
  return [
    `create table question_group (
    id text primary key,
    words text not null,
    cafes ${integer} not null check (cafes >= 0),
    last_on text
  ) ${strictByKey}`,
    `create table asked_question (
    group_id text not null references question_group,
    cafe_id text not null references cafe on delete cascade,
    text text not null,
    wording text not null,
    theme text,
    asked_on text not null,
    departement text,
    region text,
    code_insee text,
    source text,
    shown ${integer} not null check (shown in (0, 1)),
    primary key (group_id, cafe_id)
  ) ${strict}`,
    `create table question_apart (
    wording text primary key,
    at text not null
  ) ${strictByKey}`,
    'create index question_group_order on question_group (cafes desc, last_on desc, id, words)',
    'create index asked_question_cafe on asked_question (cafe_id)',
    'create index asked_question_wording on asked_question (wording)',
    'create index asked_question_source on asked_question (source) where source is not null',
    'create index asked_question_newest on asked_question (group_id, shown, asked_on, cafe_id)',
    ...Object.entries({
      day: 'asked_on',
      theme: 'theme',
      departement: 'departement',
      region: 'region',
      commune: 'code_insee',
    }).map(
      ([name, column]) =>
        `create index asked_question_by_${name} on asked_question (shown, ${column}, group_id, asked_on)`,
    ),
    ...trigger(
      'asked_question_comes',
      'after insert on asked_question',
      countAgain('new', 'new.shown'),
    ),
    ...trigger(
      'asked_question_goes',
      'after delete on asked_question',
      countAgain('old', '-old.shown'),
    ),
    ...trigger(
      'asked_question_changes',
      'after update of shown, asked_on on asked_question',
      countAgain('new', 'new.shown - old.shown'),
    ),
    ...trigger(
      'asked_question_cafe_changes',
      'after update of publication, hidden_reason, status, wall_starts_at, departement, region, code_insee on cafe',
      `update asked_question set shown = ${shownAs('new')},
        departement = new.departement, region = new.region, code_insee = new.code_insee,
        asked_on = substr(new.wall_starts_at, 1, 10)
        where cafe_id = new.id`,
    ),
    ...trigger(
      'asked_question_source_changes',
      'after update of shown on search_source',
      `update asked_question set shown = (
          select ${shownAs('cafe')} from cafe where cafe.id = asked_question.cafe_id)
        where source = new.peer_id || ' ' || new.host`,
    ),
  ]
}

const countAgain = (row: 'new' | 'old', more: string): string => `update question_group set
  cafes = cafes + (${more}),
  last_on = (select max(asked_on) from asked_question where group_id = ${row}.group_id and shown = 1)
  where id = ${row}.group_id`

/** Whether everybody may read what is told of a café: 1 or 0. */
const shownAs = (cafe: 'new' | 'cafe'): string => `case when ${cafe}.publication = 'published'
  and ${cafe}.hidden_reason is null and ${cafe}.status not in ('cancelled', 'postponed')
  and exists (select 1 from report
    where report.cafe_id = ${cafe}.id and report.updated_at >= ${cafe}.starts_at)
  and not exists (select 1 from search_source as silenced where silenced.shown = 0
    and silenced.peer_id = ${cafe}.peer_id and silenced.host = ${cafe}.origin_host)
  then 1 else 0 end`
