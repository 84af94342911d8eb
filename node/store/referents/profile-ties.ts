import type { Referent } from '../../domain/referents/referent.ts'
import { orNull } from '../database/columns.ts'
import { inTransaction, type OpenDatabase } from '../database/database.ts'
import { listClaimants } from '../facilitators/claims.ts'
import { signAnew } from './appointments.ts'
import { logConsent } from './consents.ts'
import { findReferent, todayIn } from './referents.ts'

type Tie = {
  id: string
  /** The profile; undefined where the mandate is to name none. */
  profile: string | undefined
  /** The mandate's address, which the profile must name. */
  mandate: string
  /** The text that the person was shown. */
  text: string
  lang: string
}

/**
 * Notes that the person, by the mandate's own link, says that a profile is theirs, or no longer says so: what was
 * signed is revoked and signed anew. Repeating it changes nothing. False where the mandate is over or not agreed to,
 * and where the profile is not one that everybody may see and that names this very mandate.
 */
export const linkProfile = (
  db: OpenDatabase,
  { id, profile, mandate, text, lang }: Tie,
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const referent = await findReferent(trx, id)
    if (!referent || !mayBeTied(referent, now)) return false
    if (referent.facilitatorUri === profile) return true
    if (profile !== undefined) {
      const claimants = await listClaimants(trx, mandate, now)
      if (!claimants.some(({ uri }) => uri === profile)) return false
    }
    await trx
      .updateTable('referent')
      .set({ facilitator_uri: orNull(profile) })
      .where('id', '=', id)
      .execute()
    await logConsent(trx, { id, act: 'consented', text, lang }, now)
    await signAnew(trx, id, now)
    return true
  })

/** Returns whether a mandate may name a profile: its person has agreed to it, and it is not over. */
const mayBeTied = (
  { state, territory, endsOn }: Pick<Referent, 'state' | 'territory' | 'endsOn'>,
  now: Temporal.Instant,
): boolean =>
  (state === 'consented' || state === 'appointed') &&
  Temporal.PlainDate.compare(endsOn, todayIn(territory, now)) >= 0
