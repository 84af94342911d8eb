import { sql } from 'kysely'
import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { isOpenByAddress } from '../cafes/visibility.ts'
import type { Database } from '../database/database.ts'
import { toFacilitator } from './facilitators.ts'

/** What shows a picture now, by which the server decides who may read its files. */
export type MediaUse = {
  organizationId: string
  isOfPerson: boolean
  /** Whether a café that everybody may see, what is told of one, or a structure, shows it. */
  isOpen: boolean
  /** The cafés that show it, in whatever state. */
  cafeIds: string[]
  /** The profile that shows it, in whatever state; `visibleTo` decides who may see its photo. */
  profile: Facilitator | undefined
}

/** Finds what shows this picture; undefined where the picture is not kept here. */
export async function findMediaUse(db: Database, id: string): Promise<MediaUse | undefined> {
  const media = await db
    .selectFrom('media')
    .select(['organization_id', 'of_person'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!media) return undefined
  const cafes = await db
    .selectFrom('cafe')
    .select(['cafe.id', sql<number | boolean>`${isOpenByAddress}`.as('is_open')])
    .where('cafe.media_id', '=', id)
    .execute()
  const report = await db
    .selectFrom('report')
    .innerJoin('cafe', 'cafe.id', 'report.cafe_id')
    .select('report.cafe_id')
    .where('report.picture', '=', id)
    .where('is_picture_public', '=', 1)
    .where('is_counted', '=', 1)
    .where('report.hidden_reason', 'is', null)
    .where(isOpenByAddress)
    .executeTakeFirst()
  const logo = await db
    .selectFrom('organization')
    .select('id')
    .where('id', '=', media.organization_id)
    .where((eb) => eb.or([eb('logo_id', '=', id), eb('partners', 'like', `%${id}%`)]))
    .where('suspended_at', 'is', null)
    .where((eb) => eb.or([eb('closed_past', 'is', null), eb('closed_past', '<>', 'gone')]))
    .executeTakeFirst()
  const profile = await db
    .selectFrom('facilitator')
    .selectAll()
    .where('media_id', '=', id)
    .executeTakeFirst()
  return {
    organizationId: media.organization_id,
    isOfPerson: media.of_person === 1,
    isOpen:
      logo !== undefined || report !== undefined || cafes.some((cafe) => Boolean(cafe.is_open)),
    cafeIds: cafes.map((cafe) => cafe.id),
    profile: profile && toFacilitator(profile),
  }
}
