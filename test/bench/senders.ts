import { actorUri, CAFES, INSTANCE } from '../../federation/wire/uris.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { replaceRemoteKeys, saveRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import type { Sender } from './corpus.ts'
import type { SenderQuestion } from './helpers.ts'

/** Sends a question to the process that makes and sends activities. */
export type Ask = <T>(question: SenderQuestion) => Promise<T>

/** The public keys in PEM, the same for all senders. */
export type SenderKeys = { rsaPem: string; ed25519Pem: string }

/** Adds members whose keys are known, as they are after the first contact. */
export async function addSenders(
  path: string,
  { origin, ask, count }: { origin: string; ask: Ask; count: number },
): Promise<{ senders: Sender[]; keys: SenderKeys }> {
  const now = Temporal.Now.instant()
  const db = await openDatabase(path)
  const senders: Sender[] = []
  for (let number = 0; number < count; number++) {
    const place = `https://lieu-${number}.example`
    const name = `Lieu ${number}`
    const peer = await upsertPeer(db, { actorUri: actorUri(place, INSTANCE), name })
    await setMembership(db, peer.id, 'member', now)
    senders.push({ peerId: peer.id, origin: place, name })
  }
  const keys = await ask<SenderKeys>({
    ask: 'open',
    settings: { senders, host: new URL(origin).host, now: now.toString(), most: 1_000_000 },
  })
  for (const { origin: place, name } of senders) {
    const uri = actorUri(place, CAFES)
    await saveRemoteActor(
      db,
      {
        uri,
        type: 'Group',
        name,
        preferredUsername: CAFES,
        inbox: `${uri}/inbox`,
        sharedInbox: `${place}/inbox`,
      },
      now,
    )
    const key = (id: string, pem: string) => ({ keyId: `${uri}#${id}`, actorUri: uri, pem })
    await replaceRemoteKeys(
      db,
      uri,
      [key('main-key', keys.rsaPem), key('ed25519-key', keys.ed25519Pem)],
      now,
    )
  }
  await db.destroy()
  return { senders, keys }
}
