import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactToOwnTerms } from '../../../federation/gate/compaction.ts'
import { CONTEXT } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'
import {
  DuplicateNameError,
  OF_POSTED,
  parseStrictBytes,
  parseStrictJson,
  TooComplexError,
  writeJson,
} from '../../../federation/wire/strict-json.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { times } from '../../support/full.ts'
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

describe('our own context, which is read only once', () => {
  const context = JSON.stringify(CONTEXT)

  test('is one value wherever a document has it', () => {
    const text = `{"@context":${context},"a":[{"@context":${context}}],"b":${context}}`
    const read = parseStrictJson(text) as { '@context': unknown; a: { '@context': unknown }[] }
    expect(read).toEqual(JSON.parse(text))
    expect([read['@context'], read.a[0]?.['@context']]).toEqual([CONTEXT, CONTEXT])
    expect(JSON.stringify(read)).toBe(text)
  })

  test('is decoded as little as its text, in bytes that are no UTF-8 too', () => {
    const member = `"@context":${context}`
    const bytes = (...parts: (string | number)[]) =>
      Buffer.concat(
        parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))),
      )
    for (const body of [
      bytes(0xef, 0xbb, 0xbf, `{${member}}`),
      bytes('{"a":"', 0xc3, `",${member},"b":{${member}}}`),
      bytes('{"é":"\u2019",', member, '}', 0xe2),
    ]) {
      const parse = (read: () => unknown) => {
        try {
          return read()
        } catch (error) {
          return error instanceof SyntaxError
        }
      }
      const decoded = new TextDecoder().decode(body)
      expect(parse(() => parseStrictBytes(body))).toEqual(parse(() => JSON.parse(decoded)))
    }
  })

  test('is written as JSON.stringify writes it, wherever a document has it', () => {
    const ours = fc.constant(CONTEXT as unknown)
    const plain = fc.jsonValue({ maxDepth: 2 })
    const name = fc.constantFrom('@context', 'proof', 'name', '__proto__', '1')
    const inner = fc.dictionary(name, fc.oneof(ours, plain), { noNullPrototype: true })
    const document = fc.dictionary(name, fc.oneof(ours, plain, inner), { noNullPrototype: true })
    fc.assert(
      fc.property(document, (one) => {
        const read = parseStrictJson(JSON.stringify(one)) as Json
        expect(writeJson(read)).toBe(JSON.stringify(read))
      }),
      { numRuns: times(60, 300) },
    )
  })

  test('is left as it is by those who read it as JSON-LD', async () => {
    const document = { '@context': CONTEXT, type: 'Event', 'as:name': 'Café' }
    await compactToOwnTerms(parseStrictJson(JSON.stringify(document)) as typeof document)
    expect(JSON.stringify(CONTEXT)).toBe(context)
  })

  test('changes nothing about what is valid JSON, wherever a text has it', () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        '1',
        ' ',
        '"a"',
        '"a":1',
        '"@context"',
        '"@context":',
      ],
      ...[context, `"@context":${context}`, `{"@context":${context}}`, `"\\"@context":${context}`],
    )
    const readBy = (parse: (text: string) => unknown, text: string) => {
      try {
        return { value: parse(text) }
      } catch (error) {
        return error instanceof DuplicateNameError ? 'a name twice' : 'no JSON'
      }
    }
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('')
        const read = readBy(parseStrictJson, text)
        if (read !== 'a name twice') expect(read).toEqual(readBy(JSON.parse, text))
        expect(readBy((one) => parseStrictBytes(Buffer.from(one)), text)).toEqual(read)
      }),
      { numRuns: times(1000, 5000) },
    )
  })

  test('counts with all its names and levels', () => {
    const many = (count: number) => `[${`{"@context":${context}},`.repeat(count)}0]`
    const names = context.match(/":/g)?.length ?? 0
    const most = Math.floor(20_000 / (names + 1))
    expect(() => parseStrictJson(many(most), OF_POSTED)).not.toThrow()
    expect(() => parseStrictJson(many(most + 1), OF_POSTED)).toThrow(TooComplexError)
    const deep = (levels: number) =>
      `${'['.repeat(levels)}{"@context":${context}}${']'.repeat(levels)}`
    expect(() => parseStrictJson(deep(28))).not.toThrow()
    expect(() => parseStrictJson(deep(29))).toThrow(TooComplexError)
    // What is deep elsewhere adds nothing to the depth of the context.
    const beside = `{"@context":${context},"a":${'['.repeat(31)}${']'.repeat(31)}}`
    expect(parseStrictJson(beside)).toEqual(JSON.parse(beside))
  })
})
