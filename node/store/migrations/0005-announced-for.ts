/**
 * A café that a referent announced at the directory for a structure: `announced_for` is the name of the structure, and
 * `announced_under` the territory of the mandate. Earlier ones are found in the journal, where the reason was the
 * structure.
 */
export const announcedFor = (): string[] => [
  'alter table cafe add column announced_for text',
  'alter table cafe add column announced_under text',
  `create index cafe_announced_under on cafe (announced_under, ends_at) where announced_under is not null`,
  `update cafe set
    announced_for = (select reason from journal where act = 'cafe-announced' and subject = cafe.id),
    announced_under = (select territory from journal where act = 'cafe-announced' and subject = cafe.id)
  where organization_id is not null and id in (select subject from journal where act = 'cafe-announced')`,
]
