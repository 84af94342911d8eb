import PDFDocument from 'pdfkit'
import { toRuns, widthOf } from '../images/outlined-text.ts'
import { findFont } from './sfnt.ts'
import type { Lettering, Part, Piece, Shape, Sheet } from './sheet.ts'
import { leftOf } from './svg.ts'

const POINTS = 72 / 25.4
/** The printer's margin around the trimmed page, in millimetres: what is drawn beyond the edge, and the crop marks. */
const BLEED = 3
const MARKS = 5

type Document = PDFKit.PDFDocument

/**
 * Writes a sheet as a tagged PDF (PDF/UA-1, ISO 14289-1) with the fonts inside, of which it has the letters that are
 * used. With `hasBleed` the page is larger, with crop marks, and the drawing goes on beyond the edge.
 */
export async function toPdf(sheet: Sheet, { hasBleed = false } = {}): Promise<Buffer> {
  const margin = hasBleed ? BLEED + MARKS : 0
  const scale = POINTS * sheet.unit
  const size: [number, number] = [
    sheet.width * scale + 2 * margin * POINTS,
    sheet.height * scale + 2 * margin * POINTS,
  ]
  const doc = new PDFDocument({
    ...{ size, margin: 0, autoFirstPage: false, pdfVersion: '1.7', subset: 'PDF/UA' },
    ...{ tagged: true, displayTitle: true, lang: sheet.lang, info: { Title: sheet.title } },
    // There is no font of the library, whose metrics it would read.
    font: null,
  } as never)
  const bytes = gather(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  for (const page of sheet.pages) {
    doc.addPage()
    if (hasBleed) addBoxes(doc, size)
    for (const part of page) {
      doc.save()
      doc.translate(margin * POINTS, margin * POINTS).scale(scale)
      addPart(doc, root, part)
      doc.restore()
    }
    if (hasBleed) drawMarks(doc, size)
  }
  root.end()
  doc.end()
  return bytes
}

async function gather(doc: Document): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of doc) parts.push(part as Uint8Array)
  return Buffer.concat(parts)
}

function addPart(doc: Document, parent: PDFKit.PDFStructureElement, part: Part): void {
  const drawAll = () => {
    const pieces = part.pieces ?? []
    for (const [index, piece] of pieces.entries()) draw(doc, piece, index < pieces.length - 1)
  }
  if (part.tag === 'Artifact') {
    doc.markContent('Artifact', { type: 'Layout' })
    drawAll()
    doc.endMarkedContent()
    return
  }
  const element = doc.struct(part.tag, {
    ...(part.alt && { alt: part.alt }),
    ...(part.actual && { actual: part.actual }),
    ...(part.area && { bbox: toPage(doc, part.area), placement: 'Block' }),
  } as never)
  parent.add(element)
  if (part.pieces) element.add(drawAll)
  if (part.href) addLink(doc, element, part, part.href)
  for (const inner of part.parts ?? []) addPart(doc, element, inner)
  element.end()
}

/** Returns the corners of an area on the page, in points from its top left corner. */
function toPage(doc: Document, [x, y, width, height]: NonNullable<Part['area']>): number[] {
  const [scale = 1, , , , left = 0] = (doc as unknown as { _ctm: number[] })._ctm
  return [x, y, x + width, y + height].map((at) => left + at * scale)
}

function addLink(
  doc: Document,
  element: PDFKit.PDFStructureElement,
  { pieces = [], alt }: Part,
  href: string,
): void {
  for (const piece of pieces) {
    if (!('text' in piece)) continue
    const { text, y, size } = piece
    const area = [leftOf(piece), y - size, widthOf(text, piece), 1.2 * size] as const
    doc.link(...area, href, { structParent: element, Contents: new String(alt ?? text) } as never)
  }
}

function draw(doc: Document, piece: Piece, isFollowed: boolean): void {
  if ('d' in piece) drawShape(doc, piece)
  else if ('png' in piece)
    doc.image(Buffer.from(piece.png), piece.x, piece.y, {
      width: piece.width,
      height: piece.height,
    })
  else drawLetters(doc, piece, isFollowed)
}

function drawShape(doc: Document, shape: Shape): void {
  const { d, fill, stroke, lineWidth = 1, opacity, at } = shape
  doc.save()
  if (at) doc.translate(at[0], at[1]).scale(at[2])
  if (opacity !== undefined) doc.opacity(opacity)
  doc.lineWidth(lineWidth).lineCap(shape.isRound ? 'round' : 'butt')
  if (shape.dash) doc.dash(shape.dash, {})
  doc.path(d)
  if (fill) doc.fill(fill, shape.isEvenOdd ? 'even-odd' : 'non-zero')
  else if (stroke) doc.stroke(stroke)
  doc.restore()
}

/** Writes letters. A line that another one follows ends with a space, so that words stay apart where it is read. */
function drawLetters(doc: Document, letters: Lettering, isFollowed: boolean): void {
  const { text, y, size: whole, fill, spacing = 0 } = letters
  const left = leftOf(letters)
  doc.fillColor(fill)
  for (const run of toRuns(isFollowed ? `${text} ` : text, letters))
    useFont(doc, run.file)
      .fontSize(run.size)
      .text(run.text, left + run.left, y - run.rise, {
        ...{ lineBreak: false, baseline: 'alphabetic', characterSpacing: spacing * run.size },
      })
  if (letters.isStruck)
    doc
      .lineWidth(whole * 0.09)
      .moveTo(left, y - 0.27 * whole)
      .lineTo(left + widthOf(text, letters), y - 0.27 * whole)
      .stroke(fill)
}

/** Selects a font, which a document has once, by the name of its file. */
function useFont(doc: Document, file: string): Document {
  const { _registeredFonts: known } = doc as unknown as {
    _registeredFonts: Record<string, unknown>
  }
  if (!known[file]) doc.registerFont(file, findFont(file))
  return doc.font(file)
}

function addBoxes(doc: Document, [width, height]: [number, number]): void {
  const inset = (by: number) => [by, by, width - by, height - by]
  const { data } = doc.page.dictionary as unknown as { data: Record<string, unknown> }
  data.TrimBox = inset((BLEED + MARKS) * POINTS)
  data.BleedBox = inset(MARKS * POINTS)
}

/** Draws the corners at which the printer cuts, outside of what is cut off. */
function drawMarks(doc: Document, [width, height]: [number, number]): void {
  const at = (BLEED + MARKS) * POINTS
  const length = (MARKS - 1) * POINTS
  doc.markContent('Artifact', { type: 'Page' })
  doc.lineWidth(0.25)
  for (const x of [at, width - at])
    for (const [from, to] of [
      [0, length],
      [height - length, height],
    ] as const)
      doc.moveTo(x, from).lineTo(x, to).stroke('#000000')
  for (const y of [at, height - at])
    for (const [from, to] of [
      [0, length],
      [width - length, width],
    ] as const)
      doc.moveTo(from, y).lineTo(to, y).stroke('#000000')
  doc.endMarkedContent()
}
