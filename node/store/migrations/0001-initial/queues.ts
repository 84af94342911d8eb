import type { Dialect, Statements } from '../dialect.ts'

/**
 * Outgoing messages: a `change` becomes an activity, and an activity a delivery for each inbox. Their numbers give the
 * order and are never used again. Deliveries of one `kind` and `line` to one inbox are sent one after the other. A
 * `document` is the signed text of an object of ours other than a café.
 */
export const sent = ({ bytes, integer, countedOnce, strict }: Dialect): Statements => `
create table change (
  id ${countedOnce},
  body text not null,
  created_at text not null,
  due_at text not null,
  attempts ${integer} not null default 0,
  error text,
  done_at text
) ${strict};
create index change_pending on change (id) where done_at is null;

create table activity (
  seq ${countedOnce},
  id text not null unique,
  actor text not null,
  type text not null,
  object_uri text not null,
  body ${bytes} not null,
  created_at text not null
) ${strict};
create index activity_actor on activity (actor, seq);

create table delivery (
  id ${countedOnce},
  activity_seq ${integer} not null references activity on delete cascade,
  signer text not null,
  inbox text not null,
  host text not null,
  kind text not null check (kind in ('cafe', 'word', 'note', 'announce', 'copy')),
  line text not null,
  due_at text not null,
  lease_until text,
  attempts ${integer} not null default 0,
  last_error text,
  parked_at text,
  created_at text not null,
  unique (activity_seq, inbox)
) ${strict};
create index delivery_due on delivery (due_at, id)
  where parked_at is null and kind in ('cafe', 'word');
create index delivery_due_aside on delivery (due_at, id)
  where parked_at is null and kind in ('note', 'announce', 'copy');
create index delivery_order on delivery (inbox, line, id);
create index delivery_host on delivery (host);

create table document (
  uri text primary key,
  body ${bytes} not null
) ${strict};
`

/**
 * Work that others cause. A `task` is a reading of another server: `requester` is who caused it, and each requester has
 * a queue of its own; `host` is the server to read; `asked_again` is 1 when it was requested again since it was leased;
 * `not_before` is set while a budget is spent, and nothing makes the task due sooner. `seen` holds the activities that
 * were received. `cafe_pace` says how often followers are told of one café; `share` counts what is stored or forwarded
 * for each registrable domain, and its `day` is empty for what is stored now.
 */
export const received = ({ integer, countedOnce, strict, strictByKey }: Dialect): Statements => `
create table task (
  id ${countedOnce},
  kind text not null,
  subject text not null,
  requester text not null,
  host text not null,
  cursor text,
  due_at text not null,
  not_before text,
  lease_until text,
  asked_again ${integer} not null default 0 check (asked_again in (0, 1)),
  attempts ${integer} not null default 0,
  last_error text,
  created_at text not null,
  unique (kind, subject, requester)
) ${strict};
create index task_requester on task (requester, due_at, id);
create index task_host on task (host);
create index task_leased on task (lease_until, host) where lease_until is not null;

create table seen (
  actor text not null,
  activity_id text not null,
  at text not null,
  primary key (actor, activity_id)
) ${strictByKey};
create index seen_at on seen (at);

create table cafe_pace (
  cafe_uri text primary key,
  window_at text not null,
  updates ${integer} not null check (updates >= 0),
  waiting_update ${integer},
  noted_at text,
  day_at text,
  notes ${integer} not null check (notes >= 0),
  full_noted_at text,
  free_noted_at text,
  waiting_note ${integer},
  believed text
) ${strictByKey};
create index cafe_pace_window_at on cafe_pace (window_at);

create table share (
  domain text not null,
  kind text not null,
  day text not null,
  total ${integer} not null,
  primary key (domain, kind, day)
) ${strictByKey};
create index share_day on share (day);
`

/**
 * Mails that wait to be sent, as the name of a template with its parameters: their links are made when they are sent,
 * so that no secret is stored. A mail is deleted with the alert or the profile that it is about, so that no address
 * stays once it is not wanted any more.
 */
export const mails = ({ integer, strict, isOneLine }: Dialect): Statements => `
create table mail (
  id text primary key,
  template text not null check (template <> ''),
  about text,
  params text not null default '{}',
  recipient text not null check (${isOneLine('recipient')}),
  by_phone ${integer} not null default 0 check (by_phone in (0, 1)),
  subject text not null default '' check (${isOneLine('subject')}),
  reply_to text,
  alert_id text references alert on delete cascade,
  facilitator_id text references facilitator on delete cascade,
  created_at text not null,
  due_at text not null,
  expires_at text not null,
  attempts ${integer} not null default 0,
  sent_at text,
  dropped_at text,
  error text,
  check (recipient like '%_@_%' or by_phone = 1)
) ${strict};
create index mail_due on mail (due_at) where sent_at is null and dropped_at is null;
create index mail_recipient on mail (recipient, created_at);
create index mail_about on mail (about) where about is not null;
create index mail_alert on mail (alert_id) where alert_id is not null;
create index mail_facilitator on mail (facilitator_id) where facilitator_id is not null;
`

/**
 * What is sent to other programs. A `webhook` tells of what changes in its `search`: a reader of it knows all up to the
 * mark `since`; while the pages of a round are read, `upto` is the mark with which it began and `place` where it goes
 * on. A `webhook_message` waits until it is delivered or given up, one of each kind at a time, and those that are over
 * are kept for a while without their `body`. The secret of a webhook is not stored: it is made of its id and the key of
 * the site.
 */
export const webhooks = ({ integer, strict }: Dialect): Statements => `
create table webhook (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  token_id text not null references api_token on delete cascade,
  url text not null check (url <> ''),
  host text not null check (host <> ''),
  search text not null,
  since text not null,
  upto text,
  place text,
  failing_since text,
  stopped_at text,
  created_at text not null
) ${strict};
create index webhook_organization on webhook (organization_id);
create index webhook_token on webhook (token_id);

create table webhook_message (
  id text primary key,
  webhook_id text not null references webhook on delete cascade,
  kind text not null check (kind in ('changes', 'restart', 'test')),
  items ${integer} not null check (items >= 0),
  body text not null,
  created_at text not null,
  due_at text not null,
  attempts ${integer} not null default 0,
  tried_at text,
  status ${integer},
  error text,
  over_at text,
  is_delivered ${integer} not null default 0 check (is_delivered in (0, 1)),
  check (is_delivered = 0 or over_at is not null)
) ${strict};
create index webhook_message_of on webhook_message (webhook_id, created_at);
create unique index webhook_message_waiting on webhook_message (webhook_id, (kind = 'test'))
  where over_at is null;
create index webhook_message_due on webhook_message (due_at, id) where over_at is null;
`
