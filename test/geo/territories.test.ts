import { describe, expect, test } from 'vitest'
import { findCommune, listCommunesWithWord } from '../../node/geo/communes.ts'
import {
  departementOfInsee,
  findDepartement,
  findEpci,
  findRegion,
  findTerritory,
  searchTerritories,
  territoryOf,
  timezoneOf,
  timezoneOfCommune,
} from '../../node/geo/territories.ts'

const codes = (territories: { code: string }[]) => territories.map(({ code }) => code)

const chainOf = (codeInsee: string): string[] => {
  const commune = findCommune(codeInsee)
  return commune ? codes(territoryOf(commune)) : []
}

test('régions, départements and intercommunalities are found by their codes', () => {
  expect(findRegion('53')?.name).toBe('Bretagne')
  expect(findDepartement('2a')).toMatchObject({ code: '2A', name: 'Corse-du-Sud', region: '94' })
  expect(findEpci('243500139')?.name).toBe('Rennes Métropole')
  expect(findDepartement('20')).toBeUndefined()
})

/** Returns whether communes bear this word with its accent or its « œ » alone. */
function isOnlyAccented(word: string): boolean {
  const names = listCommunesWithWord(word, 50).map(({ name }) => name)
  const accented = word.replace(/^E/u, 'É').replace('oe', 'œ')
  return names.some((name) => name.includes(accented)) && !names.some((name) => name.includes(word))
}

test('the name of an intercommunality is spelt as French spells it', async () => {
  expect(findEpci('241700459')?.name).toBe("CC de l'Île de Ré")
  const { default: all } = await import('../../node/geo/data/territories.json', {
    with: { type: 'json' },
  })
  const names = all.epcis.map(([, name]) => name)
  expect(names.length).toBeGreaterThan(1200)
  const misspelt = /\bIles?\b|\bSainte? \p{Lu}|"|''| {2}|\bE(crins|meraude|milionnais)\b/u
  expect(names.filter((name) => misspelt.test(name ?? ''))).toEqual([])
  const bare = names
    .flatMap((name) => name?.match(/\bE\p{L}+|\p{L}+oeu\p{L}+/gu) ?? [])
    .filter((word) => isOnlyAccented(word))
  expect(bare).toEqual([])
})

describe('the département of an INSEE code', () => {
  test.each([
    ['35238', '35'],
    ['2b033', '2B'],
    ['97411', '974'],
    ['98731', '987'],
  ])('%s is %s', (codeInsee, departement) => {
    expect(departementOfInsee(codeInsee)).toBe(departement)
  })

  test.each(['', '3523', 'Rennes', '20004', '352380'])('is none for %j', (codeInsee) => {
    expect(departementOfInsee(codeInsee)).toBeUndefined()
  })
})

describe('the time zone', () => {
  test('is that of Paris in metropolitan France, or when nothing is known', () => {
    expect(timezoneOf('35')).toBe('Europe/Paris')
    expect(timezoneOf(undefined)).toBe('Europe/Paris')
    expect(timezoneOf('no such')).toBe('Europe/Paris')
  })

  test.each([
    ['971', 'America/Guadeloupe', '-04:00'],
    ['972', 'America/Martinique', '-04:00'],
    ['973', 'America/Cayenne', '-03:00'],
    ['974', 'Indian/Reunion', '+04:00'],
    ['975', 'America/Miquelon', '-03:00'],
    ['976', 'Indian/Mayotte', '+03:00'],
    ['977', 'America/St_Barthelemy', '-04:00'],
    ['978', 'America/Marigot', '-04:00'],
    ['984', 'Indian/Kerguelen', '+05:00'],
    ['986', 'Pacific/Wallis', '+12:00'],
    ['987', 'Pacific/Tahiti', '-10:00'],
    ['988', 'Pacific/Noumea', '+11:00'],
  ])('in %s is %s, which the runtime knows', (departement, zone, offset) => {
    expect(timezoneOf(departement)).toBe(zone)
    const winter = Temporal.Instant.from('2026-12-09T12:00:00Z').toZonedDateTimeISO(zone)
    expect(winter.offset).toBe(offset)
  })

  test.each(['98723', '98731', '98746', '98756', '98757'])(
    'in the Marquises (%s) is half an hour ahead of Tahiti',
    (code) => {
      expect(timezoneOfCommune(findCommune(code) ?? { codeInsee: '', departement: '' })).toBe(
        'Pacific/Marquesas',
      )
    },
  )

  test('in Papeete is that of Tahiti', () => {
    expect(timezoneOfCommune({ codeInsee: '98735', departement: '987' })).toBe('Pacific/Tahiti')
  })
})

describe('a territory is found by the code of its page', () => {
  test.each([
    ['r-53', 'region', 'Bretagne'],
    ['35', 'departement', 'Ille-et-Vilaine'],
    ['2A', 'departement', 'Corse-du-Sud'],
    ['2a', 'departement', 'Corse-du-Sud'],
    ['974', 'departement', 'La Réunion'],
    ['e-243500139', 'epci', 'Rennes Métropole'],
    ['c-35238', 'commune', 'Rennes'],
    ['c-2a004', 'commune', 'Ajaccio'],
  ])('%s', (code, kind, name) => {
    expect(findTerritory(code)).toMatchObject({ kind, name })
  })

  test.each(['', 'r-', 'r-35', '53x', 'e-35238', 'c-35', '../35', '__proto__', '\0'])(
    '%j is none',
    (code) => {
      expect(findTerritory(code)).toBeUndefined()
    },
  )
})

describe('the territories of a commune go from the narrowest to the widest', () => {
  test('for a town', () => {
    expect(chainOf('35238')).toEqual(['c-35238', 'e-243500139', '35', 'r-53'])
  })

  test('for an arrondissement, by way of its city', () => {
    expect(chainOf('69383')).toEqual(['c-69383', 'c-69123', 'e-200046977', '69', 'r-84'])
  })

  test('for an island that is in no intercommunality', () => {
    expect(chainOf('22016')).toEqual(['c-22016', '22', 'r-53'])
  })
})

describe('a search of territories', () => {
  test('finds by beginnings, whole names first', () => {
    expect(codes(searchTerritories('rennes', 2))).toEqual(['c-35238', 'e-243500139'])
    expect(codes(searchTerritories('reunion', 2))).toEqual(['r-04', '974'])
    expect(codes(searchTerritories('Ille et Vil', 1))).toEqual(['35'])
  })

  test('finds by code', () => {
    expect(codes(searchTerritories('35', 1))).toEqual(['35'])
    expect(codes(searchTerritories('e-243500139', 1))).toEqual(['e-243500139'])
  })
})
