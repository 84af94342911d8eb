import { expect, test } from 'vitest'
import { listDepartements, listRegions } from '../../../node/geo/territories.ts'
import { inTerritoryText, territoryText } from '../../../ui/locales/french-articles.ts'

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
  // What no table has would be said as of a town.
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
