import type { Context } from '../../node/context.ts'
import { listOwnDocuments, saveCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import type { Database } from '../../node/store/database/database.ts'
import { hasActorKeys } from '../../node/store/directory/actor-keys.ts'
import { listDocuments, saveDocument } from '../../node/store/queues/documents.ts'
import { giveWay } from '../../node/turns/turns.ts'
import type { ActorKeys, KeyRing } from '../services.ts'
import { isObject, type Json } from '../wire/json.ts'
import { addProof, verificationMethodOf } from '../wire/proof.ts'
import { identifierOf } from '../wire/uris.ts'

const AT_ONCE = 50

type Text = { uri: string; body: string }
type TextStore = {
  list: (db: Database, page: { after: string; limit: number }) => Promise<Text[]>
  save: (db: Database, text: Text) => Promise<void>
}

/** The stored texts that carry proofs, Events and Notes, as they are given out at their addresses. */
const TEXT_STORES: readonly TextStore[] = [
  { list: listOwnDocuments, save: saveCafeDocument },
  { list: listDocuments, save: saveDocument },
]

/**
 * Rewrites every text of ours that is given out for the present origin, in place of a former one, and signs it anew.
 * Repeating it changes nothing.
 */
export async function signTextsAtOrigin(
  { db, config, now }: Context,
  keyRing: KeyRing,
  from: string,
): Promise<void> {
  const { origin } = config
  for (const { list, save } of TEXT_STORES) {
    let page: Text[] = []
    do {
      page = await list(db, { after: page.at(-1)?.uri ?? '', limit: AT_ONCE })
      for (const { uri, body } of page) {
        const text = body
          .replaceAll(`${from}/`, `${origin}/`)
          .replaceAll(`"${from}"`, `"${origin}"`)
        const document = text === body ? undefined : parse(text)
        const keyId = document && verificationMethodOf(document)
        const actor = identifierOf(origin, keyId?.split('#')[0] ?? '')
        if (!document || actor === undefined || !(await hasActorKeys(db, actor))) continue
        const { proof: _, ...unsigned } = document
        const { signer } = (await keyRing.keysOf(actor)).ed25519
        await save(db, { uri, body: JSON.stringify(addProof(unsigned, signer, now())) })
        await giveWay()
      }
    } while (page.length === AT_ONCE)
  }
}

/**
 * Replaces each proof by a leaked key with one by a current key, in all texts of ours that are given out. What was sent
 * before stays at other servers as it was. Repeating it changes nothing, so a crash in between does no harm.
 */
export async function signTextsAnew(
  { db, config, now }: Context,
  keyRing: KeyRing,
): Promise<(trx: Database) => Promise<void>> {
  const known = new Map<string, ActorKeys>()
  const findKeys = async (keyId: string | undefined): Promise<ActorKeys | undefined> => {
    const actor = identifierOf(config.origin, keyId?.split('#')[0] ?? '')
    if (actor === undefined || !(known.has(actor) || (await hasActorKeys(db, actor))))
      return undefined
    const keys = known.get(actor) ?? (await keyRing.keysOf(actor))
    known.set(actor, keys)
    return keys
  }
  for (const { list, save } of TEXT_STORES) {
    let page: Text[] = []
    do {
      page = await list(db, { after: page.at(-1)?.uri ?? '', limit: AT_ONCE })
      for (const { uri, body } of page) {
        const document = parse(body)
        const keyId = document && verificationMethodOf(document)
        const keys = await findKeys(keyId)
        if (!document || !keyId || !keys?.leaked.includes(keyId)) continue
        const { proof: _, ...unsigned } = document
        await save(db, {
          uri,
          body: JSON.stringify(addProof(unsigned, keys.ed25519.signer, now())),
        })
        await giveWay()
      }
    } while (page.length === AT_ONCE)
  }
  return async () => undefined
}

/** Returns the stored text as JSON; undefined for the code of a poster, which is not JSON. */
function parse(body: string): Json | undefined {
  if (!body.startsWith('{')) return undefined
  const value: unknown = JSON.parse(body)
  return isObject(value) ? value : undefined
}
