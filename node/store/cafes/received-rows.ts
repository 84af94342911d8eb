import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import type { Database } from '../database/database.ts'
import { addRow, listGathered, writeGathered } from '../database/gathered-rows.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import {
  type AnnouncedPicture,
  findAnnouncedPicture,
  saveAnnouncedPicture,
} from '../files/cafe-pictures.ts'
import { addToShares } from '../queues/shares.ts'
import { enqueueTask } from '../queues/tasks.ts'
import { hasCafesAround } from './alike.ts'
import { saveDocumentsOf } from './cafe-documents.ts'
import { saveCafes } from './cafes.ts'
import { updateDuplicatesOfNew } from './duplicates.ts'
import { chargeBytesAround } from './received-room.ts'

/** Writes what is stored of received cafés: their rows, signed texts and pictures, and what they are charged for. */

type Pictured = { cafe: Cafe; peer: Peer; picture: AnnouncedPicture | undefined }
type NewCafe = Pictured & { body: string }
/** A new café with the most bytes that it takes. */
type MeasuredCafe = NewCafe & { most: number }

/**
 * Writes a café that was not here before; in a group it is written with the next ones, unless a later one must find it:
 * as its duplicate, by its picture, or by who announced it.
 */
export async function addNewCafe(
  trx: Database,
  { isFromItsServer, ...added }: NewCafe & { isFromItsServer: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const { cafe, picture } = added
  const before = listGathered(trx, writeNewCafes).map((one) => one.cafe)
  const measured = { ...added, most: mostBytesOf(added) }
  if (!(await hasCafesAround(trx, cafe, before)) && !picture && isFromItsServer)
    return addRow(trx, writeNewCafes, measured)
  await writeGathered(trx)
  await writeNewCafes(trx, [measured])
  if (picture) await planPicture(trx, added, now)
  await updateDuplicatesOfNew(trx, cafe, now)
}

/** What compression may add to a text that cannot be compressed. */
const MARGIN = 100

/** Returns the most bytes that a café takes as `measureCafe` counts them. */
const mostBytesOf = ({ cafe, body }: NewCafe): number =>
  [body, cafe.descriptionHtml, cafe.descriptionText].reduce(
    (total, text) => total + Buffer.byteLength(text) + MARGIN,
    0,
  )

/** Returns the most bytes that a domain's new cafés take that wait to be written (`gatherRows`). */
export const countWaitingBytes = (trx: Database, host: string): number =>
  listGathered(trx, writeNewCafes)
    .filter(({ peer }) => quotaDomainOf(peer.host) === quotaDomainOf(host))
    .reduce((total, { most }) => total + most, 0)

async function writeNewCafes(trx: Database, cafes: readonly MeasuredCafe[]): Promise<void> {
  const bytes = await saveReceivedCafes(trx, cafes)
  await addToShares(
    trx,
    'bytes',
    cafes.map(({ peer }, index) => ({ host: peer.host, amount: bytes[index] ?? 0 })),
  )
}

/**
 * Writes cafés and their signed texts.
 * @returns The bytes that both take for each café, as `measureCafe` counts them.
 */
export async function saveReceivedCafes(
  trx: Database,
  cafes: readonly { cafe: Cafe; body: string }[],
): Promise<number[]> {
  const rows = await saveCafes(
    trx,
    cafes.map(({ cafe }) => cafe),
  )
  const texts = rows.map(({ id }, index) => ({ id, text: cafes[index]?.body ?? '' }))
  const bytes = await saveDocumentsOf(trx, texts)
  return rows.map((row, index) => row.bytes + (bytes[index] ?? 0))
}

/** Returns the picture to copy: none where the peer only passes the café on. */
const pictureOf = ({ cafe, peer, picture }: Pictured): AnnouncedPicture | undefined =>
  new URL(cafe.uri).origin === peer.origin ? picture : undefined

/**
 * Plans the copy of the picture of a café that is read once more. The stored bytes are counted again only where the
 * picture has changed, which is rare.
 */
export async function planKnownPicture(
  trx: Database,
  pictured: Pictured,
  now: Temporal.Instant,
): Promise<void> {
  const known = await findAnnouncedPicture(trx, pictured.cafe.id)
  const plan = () => planPicture(trx, pictured, now)
  if (known?.address !== pictureOf(pictured)?.address)
    await chargeBytesAround(trx, pictured.cafe.uri, plan)
  else if (known) await plan()
}

/** Plans the copy of a picture; the copy of one that the café no longer has is deleted now. */
export async function planPicture(
  trx: Database,
  pictured: Pictured,
  now: Temporal.Instant,
): Promise<void> {
  const { cafe, peer } = pictured
  if (!(await saveAnnouncedPicture(trx, cafe.id, pictureOf(pictured)))) return
  const requester = `peer:${peer.host}` as const
  await enqueueTask(trx, { kind: 'picture', subject: cafe.uri, requester }, now)
}
