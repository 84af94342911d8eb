import { enqueueTask } from '../../node/store/queues/tasks.ts'
import type { Handler } from './handler.ts'

/**
 * Handles a Move, by which a site that we hear says that it is at another address now. Nothing is believed by it: the
 * site is visited, and both addresses are asked (`follow-move.ts`).
 */
export const onMove: Handler = async (trx, { actorUri }, { now }) => {
  const { origin, host } = new URL(actorUri)
  await enqueueTask(trx, { kind: 'visit', subject: origin, requester: `peer:${host}` }, now())
}
