import { Hono, type Context as HonoContext } from 'hono'
import { sheetWords } from '../../../ui/kit/sheet-words.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import type { Context } from '../../context.ts'
import { type Cafe, startsAtPlace } from '../../domain/cafes/cafe.ts'
import { type SheetWords, TEMPLATES, type Template } from '../../domain/kit/sheet-words.ts'
import type { CafeOrder, SheetOrder } from '../../formats/print/print.ts'
import { type StatedOnSheet, saveTakenSheet } from '../../store/accounts/taken-sheets.ts'
import { cafeForReading } from '../cafes/cafe-page.tsx'
import { hasTag, tagOf, takeMemory } from '../http/answers.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { authorOf, findCafeEditor, type WebEnv } from '../workspaces/access.ts'
import { findLook, readPictures } from './look.ts'
import { type PrintAs, printFor } from './printer.ts'

type Asked = HonoContext<WebEnv>

/** The bytes that a sheet takes while it is made and sent. */
const ESTIMATE = 2 * 1024 ** 2
const RETRY_S = '10'

/**
 * The sheets of a café to print, and its pictures to share, as the café is now. Those of a draft are for its team only.
 */
export const cafeSheetRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id/:file{(?:affiche|tract|vignettes|diapositive)\\.pdf}', (c) => {
      const sheet = c.req.param('file').slice(0, -'.pdf'.length) as SheetName
      return sendSheet(context, c, sheet, 'pdf')
    })
    .get('/:id/partage/:file{(?:paysage|carre|portrait)\\.png}', (c) => {
      const sheet = c.req.param('file').slice(0, -'.png'.length) as SheetName
      return sendSheet(context, c, sheet, 'png')
    })

/** Which sheet or picture. */
export type SheetName = CafeOrder['sheet']

async function sendSheet(context: Context, c: Asked, sheet: SheetName, file: PrintAs) {
  const id = c.req.param('id') ?? ''
  const editor = await findCafeEditor(c, context, id)
  const cafe = await cafeForReading(context, id, editor)
  const order = await orderOf(context, cafe, {
    sheet,
    template: templateOf(c.req.query('modele')),
    hasBleed: c.req.query('fond-perdu') === '1',
  })
  const isPublic = cafe.publication === 'published'
  const name = nameOf(cafe, sheet, file)
  const answer = await sheetAnswer(context, c, { order, file, isPublic, name })
  if (editor && file === 'pdf' && answer.status < 400 && c.req.method === 'GET') {
    const taken = { cafeId: cafe.id, by: authorOf(editor), stated: statedOn(order.words) }
    await saveTakenSheet(context.db, taken, context.now())
  }
  return answer
}

/** Returns what a sheet says that a change of the café makes wrong. */
export const statedOn = ({ when, place, town, change }: SheetWords): StatedOnSheet => ({
  ...{ when, state: change?.label ?? '' },
  place: [place, town].filter(Boolean).join(', '),
})

const nameOf = (cafe: Cafe, sheet: SheetName, file: PrintAs): string =>
  `cafe-ia-${startsAtPlace(cafe).toPlainDate()}-${sheet}.${file}`

/** Returns what is to be printed of a café, as it is now. */
export async function orderOf(
  context: Context,
  found: Cafe,
  asked: { sheet: SheetName; template?: Template; hasBleed?: boolean },
): Promise<CafeOrder> {
  const { sheet, template = 'sobre', hasBleed = false } = asked
  const cafe = toPrintedCafe(found)
  const words = sheetWords(cafe, await findLook(context, cafe))
  if (sheet !== 'affiche' && sheet !== 'tract') return { words, sheet }
  return { words, sheet, hasBleed, template }
}

/** Returns the template that is asked for, else the sober one. */
export const templateOf = (name: string | undefined): Template =>
  TEMPLATES.find((template) => template === name) ?? 'sobre'

const TYPES = { pdf: 'application/pdf', png: 'image/png', preview: 'image/webp' } as const

/** Answers a visitor who waits for too many sheets, or has waited for too long. */
export const answerLater = (c: Asked): Response => c.body(null, 503, { 'Retry-After': RETRY_S })

type Answer = { order: SheetOrder; file: PrintAs; isPublic: boolean; name: string }

/** Answers with a sheet; 503 while too many are asked for. Browsers ask again whether it is still the present one. */
export async function sheetAnswer(
  context: Context,
  c: Asked,
  { order, file, isPublic, name }: Answer,
): Promise<Response> {
  const key = JSON.stringify([file, order], (_, value) =>
    value instanceof Uint8Array ? tagOf(value) : value,
  )
  const common = {
    ETag: tagOf(key),
    'Cache-Control': isPublic ? 'public, max-age=0, must-revalidate' : 'private, no-store',
  }
  if (hasTag(c.req.header('If-None-Match'), common.ETag)) return c.body(null, 304, common)
  const visitor = networkOf(addressOf(c.env?.incoming, context.config))
  const loan = await takeMemory(c, context.config, ESTIMATE)
  const bytes = loan && (await printFor(visitor, key, () => readPictures(context, order), file))
  if (!bytes) return answerLater(c)
  loan.keep(bytes.length)
  return c.body(Uint8Array.from(bytes), 200, {
    ...common,
    'Content-Type': TYPES[file],
    'Content-Disposition': `inline; filename="${name}"`,
  })
}
