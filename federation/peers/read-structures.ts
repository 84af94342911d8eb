import type { Context } from '../../node/context.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import type { Address } from '../../node/domain/structures/structure-profile.ts'
import { isKind } from '../../node/domain/values/structure-kinds.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import {
  listStructureUris,
  markStructureRead,
  placeAddress,
  saveDescription,
} from '../../node/store/structures/descriptions.ts'
import { nameOfAccount } from '../actors/actors.ts'
import { rememberActor } from '../actors/remember-actor.ts'
import { saveSignedText } from '../inbox/signed-texts.ts'
import { parseActorDocument } from '../remote/actor-document.ts'
import { EgressError } from '../remote/egress-error.ts'
import type { Services } from '../services.ts'
import { isObject, type Json, originOf, textOf } from '../wire/json.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { askToFeature } from './ask-to-feature.ts'

/** How many structures of a server each visit reads, those never read first. */
const READ_AT_ONCE = 20

/**
 * Reads what the structures of a peer say about themselves: kind, address, site; also those of a member without a café,
 * and of a site that asks to be one.
 */
export async function readStructures(
  context: Pick<Context, 'db' | 'now' | 'config' | 'isDirectory'>,
  services: Services,
  peer: Peer,
): Promise<void> {
  const { db, now } = context
  const known = await listStructureUris(db, { peerId: peer.id, limit: READ_AT_ONCE })
  const isNew =
    known.length === 0 && isWholeServer(peer) && ['member', 'requested'].includes(peer.membership)
  for (const uri of isNew ? [actorUri(peer.origin, CAFES)] : known) {
    services.signal.throwIfAborted()
    if (originOf(uri) !== peer.origin) continue
    const read = await readDocument(services, uri)
    if (!read) continue
    const { document, isOwnWord } = read
    const isHosted = isWholeServer(peer) && isOwnWord && uri !== actorUri(peer.origin, CAFES)
    const actor = parseActorDocument(document, { uri, check: services.egress.check })
    await db.transaction().execute(async (trx) => {
      if (isOwnWord && actor && !actor.unreachable) await rememberActor(trx, actor, now())
      // A place that was restored from a backup says what it said before, until it knows what was lost.
      if (!(await saveSignedText(trx, context, { uri, actorUri: uri, document })))
        return markStructureRead(trx, uri, now())
      await saveDescription(
        trx,
        {
          uri,
          peerId: peer.id,
          name: isHosted && actor ? nameOfAccount(actor.actor.name) : peer.name,
          url: `${peer.origin}/`,
          isNamed: (isHosted && actor !== undefined) || uri === actorUri(peer.origin, CAFES),
          ...describeStructure(document),
        },
        now(),
      )
      if (context.isDirectory && isOwnWord && actor && !actor.unreachable)
        await askToFeature(trx, context, { uri, peer, document })
    })
  }
}

/** Reads an actor's document; one that another server than its own gives says nothing about its keys. */
async function readDocument(
  services: Services,
  uri: string,
): Promise<{ document: Json; isOwnWord: boolean } | undefined> {
  try {
    const { url, json } = await services.egress.getJson(uri, { sign: services.sign })
    if (!isObject(json) || json.id !== uri) return undefined
    return { document: json, isOwnWord: originOf(url) === originOf(uri) }
  } catch (error) {
    if (error instanceof EgressError) return undefined
    throw error
  }
}

/** Reads the terms of `toActorJson`; whatever else a stranger wrote there is ignored. */
export function describeStructure(document: Json) {
  const kind = textOf(document.kind)
  const website = textOf(document.website)
  const isWeb = website !== undefined && website.length <= 500 && /^https?:\/\//.test(website)
  return {
    username: nameOf(document),
    kind: kind !== undefined && isKind(kind) ? kind : undefined,
    website: isWeb && URL.canParse(website) ? website : undefined,
    address: addressOf(document),
  }
}

const nameOf = ({ preferredUsername }: Json): string | undefined => {
  const name = textOf(preferredUsername)
  return name !== undefined && /^[\w.-]{1,100}$/.test(name) ? name : undefined
}

const TEXT_MAX = 200

/** Reads the address of an actor. */
export function addressOf({ address }: Json): Address | undefined {
  if (!isObject(address)) return undefined
  const read = (name: string) => cleanText(textOf(address[name]) ?? '', TEXT_MAX) || undefined
  return placeAddress({
    streetAddress: read('streetAddress'),
    postalCode: read('postalCode'),
    commune: read('addressLocality'),
    codeInsee: read('inseeCode'),
  })
}
