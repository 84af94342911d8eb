import { expect, test } from 'vitest'
import { indexTable } from '../../node/geo/commune-table.ts'
import { communesOfPostcode } from '../../node/geo/communes.ts'
import { listDepartements, listRegions } from '../../node/geo/territories.ts'
import { lookUpWhere } from '../../node/geo/where.ts'

const read = (text: string): string => {
  const answer = lookUpWhere(text)
  switch (answer.kind) {
    case 'area':
      return answer.area.code
    case 'several':
      return [answer.area?.code, ...answer.towns.map(({ codeInsee }) => codeInsee)]
        .filter(Boolean)
        .join()
    case 'commune':
      return answer.commune.codeInsee
    default:
      return answer.kind
  }
}

test.each([
  ['35', '35'],
  ['ille et vilaine', '35'],
  ['Corse', 'r-94'],
  ['Nord', '59'],
  ['La Réunion', '974,47222'],
  ['La Réunion (47)', '47222'],
  ['Mayenne', '53,53147'],
  ['Vienne', '86,38544'],
  ['Vienne (38)', '38544'],
  ['Paris', '75056'],
  ['26150', '26113'],
  ['26150 Le Moulin', '26113'],
  ['35000 Nantes', '44109,35238'],
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
  // The town is called so as well, and is meant where somebody wrote as one writes of towns.
  ['Mayenne (53)', '53147'],
  ['Bretagne (35)', 'unknown'],
])('what a page of ours puts behind a name is understood: %s is %s', (text, meant) => {
  expect(read(text)).toBe(meant)
})

test('each label that « Où ? » suggests means that territory alone', () => {
  const departements = listDepartements().map(({ code, name }) => [`${name} (département)`, code])
  const regions = listRegions()
    .filter(({ name }) => !listDepartements().some((other) => other.name === name))
    .map(({ code, name }) => [`${name} (région)`, `r-${code}`])
  const labels = [...departements, ...regions]
  expect(labels.map(([label = '']) => [label, read(label)])).toEqual(labels)
})

test('every postcode is its most populous town, with the others that it serves', () => {
  const postcodes = [...indexTable.get().postcodes.keys()]
  expect(postcodes.length).toBeGreaterThan(6000)
  for (const postcode of postcodes) {
    const answer = lookUpWhere(postcode)
    const found = answer.kind === 'commune' ? [answer.commune, ...(answer.others ?? [])] : []
    expect([postcode, ...found]).toEqual([postcode, ...communesOfPostcode(postcode)])
  }
})
