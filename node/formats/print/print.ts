import type { CertificateWords } from '../../domain/kit/certificate-words.ts'
import type { LeafletWords, StarterWords } from '../../domain/kit/leaflet-words.ts'
import type { SheetWords, Template } from '../../domain/kit/sheet-words.ts'
import { drawCards } from './cards.ts'
import { drawCertificate } from './certificate.ts'
import { drawLeaflet } from './leaflet.ts'
import { toPdf } from './pdf.ts'
import { drawShared, drawSlide, type FrameName } from './pictures.ts'
import { drawPoster } from './poster.ts'
import type { Sheet } from './sheet.ts'
import { drawStarterKit } from './starter-kit.ts'
import { toSvg } from './svg.ts'

/** What is printed of a café: a poster or flyer in one of two templates, four cards, a slide, a picture to share. */
export type CafeOrder = { words: SheetWords } & (
  | { sheet: 'affiche' | 'tract'; template: Template; hasBleed: boolean }
  | { sheet: 'vignettes' | 'diapositive' | FrameName }
)

/** Beside those of a café: the programme of a month, the kit for a first café, a certificate of activity. */
export type SheetOrder =
  | CafeOrder
  | { sheet: 'programme'; leaflet: LeafletWords }
  | { sheet: 'premier-cafe'; starter: StarterWords }
  | { sheet: 'attestation'; certificate: CertificateWords }

function drawSheet(order: SheetOrder): Sheet {
  if (order.sheet === 'programme') return drawLeaflet(order.leaflet)
  if (order.sheet === 'premier-cafe') return drawStarterKit(order.starter)
  if (order.sheet === 'attestation') return drawCertificate(order.certificate)
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
