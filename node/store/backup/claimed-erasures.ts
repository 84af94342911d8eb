import type { Cafe } from '../../domain/cafes/cafe.ts'
import { type Author, decideDeletion } from '../../domain/cafes/edit.ts'
import { saveEdit } from '../accounts/saved-edit.ts'
import { findCafeByUri } from '../cafes/cafes.ts'
import { releaseOrphans } from '../cafes/duplicates.ts'
import { OWN_CAFE } from '../cafes/own-cafes.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { findFacilitatorByUri } from '../facilitators/facilitators.ts'
import { unpublishFacilitator, withdrawFacilitator } from '../facilitators/publication.ts'

/**
 * What a directory says was deleted after the backup. It may be wrong or lie, so what it names is hidden at once and
 * kept until the team confirms that it was deleted, or shows it again. A profile that is put back waits for its person,
 * since nobody here knows what they agreed to last.
 */

export type Claim = {
  kind: 'cafe' | 'facilitator'
  /** The id of a café or of a profile of this site. */
  subject: string
}

export type ListedClaim = Claim & {
  /** The title of a café, the name of a person. */
  name: string
  /** Undefined for anything but a café. */
  startsAt: Temporal.Instant | undefined
  timezone: string | undefined
  /** The host that says so, and the time when it learned of it. */
  directory: string
  at: Temporal.Instant
}

type ErasureClaim = { uri: string; directory: string; at: Temporal.Instant }

/**
 * Hides a café of ours that is or will be shown; a directory may name nothing else.
 * @returns Whether it was hidden.
 */
export async function unpublishClaimedCafe(
  trx: Database,
  { uri, directory, at }: ErasureClaim,
  now: Temporal.Instant,
): Promise<boolean> {
  const cafe = await findCafeByUri(trx, uri)
  if (!cafe?.organizationId || cafe.publication === 'draft') return false
  const by: Author = { kind: 'directory', name: directory }
  // One that the backup has as planned was published before it was deleted.
  const decide = ({ publishedAt = at, ...current }: Cafe) => ({
    value: { ...current, publishedAt, publication: 'draft' as const },
  })
  await saveEdit(trx, OWN_CAFE, { id: cafe.id, by, seen: undefined, decide }, now)
  await releaseOrphans(trx, now)
  await insertClaim(trx, { kind: 'cafe', subject: cafe.id, directory, at })
  return true
}

/** The maximum number of cafés that are not here and that directories may name as deleted. */
const MOST_UNKNOWN = 10_000

/**
 * Remembers, until every directory has answered, that one says that a café was deleted which the backup does not have:
 * another directory may still have its text.
 */
export async function claimUnknownCafe(
  trx: Database,
  { uri, ...said }: ErasureClaim,
): Promise<void> {
  const { total } = await trx
    .selectFrom('claimed_erasure')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  if (Number(total) < MOST_UNKNOWN)
    await insertClaim(trx, { kind: 'cafe', subject: uri.slice(uri.lastIndexOf('/') + 1), ...said })
}

/** Deletes what was said of cafés that are not here, since nobody can bring them back any more. */
export async function forgetUnknownClaims(trx: Database): Promise<void> {
  await trx
    .deleteFrom('claimed_erasure')
    .where('kind', '=', 'cafe')
    .where('subject', 'not in', (eb) => eb.selectFrom('cafe').select('id'))
    .execute()
}

/** Returns whether a directory says that this café was deleted, and the team has not decided. */
export async function isClaimed(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('claimed_erasure')
    .select('subject')
    .where('kind', '=', 'cafe')
    .where('subject', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Hides a profile of ours that its person withdrew (`gone`), or changed and agreed to anew, after what is shown here.
 * @returns Whether it was a profile of ours.
 */
export async function unpublishClaimedFacilitator(
  trx: Database,
  { uri, directory, at, isGone }: ErasureClaim & { isGone: boolean },
  now: Temporal.Instant,
): Promise<boolean> {
  const facilitator = await findFacilitatorByUri(trx, uri)
  if (facilitator?.peerId !== undefined || facilitator?.state !== 'published') return false
  const shown = isGone ? facilitator.consentedAt : facilitator.updatedAt
  const order = shown ? Temporal.Instant.compare(at, shown) : 1
  if (isGone ? order < 0 : order <= 0) return false
  await unpublishFacilitator(trx, facilitator.id, now)
  if (isGone)
    await insertClaim(trx, { kind: 'facilitator', subject: facilitator.id, directory, at })
  return true
}

const insertClaim = (
  trx: Database,
  { at, ...claim }: Claim & { directory: string; at: Temporal.Instant },
) =>
  trx
    .insertInto('claimed_erasure')
    .values({ ...claim, at: toInstantText(at) })
    .onConflict((oc) => oc.doNothing())
    .execute()

/** Lists what waits for the team, cafés first. What was deleted in another way since is no longer listed. */
export async function listClaims(
  db: Database,
  { limit }: { limit: number },
): Promise<{ items: ListedClaim[]; total: number }> {
  const cafes = db
    .selectFrom('claimed_erasure as claim')
    .innerJoin('cafe', 'cafe.id', 'claim.subject')
    .where('claim.kind', '=', 'cafe')
    .where('cafe.publication', '=', 'draft')
  const people = db
    .selectFrom('claimed_erasure as claim')
    .innerJoin('facilitator', 'facilitator.id', 'claim.subject')
    .where('claim.kind', '=', 'facilitator')
    .where('facilitator.state', '=', 'unpublished')
  const ofCafes = await cafes
    .select(['claim.kind', 'claim.subject', 'claim.directory', 'claim.at'])
    .select(['cafe.title as name', 'cafe.starts_at', 'cafe.timezone'])
    .orderBy('cafe.starts_at', 'desc')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  const ofPeople = await people
    .select(['claim.kind', 'claim.subject', 'claim.directory', 'claim.at', 'facilitator.name'])
    .orderBy('facilitator.name')
    .orderBy('facilitator.id')
    .limit(limit - ofCafes.length)
    .execute()
  const counted = [
    await cafes.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    await people.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]
  return {
    items: [
      ...ofCafes.map(({ starts_at, at, ...claim }) => ({
        ...claim,
        at: fromInstantText(at),
        startsAt: fromInstantText(starts_at),
      })),
      ...ofPeople.map(({ at, ...claim }) => ({
        ...claim,
        at: fromInstantText(at),
        startsAt: undefined,
        timezone: undefined,
      })),
    ],
    total: counted.reduce((sum, { total }) => sum + Number(total), 0),
  }
}

/** What the team decided of these claims, and who of it. */
type Decided = { claims: readonly Claim[]; by: Author }

/**
 * Deletes what the team confirms was deleted.
 * @returns The ids of pictures whose files are to be removed.
 */
export const confirmClaims = (
  db: Database,
  { claims, by }: Decided,
  now: Temporal.Instant,
): Promise<{ mediaIds: string[] }> =>
  inTransaction(db, async (trx) => {
    const mediaIds: string[] = []
    for (const claim of await takeClaims(trx, claims)) {
      if (claim.kind === 'facilitator')
        mediaIds.push(...(await withdrawFacilitator(trx, claim.subject, now)).mediaIds)
      else {
        const edit = { id: claim.subject, by, seen: undefined }
        const decide = (cafe: Cafe) => (isHidden(cafe) ? decideDeletion() : { value: cafe })
        await saveEdit(trx, OWN_CAFE, { ...edit, decide }, now)
      }
    }
    return { mediaIds }
  })

/** Restores what the team says was not deleted: cafés are shown again, and profiles as soon as their people agree. */
export const rejectClaims = (
  db: Database,
  { claims, by }: Decided,
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const decide = (cafe: Cafe) => ({ value: isHidden(cafe) ? shownAgain(cafe) : cafe })
    for (const { kind, subject: id } of await takeClaims(trx, claims))
      if (kind === 'cafe') await saveEdit(trx, OWN_CAFE, { id, by, seen: undefined, decide }, now)
  })

const shownAgain = (cafe: Cafe): Cafe =>
  cafe.publishAt
    ? { ...cafe, publication: 'scheduled', publishedAt: undefined }
    : { ...cafe, publication: 'published' }

/** Removes those of the claims that still wait, and returns them. */
async function takeClaims(trx: Database, claims: readonly Claim[]): Promise<Claim[]> {
  const taken: Claim[] = []
  for (const { kind, subject } of claims) {
    const row = await trx
      .deleteFrom('claimed_erasure')
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .returning(['kind', 'subject'])
      .executeTakeFirst()
    if (row) taken.push(row)
  }
  return taken
}

/** Returns whether a café is still hidden; it may have been published in another way since. */
const isHidden = ({ publication }: Cafe): boolean => publication === 'draft'

/** Counts the cafés and profiles of this site that are shown. */
export async function countShown(db: Database): Promise<number> {
  const cafes = await db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('peer_id', 'is', null)
    .where('publication', '=', 'published')
    .executeTakeFirstOrThrow()
  const people = await db
    .selectFrom('facilitator')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('peer_id', 'is', null)
    .where('state', '=', 'published')
    .executeTakeFirstOrThrow()
  return Number(cafes.total) + Number(people.total)
}
