import type { Context } from '../context.ts'
import { listPeers } from '../store/directory/peers.ts'
import { enqueueTask } from '../store/queues/tasks.ts'
import { rebuildSearchIndex } from '../store/search/rebuild.ts'

/**
 * Makes the index of the search again, and plans that every server that we hear is read from its beginning, which the
 * running server does.
 */
export async function rebuild({ db, now }: Context): Promise<void> {
  await rebuildSearchIndex(db)
  const peers = (await listPeers(db)).filter((peer) => peer.following === 'accepted')
  for (const peer of peers) await enqueueTask(db, { kind: 'backfill', subject: peer.id }, now())
  process.stdout.write(
    `La recherche est refaite. ${peers.length} à relire : le serveur s’en charge dès qu’il tourne.\n`,
  )
}
