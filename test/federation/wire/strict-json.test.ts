import { describe, expect, test } from 'vitest'
import { DuplicateNameError, parseStrictJson } from '../../../federation/wire/strict-json.ts'

describe('an object of JSON has each name once', () => {
  test.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":[{"id":1,"b":{"id":2,"id":3}}]}',
    '{"a" : 1 , "b":"\\"a\\":", "a"\n:2}',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
  ])('%s is refused', (text) => {
    expect(() => parseStrictJson(text)).toThrow(DuplicateNameError)
  })

  test.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '{"a":"\\\\","b":"\\"a\\":1,\\"a\\":"}',
    '["a","a"]',
    '{"a":"x: y","b":["c",":"]}',
    '{"__proto__":{"a":1}}',
    'null',
    '"a:"',
  ])('%s is read as it stands', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text))
  })

  test.each(['', '{', '{"a":1,}'])('%j is no JSON', (text) => {
    expect(() => parseStrictJson(text)).toThrow(SyntaxError)
    expect(() => parseStrictJson(text)).not.toThrow(DuplicateNameError)
  })

  test.each([
    ['names', `{${Array.from({ length: 80_000 }, (_, i) => `"n${i}":1`).join()}}`],
    ['escapes', JSON.stringify({ a: '\\'.repeat(500_000) })],
    ['white space', `{"a"${' '.repeat(1_000_000)}:1}`],
  ])('a megabyte of %s costs little', (_, text) => {
    const begun = performance.now()
    parseStrictJson(text)
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  test('a megabyte of brackets is refused before it is parsed', () => {
    for (const text of ['['.repeat(500_000) + ']'.repeat(500_000), '{"a":'.repeat(200_000)]) {
      const begun = performance.now()
      expect(() => parseStrictJson(text)).toThrow(SyntaxError)
      expect(performance.now() - begun).toBeLessThan(600)
    }
  })
})
