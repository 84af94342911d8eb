import type { Dialect } from './dialect.ts'

/** A draft whose day nobody has said: its `starts_at` only stands for one, and nothing shows it. */
export const undatedDrafts = ({ integer }: Dialect): string[] => [
  `alter table cafe add column undated ${integer} not null default 0
    check (undated in (0, 1) and (undated = 0 or publication = 'draft'))`,
]
