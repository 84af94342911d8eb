import { describe, expect, test } from 'vitest'
import { placeVenue, type VenueInput } from '../../node/geo/venue.ts'

const aVenue = (input: Partial<VenueInput>): VenueInput => ({ name: 'Médiathèque', ...input })

describe('a venue is completed', () => {
  test('from a town: codes, only postcode and coordinates', () => {
    expect(
      placeVenue(aVenue({ name: ' Le Pavillon ', commune: 'ajaccio', postalCode: '20000' })),
    ).toEqual({
      venue: {
        id: undefined,
        name: 'Le Pavillon',
        streetAddress: undefined,
        postalCode: '20000',
        commune: 'Ajaccio',
        codeInsee: '2A004',
        departement: '2A',
        region: '94',
        latitude: expect.closeTo(41.92, 1),
        longitude: expect.closeTo(8.74, 1),
      },
    })
  })

  test('with the postcode of a town that has only one, and none for a town that has several', () => {
    expect(placeVenue(aVenue({ commune: 'Die' }))).toMatchObject({ venue: { postalCode: '26150' } })
    expect(placeVenue(aVenue({ commune: 'Rennes' }))).toMatchObject({
      venue: { codeInsee: '35238', postalCode: undefined },
    })
  })

  test('in a city with arrondissements: the city’s name, the arrondissement’s code', () => {
    expect(placeVenue(aVenue({ commune: 'Lyon', postalCode: '69003' }))).toMatchObject({
      venue: { commune: 'Lyon', codeInsee: '69383', postalCode: '69003' },
    })
    expect(placeVenue(aVenue({ commune: 'Paris 11e' }))).toMatchObject({
      venue: { commune: 'Paris', codeInsee: '75111', postalCode: '75011' },
    })
  })

  test('by the INSEE code before the name', () => {
    expect(placeVenue(aVenue({ codeInsee: '93066', commune: 'Saint-Denis' }))).toMatchObject({
      venue: { codeInsee: '93066', departement: '93', region: '11' },
    })
  })

  test('and keeps the Cedex postcode that was typed', () => {
    expect(placeVenue(aVenue({ postalCode: '35042', commune: 'Rennes Cedex' }))).toMatchObject({
      venue: { postalCode: '35042', commune: 'Rennes', codeInsee: '35238' },
    })
  })

  test('and keeps the coordinates that were given', () => {
    const given = { latitude: 48.105, longitude: -1.67 }
    expect(placeVenue(aVenue({ commune: 'Rennes', ...given }))).toMatchObject({ venue: given })
  })

  test('from coordinates alone, by the nearest town', () => {
    expect(placeVenue(aVenue({ latitude: 48.11, longitude: -1.68 }))).toMatchObject({
      venue: { commune: 'Rennes', latitude: 48.11, longitude: -1.68 },
    })
  })

  test('among namesakes, by the coordinates', () => {
    expect(
      placeVenue(aVenue({ commune: 'Saint-Denis', latitude: -20.9, longitude: 55.5 })),
    ).toMatchObject({ venue: { codeInsee: '97411', departement: '974' } })
  })
})

describe('a venue is given back to the person', () => {
  test('when the town could be several, with the choices', () => {
    const placed = placeVenue(aVenue({ commune: 'Saint-Denis' }))
    expect(placed).toMatchObject({
      problems: [{ field: 'venue.commune', code: 'ambiguous_place' }],
    })
    const choices = 'choices' in placed ? placed.choices : []
    expect(choices?.map((commune) => commune.codeInsee)).toEqual([
      '97411',
      '93066',
      '11339',
      '30247',
    ])
  })

  test.each([
    ['the town is not known', { commune: 'Nulle-Part' }, 'venue.commune', 'unknown_place'],
    ['the town is a point', { commune: '48.11,-1.68' }, 'venue.commune', 'unknown_place'],
    ['the INSEE code is not known', { codeInsee: '99999' }, 'venue.codeInsee', 'unknown_place'],
    ['nothing tells the town', {}, 'venue.commune', 'required'],
    ['it has no name', { name: ' ', commune: 'Die' }, 'venue.name', 'required'],
    [
      'the latitude is impossible',
      { commune: 'Die', latitude: 91, longitude: 5 },
      'venue.latitude',
      'invalid',
    ],
    [
      'the longitude is no number',
      { commune: 'Die', latitude: 4, longitude: Number.NaN },
      'venue.longitude',
      'invalid',
    ],
    ['one coordinate is missing', { commune: 'Die', latitude: 44.7 }, 'venue.longitude', 'invalid'],
  ])('when %s', (_, input, field, code) => {
    const placed = placeVenue(aVenue(input))
    expect('problems' in placed && placed.problems).toMatchObject([{ field, code }])
  })

  test('with all its problems at once', () => {
    const placed = placeVenue({ name: '', commune: 'Nulle-Part', latitude: 999, longitude: 0 })
    expect('problems' in placed && placed.problems.map(({ field }) => field)).toEqual([
      'venue.name',
      'venue.latitude',
      'venue.commune',
    ])
  })
})
