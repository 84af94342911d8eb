import { describe, expect, test } from 'vitest'
import {
  DuplicateNameError,
  OF_POSTED,
  parseStrictJson,
  TooComplexError,
} from '../../../federation/wire/strict-json.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { MEASURED } from '../../support/measured.ts'

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

  const manyNames = (count: number) =>
    `{${Array.from({ length: count }, (_, i) => `"n${i}":1`).join()}}`

  test.each([
    ['names', manyNames(20_000)],
    ['values', `[${'0,'.repeat(49_998)}0]`],
    ['escapes', JSON.stringify({ a: '\\'.repeat(500_000) })],
    ['white space', `{"a"${' '.repeat(1_000_000)}:1}`],
  ])('a megabyte of %s costs little', MEASURED, (_, text) => {
    expect(cpuTimeOf(() => parseStrictJson(text, OF_POSTED))).toBeLessThan(100)
  })

  test.each([
    ['one object', manyNames(40_000)],
    ['many objects', `[${Array.from({ length: 40_000 }, (_, i) => `{"n${i}":1}`).join()}]`],
  ])('as many names as may be fetched, all different, in %s, cost little', MEASURED, (_, text) => {
    expect(cpuTimeOf(() => parseStrictJson(text))).toBeLessThan(100)
    const more = () => parseStrictJson(text.replace(':1', ':[{"more":1}]'))
    expect(more).toThrow(TooComplexError)
  })

  test.each([
    ['names', manyNames(80_000)],
    ['one name too many', manyNames(20_001)],
    ['numbers', `[${'0,'.repeat(500_000)}0]`],
    ['objects', `[${'{},'.repeat(300_000)}{}]`],
    ['brackets', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['objects in one another', '{"a":'.repeat(200_000)],
    ['thirty-three levels', '['.repeat(33) + ']'.repeat(33)],
  ])('of %s, too much is refused before it is parsed', MEASURED, (_, text) => {
    const parse = () => expect(() => parseStrictJson(text, OF_POSTED)).toThrow(TooComplexError)
    expect(cpuTimeOf(parse)).toBeLessThan(60)
  })

  test('thirty-two levels are read', () => {
    expect(() => parseStrictJson('['.repeat(32) + ']'.repeat(32))).not.toThrow()
  })
})
