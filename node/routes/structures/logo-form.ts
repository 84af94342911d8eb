import { randomBytes } from 'node:crypto'
import type { Context } from '../../context.ts'
import type { Logo } from '../../domain/values/logo.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { encodeLogo } from '../../formats/images/logo.ts'
import { PHOTO_BYTES } from '../../formats/images/photo.ts'
import { findMedia, insertMedia, type Media } from '../../store/files/media.ts'
import { writeMediaFile } from '../../store/files/media-storage.ts'
import { hasRoomForPicture } from '../../store/structures/structure-shares.ts'
import { fileOf, textOf } from '../http/forms.ts'

/** `held` is one that was sent and is not saved yet, which a refused form keeps. */
export type LogoAnswer = {
  logo: Logo | undefined
  held?: Logo | undefined
  problems: Problem[]
}

type Where = Pick<Context, 'db' | 'config' | 'now'>
type Asked = { field?: string; current: Logo | undefined; organizationId: string }

/**
 * Reads what the form of the place says of a logo: `logo` (a file), `logo.media` (one that a refused form sent before),
 * `logo.remove`; another `field` says it for a partner. One that can be read is stored at once, like a café's picture,
 * so that a mistake elsewhere in the form does not lose it.
 */
export async function receiveLogo(
  where: Where,
  form: FormData,
  { field = 'logo', current, organizationId }: Asked,
): Promise<LogoAnswer> {
  const file = fileOf(form, field)
  if (file) {
    const kept = await saveLogo(where, file, organizationId)
    return 'problem' in kept
      ? { logo: current, problems: [{ field, code: kept.problem }] }
      : heldOf(kept)
  }
  if (form.has(`${field}.remove`)) return { logo: undefined, problems: [] }
  const id = textOf(form, `${field}.media`)
  const media = id ? await findMedia(where.db, { id, organizationId }) : undefined
  return media ? heldOf(media) : { logo: current, problems: [] }
}

const heldOf = (media: Media): LogoAnswer => {
  const logo = toLogo(media)
  return { logo, held: logo, problems: [] }
}

/**
 * Refuses a logo, or stores it first on the disk and then in the table, so that a row without its files never exists.
 */
async function saveLogo(
  { db, config, now }: Where,
  file: File | 'empty',
  organizationId: string,
): Promise<Media | { problem: Problem['code'] }> {
  if (file === 'empty') return { problem: 'file_empty' }
  if (file.size > PHOTO_BYTES) return { problem: 'image_too_large' }
  const id = randomBytes(16).toString('hex')
  if (!(await hasRoomForPicture(db, { id, organizationId }))) return { problem: 'pictures_full' }
  const drawn = await encodeLogo(new Uint8Array(await file.arrayBuffer()))
  if ('problem' in drawn) return drawn
  const { width, height, sizes } = drawn
  const media = { id, organizationId, width, height, sizes }
  for (const { nameFor, bytes } of drawn.files)
    await writeMediaFile({ db, config, now }, nameFor(media.id), bytes)
  await insertMedia(db, media, now())
  return media
}

const toLogo = ({ id, width, height, sizes }: Media): Logo => ({
  mediaId: id,
  ...{ width, height, sizes },
})
