import type { Dialect } from './dialect.ts'

/** A draft without a date: its `starts_at` is a placeholder, which nothing shows. */
export const undatedDrafts = ({ integer }: Dialect): string[] => [
  `alter table cafe add column undated ${integer} not null default 0
    check (undated in (0, 1) and (undated = 0 or publication = 'draft'))`,
]
