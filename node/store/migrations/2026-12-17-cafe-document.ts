/**
 * The signed texts of cafés in a table of their own: as bytes, under the café's id, and gone with it. Those that are
 * there come over as they were packed; each is packed anew when its café changes.
 */
export const up = {
  sqlite: `
create table cafe_document (
  cafe_id text primary key references cafe on delete cascade,
  body blob not null
) strict, without rowid;
insert into cafe_document (cafe_id, body)
  select cafe.id, cast(document.body as blob) from cafe join document on document.uri = cafe.uri order by cafe.id;
delete from document where uri in (select uri from cafe);
alter table document drop column updated_at
`,
  postgres: `
create table cafe_document (
  cafe_id text primary key references cafe on delete cascade,
  body bytea not null
);
insert into cafe_document (cafe_id, body)
  select cafe.id, convert_to(document.body, 'UTF8') from cafe join document on document.uri = cafe.uri;
delete from document where uri in (select uri from cafe);
alter table document drop column updated_at
`,
}
