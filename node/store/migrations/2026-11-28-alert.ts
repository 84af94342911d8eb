/**
 * « Prévenez-moi » : who asked to hear of new cafés of a territory or around a point, by mail; nothing is sent before
 * `confirmed_at`. Each mail carries links of its own, kept as hashes. A mail that waits or left goes with its alert,
 * so that the address is nowhere once it is no longer wanted.
 */
export const up = {
  sqlite: `
create table alert (
  id text primary key,
  email text not null check (email like '%_@_%'),
  area text not null,
  place text not null,
  territory text,
  latitude real check (latitude between -90 and 90),
  longitude real check (longitude between -180 and 180),
  radius_km integer check (radius_km > 0),
  created_at text not null,
  confirmed_at text,
  expires_at text not null,
  reminded_at text,
  last_mail_at text,
  unique (email, area),
  check ((territory is null) = (radius_km is not null)),
  check ((radius_km is null) = (latitude is null)),
  check ((radius_km is null) = (longitude is null))
) strict;
create index alert_territory on alert (territory) where territory is not null;
create index alert_point on alert (latitude, longitude) where latitude is not null;
create index alert_expires_at on alert (expires_at);

create table alert_link (
  token_hash text primary key,
  alert_id text not null references alert on delete cascade,
  purpose text not null check (purpose in ('keep', 'stop')),
  created_at text not null
) strict, without rowid;
create index alert_link_alert on alert_link (alert_id);

create table alert_cafe (
  alert_id text not null references alert on delete cascade,
  cafe_id text not null references cafe on delete cascade,
  primary key (alert_id, cafe_id)
) strict, without rowid;
create index alert_cafe_cafe on alert_cafe (cafe_id);

alter table mail add column alert_id text references alert on delete cascade;
create index mail_alert on mail (alert_id) where alert_id is not null
`,
  postgres: `
create table alert (
  id text primary key,
  email text not null check (email like '%_@_%'),
  area text not null,
  place text not null,
  territory text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  radius_km bigint check (radius_km > 0),
  created_at text not null,
  confirmed_at text,
  expires_at text not null,
  reminded_at text,
  last_mail_at text,
  unique (email, area),
  check ((territory is null) = (radius_km is not null)),
  check ((radius_km is null) = (latitude is null)),
  check ((radius_km is null) = (longitude is null))
);
create index alert_territory on alert (territory) where territory is not null;
create index alert_point on alert (latitude, longitude) where latitude is not null;
create index alert_expires_at on alert (expires_at);

create table alert_link (
  token_hash text primary key,
  alert_id text not null references alert on delete cascade,
  purpose text not null check (purpose in ('keep', 'stop')),
  created_at text not null
);
create index alert_link_alert on alert_link (alert_id);

create table alert_cafe (
  alert_id text not null references alert on delete cascade,
  cafe_id text not null references cafe on delete cascade,
  primary key (alert_id, cafe_id)
);
create index alert_cafe_cafe on alert_cafe (cafe_id);

alter table mail add column alert_id text references alert on delete cascade;
create index mail_alert on mail (alert_id) where alert_id is not null
`,
}
