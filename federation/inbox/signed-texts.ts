import { createPublicKey } from 'node:crypto'
import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listRemoteKeys } from '../../node/store/directory/remote-actors.ts'
import { findDocument, saveDocument } from '../../node/store/queues/documents.ts'
import type { Json } from '../wire/json.ts'
import { verificationMethodOf, verifyProof, wordTimeOf } from '../wire/proof.ts'

/**
 * What another server last signed of its structure and its networks. A directory keeps it byte for byte, and gives it
 * back where its server was restored from a backup of before (FEDERATION.md, « After a restore »).
 */

/** Something that an actor says; `uri` is under what the next word about the same replaces it. */
export type Word = { uri: string; actorUri: string; document: Json }

/** How far a time may be ahead of our clock. */
const AHEAD = { minutes: 10 }

/** The most characters of a word that is kept, several times what one of this program has. */
const MOST_KEPT = 16 * 1024

/**
 * Keeps a word that its actor has signed, on a directory.
 * @returns false where a newer one is kept, or a signed one and this is not: nothing of it is to be believed.
 */
export async function saveSignedText(
  trx: Database,
  { isDirectory, now }: Pick<Context, 'isDirectory' | 'now'>,
  { uri, actorUri, document }: Word,
): Promise<boolean> {
  if (!isDirectory) return true
  const at = wordTimeOf(document)
  const isDated = at !== undefined && Temporal.Instant.compare(at, now().add(AHEAD)) <= 0
  const isSigned = isDated && (await isSignedBy(trx, document, actorUri))
  const kept = await findDocument(trx, uri)
  const keptAt = kept === undefined ? undefined : wordTimeOf(JSON.parse(kept))
  if (keptAt && !(isSigned && Temporal.Instant.compare(at, keptAt) >= 0)) return false
  const body = JSON.stringify(document)
  if (isSigned && body.length <= MOST_KEPT) await saveDocument(trx, { uri, body })
  return true
}

async function isSignedBy(trx: Database, document: Json, actorUri: string): Promise<boolean> {
  const method = verificationMethodOf(document)
  if (method === undefined) return false
  const key = (await listRemoteKeys(trx, actorUri)).find(({ keyId }) => keyId === method)
  return key !== undefined && verifyProof(document, createPublicKey(key.pem))
}
