import { describe, expect, test } from 'vitest'
import {
  type CommuneToPlace,
  findArrondissementPoint,
  type GeoNamesPlace,
  placeCommunes,
  proposePoints,
} from '../../node/geo/build-points.ts'

const aCommune = (commune: Partial<CommuneToPlace>): CommuneToPlace => ({
  code: '35001',
  name: 'Acigné',
  departement: '35',
  arrondissement: '353',
  epci: '243500139',
  postcodes: ['35690'],
  population: 7000,
  ...commune,
})

const aPlace = (place: Partial<GeoNamesPlace>): GeoNamesPlace => ({
  name: 'Acigné',
  otherNames: [],
  latitude: 48.1,
  longitude: -1.5,
  feature: 'PPL',
  country: 'FR',
  adminCodes: ['53', '35', '353', '35001'],
  population: 6000,
  ...place,
})

const pointsOf = (communes: CommuneToPlace[], places: GeoNamesPlace[]) =>
  proposePoints(communes, (code) => (code === '35999' ? '35001' : code), places)

describe('a commune’s own point is', () => {
  test('that of the place of the same name, rather than that of a bigger hamlet', () => {
    const hamlet = aPlace({ name: 'Le Bourg Neuf', latitude: 1, population: 9000 })
    const points = pointsOf([aCommune({})], [hamlet, aPlace({}), hamlet])
    expect(points.get('35001')?.latitude).toBe(48.1)
  })

  test('that of any place in it when no place has its name', () => {
    const hamlet = aPlace({ name: 'Le Bourg Neuf' })
    expect(pointsOf([aCommune({})], [hamlet]).get('35001')?.latitude).toBe(48.1)
  })

  test('found under the code of a commune that it has absorbed', () => {
    const place = aPlace({ adminCodes: ['53', '35', '353', '35999'] })
    expect(pointsOf([aCommune({})], [place]).has('35001')).toBe(true)
  })

  test('found by name where GeoNames gives no code, in the same département only', () => {
    const uncoded = { adminCodes: ['53', '35', '', ''] }
    expect(pointsOf([aCommune({})], [aPlace(uncoded)]).has('35001')).toBe(true)
    const elsewhere = aPlace({ adminCodes: ['52', '44', '', ''] })
    expect(pointsOf([aCommune({})], [elsewhere]).has('35001')).toBe(false)
  })

  test('found by name in an overseas territory, a country to GeoNames', () => {
    const commune = aCommune({ code: '98818', name: 'Nouméa', departement: '988' })
    const place = aPlace({ name: 'Nouméa', country: 'NC', adminCodes: ['', '', '', ''] })
    expect(pointsOf([commune], [place]).has('98818')).toBe(true)
  })

  test('found by name for a suburb that bears its city’s code, not for a hamlet', () => {
    const city = aCommune({ code: '35238', name: 'Rennes', population: 230_000 })
    const coded = ['53', '35', '353', '35238']
    const suburb = aPlace({ adminCodes: coded })
    expect(pointsOf([aCommune({}), city], [suburb]).has('35001')).toBe(true)
    const hamlet = aPlace({ adminCodes: coded, population: 600 })
    expect(pointsOf([aCommune({}), city], [hamlet]).has('35001')).toBe(false)
  })
})

describe('a commune whose own point is not known stands', () => {
  const neighbour = (commune: Partial<CommuneToPlace>) =>
    aCommune({
      code: '35002',
      postcodes: ['35000'],
      epci: 'other',
      arrondissement: '350',
      ...commune,
    })
  const placedBeside = (commune: Partial<CommuneToPlace>) =>
    placeCommunes(
      [aCommune({}), neighbour(commune), neighbour({ ...commune, code: '35003' })],
      new Map([
        ['35002', { latitude: 48, longitude: -2 }],
        ['35003', { latitude: 49, longitude: -1 }],
      ]),
    ).get('35001')
  const mean = { latitude: 48.5, longitude: -1.5 }

  test.each<[string, Partial<CommuneToPlace>]>([
    ['postcode', { postcodes: ['35690'] }],
    ['epci', { epci: '243500139' }],
    ['arrondissement', { arrondissement: '353' }],
    ['departement', {}],
  ])('in the middle of those of its %s', (precision, commune) => {
    expect(placedBeside(commune)).toEqual({ point: mean, precision })
  })

  test('nowhere when no commune near it has a point: the builder stops and asks for one', () => {
    expect(() => placeCommunes([aCommune({})], new Map())).toThrow('Acigné (35001) has no point')
  })
})

test('an arrondissement stands where GeoNames has its number, in Paris where it was typed', () => {
  const places = new Map([['Lyon 03', aPlace({ latitude: 45.76 })]])
  expect(findArrondissementPoint('69383', places)?.latitude).toBe(45.76)
  expect(findArrondissementPoint('69384', places)).toBeUndefined()
  expect(findArrondissementPoint('75111', places)?.latitude).toBe(48.859)
})
