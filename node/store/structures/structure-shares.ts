import { sql } from 'kysely'
import { MOST_CALENDARS } from '../../domain/cafes/followed-calendar.ts'
import { SHARE_OF_STRUCTURE } from '../../domain/limits/limits.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { appendAudit } from '../accounts/acts.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { findSiteStructure } from './site-structure.ts'

/** Finds how many shares of the site a hosted structure has; undefined for the structure whose name the site bears. */
export async function findShares(
  db: Database,
  organizationId: string,
): Promise<number | undefined> {
  return (await selectShares(db, { organizationId })).rows[0]?.shares
}

const selectShares = prepare((db, { organizationId }: { organizationId: string }) =>
  db
    .selectFrom('organization')
    .select('shares')
    .where('id', '=', organizationId)
    .where(
      sql<boolean>`organization.id <> (
        select id from organization order by created_at, id limit 1)`,
    ),
)

/** Finds how many more cafés to come, drafts included, a structure may have; infinite for that of the site. */
export async function findRoomForCafes(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<number> {
  const shares = await findShares(db, organizationId)
  if (shares === undefined) return Number.POSITIVE_INFINITY
  return shares * SHARE_OF_STRUCTURE.cafes - (await countToCome(db, organizationId, now))
}

/** Returns the problem beside the title of a new café where its structure has used its share of the site; else none. */
export async function findFull(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<Problem[]> {
  if ((await findRoomForCafes(db, organizationId, now)) > 0) return []
  const most = ((await findShares(db, organizationId)) ?? 1) * SHARE_OF_STRUCTURE.cafes
  return [{ field: 'title', code: 'cafes_full', detail: String(most) }]
}

/** Returns whether a structure may keep a picture of this id: it has it already, or its share of the site has room. */
export async function hasRoomForPicture(
  db: Database,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<boolean> {
  const shares = await findShares(db, organizationId)
  if (shares === undefined) return true
  const known = await db.selectFrom('media').select('id').where('id', '=', id).executeTakeFirst()
  const most = shares * SHARE_OF_STRUCTURE.pictures
  return known !== undefined || (await countPictures(db, organizationId)) < most
}

/** What a structure has here, and the most that it may have. */
export type UseOfSite = Record<'cafes' | 'pictures' | 'calendars', { used: number; most: number }>

/** Finds what a hosted structure uses of the site, beside its share. */
export async function findUseOfSite(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<UseOfSite & { shares: number }> {
  const shares = (await findShares(db, organizationId)) ?? 1
  const { calendars } = await db
    .selectFrom('followed_calendar')
    .select((eb) => eb.fn.countAll<number>().as('calendars'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  const { cafes, pictures } = SHARE_OF_STRUCTURE
  return {
    shares,
    cafes: { used: await countToCome(db, organizationId, now), most: shares * cafes },
    pictures: { used: await countPictures(db, organizationId), most: shares * pictures },
    calendars: { used: Number(calendars), most: MOST_CALENDARS },
  }
}

/**
 * Gives a hosted structure so many shares of the site; the journal says who did.
 * @returns Whether there is such a structure.
 */
export const saveShares = (
  db: Database,
  { id, shares, by }: { id: string; shares: number; by: string },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const site = await findSiteStructure(trx)
    const row = await trx
      .updateTable('organization')
      .set({ shares })
      .where('id', '=', id)
      .where('id', '<>', site?.id ?? '')
      .returning('name')
      .executeTakeFirst()
    if (!row) return false
    await appendAudit(trx, { who: by, act: 'structure-share', about: row.name }, now)
    return true
  })

async function countToCome(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<number> {
  const { rows } = await selectToCome(db, { organizationId, since: toInstantText(now) })
  return Number(rows[0]?.total ?? 0)
}

const selectToCome = prepare(
  (db, { organizationId, since }: { organizationId: string; since: string }) =>
    db
      .selectFrom('cafe')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('organization_id', '=', organizationId)
      .where('starts_at', '>', since),
)

async function countPictures(db: Database, organizationId: string): Promise<number> {
  const { total } = await db
    .selectFrom('media')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  return Number(total)
}
