import { LIMITS } from '../../node/domain/limits/limits.ts'
import type { Database } from '../../node/store/database/database.ts'
import { quotaDomainOf } from '../../node/store/database/quota-domain.ts'
import { giveWay } from '../../node/turns/turns.ts'
import { findSpeaker } from '../actors/owners.ts'
import type { GateMessage } from '../gate/gate.ts'
import { loadCompaction } from '../gate/jsonld.ts'
import { OF_SPEAKERS, OF_STRANGERS } from '../gate/jsonld-cost.ts'
import { createCounter } from '../gate/limits.ts'
import type { Json } from '../wire/json.ts'

/**
 * Makes the reader that processes through JSON-LD what is not written in plain terms, within limits of size and number.
 * The limits are narrower for senders that are neither members nor followed, since anybody can become a follower.
 *
 * @returns The activity in our own terms; undefined when it cannot be read; 'too-many' when its domain must come back
 * later.
 */
export function createJsonLdReader(
  db: Database,
): (message: GateMessage) => Promise<Json | 'too-many' | undefined> {
  const speakers = createCounter(LIMITS['JSON-LD of speakers'])
  const strangers = createCounter(LIMITS['JSON-LD of strangers'])
  return async ({ activity, actorUri }) => {
    const isSpeaker = (await findSpeaker(db, actorUri)) !== undefined
    const counter = isSpeaker ? speakers : strangers
    const wait = await counter.take(quotaDomainOf(new URL(actorUri).host))
    if (wait !== undefined) return 'too-many'
    await giveWay()
    return (await loadCompaction()).compactToOwnTerms(
      activity,
      isSpeaker ? OF_SPEAKERS : OF_STRANGERS,
    )
  }
}
