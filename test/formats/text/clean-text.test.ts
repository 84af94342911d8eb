import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLines, cleanText, withoutUnseen } from '../../../node/formats/text/clean-text.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { times } from '../../support/full.ts'
import { MEASURED } from '../../support/measured.ts'

const cleaners = [cleanText, cleanLines]

describe('a text from outside', () => {
  test.each([
    ['Café\u0000 \u0007IA', 'Café IA'],
    ['a\u202eb\u2066c\u2069\u061cd', 'abcd'],
    ['a\u200b\u200d\ufeffb', 'ab'],
    ['a\u{e0061}\u{e0062}b\ufe0f', 'ab'],
    ['Ca\u00adfé\u034f', 'Café'],
    ['\u200e03/12/2026', '03/12/2026'],
    ['a\ud800b', 'a\ufffdb'],
    ['Cafe\u0301', 'Café'],
    ['e\u034f\u0301', 'é'],
    ['\u0301\u0302 Café', 'Café'],
    ['  a \t\r\n  b  ', 'a b'],
    ['a\u2800\u3000b\u2003c', 'a b c'],
    ['«\u00a0oui\u00a0»', '«\u00a0oui\u00a0»'],
    ['a\u00a0\u00a0\u00a0b', 'a b'],
  ])('%j is %j', (text, clean) => {
    expect(cleanText(text, 100)).toBe(clean)
  })

  test.each([
    '',
    ' \n\u00a0\u3000',
    '\u3164',
    '\u115f\u1160\uffa0',
    '\u2800',
    '\u180e\u200b\u2060\u00ad\u034f',
    '\u061c\u200e\u2067',
    '\u{e0001}\u{e0041}\u{e007f}',
    '\ufe0f\u{e0100}',
    '\u0301\u0308',
    '\u{1d159}',
    '\ue000\u{10fffd}',
  ])('of nothing visible is empty: %j', (text) => {
    for (const clean of cleaners) expect(clean(text, 100)).toBe('')
  })

  test.each(['👨‍👩‍👧‍👦', '🏳️‍🌈', '👩🏽‍💻', '❤️', '1️⃣', '🇫🇷', '☕️'])('keeps %s whole', (emoji) => {
    expect(cleanText(`Café ${emoji} IA`, 100)).toBe(`Café ${emoji} IA`)
  })

  test('keeps no joiner that joins nothing', () => {
    expect(cleanText('a\u200d☕\u200db\u200d', 100)).toBe('a☕b')
    expect(cleanText('☕\u200b\u200d\ufe0f☕', 100)).toBe('☕☕')
  })

  test('is cut with an ellipsis, never inside a character', () => {
    expect(cleanText('abcdef', 4)).toBe('abc…')
    expect(cleanText('abcd', 4)).toBe('abcd')
    expect(cleanText('🤖🤖🤖', 4)).toBe('🤖…')
    expect(cleanText('a👩\u200d👩a', 6)).toBe('a👩…')
    expect(cleanText('a1\ufe0f\u20e3bc', 4)).toBe('a1…')
  })

  test('says that it was cut also where cleaning left less than the limit', () => {
    expect(cleanText(`a${' '.repeat(100)}b`, 10)).toBe('a…')
  })

  test('of several lines keeps them, one empty at most between two', () => {
    expect(cleanLines('a\r\nb \n\n\n\nc\u0085d\rd', 100)).toBe('a\nb\n\nc\nd\nd')
  })

  test('is clean once for all, within its length, well-formed', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(...'a é\u0301\u034f\u200d\ufe0f☕👩🏽1\u20e3\ud83d\n\u00a0\u3164'),
      }),
    )
    fc.assert(
      fc.property(odd, fc.integer({ min: 1, max: 40 }), (text, max) => {
        for (const clean of cleaners) {
          const once = clean(text, max)
          expect(clean(once, max)).toBe(once)
          expect(once.length).toBeLessThanOrEqual(max)
          expect(once.isWellFormed()).toBe(true)
          expect(once.normalize('NFC')).toBe(once)
        }
      }),
      { numRuns: times(600, 3000) },
    )
  })
})

/** Yields the code points of Unicode; in an ordinary run one in sixty-one of those from the third plane on. */
function* points(): Generator<number> {
  for (let point = 0; point <= 0x10ffff; point += point < 0x20000 ? 1 : times(61, 1)) yield point
}

describe('every code point of Unicode', () => {
  const invisible =
    /^[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Co}\p{Mn}\p{Me}\u2800\ufffc\u{13441}\u{13442}]$/u
  // Unicode draws these format characters: number signs of Arabic and Syriac, Kaithi, hieroglyph joiners.
  const drawn =
    /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{13440}]$/u

  test('alone is empty if it is invisible, and stays if it is a letter, a number, a sign', () => {
    for (const point of points()) {
      const character = String.fromCodePoint(point)
      const clean = cleanText(character, 10)
      if (invisible.test(character) && !drawn.test(character))
        expect(clean, point.toString(16)).toBe('')
      else if (/^[\p{L}\p{N}\p{P}\p{Sm}\p{Sc}\p{Sk}]$/u.test(character))
        expect(clean, point.toString(16)).toBe(character.normalize('NFC').replace(/^\p{Mn}+/u, ''))
    }
  })

  test('between two letters leaves no control, no mark of direction, nothing ignorable', () => {
    for (const point of points()) {
      const clean = cleanText(`a${String.fromCodePoint(point)}b`, 10)
      if (/[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Co}\p{Cs}]/u.test(clean))
        expect.fail(point.toString(16))
    }
  })
})

describe('one megabyte of anything', () => {
  const MEGABYTE = 1024 ** 2
  const adversaries: [string, string][] = [
    ['spaces', ' '],
    ['spaces and a letter', `${' '.repeat(5000)}a`],
    ['breaks', '\n'],
    ['spaces and breaks', ' \n'],
    ['tabs', '\t'],
    ['no-break spaces', '\u00a0'],
    ['carriage returns', '\r'],
    ['alternating marks', '\u0301\u0316'],
    ['a letter and alternating marks', `a${'\u0301\u0316'.repeat(50_000)}`],
    ['marks held apart by joiners', `a${'\u0301\u034f\u0316'.repeat(50_000)}`],
    ['zero width', '\u200b'],
    ['joined emoji', '👩\u200d'],
    ['digits with selectors', '1\ufe0f'],
    ['lone surrogates', '\ud800'],
    ['what composing makes longer', '\ufb2c'],
  ]

  test.each(adversaries)('costs little: %s', MEASURED, (_, unit) => {
    const text = `a${unit.repeat(Math.ceil(MEGABYTE / unit.length)).slice(0, MEGABYTE)}b`
    for (const clean of cleaners) {
      expect(cpuTimeOf(() => clean(text, 2000))).toBeLessThan(20)
      // The cost is linear in the length of the text, also without a limit.
      expect(cpuTimeOf(() => clean(text, MEGABYTE))).toBeLessThan(1000)
    }
    expect(cpuTimeOf(() => withoutUnseen(text))).toBeLessThan(1000)
  })
})
