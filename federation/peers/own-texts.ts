import { createPublicKey } from 'node:crypto'
import { htmlToMarkdown } from '../../node/formats/text/markdown.ts'
import type { RecoveredCafe } from '../../node/store/backup/recovered-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listProofKeys, type PublisherKey } from '../../node/store/directory/pinned-keys.ts'
import { toOwnTerms } from '../gate/jsonld.ts'
import type { Json } from '../wire/json.ts'
import { proofTimeOf, verificationMethodOf, verifyProof } from '../wire/proof.ts'
import { fromEvent } from '../wire/read-event.ts'
import { actorUri, CAFES } from '../wire/uris.ts'

/** Reads what this site signed of its own cafés, from copies that others keep. */

/** The addresses of cafés as this program makes them. */
const CAFE_PATH = /^\/cafes\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** Returns whether it is the address of a café of this origin, as this program makes them. */
export const isOwnCafeUri = (uri: string, origin: string): boolean =>
  uri.startsWith(origin) && CAFE_PATH.test(uri.slice(origin.length))

/**
 * Reads an Event as a café of this site, with its text in Markdown too, so that the team can go on editing it; undefined
 * for anything else. Its proof is not looked at.
 */
export async function readOwnCafe(
  document: Json,
  { origin, body }: { origin: string; body: string },
  now: Temporal.Instant,
): Promise<RecoveredCafe | undefined> {
  const plain = await toOwnTerms(document)
  const read = plain && fromEvent(plain, now)
  if (!read || 'refused' in read || read.organizerUri !== actorUri(origin, CAFES)) return undefined
  if (!isOwnCafeUri(read.uri, origin)) return undefined
  const descriptionMarkdown = htmlToMarkdown(read.content.descriptionHtml) || undefined
  return { ...read, content: { ...read.content, descriptionMarkdown }, body }
}

export type OwnKey = Pick<PublisherKey, 'keyId' | 'publicPem' | 'retiredAt'>

/** Lists the keys by which this site signs and signed its cafés, or the words of another actor. */
export const listOwnKeys = async (
  db: Database,
  origin: string,
  identifier: string = CAFES,
): Promise<OwnKey[]> =>
  (await listProofKeys(db)).filter(({ keyId }) =>
    keyId.startsWith(`${actorUri(origin, identifier)}#`),
  )

/** Returns whether a document was signed by one of these keys while it counted. */
export function isSignedBy(document: Json, keys: readonly OwnKey[]): boolean {
  const method = verificationMethodOf(document)
  const key = keys.find(({ keyId }) => keyId === method)
  const signedAt = proofTimeOf(document)
  if (!key || !signedAt) return false
  if (key.retiredAt && Temporal.Instant.compare(signedAt, key.retiredAt) > 0) return false
  return verifyProof(document, createPublicKey(key.publicPem))
}

/**
 * Returns whether a document names a key of an actor of this site that it does not have, as after a backup from before a change of
 * keys: nobody here can tell whether that key made the proof.
 */
export function isOfLostKey(
  document: Json,
  { keys, actor }: { keys: readonly OwnKey[]; actor: string },
): boolean {
  const method = verificationMethodOf(document)
  if (!method?.startsWith(`${actor}#`)) return false
  return !keys.some(({ keyId }) => keyId === method) && proofTimeOf(document) !== undefined
}
