import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import { loadSharp } from '../../formats/images/sharp.ts'
import { receiveCafeImage } from '../../routes/cafes/image.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { OWN_CAFE } from '../../store/cafes/own-cafes.ts'
import { describePicture, drawPicture, type Subject } from './picture.ts'
import { retryWhileBusy } from './shared-database.ts'

export type Pictured = { cafeId: string; picture: Subject }

/** The author of the drawings and their licence, which are those of the program. */
const CREDIT = 'Illustration : Café IA'

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/** Adds a picture as if the team had chosen a file in the form of the café. */
export async function addDemoPicture(
  context: SiteContext,
  { cafeId, picture }: Pictured,
): Promise<void> {
  const current = await findCafe(context.db, cafeId)
  if (!current?.organizationId) return
  const { organizationId } = current
  const form = new FormData()
  form.set('image', new File([await toPng(drawPicture(picture))], `${picture}.png`))
  form.set('image.alt', describePicture(picture))
  form.set('image.credit', CREDIT)
  const { image } = await receiveCafeImage(context, form, { current, organizationId })
  const { db, now } = context
  const decide = (cafe: Cafe) => ({ value: { ...cafe, image } })
  const edit = { id: cafeId, by: OPERATOR, seen: undefined, decide }
  await retryWhileBusy(() => saveEdit(db, OWN_CAFE, edit, now()))
}

async function toPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await loadSharp()
  return new Uint8Array(await sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer())
}
