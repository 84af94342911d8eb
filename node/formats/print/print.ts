import type { SheetWords, Template } from '../../domain/kit/sheet-words.ts'
import { drawCards } from './cards.ts'
import { toPdf } from './pdf.ts'
import { drawShared, drawSlide, type FrameName } from './pictures.ts'
import { drawPoster } from './poster.ts'
import type { Sheet } from './sheet.ts'
import { toSvg } from './svg.ts'

/** What is printed of a café: a poster or flyer in one of two templates, four cards, a slide, a picture to share. */
export type SheetOrder = { words: SheetWords } & (
  | { sheet: 'affiche' | 'tract'; template: Template; hasBleed: boolean }
  | { sheet: 'vignettes' | 'diapositive' | FrameName }
)

function drawSheet(order: SheetOrder): Sheet {
  const { words, sheet } = order
  if (sheet === 'vignettes') return drawCards(words)
  if (sheet === 'diapositive') return drawSlide(words)
  if (sheet === 'affiche' || sheet === 'tract')
    return drawPoster(words, order.template, sheet === 'affiche' ? 'A4' : 'A5')
  return drawShared(words, sheet)
}

/** Writes a sheet as PDF, or its first page as SVG. */
export async function writeSheet(order: SheetOrder, as: 'pdf' | 'svg'): Promise<Buffer> {
  const sheet = drawSheet(order)
  if (as === 'svg') return Buffer.from(toSvg(sheet))
  return toPdf(sheet, { hasBleed: 'hasBleed' in order && order.hasBleed })
}
