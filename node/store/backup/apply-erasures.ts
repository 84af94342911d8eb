import type { Cafe } from '../../domain/cafes/cafe.ts'
import { decideCancellation, decideDeletion, OPERATOR } from '../../domain/cafes/edit.ts'
import { NEVER_TRUSTED } from '../../domain/federation/actor-key.ts'
import { saveEdit } from '../accounts/saved-edit.ts'
import { OWN_CAFE } from '../cafes/own-cafes.ts'
import { toInstantText } from '../database/columns.ts'
import { inTransaction, type OpenDatabase } from '../database/database.ts'
import { saveNamingAnswer } from '../facilitators/namings.ts'
import { unpublishFacilitator, withdrawFacilitator } from '../facilitators/publication.ts'
import { deleteMedia } from '../files/media.ts'
import { deleteFlagWords } from '../flags/forget-flags.ts'
import { appendReportDeletion } from '../queues/report-deletions.ts'
import { saveMandateAct } from '../referents/mandate-acts.ts'
import { deleteRegistration, findRegistration } from '../registrations/registrations.ts'
import { saveJoin } from '../registrations/seating.ts'
import { endRegistration, withSeating } from '../registrations/seats.ts'
import { deleteReport, findReport, saveReport } from '../reports/reports.ts'
import { OWN_RESOURCE } from '../resources/resources.ts'
import { deleteSuggestion } from '../suggestions/suggestions.ts'
import { deleteAlert } from '../territories/alerts.ts'
import { applyStructureErasures } from './apply-structure-erasures.ts'
import type { IsGone } from './erasure-journal.ts'

export type Erased = {
  cafes: number
  /** Cafés that were cancelled after the backup, and are cancelled again. */
  cancelled: number
  /** Profiles that their people withdrew. */
  facilitators: number
  /**
   * Profiles that are hidden until their people agree anew, since something that they show was changed after the
   * backup.
   */
  hidden: number
  /** What became of the keys with which the backup signs; undefined where it still has the current ones. */
  keys: 'replaced' | 'leaked' | undefined
  /** Ids of pictures whose files are to be removed. */
  mediaIds: string[]
}

const BY_COMMAND = { by: OPERATOR, seen: undefined }

/**
 * Removes from a restored database what was deleted after the backup, in the ways in which it was deleted: its address
 * answers 410, and other servers are told once more.
 */
export async function applyErasures(
  db: OpenDatabase,
  isGone: IsGone,
  now: Temporal.Instant,
): Promise<Erased> {
  const keys = await findGivenUp(db, isGone)
  const erased: Erased = {
    ...{ cafes: 0, cancelled: 0, facilitators: 0, hidden: 0, mediaIds: [] },
    keys,
  }
  const own = 'organization_id'
  const cafes = await db
    .selectFrom('cafe')
    .select(['id', 'status'])
    .where(own, 'is not', null)
    .execute()
  for (const { id, status } of cafes) {
    if (isGone('cafe', id)) {
      await saveEdit(db, OWN_CAFE, { ...BY_COMMAND, id, decide: decideDeletion }, now)
      erased.cafes += 1
    } else if (status !== 'cancelled' && isGone('cafe-cancelled', id)) {
      const decide = (cafe: Cafe) => decideCancellation(cafe, undefined)
      await saveEdit(db, OWN_CAFE, { ...BY_COMMAND, id, decide }, now)
      erased.cancelled += 1
    }
  }
  const people = await db
    .selectFrom('facilitator')
    .select(['id', 'updated_at'])
    .where(own, 'is not', null)
    .execute()
  for (const { id, updated_at } of people) {
    if (isGone('facilitator', id)) {
      const { mediaIds } = await withdrawFacilitator(db, id, now)
      erased.mediaIds.push(...mediaIds)
      erased.facilitators += 1
    } else if (isGone('facilitator-changed', `${id} ${updated_at}`)) {
      await unpublishFacilitator(db, id, now)
      erased.hidden += 1
    }
  }
  for (const { id } of await db
    .selectFrom('media')
    .select('id')
    .where('of_person', '=', 1)
    .execute()) {
    if (!isGone('picture', id)) continue
    await dropPicture(db, id)
    erased.mediaIds.push(id)
  }
  await deleteAccess(db, isGone)
  await takeBackNamings(db, isGone, now)
  await eraseSaid(db, isGone, now)
  await endRegistrations(db, isGone, now)
  await eraseReports(db, isGone, now)
  await endMandates(db, isGone, now)
  await applyStructureErasures(db, isGone, now)
  return erased
}

/** Says no again for who no longer wants to be named on a café; their account withdraws what it announced of it. */
async function takeBackNamings(
  db: OpenDatabase,
  isGone: IsGone,
  now: Temporal.Instant,
): Promise<void> {
  const contacts = await db
    .selectFrom('facilitator_contact')
    .select(['facilitator_id', 'always_named_at'])
    .where('always_named_at', 'is not', null)
    .execute()
  for (const { facilitator_id, always_named_at } of contacts)
    if (isGone('always-named', `${facilitator_id} ${always_named_at}`))
      await saveNamingAnswer(db, facilitator_id, { answer: 'ask' }, now)
  const namings = await db
    .selectFrom('cafe_facilitator')
    .select(['cafe_id', 'facilitator_id', 'answer'])
    .execute()
  for (const { cafe_id: cafeId, facilitator_id, answer } of namings)
    if (answer !== 'no' && isGone('naming-refused', `${cafeId} ${facilitator_id}`))
      await saveNamingAnswer(db, facilitator_id, { cafeId, answer: 'no' }, now)
}

/** Deletes what people have asked for, suggested or flagged, and the resources that structures no longer give. */
async function eraseSaid(db: OpenDatabase, isGone: IsGone, now: Temporal.Instant): Promise<void> {
  for (const { id } of await db.selectFrom('alert').select('id').execute())
    if (isGone('alert', id)) await deleteAlert(db, id)
  for (const { id } of await db.selectFrom('suggestion').select('id').execute())
    if (isGone('suggestion', id)) await deleteSuggestion(db, id)
  for (const { id } of await db.selectFrom('flag').select('id').execute())
    if (isGone('flag-words', id)) await deleteFlagWords(db, id)
  const resources = db.selectFrom('resource').select('id').where('organization_id', 'is not', null)
  for (const { id } of await resources.execute())
    if (isGone('resource', id))
      await saveEdit(db, OWN_RESOURCE, { ...BY_COMMAND, id, decide: decideDeletion }, now)
}

async function endMandates(db: OpenDatabase, isGone: IsGone, now: Temporal.Instant): Promise<void> {
  for (const { id } of await db.selectFrom('referent').select('id').execute())
    if (
      isGone('referent', id) &&
      !(await saveMandateAct(db, id, { act: 'end', reason: 'ended', by: OPERATOR }, now))
    )
      await db.deleteFrom('referent').where('id', '=', id).execute()
}

/** Gives back the seats of who has cancelled or is erased; nobody is told again. */
async function endRegistrations(
  db: OpenDatabase,
  isGone: IsGone,
  now: Temporal.Instant,
): Promise<void> {
  const all = await db.selectFrom('registration').select(['id', 'cafe_id']).execute()
  for (const { id, cafe_id: cafeId } of all) {
    const isErased = isGone('registration', id)
    if (!isErased && !isGone('registration-cancelled', id)) continue
    await inTransaction(db, async (trx) => {
      await withSeating(trx, { cafeId, now }, async (seating) => {
        const one = await findRegistration(trx, id)
        if (one) await endRegistration(seating, await saveJoin(seating, one, undefined))
      })
      if (isErased) await deleteRegistration(trx, id)
    })
  }
}

/**
 * Deletes the reports that were deleted since then. Of one that was changed, the team alone has the texts, and the
 * questions are gone: one of them may have been taken out.
 */
async function eraseReports(
  db: OpenDatabase,
  isGone: IsGone,
  now: Temporal.Instant,
): Promise<void> {
  const all = await db
    .selectFrom('report')
    .select(['cafe_id', 'created_at', 'updated_at'])
    .where('organization_id', 'is not', null)
    .execute()
  for (const { cafe_id: cafeId, created_at, updated_at } of all) {
    const isDeleted = isGone('report', `${cafeId} ${created_at}`)
    if (!isDeleted && !isGone('report-changed', `${cafeId} ${updated_at}`)) continue
    await inTransaction(db, async (trx) => {
      const report = await findReport(trx, cafeId)
      if (isDeleted || !report) {
        await appendReportDeletion(trx, cafeId, now)
        return deleteReport(trx, cafeId)
      }
      const asked = { isTextPublic: false, isPicturePublic: false, questions: [] }
      await saveReport(trx, { ...report, ...asked })
    })
  }
}

/** Finds whether keys were given up after the backup; one that was given up before it is no news. */
async function findGivenUp(db: OpenDatabase, isGone: IsGone): Promise<Erased['keys']> {
  const rows = await db.selectFrom('actor_key').select(['key_id', 'retired_at']).execute()
  const never = toInstantText(NEVER_TRUSTED)
  if (rows.some(({ key_id, retired_at }) => retired_at !== never && isGone('key-leaked', key_id)))
    return 'leaked'
  return rows.some(({ key_id, retired_at }) => !retired_at && isGone('key-replaced', key_id))
    ? 'replaced'
    : undefined
}

async function dropPicture(db: OpenDatabase, id: string): Promise<void> {
  for (const table of ['facilitator', 'facilitator_draft'] as const)
    await db.updateTable(table).set({ media_id: null }).where('media_id', '=', id).execute()
  await db
    .updateTable('report')
    .set({ picture: null, picture_alt: null })
    .where('picture', '=', id)
    .execute()
  await deleteMedia(db, id)
}

/** Removes the access that people have lost since then. */
async function deleteAccess(db: OpenDatabase, isGone: IsGone): Promise<void> {
  for (const { id } of await db.selectFrom('account').select('id').execute())
    if (isGone('account', id)) await db.deleteFrom('account').where('id', '=', id).execute()
  for (const { account_id, organization_id } of await db.selectFrom('role').selectAll().execute()) {
    const id = `${account_id} ${organization_id}`
    const isRole = { account_id, organization_id }
    if (isGone('role', id))
      await db
        .deleteFrom('role')
        .where((eb) => eb.and(isRole))
        .execute()
    else if (isGone('role-lowered', id))
      await db
        .updateTable('role')
        .set({ role: 'editor' })
        .where((eb) => eb.and(isRole))
        .execute()
  }
  const accesses = await db.selectFrom('network_manager').selectAll().execute()
  for (const { network_id, account_id, created_at } of accesses)
    if (isGone('network-access', `${network_id} ${account_id} ${created_at}`))
      await db
        .deleteFrom('network_manager')
        .where((eb) => eb.and({ network_id, account_id }))
        .execute()
  for (const { id } of await db.selectFrom('api_token').select('id').execute())
    if (isGone('api-token', id)) await db.deleteFrom('api_token').where('id', '=', id).execute()
}
