import type { Context } from '../../context.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { describeImage, type ImageAnswer, savePhoto, toImage } from '../cafes/image.ts'
import { fileOf } from '../http/forms.ts'

/**
 * Reads what the form of a person's profile says of their photo: `image` (a file), `image.alt`, `image.remove`. Where
 * anything in the form is wrong, the photo is not stored, not even for the next attempt, so that a person who may not
 * be shown here leaves nothing.
 *
 * @param current - The photo that was accepted before.
 * @param isRefused - Whether something else in the form is wrong.
 */
export async function receivePortrait(
  where: Pick<Context, 'db' | 'config' | 'now'>,
  form: FormData,
  {
    current,
    organizationId,
    isRefused,
  }: { current: CafeImage | undefined; organizationId: string; isRefused: boolean },
): Promise<ImageAnswer> {
  const file = fileOf(form, 'image')
  if (!file) return current && !form.has('image.remove') ? describeImage(form, current) : NONE
  const { problems } = describeImage(form, { url: '', alt: '' })
  if (isRefused || problems.length > 0)
    return { image: undefined, problems: [...problems, CHOOSE_AGAIN] }
  const media = await savePhoto(where, file, { organizationId, isOfPerson: true })
  if ('problem' in media)
    return { image: undefined, problems: [{ field: 'image', code: media.problem }] }
  return describeImage(form, toImage(media, where.config.origin))
}

const NONE: ImageAnswer = { image: undefined, problems: [] }

const CHOOSE_AGAIN: Problem = { field: 'image', code: 'image_again' }
