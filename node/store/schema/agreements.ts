import type { GeneratedAlways } from 'kysely'
import type { Agreement, AgreementKind, Side } from '../../domain/agreements/agreement.ts'
import { choice, describe, instant, optional, type RowOf, text } from './table.ts'

/** The table of agreements of two sides. */
export interface AgreementTables {
  agreement: AgreementTable
}

/** The columns of an agreement; its state follows from its instants. */
export const AGREEMENT = describe<Omit<Agreement, 'state'>>()({
  kind: choice<AgreementKind>(),
  subjectUri: text,
  objectUri: text,
  subjectName: text,
  offerId: optional(text),
  subjectAt: optional(instant),
  objectAt: optional(instant),
  endedAt: optional(instant),
  endedBy: optional(choice<Side>()),
})

interface AgreementTable extends RowOf<typeof AGREEMENT> {
  active: GeneratedAlways<number>
  /** When the subject answered the last invitation of the object; who is told of it, and who has read it, follow. */
  answered_at: string | null
  answer_told_at: string | null
  answer_read_at: string | null
}
