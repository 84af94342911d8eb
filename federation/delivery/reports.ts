import type { Context } from '../../node/context.ts'
import { canReadPosts } from '../../node/domain/federation/software.ts'
import { findCafe, findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listInstanceInboxes, listReaderInboxes } from '../../node/store/feeds/followers.ts'
import { deleteActivitiesAbout } from '../../node/store/queues/activities.ts'
import { deleteDocument, findDocument, saveDocument } from '../../node/store/queues/documents.ts'
import { findReport } from '../../node/store/reports/reports.ts'
import { findAuthorKeys } from '../actors/keys.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import type { Json } from '../wire/json.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { toReportNote } from '../wire/reports/report-note.ts'
import { authorOf, CAFES } from '../wire/uris.ts'

/** What is sent about reports of our cafés: to directories, and to followers whose software shows posts. */

type Sent = { type: 'Create' | 'Update' | 'Delete'; uri: string; cafeUri: string; object: Json }

/** Tells what is told of a café of ours; one whose number waits for an answer is not told yet. */
export async function enqueueReport(
  context: Context,
  services: Services,
  cafeId: string,
): Promise<Effect> {
  const known = await findCafe(context.db, cafeId)
  const { signer } = (await findAuthorKeys(context, services, known)).ed25519
  return async (trx) => {
    const { origin } = context.config
    const [cafe, report] = [await findCafe(trx, cafeId), await findReport(trx, cafeId)]
    if (cafe?.publication !== 'published' || !report?.isCounted) return
    const { uri } = report
    if (uri === undefined) return
    const object = addProof(toReportNote({ ...report, uri }, cafe, origin), signer, context.now())
    const type = (await findDocument(trx, uri)) === undefined ? 'Create' : 'Update'
    await saveDocument(trx, { uri, body: JSON.stringify(object) })
    const actor = authorOf(origin, cafe)
    await send(trx, context, { signer, actor, sent: { type, uri, cafeUri: cafe.uri, object } })
  }
}

/** Tells that a report of ours is deleted. */
export async function enqueueReportDeleted(
  context: Context,
  services: Services,
  { uri, cafeUri }: { uri: string; cafeUri: string },
): Promise<Effect> {
  const cafe = await findCafeByUri(context.db, cafeUri)
  const { signer } = (await findAuthorKeys(context, services, cafe)).ed25519
  const actor = cafe ? authorOf(context.config.origin, cafe) : CAFES
  return async (trx) => {
    const object = { id: uri, type: 'Tombstone', formerType: 'Note' }
    await deleteDocument(trx, uri)
    await send(trx, context, { signer, actor, sent: { type: 'Delete', uri, cafeUri, object } })
  }
}

async function send(
  trx: Database,
  { config, now }: Context,
  { signer, actor, sent }: { signer: Signer; actor: string; sent: Sent },
): Promise<void> {
  const { type, uri, cafeUri, object } = sent
  const inboxes = [
    ...(await listInstanceInboxes(trx, { directories: true })),
    ...(await listReaderInboxes(trx, actor, canReadPosts)),
  ]
  // What the outbox said of it before would else be read there for ever.
  await deleteActivitiesAbout(trx, uri)
  // It comes after its café, and its Delete after it: they are in one line.
  const activity = publicActivity(
    { type, actor, objectUri: uri, object, line: cafeUri, kind: 'cafe' },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor, inboxes }, now())
}
