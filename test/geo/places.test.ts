import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lookUpPlace, type PlaceAnswer } from '../../node/geo/places.ts'
import { times } from '../support/full.ts'
import { MEASURED } from '../support/measured.ts'

/** Returns the INSEE codes that an answer offers, in order. */
const codesOf = (answer: PlaceAnswer): string[] => {
  if (answer.kind === 'commune') return [answer.commune.codeInsee]
  return answer.kind === 'several' ? answer.choices.map((commune) => commune.codeInsee) : []
}

describe('one commune is found by', () => {
  test.each([
    ['a postcode', '35000', '35238'],
    ['a postcode typed with a space', '35 000', '35238'],
    ['a postcode of Paris: its arrondissement', '75011', '75111'],
    ['the second postcode of the 16th arrondissement', '75116', '75116'],
    ['a postcode overseas', '97400', '97411'],
    ['the postcode of an island that has become a collectivity', '97133', '97701'],
    ['postcode and town', '35000 Rennes', '35238'],
    ['town and postcode', 'Rennes 35000', '35238'],
    ['a whole address', '12 rue de Paris, 35000 Rennes, France', '35238'],
    ['a postcode with the country’s letter', 'F-35000 Rennes', '35238'],
    ['a postcode with a quarter after the town', '35000 Rennes Villejean', '35238'],
    ['a postcode and the usual short name', '93400 St Ouen', '93070'],
    ['one of the towns that share a postcode', '26150 Die', '26113'],
    ['a postcode and the name of a former commune', '01300 Arbignieu', '01015'],
    ['the département in brackets', 'Rennes (35)', '35238'],
    ['the département after the town', 'saint-denis 93', '93066'],
    ['the département’s name', 'Die, Drôme', '26113'],
    ['the région’s name', 'Saint-Denis de La Réunion', '97411'],
    ['an INSEE code that is no postcode', '35238', '35238'],
    ['an INSEE code of southern Corsica', '2A004', '2A004'],
    ['an INSEE code of northern Corsica in small letters', '2b033', '2B033'],
    ['a name without accents, hyphens or apostrophes', 'l hay les roses', '94038'],
    ['a name as it is written', 'L’Haÿ-les-Roses', '94038'],
    ['a name in capitals, shortened, between spaces', '  ST ETIENNE ', '42218'],
    ['a name with a ligature', 'oeuilly 51', '51410'],
    ['a name without its article', 'havre', '76351'],
    ['the beginning of only one name', 'Cherbourg', '50129'],
    ['the name of a former commune', 'Annecy-le-Vieux', '74010'],
    ['a Cedex postcode, by its town', '35042 Rennes Cedex', '35238'],
    ['a numbered Cedex with a letter box', 'CS 30814, 35108 Rennes Cedex 3', '35238'],
    ['the number of a Cedex in Paris: the arrondissement', '75742 Paris Cedex 15', '75115'],
    ['a Cedex of Marseille that is no arrondissement', '13233 Marseille Cedex 20', '13055'],
    ['the whole of Paris', 'paris', '75056'],
    ['Paris with its département', 'Paris (75)', '75056'],
    ['Paris and a number', 'Paris 11', '75111'],
    ['Paris and an ordinal', 'Paris 11e', '75111'],
    ['Lyon and the longer ordinal', 'Lyon 3ème', '69383'],
    ['an arrondissement in full', 'Marseille 1er arrondissement', '13201'],
    ['an arrondissement the other way round', '11e arrondissement de Paris', '75111'],
    ['the town when the number in brackets is the département', 'Marseille (13)', '13055'],
    ['the arrondissement when the number is bare', 'Marseille 13', '13213'],
    ['city and postcode of an arrondissement', '69003 Lyon', '69383'],
  ])('%s (%s)', (_, typed, code) => {
    expect(lookUpPlace(typed)).toMatchObject({ kind: 'commune', commune: { codeInsee: code } })
  })
})

test('the answer keeps the postcode that was typed and labels the town with its département', () => {
  expect(lookUpPlace('35700 rennes')).toMatchObject({ label: 'Rennes (35)', postcode: '35700' })
  expect(lookUpPlace('rennes')).not.toHaveProperty('postcode')
  expect(lookUpPlace('75011')).toMatchObject({ label: 'Paris 11e arrondissement' })
})

describe('several communes are offered, the most populous first,', () => {
  test('for towns of the same name', () => {
    expect(codesOf(lookUpPlace('Saint-Denis'))).toEqual(['97411', '93066', '11339', '30247'])
  })

  test('eight at most for a name that many share', () => {
    expect(codesOf(lookUpPlace('ste marie'))).toHaveLength(8)
  })

  test('for the beginning of several names', () => {
    expect(codesOf(lookUpPlace('Châlons'))).toEqual(['51108', '53049', '51109'])
  })

  test('for a postcode that villages share: all of them', () => {
    const answer = lookUpPlace('26150')
    const populations = answer.kind === 'several' ? answer.choices.map((c) => c.population) : []
    expect(codesOf(answer)).toContain('26113')
    expect(populations.length).toBeGreaterThan(8)
    expect(populations).toEqual([...populations].sort((one, other) => other - one))
  })

  test('when the postcode and the town contradict each other: those of both', () => {
    expect(codesOf(lookUpPlace('35000 Nantes'))).toEqual(['44109', '35238'])
  })

  test('when a village bears the short name of a city', () => {
    expect(codesOf(lookUpPlace('Évry'))).toEqual(['91228', '77175', '89162'])
  })
})

describe('a point is read', () => {
  test.each([
    '48.11,-1.68',
    ' 48.11 , -1.68 ',
    '48.11 -1.68',
    '48.11;−1.68',
    '48,11;-1,68',
    '48,11 ; -1,68',
    '48,11 -1,68',
    '48,11, -1,68',
  ])('from %s', (typed) => {
    expect(lookUpPlace(typed)).toEqual({
      kind: 'point',
      latitude: 48.11,
      longitude: -1.68,
      label: '48.11, -1.68',
    })
  })

  test.each(['90.01,0', '-91,2', '48.11,180.5', '48.11,-181'])(
    'but not outside the ranges of coordinates: %s',
    (typed) => {
      expect(lookUpPlace(typed).kind).toBe('unknown')
    },
  )

  test('and its label can be typed again', () => {
    const degrees = (limit: number) =>
      fc
        .double({ min: -limit, max: limit, noNaN: true })
        .map((value) => Number(value.toFixed(5)) + 0)
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        const answer = lookUpPlace(`${latitude.toFixed(5)},${longitude.toFixed(5)}`)
        expect(answer).toMatchObject({ kind: 'point', latitude, longitude })
        const label = answer.kind === 'point' ? answer.label : ''
        fc.pre(!label.includes('e'))
        expect(lookUpPlace(label)).toEqual(answer)
      }),
    )
  })
})

describe('no place is read from', () => {
  test.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['a town that does not exist', 'Marseillle'],
    ['a postcode that does not exist', '00000'],
    ['an arrondissement that does not exist', 'Paris 21'],
    ['the word Cedex', 'cedex'],
    ['a NUL', '\0'],
    ['an emoji', '😀'],
    ['half of an emoji', '\ud83d'],
    ['ten thousand letters', 'a'.repeat(10_000)],
    ['ten thousand digits', '7'.repeat(10_000)],
  ])('%s', (_, typed) => {
    expect(lookUpPlace(typed).kind).toBe('unknown')
  })

  test('a long text, and only its beginning is given back', () => {
    const answer = lookUpPlace('€'.repeat(10_000))
    expect(answer.kind === 'unknown' && answer.text.length).toBe(200)
  })
})

test('whatever is typed, there is an answer, soon', MEASURED, () => {
  const pieces = fc.constantFrom(
    '35000',
    'Rennes',
    'st',
    ' ',
    '-',
    '(',
    ')',
    'Paris',
    '11e',
    '2A',
    ',',
    '.',
  )
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 })
      .map((all) => all.join(' ')),
  )
  fc.assert(
    fc.property(typed, (text) => {
      const started = performance.now()
      const answer = lookUpPlace(text)
      expect(performance.now() - started).toBeLessThan(500)
      expect(['point', 'commune', 'several', 'unknown']).toContain(answer.kind)
      if (answer.kind === 'several') expect(answer.choices.length).toBeGreaterThan(1)
    }),
    { numRuns: times(60, 300) },
  )
})
