/** Without the ids, by which only cafés of the same second are put in order. */
const anew = `
drop index cafe_starts_at;
create index cafe_starts_at on cafe (starts_at);
drop index cafe_updated_at;
create index cafe_updated_at on cafe (updated_at)
`

export const up = { sqlite: anew, postgres: anew }
