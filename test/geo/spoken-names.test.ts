import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listTownsOfSpokenName, readSpokenNames } from '../../node/geo/asked/spoken-names.ts'
import type { Commune } from '../../node/geo/commune-table.ts'
import { wholeCommune } from '../../node/geo/communes.ts'
import { comparableName } from '../../node/geo/names.ts'
import { lookUpExactPlace } from '../../node/geo/places.ts'
import { lookUpWhere, type Meanings } from '../../node/geo/where.ts'
import { MEASURED } from '../support/measured.ts'

const NAMES = readFileSync(new URL('../fixtures/geo/spoken-names.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => line.split('\t'))

const codesOf = (towns: readonly Commune[]): string[] =>
  towns.flatMap((town) => [town.codeInsee, wholeCommune(town).codeInsee])

const codesOfMeanings = ({ area, towns }: Meanings): string[] => [
  ...(area ? [area.code] : []),
  ...codesOf(towns),
]

/** Returns the codes of the answer and of what is offered beside it. */
function listMeant(text: string): string[] {
  const answer = lookUpWhere(text)
  if (answer.kind === 'unknown') return codesOfMeanings(answer.close)
  const or = 'or' in answer && answer.or ? codesOfMeanings(answer.or) : []
  if (answer.kind === 'area') return [answer.area.code, ...or]
  return answer.kind === 'commune' ? [...codesOf([answer.commune]), ...or] : []
}

test('of two thousand spoken names each is understood as it is meant, or it is asked', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(2000)
  const misleading = NAMES.filter(([text = '', code = '']) => !listMeant(text).includes(code))
  expect(misleading).toEqual([])
})

test.each([
  ['Villefranche', '69264'],
  ['La Baule', '44055'],
  ['Tremblay', '93073'],
  ['Boulogne', '92012'],
  ['Nogent', '94052'],
  ['Charenton', '94018'],
  ['Montmartre', '75118'],
  ['La Défense', '92062'],
  ['Belle-Île', '56152'],
  ['Vercors', '38548'],
  ['Tahiti', '98735'],
  ['Part-Dieu', '69383'],
  ['quai du Canal, Rennes', '35238'],
  ['Rennes samedi', '35238'],
])('%s is %s at once', (text, code) => {
  const answer = lookUpWhere(text)
  expect(answer.kind === 'commune' && answer.commune.codeInsee).toBe(code)
})

test('a street alone is no town, whatever town it is called after', () => {
  for (const text of ['rue de Paris', 'avenue de Lyon', 'rue de la paix', 'place Saint-Denis'])
    expect([text, lookUpWhere(text).kind]).toEqual([text, 'unknown'])
})

test('each name of the table that is kept by hand lies around one town', () => {
  const names = [...readSpokenNames()]
  expect(names.length).toBeGreaterThan(500)
  const unreadable = names.filter(([name]) => comparableName(name) !== name)
  expect(unreadable).toEqual([])
  const targets = new Set(names.flatMap(([, towns]) => towns))
  expect([...targets].filter((town) => lookUpExactPlace(town).kind === 'unknown')).toEqual([])
  expect(names.filter(([name]) => listTownsOfSpokenName(name).length === 0)).toEqual([])
})

test('a look-up takes about a millisecond', MEASURED, () => {
  for (const [text = ''] of NAMES.slice(0, 300)) lookUpWhere(`${text} `)
  const asked = NAMES.slice(300, 1300)
  const started = performance.now()
  for (const [text = ''] of asked) lookUpWhere(text)
  expect((performance.now() - started) / asked.length).toBeLessThan(4)
})
