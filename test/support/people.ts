import { randomUUID } from 'node:crypto'
import type { Facilitator } from '../../node/domain/facilitator.ts'
import { appendChange } from '../../node/store/changes.ts'
import {
  deleteFacilitator,
  findFacilitatorByUri,
  saveFacilitator,
} from '../../node/store/facilitators.ts'
import { findFirstOrganization } from '../../node/store/organizations.ts'
import { hashSecret } from '../../node/store/secrets.ts'
import { aFacilitator } from './facilitator.ts'
import type { Site } from './network.ts'

/** A person of this site who agrees to be shown, told to the network at once. */
export async function publishPerson(
  site: Pick<Site, 'origin' | 'context'>,
  { handle = `camille-${randomUUID().slice(0, 8)}`, ...changes }: Partial<Facilitator> = {},
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

/** Takes everything back, as the person's own link does. */
export async function withdrawPerson(
  site: Pick<Site, 'origin' | 'context'>,
  { id, uri, handle, actorUri }: Facilitator,
): Promise<string> {
  const { db, now, wake } = site.context
  const withdrawalId = randomUUID()
  await db.transaction().execute(async (trx) => {
    await deleteFacilitator(trx, id)
    await trx
      .insertInto('withdrawal')
      .values({
        id: withdrawalId,
        uri_hash: hashSecret(uri),
        actor_uri_hash: hashSecret(`${site.origin}/actors/${handle}`),
        token_hash: null,
        at: now().round({ smallestUnit: 'second' }).toString(),
      })
      .execute()
    await appendChange(
      trx,
      { type: 'facilitator-withdrawn', withdrawalId, uri, actorUri, handle },
      now(),
    )
  })
  wake()
  return withdrawalId
}
