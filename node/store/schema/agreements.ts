import type { GeneratedAlways } from 'kysely'
import type { AgreementKind, Side } from '../../domain/agreements/agreement.ts'

/** The table of agreements of two sides. */
export interface AgreementTables {
  agreement: {
    kind: AgreementKind
    subject_uri: string
    object_uri: string
    subject_name: string
    offer_id: string | null
    subject_at: string | null
    object_at: string | null
    ended_at: string | null
    ended_by: Side | null
    active: GeneratedAlways<number>
  }
}
