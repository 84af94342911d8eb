/** Without ids: what changed lately is not listed in the order of its changes. */
const anew = `
drop index cafe_updated_at;
create index cafe_updated_at on cafe (updated_at)
`

export const up = { sqlite: anew, postgres: anew }
