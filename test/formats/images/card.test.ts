import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { cardWords } from '../../../node/domain/cafes/shared-image.ts'
import { drawCard } from '../../../node/formats/images/card.ts'
import {
  drawableText,
  outlineOf,
  toLines,
  widthOf,
} from '../../../node/formats/images/outlined-text.ts'
import { MEASURED } from '../../support/measured.ts'
import { ownCafe } from '../../support/own-cafe.ts'

const TITLE = { size: 60, weight: 700 } as const

describe('text as outlines', () => {
  test('every French letter and sign has a shape, in both weights', () => {
    for (const character of 'àâäæçéèêëîïôœùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÙÛÜŸ’«»–…€&?!:;%0123456789')
      for (const weight of [400, 700] as const)
        expect([character, outlineOf(character, { size: 40, weight, x: 0, y: 0 })]).not.toEqual([
          character,
          '',
        ])
  })

  test('is path data and nothing else, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (title) => {
        expect(outlineOf(title, { ...TITLE, x: 80, y: 300 })).toMatch(/^[MLQCZ\d.\- ]*$/)
      }),
    )
  })

  test('two numbers never run into one another', () => {
    const data = outlineOf('Café IA, à l’été', { ...TITLE, x: 0, y: 0 })
    const counts = { M: 2, L: 2, Q: 4, C: 6, Z: 0 } as Record<string, number>
    for (const [, type = '', numbers = ''] of data.matchAll(/([MLQCZ])([^MLQCZ]*)/g))
      expect(numbers.split(' ').filter(Boolean)).toHaveLength(counts[type] ?? -1)
  })

  test('another script and emojis are left out, without a hole', () => {
    expect(drawableText('☕ Un café \u202f日本 IA 👩🏽‍💻')).toBe('Un café IA')
  })

  test('three lines at most, none too wide, no question mark alone at the start of one', () => {
    const titles = fc.array(fc.constantFrom('café', 'IA', '?', 'travail', 'x'.repeat(70)), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(titles, (words) => {
        const lines = toLines(words.join(' '), { ...TITLE, width: 1040, most: 3 })
        expect(lines.length).toBeLessThanOrEqual(3)
        for (const [index, line] of lines.entries()) {
          expect(widthOf(line, TITLE)).toBeLessThanOrEqual(1040)
          if (index > 0) expect(line).not.toMatch(/^\?/)
        }
      }),
      { numRuns: 50 },
    )
  })
})

const cardOf = (content: Partial<Cafe> = {}) => cardWords(ownCafe(content))

describe('the card', () => {
  const pixelsOf = async (png: Buffer) => sharp(png).raw().toBuffer()

  test('is a PNG of 1200 × 630, small, drawn quickly', MEASURED, async () => {
    await drawCard(cardOf())
    const start = performance.now()
    const png = await drawCard(cardOf({ title: 'Un titre long '.repeat(10).slice(0, 140) }))
    expect(performance.now() - start).toBeLessThan(1000)
    const { format, width, height } = await sharp(png).metadata()
    expect([format, width, height]).toEqual(['png', 1200, 630])
    expect(png.length).toBeLessThan(100_000)
  })

  test.each([
    ['its title', { title: 'Un autre titre' }],
    ['that it is cancelled', { status: 'cancelled' }],
    ['that it is postponed', { status: 'postponed' }],
    ['its day', { startsAt: Temporal.Instant.from('2026-12-04T17:30:00Z') }],
    ['its zone', { timezone: 'Indian/Reunion' }],
    ['that it is online', { venue: undefined, attendanceMode: 'online' }],
  ] as const)('says %s', async (_, content) => {
    const [before, after] = [await drawCard(cardOf()), await drawCard(cardOf(content))]
    const [a, b] = [await pixelsOf(before), await pixelsOf(after)]
    expect(a.filter((value, index) => value !== b[index]).length).toBeGreaterThan(500)
  })

  test('a title in another script still makes a card', async () => {
    const png = await drawCard(cardOf({ title: 'مرحبا 日本 </svg><script>' }))
    expect((await sharp(png).metadata()).width).toBe(1200)
  })
})
