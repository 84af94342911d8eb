import { expect, test } from 'vitest'
import { communeAt, index } from '../../node/geo/commune-table.ts'
import { communesOfPostcode } from '../../node/geo/communes.ts'
import { listDepartements, listRegions } from '../../node/geo/territories.ts'
import { lookUpWhere, type Meanings } from '../../node/geo/where.ts'
import { MEASURED } from '../support/measured.ts'
import { HARD_INPUTS } from './hard-inputs.ts'

const codesOf = ({ area, towns }: Meanings): string[] => [
  ...(area ? [area.code] : []),
  ...towns.map(({ codeInsee }) => codeInsee),
]

const read = (text: string): string => {
  const answer = lookUpWhere(text)
  switch (answer.kind) {
    case 'area':
      return answer.area.code
    case 'commune':
      return answer.commune.codeInsee
    default:
      return answer.kind
  }
}

/** Returns the meaning of a text in the notation of `HARD_INPUTS`. */
function meaningOf(text: string): string {
  const answer = lookUpWhere(text)
  switch (answer.kind) {
    case 'unknown': {
      const [asked] = codesOf(answer.close)
      if (answer.isAbroad) return 'abroad'
      return asked === undefined ? 'unknown' : `? ${asked}`
    }
    case 'commune':
      return read(text) + (answer.isCedex ? '~' : '')
    default:
      return read(text)
  }
}

test('texts that people really type are understood as they were meant', () => {
  expect(HARD_INPUTS.length).toBeGreaterThanOrEqual(200)
  expect(HARD_INPUTS.map(([text]) => [text, meaningOf(text)])).toEqual(HARD_INPUTS)
})

test.each([
  ['35', '35'],
  ['ille et vilaine', '35'],
  ['Corse', 'r-94'],
  ['Nord', '59'],
  ['La Réunion', '974'],
  ['La Réunion (47)', '47222'],
  ['Mayenne', '53'],
  ['Vienne', '86'],
  ['Vienne (38)', '38544'],
  ['Paris', '75056'],
  ['26150', '26113'],
  ['26150 Le Moulin', '26113'],
  ['35000 Nantes', '44109'],
  ['48.1,-1.7', 'point'],
  ['zzzzz', 'unknown'],
])('%s is %s', (text, meant) => {
  expect(read(text)).toBe(meant)
})

test.each([
  ['La Réunion (974)', '974'],
  ['la reunion (département)', '974'],
  ['Bretagne (région)', 'r-53'],
  ['Vienne (86)', '86'],
  ['Nord (59)', '59'],
  ['Ille-et-Vilaine (35)', '35'],
  // A town has this name too, and this notation (« Town (département) ») is that of towns.
  ['Mayenne (53)', '53147'],
  ['Bretagne (35)', 'unknown'],
])(
  'a name with the addition that our pages put after it is understood: %s is %s',
  (text, meant) => {
    expect(read(text)).toBe(meant)
  },
)

test('each label that « Où ? » suggests means that territory alone', () => {
  const departements = listDepartements().map(({ code, name }) => [`${name} (département)`, code])
  const regions = listRegions()
    .filter(({ name }) => !listDepartements().some((other) => other.name === name))
    .map(({ code, name }) => [`${name} (région)`, `r-${code}`])
  const labels = [...departements, ...regions]
  expect(labels.map(([label = '']) => [label, read(label)])).toEqual(labels)
})

test('every postcode is its most populous town, with the others that it serves', () => {
  const postcodes = [...index().postcodes.keys()]
  expect(postcodes.length).toBeGreaterThan(6000)
  for (const postcode of postcodes) {
    const answer = lookUpWhere(postcode)
    const found = answer.kind === 'commune' ? [answer.commune, ...(answer.others ?? [])] : []
    expect([postcode, ...found]).toEqual([postcode, ...communesOfPostcode(postcode)])
  }
})

test('the likeliest meaning is chosen, and the others are offered', () => {
  const others = (text: string) => {
    const answer = lookUpWhere(text)
    return 'or' in answer && answer.or ? codesOf(answer.or) : []
  }
  expect(others('La Rochelle')).toEqual(['70450'])
  expect(others('Bretagne')).toEqual(['90019', '36024'])
  expect(others('Saint-Denis')).toEqual(['93066', '11339', '30247'])
  expect(others('Mayenne')).toEqual(['53147'])
  expect(others('Rennes')).toEqual([])
})

/** One in forty names that belong to a single town is tested, since all of them take a minute. */
const ONE_IN = 40

test('every name of several towns is one of them or a territory, and the others are beside it', () => {
  const { names } = index()
  const byName = Map.groupBy(names.keys().map(communeAt), ({ name }) => name)
  expect(byName.size).toBeGreaterThan(32_000)
  const asked = [...byName].filter(([, towns], at) => towns.length > 1 || at % ONE_IN === 0)
  const lost = asked.filter(([name, towns]) => {
    const answer = lookUpWhere(name)
    const or = 'or' in answer ? answer.or : undefined
    const meant = [...(answer.kind === 'commune' ? [answer.commune] : []), ...(or?.towns ?? [])]
    const known = new Set(meant.map(({ codeInsee }) => codeInsee))
    return towns.filter(({ codeInsee }) => known.has(codeInsee)).length < Math.min(2, towns.length)
  })
  expect(lost.map(([name]) => name)).toEqual([])
})

test('whatever is typed, it is understood in some milliseconds', MEASURED, () => {
  const long = [
    'a'.repeat(40),
    'saint '.repeat(33),
    'ab'.repeat(100),
    '1 '.repeat(100),
    '-'.repeat(199),
  ]
  const asked = [...long, ...long.map((text) => `près de ${text}`), 'é'.repeat(10_000)]
  lookUpWhere('zzzzz')
  for (const text of asked) {
    const started = performance.now()
    lookUpWhere(`${text}x`)
    expect(performance.now() - started).toBeLessThan(100)
  }
})
