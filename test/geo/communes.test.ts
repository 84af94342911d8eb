import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  communesOfPostcode,
  findCommune,
  nearestCommune,
  suggestCommunes,
  wholeCommune,
} from '../../node/geo/communes.ts'
import { searchTerritories } from '../../node/geo/territories.ts'
import { MEASURED } from '../support/measured.ts'

const names = (communes: { name: string }[]) => communes.map((commune) => commune.name)

describe('a commune', () => {
  test('is found by its INSEE code, with all that is known of it', () => {
    expect(findCommune('35238')).toEqual({
      codeInsee: '35238',
      name: 'Rennes',
      departement: '35',
      region: '53',
      epci: '243500139',
      postcodes: ['35000', '35200', '35700'],
      latitude: 48.112,
      longitude: -1.6743,
      precision: 'exact',
      population: expect.any(Number),
    })
  })

  test.each(['01001', '2A004', '2B366', '69383', '75120', '97411', '98901'])(
    'of the first, the last or any département is found: %s',
    (code) => {
      expect(findCommune(code)?.codeInsee).toBe(code)
    },
  )

  test('that was merged into another is found as the commune of today', () => {
    expect(findCommune('01340')?.name).toBe('Arboys en Bugey')
  })

  test.each(['', '00000', '99999', '352', '3523800', 'Rennes', '\0'])(
    'has no such code: %j',
    (code) => {
      expect(findCommune(code)).toBeUndefined()
    },
  )

  test('of which an arrondissement is a part is known', () => {
    for (const [part, whole] of [
      ['75111', 'Paris'],
      ['69383', 'Lyon'],
      ['13201', 'Marseille'],
    ]) {
      const commune = findCommune(part ?? '')
      expect(commune && wholeCommune(commune).name).toBe(whole)
    }
  })

  test('always stands somewhere on the Earth', () => {
    const everywhere = [...Array(96).keys(), 971, 972, 973, 974, 975, 976, 984, 986, 987, 988, 989]
    const codes = everywhere.flatMap((departement) =>
      Array.from({ length: 60 }, (_, n) =>
        departement > 100
          ? `${departement}${String(n).padStart(2, '0')}`
          : `${String(departement).padStart(2, '0')}${String(n).padStart(3, '0')}`,
      ),
    )
    const found = codes.flatMap((code) => findCommune(code) ?? [])
    expect(found.length).toBeGreaterThan(4000)
    for (const { latitude, longitude } of found) {
      expect(Math.abs(latitude)).toBeLessThan(90)
      expect(Math.abs(longitude)).toBeLessThan(180)
      expect(latitude === 0 && longitude === 0).toBe(false)
    }
  })
})

describe('a postcode', () => {
  test('of a city with arrondissements gives the arrondissement and not the city', () => {
    expect(names(communesOfPostcode('13001'))).toEqual(['Marseille 1er Arrondissement'])
  })

  test('that does not exist gives nothing', () => {
    expect(communesOfPostcode('00000')).toEqual([])
    expect(communesOfPostcode('')).toEqual([])
  })
})

describe('while a person types, there is suggested', () => {
  test('the most populous town that begins so', () => {
    expect(names(suggestCommunes('clermont', 2))).toEqual(['Clermont-Ferrand', 'Clermont'])
  })

  test('then towns with a later word that begins so', () => {
    expect(names(suggestCommunes('ferrand', 5))).toContain('Clermont-Ferrand')
  })

  test('the city, and its arrondissements only when a number follows', () => {
    expect(names(suggestCommunes('paris', 5))).not.toContain('Paris 1er Arrondissement')
    expect(names(suggestCommunes('Paris 1', 3))).toEqual([
      'Paris 1er Arrondissement',
      'Paris 10e Arrondissement',
      'Paris 11e Arrondissement',
    ])
  })

  test('the towns of the postcodes that begin so', () => {
    expect(names(suggestCommunes('3500', 5))).toEqual(['Rennes'])
  })

  test('no more than is asked for, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(suggestCommunes(text, 5).length).toBeLessThanOrEqual(5)
        expect(searchTerritories(text, 5).length).toBeLessThanOrEqual(5)
      }),
    )
  })
})

describe('the nearest commune', () => {
  test('to a square of Rennes is Rennes, at some hundred metres', () => {
    const { commune, distanceKm } = nearestCommune(48.11, -1.68)
    expect(commune.name).toBe('Rennes')
    expect(distanceKm).toBeGreaterThan(0.3)
    expect(distanceKm).toBeLessThan(0.7)
  })

  test('to the town hall of Paris is an arrondissement', () => {
    expect(nearestCommune(48.8566, 2.3522).commune.codeInsee).toBe('75104')
  })

  test('across the antimeridian is the one behind it', () => {
    expect(nearestCommune(-13.3, 179.9).commune.departement).toBe('986')
  })

  test('to a commune’s own exact point is a commune that stands there', () => {
    const departements = fc.constantFrom('01', '22', '35', '59', '67', '974', '988', '2A')
    const someCode = fc
      .tuple(departements, fc.nat(400))
      .map(([departement, n]) => departement + String(n).padStart(5 - departement.length, '0'))
    fc.assert(
      fc.property(someCode, (code) => {
        const commune = findCommune(code)
        fc.pre(commune?.precision === 'exact')
        if (!commune) return
        const nearest = nearestCommune(commune.latitude, commune.longitude)
        expect(nearest.distanceKm).toBeLessThan(0.001)
        expect(nearest.commune.codeInsee).toBe(commune.codeInsee)
      }),
    )
  })

  test('is found in less than 5 ms', MEASURED, () => {
    nearestCommune(0, 0)
    const started = performance.now()
    for (let n = 0; n < 20; n++) nearestCommune(40 + n / 2, n / 2 - 4)
    expect((performance.now() - started) / 20).toBeLessThan(5)
  })
})

describe('the arrondissements of Paris', () => {
  const centres = Array.from({ length: 20 }, (_, n) => findCommune(String(75101 + n)))

  test('stand within the ring road, apart from each other', () => {
    for (const [n, centre] of centres.entries()) {
      expect(centre?.latitude).toBeGreaterThan(48.815)
      expect(centre?.latitude).toBeLessThan(48.905)
      expect(centre?.longitude).toBeGreaterThan(2.25)
      expect(centre?.longitude).toBeLessThan(2.42)
      const { commune } = nearestCommune(centre?.latitude ?? 0, centre?.longitude ?? 0)
      expect(commune.codeInsee).toBe(String(75101 + n))
    }
  })

  test('lie where Parisians know them: a landmark of each is nearest to its own', () => {
    const landmarks: [name: string, latitude: number, longitude: number, number: number][] = [
      ['Louvre', 48.8611, 2.3364, 1],
      ['Bourse', 48.8692, 2.3413, 2],
      ['Hôtel de Ville', 48.8565, 2.3525, 4],
      ['Panthéon', 48.8462, 2.3464, 5],
      ['Saint-Sulpice', 48.851, 2.3348, 6],
      ['Tour Eiffel', 48.8584, 2.2945, 7],
      ['Gare de l’Est', 48.8768, 2.3592, 10],
      ['Gare de Lyon', 48.8443, 2.3744, 12],
      ['Bibliothèque François-Mitterrand', 48.8336, 2.3757, 13],
      ['Mairie du 14e', 48.8331, 2.3268, 14],
      ['Mairie du 15e', 48.8413, 2.3, 15],
      ['Mairie du 16e', 48.8639, 2.2765, 16],
      ['Batignolles', 48.8877, 2.3147, 17],
      ['Sacré-Cœur', 48.8867, 2.3431, 18],
      ['Buttes-Chaumont', 48.8809, 2.3828, 19],
      ['Père-Lachaise', 48.8614, 2.3933, 20],
    ]
    for (const [name, latitude, longitude, number] of landmarks) {
      expect([name, nearestCommune(latitude, longitude).commune.codeInsee]).toEqual([
        name,
        String(75100 + number),
      ])
    }
  })
})
