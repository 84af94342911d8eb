import type { Context } from '../../node/context.ts'
import { drawCafePicture } from '../../node/formats/images/cafe-picture.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { countBytesAround, hasRoomForPicture } from '../../node/store/cafes/received-room.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { findAnnouncedPicture, saveCafePictureCopy } from '../../node/store/files/cafe-pictures.ts'
import type { Task } from '../../node/store/queues/tasks.ts'
import { EgressError } from '../remote/egress-error.ts'
import type { Services } from '../services.ts'
import { originOf } from '../wire/json.ts'
import { copyPortrait } from './read-facilitators.ts'

const MAX_PICTURE = 5 * 1024 * 1024

/** Copies the picture of a café, or of a person: pages show nothing from other servers. */
export async function copyPicture(
  context: Context,
  services: Services,
  task: Pick<Task, 'subject'>,
): Promise<void> {
  const cafe = await findCafeByUri(context.db, task.subject)
  return cafe ? copyCafePicture(context, services, task) : copyPortrait(context, services, task)
}

/** Drawn anew in two small sizes, charged to the peer that it is heard through; what is no picture is left out. */
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
  const answer = await services.egress.get(address, { accept: 'image/*', maxBytes: MAX_PICTURE })
  if (answer.status !== 200)
    throw new EgressError('status', `the picture was answered ${answer.status}`, answer.status)
  const drawn = await drawCafePicture(answer.bytes)
  if ('problem' in drawn) return
  await db
    .transaction()
    .execute((trx) =>
      countBytesAround(trx, uri, () =>
        saveCafePictureCopy(trx, { cafeId: cafe.id, address }, drawn),
      ),
    )
}
