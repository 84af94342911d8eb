import { expect, test } from 'vitest'
import { communeAt, index } from '../../../node/geo/commune-table.ts'
import { labelOf, longLabelOf } from '../../../node/geo/places.ts'
import {
  findTerritory,
  listDepartements,
  listEpcis,
  listRegions,
} from '../../../node/geo/territories.ts'
import { labelOfTerritory } from '../../../node/routes/http/territory-links.ts'
import { readTerritoryText } from '../../../node/routes/search/territory-input.ts'
import { inTerritoryText, ofName, territoryText } from '../../../ui/locales/french-articles.ts'
import { FRENCH_FAULTS } from './french-faults.ts'

test.each([
  ['Ille-et-Vilaine (35)', 'en Ille-et-Vilaine (35)'],
  ['Drôme', 'dans la Drôme'],
  ['Hérault', 'dans l’Hérault'],
  ["Côtes-d'Armor (22)", 'dans les Côtes-d’Armor (22)'],
  ['La Réunion', 'à La Réunion'],
  ['Paris (75)', 'à Paris (75)'],
  ['Grand Est', 'dans le Grand Est'],
  ['Le Mans (72)', 'au Mans (72)'],
  ['Les Abymes (971)', 'aux Abymes (971)'],
  ['Rennes (35)', 'à Rennes (35)'],
  ['CC du Diois', 'dans la communauté de communes du Diois'],
  ['Rennes Métropole', 'à Rennes Métropole'],
  [
    'Communauté d’agglomération Vitré Communauté',
    'dans la communauté d’agglomération Vitré Communauté',
  ],
  ['Métropole du Grand Paris', 'dans la Métropole du Grand Paris'],
  ["L'Haÿ-les-Roses (94)", 'à L’Haÿ-les-Roses (94)'],
])('%s: %s', (name, text) => {
  expect(inTerritoryText(name)).toBe(text)
})

test('no name of a territory begins by letters that one has to know', () => {
  expect(territoryText('CC du Diois')).toBe('Communauté de communes du Diois')
  expect(territoryText('CA Vitré Communauté')).toBe('Communauté d’agglomération Vitré Communauté')
  expect(territoryText("Côtes-d'Armor (22)")).toBe('Côtes-d’Armor (22)')
  expect(territoryText('Caen (14)')).toBe('Caen (14)')
})

test('of each région and département one knows how to say « in »', () => {
  const names = [...listRegions(), ...listDepartements()].map(({ name }) => name)
  // A name that is missing in the tables would get the article of a town.
  const asTowns = names.filter((name) => /^(?:à|au|aux) /.test(inTerritoryText(name)))
  expect([...new Set(asTowns)].sort()).toEqual([
    'La Réunion',
    'Mayotte',
    'Paris',
    'Saint-Barthélemy',
    'Saint-Martin',
    'Saint-Pierre-et-Miquelon',
    'Wallis et Futuna',
  ])
})

const faultsIn = (texts: Iterable<string>): string[] => [
  ...new Set([...texts].filter((text) => FRENCH_FAULTS.some((fault) => fault.test(text)))),
]

test('the name of every commune is said as people say it', () => {
  const { names } = index()
  const said = names
    .keys()
    .map(communeAt)
    .flatMap((commune) => [
      labelOf(commune),
      longLabelOf(commune),
      `Cafés ${inTerritoryText(labelOf(commune))}`,
      `Autour ${ofName(labelOf(commune))}`,
    ])
  expect(faultsIn(said)).toEqual([])
})

test('so is the name of every other territory, and typing it finds that territory', () => {
  const codes = [
    ...listRegions().map(({ code }) => `r-${code}`),
    ...listDepartements().map(({ code }) => code),
    ...listEpcis().map(({ code }) => `e-${code}`),
  ]
  const territories = codes.flatMap((code) => findTerritory(code) ?? [])
  expect(territories).toHaveLength(codes.length)
  const labels = territories.map(labelOfTerritory)
  const said = labels.flatMap((label) => [
    label,
    `Cafés ${inTerritoryText(label)}`,
    `Autour ${ofName(label)}`,
  ])
  expect(faultsIn(said)).toEqual([])
  const lost = labels.filter((label) => {
    const { territory } = readTerritoryText(label)
    return territory !== undefined && labelOfTerritory(territory) !== label
  })
  expect(lost).toEqual([])
})
