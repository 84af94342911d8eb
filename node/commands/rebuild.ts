import type { Context } from '../context.ts'
import { listPeers } from '../store/peers.ts'
import { enqueueTask } from '../store/tasks.ts'

/** Reads every server that we hear from its beginning again; the running server does it. */
export async function rebuild({ db, now }: Context): Promise<void> {
  const peers = (await listPeers(db)).filter((peer) => peer.following === 'accepted')
  for (const peer of peers) await enqueueTask(db, { kind: 'backfill', subject: peer.id }, now())
  process.stdout.write(`${peers.length} à relire : le serveur s’en charge dès qu’il tourne.\n`)
}
