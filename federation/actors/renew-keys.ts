import type { Context } from '../../node/context.ts'
import type { ActorKey } from '../../node/domain/federation/actor-key.ts'
import { endOfOverlap, OVERLAP_HOURS } from '../../node/domain/federation/actor-key.ts'
import { renewOwnToCome } from '../../node/store/cafes/own-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  listKeyDates,
  listKeyHolders,
  replaceActorKeys,
} from '../../node/store/directory/actor-keys.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { listSignedMandates } from '../../node/store/referents/attestations.ts'
import { signAnew } from '../../node/store/referents/mandate-acts.ts'
import { findOwnActor } from './actors.ts'
import { createActorKeys } from './keys.ts'

type Rotation =
  | {
      outcome: 'rotated'
      actors: string[]
      /** Until when the former keys count; `leaked` when nothing that they signed counts any more. */
      until: Temporal.Instant | 'leaked'
      /**
       * Numbers of the cafés and mandates that are announced or given again with the new keys, because the former keys
       * leaked.
       */
      cafes: number
      mandates: number
    }
  /**
   * Former keys are still published beside their successors. A third pair would make a server that still holds the
   * first unable to verify.
   */
  | { outcome: 'under-way'; until: Temporal.Instant }
  | { outcome: 'none' }

/**
 * Makes new keys for all accounts of this server, all or none: after `kill -9` either the former state or the new one
 * holds. The former keys stay published for `OVERLAP_HOURS`. With `isLeaked` they are removed everywhere at once, and
 * what they signed and still matters is signed and sent again. Accounts that have gone keep their keys for their
 * Delete, since nobody can ask for others.
 * @param options.onMade - Called after each account for which a pair of keys was made, which takes a tenth of a second.
 */
export async function renewKeys(
  context: Pick<Context, 'db' | 'config' | 'now' | 'isDirectory'>,
  { isLeaked, onMade }: { isLeaked: boolean; onMade: (made: number, of: number) => void },
): Promise<Rotation> {
  const { db, config, now } = context
  const actors: string[] = []
  for (const actor of await listKeyHolders(db))
    if (await findOwnActor(context, actor)) actors.push(actor)
  if (actors.length === 0) return { outcome: 'none' }
  const at = now()
  const made: { actor: string; keys: ActorKey[] }[] = []
  for (const actor of actors) {
    made.push({
      actor,
      keys: await createActorKeys(config.origin, actor, { now: at, isFirst: false }),
    })
    onMade(made.length, actors.length)
  }
  const until = isLeaked ? 'leaked' : at.add({ hours: OVERLAP_HOURS })
  return db.transaction().execute(async (trx): Promise<Rotation> => {
    const end = await findOverlapEnd(trx, actors, at)
    if (end && !isLeaked) return { outcome: 'under-way', until: end }
    for (const each of made) await replaceActorKeys(trx, each, until)
    for (const actor of actors) await appendChange(trx, { type: 'keys-renewed', actor }, at)
    const again = isLeaked ? await planResigning(trx, at) : { cafes: 0, mandates: 0 }
    return { outcome: 'rotated', actors, until, ...again }
  })
}

async function findOverlapEnd(
  db: Database,
  actors: readonly string[],
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  for (const actor of actors) {
    const end = endOfOverlap(await listKeyDates(db, actor), now)
    if (end) return end
  }
  return undefined
}

/**
 * Plans what is signed and sent again. The order matters: what is sent again must already be signed by the new keys
 * when it is looked up.
 */
async function planResigning(
  trx: Database,
  now: Temporal.Instant,
): Promise<{ cafes: number; mandates: number }> {
  await appendChange(trx, { type: 'proofs-distrusted' }, now)
  const mandates = await listSignedMandates(trx, now)
  for (const id of mandates) await signAnew(trx, id, now)
  return { cafes: await renewOwnToCome(trx, now), mandates: mandates.length }
}
