/**
 * A café belongs to the origin of its id. `cafe.peer_id` is the server through which it is heard: its own where that is
 * heard, else another one that announced it. `cafe_teller` keeps every server that announced a café of another origin,
 * so that the café stays when one of them goes. Cafés and structures that hang on another server although their own is
 * heard by now go to it.
 */
const ofTheirOwn = (address: string) => `
  select own.id from peer as own
    where (own.membership = 'member' or own.following = 'accepted')
      and substr(${address}, 1, length(own.origin) + 1) = own.origin || '/'
    order by case when own.membership = 'member' then 0 else 1 end, own.id limit 1`

const isElsewhere = (address: string) => `
  peer_id is not null
    and exists (select 1 from peer where peer.id = peer_id
      and substr(${address}, 1, length(peer.origin) + 1) <> peer.origin || '/')
    and exists (${ofTheirOwn(address)})`

const table = `create table cafe_teller (
  cafe_id text not null references cafe on delete cascade,
  peer_id text not null references peer on delete cascade,
  primary key (cafe_id, peer_id)
)`

const rest = [
  'create index cafe_teller_peer on cafe_teller (peer_id)',
  `insert into cafe_teller (cafe_id, peer_id)
    select cafe.id, cafe.peer_id from cafe join peer on peer.id = cafe.peer_id
    where substr(cafe.uri, 1, length(peer.origin) + 1) <> peer.origin || '/'`,
  `update cafe set peer_id = (${ofTheirOwn('cafe.uri')}) where ${isElsewhere('cafe.uri')}`,
  `update structure set peer_id = (${ofTheirOwn('structure.uri')})
    where ${isElsewhere('structure.uri')}`,
]

export const up = {
  sqlite: [`${table} strict, without rowid`, ...rest],
  postgres: [table, ...rest],
}
