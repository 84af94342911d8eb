import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { findStamp } from '../../node/store/feeds/stamps.ts'
import { findGiver } from '../actors/givers.ts'
import type { Effect } from '../services.ts'
import { enqueue } from '../wire/activities.ts'
import { consentAnswer, toStampDelete } from '../wire/consent.ts'

/**
 * Tells who asked what the team decided: a request that waited is answered, and a stamp that was given is withdrawn by
 * its Delete (FEP-044f, FEP-7aa9). Of an object that is gone meanwhile nobody is told anything more.
 */
export const enqueueDecidedStamp =
  (context: Context, { stampId, was }: Extract<Change, { type: 'stamp-decided' }>): Effect =>
  async (trx) => {
    const { config, now } = context
    const stamp = await findStamp(trx, stampId)
    const giving = stamp && (await findGiver(trx, context, { ...stamp, uri: stamp.targetUri }))
    if (!stamp || !giving) return
    const { requestUri } = stamp
    const isGiven = stamp.state === 'given'
    const activity =
      was === 'asked' && requestUri !== undefined
        ? consentAnswer(config.origin, { ...stamp, requestUri }, isGiven ? stamp.id : undefined)
        : toStampDelete(config.origin, stamp)
    await enqueue(trx, { activity, actor: stamp.giver, inboxes: [stamp.inbox] }, now())
  }
