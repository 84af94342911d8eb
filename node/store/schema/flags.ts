import type { Appeal, Flag, FlagCase } from '../../domain/flags/flag.ts'
import {
  choice,
  describe,
  flag,
  instant,
  type Kind,
  number,
  optional,
  type RowOf,
  text,
} from './table.ts'

/** The tables of what is flagged. */
export interface FlagTables {
  flag_case: RowOf<typeof FLAG_CASE>
  flag: RowOf<typeof FLAG>
  appeal: RowOf<typeof APPEAL>
}

/** The columns of a case. */
export const FLAG_CASE = describe<FlagCase>()({
  id: text,
  kind: choice<FlagCase['kind']>(),
  uri: text,
  name: text,
  territory: optional(text),
  reason: choice<FlagCase['reason']>(),
  total: number,
  openedAt: instant,
  dueAt: instant,
  isForTeam: flag,
  forwardedAt: optional(instant),
  decidedAt: optional(instant),
  outcome: optional(choice<NonNullable<FlagCase['outcome']>>()),
  answer: text,
  decidedBy: optional(text),
})

/** The columns of one flag. */
export const FLAG = describe<Flag>()({
  id: text,
  caseId: text,
  reason: choice<Flag['reason']>(),
  words: text,
  email: optional(text),
  host: optional(text),
  at: instant,
})

/** The flag of an appeal; an empty text for the place, since each may appeal once. */
const flagOrPlace: Kind<string, string | undefined> = {
  toColumn: (value) => value ?? '',
  fromColumn: (column) => column || undefined,
}

/** The columns of an appeal. */
export const APPEAL = describe<Appeal>()({
  id: text,
  caseId: text,
  flagId: flagOrPlace,
  words: text,
  at: instant,
  dueAt: instant,
  decidedAt: optional(instant),
  isUpheld: optional(flag),
  answer: text,
})
