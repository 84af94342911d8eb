import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import opentype, { type Font, type Glyph } from 'opentype.js'
import { expect, test } from 'vitest'
import { OWN_FONTS, PACKAGED_FONTS } from '../../node/formats/images/font-files.ts'

const open = (folder: string, weight: number): Font => {
  const bytes = readFileSync(join(folder, `atkinson-hyperlegible-latin-${weight}-normal.woff`))
  return opentype.parse(Uint8Array.from(bytes).buffer)
}

/** Returns the outline at size 1000, which is the font's units per em, so that no coordinate is rounded. */
const outlineOf = (glyph: Glyph) => glyph.getPath(0, 0, 1000).commands

const outlinesOf = (font: Font): Map<string, string> =>
  new Map(
    Array.from({ length: font.glyphs.length }, (_, index) => {
      const glyph = font.glyphs.get(index)
      return [String(glyph.name), JSON.stringify([glyph.advanceWidth, outlineOf(glyph)])]
    }),
  )

const zeroOf = (font: Font) => {
  const commands = outlineOf(font.charToGlyph('0'))
  const across = commands.flatMap(({ x }) => x ?? [])
  const contours = commands.filter(({ type }) => type === 'M').length
  return { contours, left: Math.min(...across), right: Math.max(...across) }
}

test.each([400, 700])(
  'the font of weight %i is that of its package but for an open zero',
  (weight) => {
    const ours = open(OWN_FONTS, weight)
    const theirs = open(PACKAGED_FONTS, weight)
    const before = outlinesOf(theirs)
    const changed = [...outlinesOf(ours)].filter(([name, outline]) => before.get(name) !== outline)
    expect(changed.map(([name]) => name)).toEqual(['zero', 'zero.tf'])
    expect(ours.glyphs.length).toBe(theirs.glyphs.length)
    expect(zeroOf(theirs).contours).toBe(3)
    expect(zeroOf(ours)).toEqual({ ...zeroOf(theirs), contours: 2 })
  },
)
