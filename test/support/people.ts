import { randomUUID } from 'node:crypto'
import type { Facilitator } from '../../node/domain/facilitator.ts'
import { appendChange } from '../../node/store/changes.ts'
import { findFacilitatorByUri, saveFacilitator } from '../../node/store/facilitators.ts'
import { deleteFilesOf } from '../../node/store/media-files.ts'
import { findFirstOrganization } from '../../node/store/organizations.ts'
import { withdrawFacilitator } from '../../node/store/publish-facilitator.ts'
import { hashSecret } from '../../node/store/secrets.ts'
import { aFacilitator } from './facilitator.ts'
import type { Site } from './network.ts'

/** A person of this site who agrees to be shown, told to the network at once. */
export async function publishPerson(
  site: Pick<Site, 'origin' | 'context'>,
  { handle = `camille-${randomUUID().slice(0, 8)}`, ...changes }: Partial<Facilitator> = {},
  email = 'personne@chez-elle.example',
): Promise<Facilitator> {
  const { db, now, wake } = site.context
  const uri = `${site.origin}/animation/${handle}`
  const second = now().round({ smallestUnit: 'second', roundingMode: 'floor' })
  const facilitator = aFacilitator({
    id: randomUUID(),
    handle,
    uri,
    url: uri,
    organizationId: (await findFirstOrganization(db))?.id,
    actorUri: changes.fediverse ? `${site.origin}/actors/${handle}` : undefined,
    photo: undefined,
    approvedAt: second,
    consentedAt: second,
    createdAt: second,
    updatedAt: second,
    expiresAt: second.add({ hours: 365 * 24 }),
    ...changes,
  })
  await db.transaction().execute(async (trx) => {
    const known = await findFacilitatorByUri(trx, uri)
    await saveFacilitator(trx, known ? { ...facilitator, id: known.id } : facilitator)
    const facilitatorId = known?.id ?? facilitator.id
    await trx
      .insertInto('facilitator_contact')
      .values({ facilitator_id: facilitatorId, email, confirmed_at: null, is_adult_at: null })
      .onConflict((oc) => oc.doNothing())
      .execute()
    await appendChange(
      trx,
      known
        ? { type: 'facilitator-changed', facilitatorId, leftDirectory: false, leftFediverse: false }
        : { type: 'facilitator-published', facilitatorId },
      now(),
    )
  })
  wake()
  return facilitator
}

/** Takes everything back, as the person's own link does; the id of the report. */
export async function withdrawPerson(
  { context }: Pick<Site, 'context'>,
  { id, uri }: Facilitator,
): Promise<string> {
  const { db, now, wake } = context
  const { mediaIds } = await withdrawFacilitator(db, id, now())
  for (const mediaId of mediaIds) await deleteFilesOf(context, mediaId)
  wake()
  const { id: withdrawalId } = await db
    .selectFrom('withdrawal')
    .select('id')
    .where('uri_hash', '=', hashSecret(uri))
    .executeTakeFirstOrThrow()
  return withdrawalId
}
