import { describe, expect, test } from 'vitest'
import { FACILITATOR_CONTEXT } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'
import {
  fromFacilitatorProfile,
  type ReadFacilitatorProfile,
  toFacilitatorProfile,
} from '../../../federation/wire/profile.ts'
import { aFacilitator } from '../../support/facilitator.ts'

const now = Temporal.Instant.from('2026-11-25T10:00:00Z')
const origin = 'https://mediatheque.example'
const cafe = `${origin}/cafes/0197`

const sent = (
  changes: Parameters<typeof aFacilitator>[0] = {},
  reader: 'public' | 'network' = 'network',
) => toFacilitatorProfile(aFacilitator(changes), { reader, origin, cafes: [cafe], now }) ?? {}
const read = (profile: Json): ReadFacilitatorProfile => {
  const answer = fromFacilitatorProfile(profile, now)
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}
const refusalOf = (change: Json) => fromFacilitatorProfile({ ...sent(), ...change }, now)

describe('a profile on the wire', () => {
  test('comes back as it went, its place by the code of its territory alone', () => {
    const said = aFacilitator()
    const back = read(sent())
    for (const field of [
      'uri',
      'name',
      'word',
      'territory',
      'radiusKm',
      'formats',
      'themes',
      'languages',
      'status',
      'training',
      'trainedOn',
      'availability',
      'presentation',
      'contact',
      'shownContact',
      'level',
    ] as const)
      expect(back[field], field).toEqual(said[field])
    expect(back.cafes).toEqual([cafe])
    expect(back.photo).toEqual({
      url: 'https://mediatheque.example/media/1.jpg',
      alt: 'Camille debout',
    })
    expect(JSON.stringify(sent())).not.toMatch(/48\.11|latitude/)
  })

  test('carries no proof: after a withdrawal no copy is believable', () => {
    expect(sent()).not.toHaveProperty('proof')
    expect(sent()['@context']).toEqual(FACILITATOR_CONTEXT)
  })

  test('is nothing for those who may not read it, and without the fields that they may not', () => {
    expect(
      toFacilitatorProfile(aFacilitator({ level: 'nobody' }), {
        reader: 'network',
        origin,
        cafes: [],
        now,
      }),
    ).toBeUndefined()
    expect(
      toFacilitatorProfile(aFacilitator({ level: 'network' }), {
        reader: 'public',
        origin,
        cafes: [],
        now,
      }),
    ).toBeUndefined()
    expect(
      toFacilitatorProfile(aFacilitator({ state: 'unpublished' }), {
        reader: 'network',
        origin,
        cafes: [],
        now,
      }),
    ).toBeUndefined()
    const forAll = sent({ fieldLevels: { presentation: 'network', photo: 'nobody' } }, 'public')
    expect(forAll).not.toHaveProperty('presentation')
    expect(forAll).not.toHaveProperty('summary')
    expect(forAll.networkFields).toEqual([])
    const forSites = sent({ fieldLevels: { presentation: 'network', photo: 'nobody' } })
    expect(forSites.networkFields).toEqual(['presentation'])
    expect(forSites).not.toHaveProperty('image')
    expect(read(forSites).fieldLevels).toEqual({ presentation: 'network' })
  })

  test.each([
    ['another site in attributedTo', { attributedTo: 'https://autre.example/actors/cafes' }],
    [
      'one of two owners elsewhere',
      { attributedTo: [`${origin}/actors/cafes`, 'https://autre.example/a'] },
    ],
    ['nobody in attributedTo', { attributedTo: [] }],
    ['an id that is no profile’s address', { id: `${origin}/cafes/1` }],
    ['an id with a fragment', { id: `${origin}/animation/camille-r#moi` }],
    ['an id that climbs', { id: `${origin}/animation/../actors/cafes` }],
    ['no name', { name: ' \u202e ' }],
    ['no circle', { visibility: undefined }],
    ['a circle that nobody knows', { visibility: 'friends' }],
    ['a field for structures that nobody knows', { networkFields: ['presentation', 'shoeSize'] }],
    ['no end', { validUntil: undefined }],
    ['an end that is over', { validUntil: '2026-11-25T09:59:59Z' }],
    ['a date in the future', { updated: '2026-11-25T12:00:00Z' }],
    [
      'a consent after its last change',
      { published: '2026-11-25T09:30:00Z', updated: '2026-11-25T09:00:00Z' },
    ],
    ['another type', { type: 'Person' }],
  ])('is refused with %s', (_, change) => {
    expect(refusalOf(change)).toHaveProperty('refused')
  })

  test('is cleaned: markup stays words, what deceives goes, nothing is longer than its place', () => {
    const back = read({
      ...sent(),
      name: `<script>alert(1)</script>\u202eA${'a'.repeat(5000)}`,
      presentation: `<img src=x onerror=alert(1)>\u0000${'p'.repeat(100_000)}`,
      formats: Array.from({ length: 500 }, (_, i) => `format ${i} ${'x'.repeat(500)}`),
      themes: [{ '@value': 'x' }, null, 7, 'emploi', 'emploi'],
      availability: 'a'.repeat(9000),
      word: 'chef',
      occupation: 'roi',
      training: 'doctor',
      trainedOn: '2026-99',
      radiusKm: 40_000,
      languages: ['fr', '<b>', 'x'.repeat(100)],
      contactBy: 'shown',
      contact: 'javascript:alert(1)',
      url: `${origin}/animation/\u202efdp\n.html`,
      describes: `${origin}/actors/\u200bcamille`,
      image: { type: 'Image', url: `${origin}/media/\u2066.jpg`, name: 'Camille' },
      validUntil: '2099-01-01T00:00:00Z',
    })
    for (const address of [back.url, back.actorUri, back.photo?.url])
      expect(address).toMatch(/^https:\/\/mediatheque\.example\/[!-~]+$/)
    expect(back.name.length).toBeLessThanOrEqual(80)
    expect(back.name).not.toContain('\u202e')
    expect(back.presentation?.length).toBeLessThanOrEqual(600)
    expect(back.formats).toHaveLength(12)
    expect(back.formats.every((word) => word.length <= 60)).toBe(true)
    expect(back.themes).toEqual(['emploi'])
    expect(back.availability?.length).toBeLessThanOrEqual(200)
    expect(back).toMatchObject({
      word: 'neutre',
      status: undefined,
      training: undefined,
      trainedOn: undefined,
      radiusKm: 200,
      languages: ['fr'],
      contact: 'none',
      shownContact: undefined,
    })
    expect(back.expiresAt.until(now).total('hours')).toBeGreaterThanOrEqual(-366 * 24)
  })

  test.each([
    'http://127.0.0.1/photo.jpg',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'https://autre.example/suivi.png',
  ])('has no picture at %s, nor links or cafés of another site', (url) => {
    const back = read({
      ...sent(),
      image: { type: 'Image', url, name: 'Une photo' },
      url: 'https://autre.example/',
      describes: 'https://autre.example/actors/x',
      facilitates: [cafe, 'https://autre.example/cafes/1'],
    })
    expect(back.photo).toBeUndefined()
    expect(back.url).toBe(back.uri)
    expect(back.actorUri).toBeUndefined()
    expect(back.cafes).toEqual([cafe])
  })
})
