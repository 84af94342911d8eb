import type { Context } from '../../node/context.ts'
import { drawCafePicture } from '../../node/formats/images/cafe-picture.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { chargeBytesAround, hasRoomForPicture } from '../../node/store/cafes/received-room.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { findAnnouncedPicture, saveCafePictureCopy } from '../../node/store/files/cafe-pictures.ts'
import type { Task } from '../../node/store/queues/tasks.ts'
import { fetchPicture } from '../remote/fetch-picture.ts'
import type { Services } from '../services.ts'
import { originOf } from '../wire/json.ts'
import { copyPortrait } from './read-facilitators.ts'

/** Copies the picture of a café, or of a person, since pages show nothing from other servers. */
export async function copyPicture(
  context: Context,
  services: Services,
  task: Pick<Task, 'subject'>,
): Promise<void> {
  const cafe = await findCafeByUri(context.db, task.subject)
  return cafe ? copyCafePicture(context, services, task) : copyPortrait(context, services, task)
}

/**
 * Copies a picture, drawn anew in two small sizes and charged to the peer through which the café is received; a file
 * that is no picture is left out.
 */
async function copyCafePicture(
  { db, config }: Context,
  services: Services,
  { subject: uri }: Pick<Task, 'subject'>,
): Promise<void> {
  const cafe = await findCafeByUri(db, uri)
  const peer = cafe?.peerId === undefined ? undefined : await findPeer(db, cafe.peerId)
  const announced = cafe && (await findAnnouncedPicture(db, cafe.id))
  if (!cafe || !peer || !announced || announced.isCopied) return
  const { address } = announced
  if (originOf(address) !== originOf(uri) || peer.origin !== originOf(uri)) return
  const room = { host: peer.host, max: config.shares.megabytes }
  if (!(await hasRoomForPicture(db, room))) return
  const bytes = await fetchPicture(services, address)
  if (!bytes) return
  const drawn = await drawCafePicture(bytes)
  if ('problem' in drawn) return
  await db
    .transaction()
    .execute((trx) =>
      chargeBytesAround(trx, uri, () =>
        saveCafePictureCopy(trx, { cafeId: cafe.id, address }, drawn),
      ),
    )
}
