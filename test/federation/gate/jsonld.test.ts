import { describe, expect, test } from 'vitest'
import { compactToOwnTerms } from '../../../federation/gate/compaction.ts'
import { type Most, OF_SPEAKERS, OF_STRANGERS } from '../../../federation/gate/jsonld-cost.ts'
import { CONTEXT } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'

/** Limits the cost that a peer can cause with a document that needs JSON-LD. */

const AS = 'https://www.w3.org/ns/activitystreams'
const said = (words: Json): Json => ({
  id: 'https://a.example/1',
  type: 'Delete',
  actor: 'https://a.example/a',
  object: 'https://a.example/a',
  ...words,
})
const ADDRESS = { '@id': 'https://x.example/t', '@type': '@id' }
const many = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index))
const terms = (count: number, start = 0) => ({
  x: 'https://x.example/',
  ...Object.fromEntries(many(count - 1, (i) => [`k${start + i}`, `x:${start + i}`])),
})

/** Returns the milliseconds of this thread's processor time, which other processes do not lengthen. */
async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage()
  await action()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

describe('a relative address costs what it is long, and stays as it was written', () => {
  test.each(['/../', '/a', '/', '../', './', '?/', 'a:/../'])('of many %s', async (part) => {
    const long = part.repeat(1_000_000 / part.length).slice(0, 1_000_000)
    let read: Json | undefined
    const took = await timeOf(async () => {
      read = await compactToOwnTerms(said({ '@context': [AS, { t: ADDRESS }], t: long }))
    })
    expect(took).toBeLessThan(300)
    expect(read?.t).toBe(long)
  })

  test('with a base of the document’s own it is not read at all', async () => {
    for (const base of ['https://b.example/', '/', ''])
      expect(
        await compactToOwnTerms(said({ '@context': [AS, { '@base': base, t: ADDRESS }], t: '//' })),
      ).toBeUndefined()
  })
})

/** Returns the most expensive documents known, each exactly at the limits. */
const dearest = ({ values, contexts, terms: most, text }: Most): [string, Json][] => {
  const count = values - 20
  const prefix = `https://x.example/${'a'.repeat(text - 200)}/`
  return [
    ['values', { '@context': [AS, { t: ADDRESS }], t: many(count, (i) => `x${i}`) }],
    [
      'prefixed values',
      { '@context': [AS, { p: prefix, t: ADDRESS }], t: many(count, (i) => `p:${i}`) },
    ],
    [
      'prefixed names',
      { '@context': [AS, { p: prefix }], ...Object.fromEntries(many(count, (i) => [`p:${i}`, 1])) },
    ],
    [
      'languages',
      { '@context': [AS, {}], nameMap: Object.fromEntries(many(count, (i) => [`l${i}`, 'x'])) },
    ],
    [
      'objects',
      { '@context': [AS, {}], tag: many(count / 3, (i) => ({ type: 'Note', name: `${i}` })) },
    ],
    ['terms', { '@context': [AS, terms(most)], k1: 1 }],
    [
      'contexts side by side',
      {
        '@context': AS,
        tag: many(contexts - 1, (i) => ({
          '@context': terms(most / contexts - 1, i * 100),
          name: 'x',
        })),
      },
    ],
    [
      'contexts in one another',
      many((contexts - 2) / 2, (i) => i).reduce<Json>(
        (tag, i) => ({ '@context': [AS, terms(1, i)], tag }),
        {},
      ),
    ],
  ]
}

test('what we send ourselves is within the limit of a member: in an activity, an Event and their proofs', () => {
  const own = CONTEXT[2]
  const times = 4
  expect(times * Object.keys(own).length).toBeLessThanOrEqual(OF_SPEAKERS.terms)
  expect(times * JSON.stringify(own).length).toBeLessThanOrEqual(OF_SPEAKERS.text)
})

const WARM_UP = 3
describe.each([
  ['a member', OF_SPEAKERS, 100],
  ['a stranger', OF_STRANGERS, 30],
] as const)('the dearest document of %s', (_, most, milliseconds) => {
  test.each(dearest(most))('by its %s is read in little time', async (_, words) => {
    const times: number[] = []
    for (let time = 0; time < WARM_UP + 3; time++) {
      // Each document differs, so that no cache of a former one helps.
      const text = JSON.stringify(said(words)).replaceAll('x.example', `x${time}.example`)
      const document = JSON.parse(text)
      const reading = async () => expect(await compactToOwnTerms(document, most)).toBeDefined()
      times.push(await timeOf(reading))
    }
    expect(Math.min(...times.slice(WARM_UP))).toBeLessThan(milliseconds)
  })

  test.each(dearest(double(most)))('with twice as many %s is not read', async (_, words) => {
    expect(await compactToOwnTerms(said(words), most)).toBeUndefined()
  })
})

function double(most: Most): Most {
  return {
    values: most.values * 2,
    contexts: most.contexts * 2,
    terms: most.terms * 2,
    text: most.text * 2,
  }
}
