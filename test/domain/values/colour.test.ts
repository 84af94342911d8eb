import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canBeRead,
  contrast,
  MIN_CONTRAST,
  themeOf,
  worstContrast,
} from '../../../node/domain/values/colour.ts'
import { readStylesheet } from '../../../node/routes/site/assets.ts'
import { times } from '../../support/full.ts'

const DARK_PAPER = '#16130f'

const colours = fc
  .tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 0, max: 255 })))
  .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`)

describe('contrast', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2)
    expect(contrast(other, one)).toBeCloseTo(ratio, 2)
  })

  test('on paper is lower than on white, and counts', () => {
    expect(contrast('#757575', '#ffffff')).toBeGreaterThan(MIN_CONTRAST)
    expect(worstContrast('#757575')).toBeLessThan(MIN_CONTRAST)
    expect(canBeRead('#757575')).toBe(false)
  })

  test('the stylesheet’s own grounds are the ones that are checked against', () => {
    const style = readStylesheet()
    const paper = [...style.matchAll(/--paper: (#\w{6})/g)].map(([, colour]) => colour)
    const card = [...style.matchAll(/--card: (#\w{6})/g)].map(([, colour]) => colour)
    // The style sheet repeats the two colours for frames that are always light or always dark.
    expect([paper, card].map((grounds) => [...new Set(grounds)])).toEqual([
      ['#fbf7f0', DARK_PAPER],
      ['#ffffff', '#201c17'],
    ])
  })
})

test('whatever colour is taken, all that is derived from it can be read, by day and by night', () => {
  fc.assert(
    fc.property(colours.filter(canBeRead), (colour) => {
      const { light, dark } = themeOf(colour)
      const pairs = [
        [light.accent, '#fbf7f0'],
        [light.accent, '#ffffff'],
        [light.onAccent, light.accent],
        [light.onAccent, light.accentStrong],
        [light.accentStrong, light.accentSoft],
        [dark.accent, DARK_PAPER],
        [dark.accent, '#201c17'],
        [dark.onAccent, dark.accent],
        [dark.onAccent, dark.accentStrong],
        [dark.accentStrong, dark.accentSoft],
      ] as const
      for (const [text, ground] of pairs)
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(MIN_CONTRAST)
    }),
    { numRuns: times(60, 300) },
  )
})
