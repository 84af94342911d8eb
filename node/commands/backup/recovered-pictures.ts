import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import { isObject } from '../../../federation/wire/json.ts'
import type { Context } from '../../context.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import { ensureShared, savePhoto, toImage } from '../../routes/cafes/image.ts'
import { createProgressLine } from '../progress-line.ts'

/** A café of this site, and the picture with which it was announced. */
type Pictured = { uri: string; picture?: { address: string; alt: string } | undefined }

/** The maximum number of bytes of a page of a directory's API, and of one of its copies, which are 640 pixels wide. */
const PAGE_BYTES = 8 * 1024 ** 2
const COPY_BYTES = 1024 ** 2
const CAFES_OF_A_PAGE = 100
/** The maximum number of different pictures: each takes about a second to be drawn anew. */
const MOST_PICTURES = 500

/**
 * Restores the pictures of cafés from the small copies that a directory shows, each picture once. Only pixels pass, as
 * with any upload; what no café shows in the end is deleted by the next purge.
 *
 * @returns A picture by the address of its café; none for a café whose picture is gone.
 */
export async function restorePictures(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  egress: Egress,
  {
    directory,
    organizer,
    organizationId,
    cafes,
  }: { directory: string; organizer: string; organizationId: string; cafes: readonly Pictured[] },
): Promise<Map<string, CafeImage>> {
  const pictured = cafes.filter(({ picture }) => picture !== undefined)
  const images = new Map<string, CafeImage>()
  if (pictured.length === 0) return images
  // It may show a few more than it gave as texts; a list without an end is not read further.
  const pages = Math.ceil(cafes.length / CAFES_OF_A_PAGE) + 1
  const copies = await listCopies(egress, { directory, organizer, pages })
  const byAddress = Map.groupBy(pictured, ({ picture }) => picture?.address)
  const wanted = [...byAddress.values()].slice(0, MOST_PICTURES)
  const progress = createProgressLine()
  let done = 0
  for (const same of wanted) {
    const copy = same.map(({ uri }) => copies.get(uri)).find((address) => address !== undefined)
    const image =
      copy === undefined
        ? undefined
        : await restorePicture(context, egress, { copy, organizationId })
    for (const { uri, picture } of image ? same : [])
      images.set(uri, { ...image, alt: picture?.alt ?? '' } as CafeImage)
    progress.report({ step: 'images', done: ++done, total: wanted.length })
  }
  progress.end()
  return images
}

/** Lists where the directory shows its copies, by the address of the café; none for a directory that does not say. */
async function listCopies(
  egress: Egress,
  { directory, organizer, pages }: { directory: string; organizer: string; pages: number },
): Promise<Map<string, string>> {
  const copies = new Map<string, string>()
  const query = new URLSearchParams({
    ...{ organizer, from: '2000-01-01', openTo: 'all', limit: String(CAFES_OF_A_PAGE) },
  })
  let next: string | undefined = `${directory}/api/v1/cafes?${query}`
  for (let page = 0; next !== undefined && page < pages; page++) {
    const read: unknown = await readJson(egress, next)
    if (!isObject(read) || !Array.isArray(read.items)) break
    for (const { id, image } of read.items.filter(isObject))
      if (typeof id === 'string' && isObject(image) && isAt(image.url, directory))
        copies.set(id, image.url)
    next = isAt(read.next, directory) ? read.next : undefined
  }
  return copies
}

const isAt = (address: unknown, origin: string): address is string =>
  typeof address === 'string' && URL.canParse(address) && new URL(address).origin === origin

async function readJson(egress: Egress, url: string): Promise<unknown> {
  try {
    const { status, text } = await egress.get(url, {
      accept: 'application/json',
      maxBytes: PAGE_BYTES,
    })
    return status === 200 ? JSON.parse(text) : undefined
  } catch (error) {
    if (error instanceof EgressError || error instanceof SyntaxError) return undefined
    throw error
  }
}

async function restorePicture(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  egress: Egress,
  { copy, organizationId }: { copy: string; organizationId: string },
): Promise<Omit<CafeImage, 'alt'> | undefined> {
  try {
    const { status, bytes } = await egress.get(copy, { accept: 'image/*', maxBytes: COPY_BYTES })
    if (status !== 200) return undefined
    const file = new File([new Uint8Array(bytes)], 'image.webp')
    const media = await savePhoto(context, file, { organizationId, isOfPerson: false })
    if ('problem' in media) return undefined
    const image = toImage(media, context.config.origin)
    await ensureShared(context, image)
    return image
  } catch (error) {
    if (error instanceof EgressError) return undefined
    throw error
  }
}
