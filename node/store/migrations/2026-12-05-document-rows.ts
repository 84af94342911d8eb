/**
 * Documents as ordinary rows: in a table without rowid whatever is longer than a quarter of a page takes a page of its
 * own, four times what a packed text needs.
 */
export const up = {
  sqlite: `
create table document_anew (
  uri text primary key,
  updated_at text not null,
  body text not null
) strict;
insert into document_anew (uri, updated_at, body) select uri, updated_at, body from document;
drop table document;
alter table document_anew rename to document;
`,
  postgres: '',
}
