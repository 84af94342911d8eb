/**
 * What an audience finds a profile by: a narrow row for everybody, one for the structures of the network, with nothing
 * in them that this audience may not see. They are written with the profile and go with it; whatever is missing is made at
 * the next start.
 */
const table = ({ real, end }: { real: string; end: string }) => [
  `create table facilitator_entry (
  facilitator_id text not null references facilitator on delete cascade,
  audience text not null check (audience in ('public', 'network')),
  name text not null,
  peer_id text,
  organization_id text,
  word text not null,
  territory text,
  departement text,
  region text,
  latitude ${real},
  longitude ${real},
  radius_km ${real},
  training text,
  languages text not null,
  formats text not null,
  themes text not null,
  words text not null,
  expires_at text,
  primary key (audience, name, facilitator_id)
)${end}`,
  `create index facilitator_entry_facilitator on facilitator_entry (facilitator_id)`,
]

export const up = {
  sqlite: table({ real: 'real', end: ' strict, without rowid' }),
  postgres: table({ real: 'double precision', end: '' }),
}
