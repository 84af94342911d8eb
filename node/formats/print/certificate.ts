import type { CertificateWords } from '../../domain/kit/certificate-words.ts'
import { lineOf, linesIn } from './fit.ts'
import { bottomOf, brandOf, codeOf } from './parts.ts'
import {
  artifactOf,
  BOLD,
  COLOURS,
  type Part,
  paragraphOf,
  REGULAR,
  ruleOf,
  type Sheet,
} from './sheet.ts'

/** A certificate of activity (A4): facts side by side, and the code with which they are checked. */

const ALL = { x: 14, width: 182 } as const

/** Draws the certificate, black on white. */
export const drawCertificate = (words: CertificateWords): Sheet => ({
  ...{ width: 210, height: 297, unit: 1, lang: words.lang },
  title: `${words.title}, ${words.name}`,
  pages: [[...headOf(words), ...factsOf(words), ...checkOf(words), bottomOf(words, 288)]],
})

function headOf(words: CertificateWords): Part[] {
  const { title, name, period } = words
  const wide = { ...ALL, leading: 1.2 }
  return [
    ...brandOf(words, { x: 14, y: 12, height: 8 }),
    { tag: 'H1', pieces: [lineOf(title, { ...BOLD, ...ALL, sizes: [11, 9.5], y: 44 })] },
    ...paragraphOf(
      ...linesIn(name, {
        ...BOLD,
        ...wide,
        fill: words.accent,
        sizes: [8, 7, 6],
        height: 20,
        top: 52,
        most: 2,
      }).pieces,
    ),
    ...paragraphOf(lineOf(period, { ...ALL, sizes: [4.8, 4.2], y: 80 })),
  ]
}

/** The height of a fact. */
const ROW = 17

function factsOf({ facts, note }: CertificateWords): Part[] {
  const parts = facts.flatMap(({ count, text }, index): Part[] => {
    const y = 90 + index * ROW
    const size = { sizes: [8, 7, 6], width: 44 }
    return [
      artifactOf(ruleOf(14, y, 182, 0.3, COLOURS.line)),
      {
        tag: 'P',
        pieces: [
          lineOf(count, { ...BOLD, ...size, x: 54, anchor: 'end', y: y + 11 }),
          lineOf(text, { sizes: [5, 4.4, 3.8], width: 136, x: 60, y: y + 10.5 }),
        ],
      },
    ]
  })
  const top = 96 + facts.length * ROW
  const room = { ...REGULAR, ...ALL, sizes: [4.2], height: 26, leading: 1.3, isFull: true, top }
  return [...parts, ...paragraphOf(...linesIn(note, room).pieces)]
}

function checkOf(words: CertificateWords): Part[] {
  const right = { x: 72, width: 124 }
  const { pieces } = linesIn(words.go.text, {
    ...{
      ...REGULAR,
      ...right,
      sizes: [4.6, 4.2],
      height: 30,
      leading: 1.3,
      isFull: true,
      top: 236,
    },
  })
  return [
    artifactOf(ruleOf(14, 226, 182, 0.35, COLOURS.edge)),
    codeOf(words, 18, 232, 46),
    ...paragraphOf(...pieces),
    {
      ...{ tag: 'Link', href: words.go.href, alt: words.go.code },
      pieces: [lineOf(words.go.end, { ...BOLD, ...right, sizes: [5], y: 274 })],
    },
  ]
}
