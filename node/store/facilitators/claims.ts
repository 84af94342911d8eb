import { sql } from 'kysely'
import { nextUpdatedAt } from '../../domain/cafes/cafe.ts'
import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { CLAIMED_MANDATES, type MandateAddress } from '../../domain/referents/mandate-address.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { type Consent, endConsents, insertConsents } from './consents.ts'
import { findFacilitator, saveFacilitator } from './facilitators.ts'
import { listShownToAll } from './visible-profiles.ts'

/**
 * Which mandates a profile names as its person's. The directory that gave a mandate shows the two together once the
 * person has also confirmed it by the mandate's own link.
 */

/** Why a profile cannot name a mandate. */
export type ClaimRefusal = 'not-public' | 'other-directory' | 'full'

type Claim = {
  id: string
  mandate: MandateAddress
  /** The origin of this server, where it is a directory itself. */
  ownOrigin: string | undefined
  /** The consent in the words that were on the page. */
  consent: Pick<Consent, 'text' | 'lang' | 'isByHandedLink'>
}

/**
 * Notes that the person, by their profile's link, says that a mandate is theirs. Returns why it cannot be noted;
 * undefined when it is.
 */
export const addMandateClaim = (
  db: OpenDatabase,
  { id, mandate, ownOrigin, consent }: Claim,
  now: Temporal.Instant,
): Promise<ClaimRefusal | undefined> =>
  inTransaction(db, async (trx) => {
    const before = await findFacilitator(trx, id)
    if (before?.state !== 'published' || before.level !== 'public') return 'not-public'
    const { host, uri } = mandate
    if (mandate.origin !== ownOrigin && !before.directories.includes(host)) return 'other-directory'
    if (before.mandates.includes(uri)) return undefined
    if (before.mandates.length >= CLAIMED_MANDATES) return 'full'
    const consents = [{ ...consent, field: 'mandate', host, level: 'public' } as const]
    await insertConsents(trx, { facilitatorId: id, consents }, now)
    await saveMandates(trx, before, [...before.mandates, uri], now)
    return undefined
  })

/** Notes that the person no longer says so: nothing that a directory signs names the profile any more. */
export const removeMandateClaim = (
  db: OpenDatabase,
  { id, mandate }: Pick<Claim, 'id' | 'mandate'>,
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const before = await findFacilitator(trx, id)
    if (!before?.mandates.includes(mandate.uri)) return
    const rest = before.mandates.filter((uri) => uri !== mandate.uri)
    if (!rest.some((uri) => uri.startsWith(`${mandate.origin}/`)))
      await endConsents(trx, { facilitatorId: id, host: mandate.host, fields: ['mandate'] }, now)
    await saveMandates(trx, before, rest, now)
  })

async function saveMandates(
  trx: Database,
  before: Facilitator,
  mandates: string[],
  now: Temporal.Instant,
): Promise<void> {
  const updatedAt = nextUpdatedAt(before.updatedAt, now)
  await saveFacilitator(trx, { ...before, mandates, updatedAt }, now)
  const change = { facilitatorId: before.id, leftDirectory: false, leftFediverse: false }
  await appendChange(trx, { type: 'facilitator-changed', ...change }, now)
}

/** Lists the addresses of the profiles that everybody may see now and that name this mandate as their person's. */
export async function listClaimants(
  db: Database,
  mandate: string,
  now: Temporal.Instant,
): Promise<Facilitator[]> {
  const naming = sql<boolean>`mandates <> '[]'`
  const people = await listShownToAll(db, (rows) => rows.where(naming), now)
  return people.filter(({ mandates }) => mandates.includes(mandate))
}
