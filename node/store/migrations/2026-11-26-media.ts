/** Pictures kept here, in several files of one name each, and what a café says of its own. */
export const up = {
  sqlite: `
create table media (
  id text primary key check (length(id) = 32),
  organization_id text not null references organization on delete cascade,
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  sizes text not null check (json_valid(sizes)),
  created_at text not null
) strict, without rowid;
create index media_created_at on media (created_at);

alter table cafe add column media_id text references media;
alter table cafe add column image_credit text;
alter table cafe add column image_focal_x real check (image_focal_x between -1 and 1);
alter table cafe add column image_focal_y real check (image_focal_y between -1 and 1);
alter table cafe add column image_width integer check (image_width > 0);
alter table cafe add column image_height integer check (image_height > 0);
alter table cafe add column image_sizes text;
create index cafe_media on cafe (media_id) where media_id is not null
`,
  postgres: `
create table media (
  id text primary key check (length(id) = 32),
  organization_id text not null references organization on delete cascade,
  width bigint not null check (width > 0),
  height bigint not null check (height > 0),
  sizes text not null check (sizes is json),
  created_at text not null
);
create index media_created_at on media (created_at);

alter table cafe add column media_id text references media;
alter table cafe add column image_credit text;
alter table cafe add column image_focal_x double precision check (image_focal_x between -1 and 1);
alter table cafe add column image_focal_y double precision check (image_focal_y between -1 and 1);
alter table cafe add column image_width bigint check (image_width > 0);
alter table cafe add column image_height bigint check (image_height > 0);
alter table cafe add column image_sizes text;
create index cafe_media on cafe (media_id) where media_id is not null
`,
}
