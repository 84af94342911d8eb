import type { Context } from '../../node/context.ts'
import {
  AGREEMENT_KINDS,
  type AgreementKey,
  type AgreementKind,
  lastStatementsOf,
} from '../../node/domain/agreements/agreement.ts'
import { listOwnAgreements } from '../../node/store/agreements/agreements.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import { listOwnNetworkUris } from '../../node/store/networks/memberships.ts'
import { findKnownNetwork } from '../../node/store/networks/networks.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { type AgreementObject, senderOf, signedStatement } from '../wire/agreement.ts'
import { toOrganization } from '../wire/network.ts'
import type { Signer } from '../wire/proof.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { collectionOf, collectionPageOf, PAGE } from './collection-text.ts'

type Objects = {
  find: (db: Database, uri: string) => Promise<AgreementObject | undefined>
  /** Lists the addresses of ours, ended ones included. */
  listOwn: (db: Database, origin: string) => Promise<string[]>
}

const OBJECTS: Record<AgreementKind, Objects> = {
  'member-of': {
    find: async (db, uri) => {
      const network = await findKnownNetwork(db, uri)
      return network && { ...network, description: toOrganization(network) }
    },
    listOwn: listOwnNetworkUris,
  },
}

/** Finds the object of an agreement, also one that has ended; undefined where it is not known here. */
export const findAgreementObject = (
  db: Database,
  { kind, objectUri }: Pick<AgreementKey, 'kind' | 'objectUri'>,
): Promise<AgreementObject | undefined> => OBJECTS[kind].find(db, objectUri)

/** Lists the addresses of all objects of ours for which an actor of ours speaks, or any of them; ended ones included. */
export async function listOwnObjects(
  db: Database,
  { origin, speaker }: { origin: string; speaker?: string },
): Promise<string[]> {
  const kinds = AGREEMENT_KINDS.filter(
    (kind) => speaker === undefined || senderOf({ kind, side: 'object' }) === speaker,
  )
  return (await Promise.all(kinds.map((kind) => OBJECTS[kind].listOwn(db, origin)))).flat()
}

/**
 * Returns the last yes and the last no that an actor of ours has said about each agreement, as far as they concern the
 * asker: a directory that we joined may read all, another server those between it and us.
 *
 * @param asker - The actor that signed the request.
 */
export async function agreementStatements(
  { db, config: { origin } }: Context,
  {
    identifier,
    asker,
    cursor,
    signer,
  }: { identifier: string; asker: string; cursor: string | undefined; signer: Signer },
): Promise<string> {
  const id = `${actorUri(origin, identifier)}/memberships`
  const directories = await listJoinedDirectories(db)
  const subjectUri = identifier === CAFES ? actorUri(origin, CAFES) : undefined
  const objectUris = await listOwnObjects(db, { origin, speaker: identifier })
  const { items, total, next } = await listOwnAgreements(
    db,
    {
      ...{ subjectUri, objectUris },
      ...(!directories.some(({ uri }) => uri === asker) && { with: new URL(asker).origin }),
    },
    { after: fromCursor(cursor), limit: PAGE },
  )
  if (cursor === undefined)
    return collectionOf(id, { totalItems: total, first: `${id}?page=first` })
  const ownName = (await findSiteStructure(db))?.name
  const statements: string[] = []
  for (const agreement of items) {
    const object = await findAgreementObject(db, agreement)
    if (!object) continue
    const side = agreement.subjectUri === subjectUri ? 'subject' : 'object'
    for (const statement of lastStatementsOf(agreement, side)) {
      const json = signedStatement(origin, { statement, agreement, object, ownName, signer })
      statements.push(JSON.stringify(json))
    }
  }
  return collectionPageOf(id, { cursor, items: statements, next: next && toCursor(next) })
}

/** Only a kind that came later is named, so that addresses stay as they were. */
const toCursor = ({ objectUri, subjectUri, kind }: AgreementKey): string =>
  JSON.stringify([objectUri, subjectUri, ...(kind === 'member-of' ? [] : [kind])])

function fromCursor(cursor: string | undefined): AgreementKey | undefined {
  try {
    const [objectUri, subjectUri, kind = 'member-of'] = JSON.parse(cursor ?? '')
    return { objectUri: String(objectUri), subjectUri: String(subjectUri), kind }
  } catch {
    return undefined
  }
}
