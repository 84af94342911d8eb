import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLines, cleanText } from '../../node/formats/clean-text.ts'

describe('a text from outside', () => {
  test.each([
    ['Café\u0000 \u0007IA', 'Café IA'],
    ['a\u202eb\u2066c\u2069', 'abc'],
    ['a\u200b\u200d\ufeffb', 'ab'],
    ['\u200e03/12/2026', '03/12/2026'],
    ['a\ud800b', 'a\ufffdb'],
    ['Cafe\u0301', 'Café'],
    ['  a \t\r\n  b  ', 'a b'],
    ['«\u00a0oui\u00a0»', '«\u00a0oui\u00a0»'],
  ])('%j is %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })

  test('is cut with an ellipsis, never inside a character', () => {
    expect(cleanText('abcdef', 4)).toBe('abc…')
    expect(cleanText('abcd', 4)).toBe('abcd')
    expect(cleanText('🤖🤖🤖', 4)).toBe('🤖…')
  })

  test('of several lines keeps them, one empty at most between two', () => {
    expect(cleanLines('a\r\nb \n\n\n\nc\u0085d\rd')).toBe('a\nb\n\nc\nd\nd')
  })

  test('is clean once for all, within its length, well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        for (const clean of [cleanText, cleanLines]) {
          const once = clean(text, max)
          expect(clean(once, max)).toBe(once)
          expect(once.length).toBeLessThanOrEqual(max)
          expect(once.isWellFormed()).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
