import type { Dialect, Statements } from './dialect.ts'

/**
 * What a directory says was deleted or withdrawn after the backup from which this site was restored; it is hidden here
 * until the team has decided. `subject` is the id of a café or of a profile of this site.
 */
export const claimedErasures = ({ strict }: Dialect): Statements => `
create table claimed_erasure (
  kind text not null check (kind in ('cafe', 'facilitator')),
  subject text not null,
  directory text not null,
  at text not null,
  primary key (kind, subject)
) ${strict};
`
