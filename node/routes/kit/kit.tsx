import { Hono, type Context as HonoContext } from 'hono'
import { KitPage, type OldSheet } from '../../../ui/kit/kit-page.tsx'
import { readyWords } from '../../../ui/kit/ready-words.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import type { Context } from '../../context.ts'
import type { SheetWords } from '../../domain/kit/sheet-words.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { findTakenSheet } from '../../store/accounts/taken-sheets.ts'
import { cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { orderOf, type SheetName, sheetAnswer, statedOn } from './sheets.ts'

type Asked = HonoContext<WebEnv>

/** The kit of a café for its team: previews of its sheets and pictures, and words to copy. */
export const kitRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id/kit', (c) => showKit(context, c))
    .get(
      '/:id/kit/:file{(?:affiche|chaleureux|tract|vignettes|diapositive|paysage|carre|portrait)\\.webp}',
      (c) => sendPreview(context, c),
    )

async function showKit(context: Context, c: Asked) {
  const cafe = toPrintedCafe(await cafeForEditing(context, c.var.admin, c.req.param('id') ?? ''))
  const { words } = await orderOf(context, cafe, { sheet: 'affiche' })
  return c.html(
    <KitPage
      {...(await adminPropsFor(context, c))}
      cafe={cafe}
      words={readyWords(cafe, words)}
      wordsLang={words.lang}
      old={await findOld(context, cafe.id, words)}
    />,
  )
}

/** Finds what has become wrong on the sheet that was taken last. */
async function findOld(
  { db }: Context,
  cafeId: string,
  words: SheetWords,
): Promise<OldSheet | undefined> {
  const taken = await findTakenSheet(db, cafeId)
  if (!taken) return undefined
  const now = statedOn(words)
  const day = dayInParis(taken.at)
  if (taken.stated.state !== now.state && now.state) return { day, what: 'state', text: now.state }
  if (taken.stated.when !== now.when) return { day, what: 'date', text: taken.stated.when }
  if (taken.stated.place !== now.place) return { day, what: 'place', text: taken.stated.place }
  return undefined
}

async function sendPreview(context: Context, c: Asked) {
  const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id') ?? '')
  const name = (c.req.param('file') ?? '').slice(0, -'.webp'.length)
  const isWarm = name === 'chaleureux'
  const sheet = (isWarm ? 'affiche' : name) as SheetName
  const order = await orderOf(context, cafe, { sheet, template: isWarm ? name : 'sobre' })
  return sheetAnswer(context, c, { order, file: 'preview', isPublic: false, name: `${name}.webp` })
}
