import { randomBytes } from 'node:crypto'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  ALT_MAX,
  type CafeImage,
  CREDIT_MAX,
  type FocalPoint,
  mediaName,
  sharedName,
} from '../../domain/values/image.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { cropShared, encodePhoto, PHOTO_BYTES } from '../../formats/images/photo.ts'
import { findMedia, insertMedia, type Media } from '../../store/files/media.ts'
import { readMediaFile, writeMediaFile } from '../../store/files/media-storage.ts'
import { hasRoomForPicture } from '../../store/structures/structure-shares.ts'
import { type BodyLimits, fileOf, textOf } from '../http/forms.ts'

/** The maximum number of bytes of a form with one picture and all its texts. */
const PHOTO_FORM_BYTES = PHOTO_BYTES + 1024 ** 2

/** The limits of such a form, whose refusal says how large the picture may be. */
export const PHOTO_LIMITS: Partial<BodyLimits> = {
  most: PHOTO_FORM_BYTES,
  refusal: 'site.image_too_large',
}

type Where = Pick<Context, 'db' | 'config' | 'now'>

export type ImageAnswer = { image: CafeImage | undefined; problems: Problem[] }

export type CafeImageAnswer = ImageAnswer & {
  /** A picture that came with this form or with an earlier attempt; the form that is shown again must hold it. */
  media: Media | undefined
}

/**
 * Reads what the form of a café says of the picture: `image` (a file), `image.media` (one already sent), `image.alt`,
 * `image.credit`, `image.focus` (`-0.67 0`), `image.remove`. A picture that can be read is stored at once, so that a
 * mistake elsewhere in the form does not lose it; the purge deletes pictures that nothing shows after a day.
 */
export async function receiveCafeImage(
  where: Where,
  form: FormData,
  { current, organizationId }: { current: Pick<Cafe, 'image'> | undefined; organizationId: string },
): Promise<CafeImageAnswer> {
  const file = fileOf(form, 'image')
  const sent = file && (await savePhoto(where, file, { organizationId, isOfPerson: false }))
  if (sent && 'problem' in sent)
    return {
      image: undefined,
      media: undefined,
      problems: [{ field: 'image', code: sent.problem }],
    }
  if (!sent && form.has('image.remove')) return NO_IMAGE

  const id = textOf(form, 'image.media')
  const media = sent ?? (id ? await findMedia(where.db, { id, organizationId }) : undefined)
  const kept = media ? toImage(media, where.config.origin) : current?.image
  if (!kept) return NO_IMAGE
  const described = describeImage(form, kept)
  const { image, problems } = described
  if (problems.length === 0) await ensureShared(where, image)
  return { ...described, media }
}

/** Returns a picture with the texts that the form has for it, and what is wrong with these. */
export function describeImage<Image extends CafeImage>(form: FormData, kept: Image) {
  const image = { ...kept, ...readWords(form, kept) }
  return { image, problems: problemsOf(image) }
}

const NO_IMAGE: CafeImageAnswer = { image: undefined, media: undefined, problems: [] }

/**
 * Refuses a photo, or stores it first on the disk and then in the table, so that a row without its files never exists.
 */
export async function savePhoto(
  { db, config, now }: Where,
  file: File | 'empty',
  {
    id = randomBytes(16).toString('hex'),
    organizationId,
    isOfPerson,
  }: { id?: string; organizationId: string; isOfPerson: boolean },
): Promise<Media | { problem: Problem['code'] }> {
  if (file === 'empty') return { problem: 'file_empty' }
  if (file.size > PHOTO_BYTES) return { problem: 'image_too_large' }
  if (!(await hasRoomForPicture(db, { id, organizationId }))) return { problem: 'pictures_full' }
  const photo = await encodePhoto(new Uint8Array(await file.arrayBuffer()))
  if ('problem' in photo) return photo
  const { width, height, sizes } = photo
  const media = { id, organizationId, width, height, sizes }
  for (const { width, format, bytes } of photo.files)
    await writeMediaFile({ db, config, now }, mediaName(media.id, width, format), bytes)
  await insertMedia(db, { ...media, isOfPerson }, now())
  return media
}

/** Makes the picture of a café from a stored file; nobody has described it yet. */
export const toImage = ({ id, width, height, sizes }: Media, origin: string): CafeImage => ({
  url: `${origin}/media/${mediaName(id, width, 'jpg')}`,
  alt: '',
  mediaId: id,
  ...{ width, height, sizes },
})

/** Reads the texts of a picture; those for which a form has no field stay as they were. */
function readWords(
  form: FormData,
  known: CafeImage,
): Pick<CafeImage, 'alt' | 'credit' | 'focalPoint'> {
  const focalPoint = readFocus(textOf(form, 'image.focus')) ?? known.focalPoint
  return {
    alt: form.has('image.alt') ? textOf(form, 'image.alt') : known.alt,
    credit: form.has('image.credit') ? textOf(form, 'image.credit') || undefined : known.credit,
    focalPoint: known.mediaId ? focalPoint : undefined,
  }
}

function readFocus(text: string): FocalPoint | undefined {
  const [x, y] = text.split(' ').map(Number)
  const isInside = (value: number | undefined): value is number =>
    value !== undefined && value >= -1 && value <= 1
  return text !== '' && isInside(x) && isInside(y) ? [x, y] : undefined
}

function problemsOf({ alt, credit = '' }: CafeImage): Problem[] {
  const problems: Problem[] = []
  if (alt === '') problems.push({ field: 'image.alt', code: 'alt_required' })
  if (alt.length > ALT_MAX)
    problems.push({ field: 'image.alt', code: 'too_long', detail: String(ALT_MAX) })
  if (credit.length > CREDIT_MAX)
    problems.push({ field: 'image.credit', code: 'too_long', detail: String(CREDIT_MAX) })
  return problems
}

/** Makes the part that links show, for this focal point, from the widest file. */
export async function ensureShared(where: Where, image: CafeImage): Promise<void> {
  const { mediaId, width, focalPoint = [0, 0] as const } = image
  if (!mediaId || !width) return
  const name = sharedName(mediaId, focalPoint)
  if (await readMediaFile(where, name)) return
  const widest = await readMediaFile(where, mediaName(mediaId, width, 'jpg'))
  if (widest) await writeMediaFile(where, name, await cropShared(widest, focalPoint))
}
