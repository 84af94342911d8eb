import { createHash } from 'node:crypto'
import type { Context } from '../../../context.ts'
import { type CafeImage, isMediaName } from '../../../domain/values/image.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { isWebAddress } from '../../../domain/values/web-address.ts'
import { PHOTO_BYTES } from '../../../formats/images/photo.ts'
import { findMedia } from '../../../store/files/media.ts'
import { createFairQueue } from '../../../turns/fair-queue.ts'
import { ensureShared, savePhoto, toImage } from '../../cafes/image.ts'
import { isRecord } from '../bodies.ts'

/** A picture at an address that a program sent: what is kept of it here, or why it cannot be shown. */
type SentPicture = { image: CafeImage; code?: never } | { code: Problem['code']; image?: never }

/** The pictures that were sent, by their addresses. */
export type SentPictures = ReadonlyMap<string, SentPicture>

type Where = Pick<Context, 'db' | 'config' | 'now' | 'remote'>

/**
 * Fetches the pictures that these bodies name, a few at once, and keeps them here: cleaned, drawn anew and in several
 * sizes, since pages show nothing from other servers. One that was sent before is not fetched again. Each is waited for
 * ten seconds at most. What nothing shows in the end is deleted after a day. A dry run fetches and keeps none.
 */
export async function receivePictures(
  where: Where,
  { organizationId, isDryRun }: { organizationId: string; isDryRun: boolean },
  bodies: readonly unknown[],
): Promise<SentPictures> {
  const pictures = new Map<string, SentPicture>()
  const receive = async (address: string) => {
    const picture = await receiveOne(where, { organizationId, isDryRun }, address)
    if (picture) pictures.set(address, picture)
  }
  await Promise.all([...new Set(bodies.flatMap(addressesIn))].map(receive))
  return pictures
}

/** Returns the address of the picture that a body names; a text that is no address is refused elsewhere. */
function addressesIn(body: unknown): string[] {
  const image = isRecord(body) ? body.image : undefined
  const url = isRecord(image) ? image.url : undefined
  return typeof url === 'string' && isWebAddress(url) ? [url] : []
}

/**
 * How many pictures are received at once, and of one structure: each takes up to ten megabytes until it is drawn, and
 * whoever writes at once from many connections must not fill the memory, nor flood another server.
 */
const places = createFairQueue({ all: 16, each: 8 })

/** Returns undefined in a dry run for one that would have to be fetched. */
async function receiveOne(
  where: Where,
  { organizationId, isDryRun }: { organizationId: string; isDryRun: boolean },
  address: string,
): Promise<SentPicture | undefined> {
  const { db, config } = where
  const own = address.startsWith(`${config.origin}/media/`)
  const id = own ? readOwnId(address) : idOf(organizationId, address)
  const known = id === undefined ? undefined : await findMedia(db, { id, organizationId })
  if (known) return { image: toImage(known, config.origin) }
  if (own || id === undefined) return { code: 'image_unreachable' }
  if (isDryRun) return undefined
  const leave = await places.take(organizationId)
  try {
    return await keepOne(where, { id, organizationId }, address)
  } finally {
    leave?.()
  }
}

async function keepOne(
  where: Where,
  kept: { id: string; organizationId: string },
  address: string,
): Promise<SentPicture> {
  const { db, config, remote } = where
  // Another request may have received it meanwhile.
  const known = await findMedia(db, kept)
  if (known) return { image: toImage(known, config.origin) }
  const bytes = await remote.fetchPicture(address, PHOTO_BYTES)
  if (!bytes) return { code: 'image_unreachable' }
  const file = new File([new Uint8Array(bytes)], 'image')
  const saved = await savePhoto(where, file, { ...kept, isOfPerson: false })
  if ('problem' in saved) return { code: saved.problem }
  const image = toImage(saved, config.origin)
  await ensureShared(where, image)
  return { image }
}

/** Returns the id under which a picture of this address is kept: the same each time that it is sent. */
const idOf = (organizationId: string, address: string): string =>
  createHash('sha256')
    .update(JSON.stringify([organizationId, address]))
    .digest('hex')
    .slice(0, 32)

function readOwnId(address: string): string | undefined {
  const name = new URL(address).pathname.split('/').at(-1) ?? ''
  return isMediaName(name) ? name.slice(0, 32) : undefined
}
