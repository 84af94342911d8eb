import { outlineOf, widthOf } from '../images/outlined-text.ts'
import { type Lettering, type Piece, piecesOf, type Shape, type Sheet } from './sheet.ts'

/** Writes the first page of a sheet as SVG of outlines only: no letter in it is text, so none can be markup. */
export function toSvg(sheet: Sheet): string {
  const { width, height } = sheet
  const pieces = (sheet.pages[0] ?? []).flatMap(piecesOf)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="#fff"/>${pieces.map(toElement).join('')}</svg>`
}

function toElement(piece: Piece): string {
  if ('d' in piece) return toPath(piece)
  if ('png' in piece) {
    const { x, y, width, height } = piece
    return `<image x="${x}" y="${y}" width="${width}" height="${height}" href="data:image/png;base64,${Buffer.from(piece.png).toString('base64')}"/>`
  }
  const left = leftOf(piece)
  const { y, size, fill } = piece
  const d = outlineOf(piece.text, { ...piece, x: left })
  const stroke = piece.isStruck
    ? `<path d="M${left} ${y - 0.27 * size}h${widthOf(piece.text, piece)}" stroke="${fill}" stroke-width="${size * 0.09}"/>`
    : ''
  return `<path d="${d}" fill="${fill}"/>${stroke}`
}

/** Returns where a text begins. */
export const leftOf = (letters: Lettering): number => {
  const share = { start: 0, middle: 0.5, end: 1 }[letters.anchor ?? 'start']
  return share === 0 ? letters.x : letters.x - share * widthOf(letters.text, letters)
}

function toPath({ d, fill = 'none', stroke, lineWidth, opacity, at, ...rest }: Shape): string {
  const attributes = [
    `d="${d}" fill="${fill}"`,
    stroke && `stroke="${stroke}" stroke-width="${lineWidth}"`,
    rest.isRound && 'stroke-linecap="round"',
    rest.dash && `stroke-dasharray="${rest.dash}"`,
    rest.isEvenOdd && 'fill-rule="evenodd"',
    opacity && `opacity="${opacity}"`,
    at && `transform="translate(${at[0]} ${at[1]}) scale(${at[2]})"`,
  ]
  return `<path ${attributes.filter(Boolean).join(' ')}/>`
}
