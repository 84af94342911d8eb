import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCafeInput } from '../../../node/domain/cafes/cafe-input.ts'
import { parseFacilitatorInput } from '../../../node/domain/facilitators/facilitator-input.ts'
import { decideSettings } from '../../../node/domain/structures/legal-notice.ts'
import { parseNetwork } from '../../../node/domain/structures/network.ts'
import { decideStructureProfile } from '../../../node/domain/structures/structure-profile.ts'
import {
  dayHeading,
  longDate,
  relativePast,
  sincePast,
  timeRange,
  zoneName,
} from '../../../node/domain/values/date-text.ts'
import { distance, plural } from '../../../node/domain/values/number-text.ts'
import { PROBLEM_CODES } from '../../../node/domain/values/problem.ts'
import { keyOf, Refusal } from '../../../node/domain/values/refusal.ts'
import { ofName, toName } from '../../../ui/locales/french-articles.ts'
import { messagesFor, problemMessage, refusalText } from '../../../ui/locales/messages.ts'
import { frenchSpaces } from '../../../ui/locales/typography.ts'
import { readable } from '../../support/readable.ts'
import { ROOT, readSources } from '../../support/sources.ts'
import { NOW } from '../gallery/sample.ts'
import { findFrench } from './french-texts.ts'

const zdt = (text: string) => Temporal.ZonedDateTime.from(text)

describe('dates in words', () => {
  const today = Temporal.PlainDate.from('2026-11-25')

  test('a date alone has its year, and the first of a month is « 1er »', () => {
    expect(readable(longDate(zdt('2026-12-03T18:30[Europe/Paris]')))).toBe('jeudi 3 décembre 2026')
    expect(readable(longDate(zdt('2026-12-01T18:30[Europe/Paris]')))).toBe(
      'mardi 1er décembre 2026',
    )
  })

  test('a heading names the year only when it is another one', () => {
    const heading = (text: string) => readable(dayHeading(zdt(text), today))
    expect(heading('2026-12-03T18:30[Europe/Paris]')).toBe('jeudi 3 décembre')
    expect(heading('2027-01-04T18:30[Europe/Paris]')).toBe('lundi 4 janvier 2027')
    expect(heading('2026-11-25T23:30[Europe/Paris]')).toBe('aujourd’hui, mercredi 25 novembre')
  })

  test('hours are written the French way, and never break over two lines', () => {
    const start = zdt('2026-12-03T18:30[Europe/Paris]')
    expect(timeRange(start, start.add({ minutes: 90 }))).toBe('18\u00a0h\u00a030\u00a0– 20\u00a0h')
    expect(readable(timeRange(start, start.add({ hours: 8 })))).toBe(
      '18 h 30 – vendredi 4 décembre, 2 h 30',
    )
  })

  test.each([
    ['Europe/Paris', 'heure de Paris'],
    ['Indian/Reunion', 'heure de La Réunion'],
    ['America/Martinique', 'heure de la Martinique'],
    ['America/Cayenne', 'heure de la Guyane'],
    ['Pacific/Tahiti', 'heure de Tahiti'],
  ])('the clock of %s is called « %s »', (zone, words) => {
    expect(zoneName(zone)).toBe(words)
  })

  test('a zone that is not French has a name all the same', () => {
    expect(zoneName('America/Toronto')).toMatch(/^heure /u)
  })

  test.each([
    [{ seconds: 20 }, 'à l’instant', 'depuis un instant'],
    [{ minutes: 5 }, 'il y a 5 min', 'depuis 5 min'],
    [{ hours: 2, minutes: 50 }, 'il y a 2 h', 'depuis 2 h'],
    [{ hours: 24 }, 'il y a 1 jour', 'depuis 1 jour'],
    [{ hours: 73 }, 'il y a 3 jours', 'depuis 3 jours'],
    [{ hours: 24 * 70 }, 'il y a 2 mois', 'depuis 2 mois'],
    [{ hours: 24 * 400 }, 'il y a 1 an', 'depuis 1 an'],
    [{ hours: -1 }, 'à l’instant', 'depuis un instant'],
  ])('%o ago is « %s », « %s »', (ago, past, since) => {
    expect(readable(relativePast(NOW.subtract(ago), NOW))).toBe(past)
    expect(readable(sincePast(NOW.subtract(ago), NOW))).toBe(since)
  })
})

test.each([
  ['Camille', 'à Camille'],
  ['Anaïs', 'à Anaïs'],
  ['Le Moulin partagé', 'au Moulin partagé'],
  ['Les Champs Libres', 'aux Champs Libres'],
  ['Médiathèque du Canal', 'à la Médiathèque du Canal'],
  ['Annuaire des cafés IA', 'à l’Annuaire des cafés IA'],
  ['Réseau du Val', 'au Réseau du Val'],
])('to « %s » is « %s »', (name, words) => {
  expect(toName(name)).toBe(words)
})

describe('the French « de » before a name', () => {
  test.each([
    ['Rennes', 'de Rennes'],
    ['Annuaire des cafés IA', 'de l’Annuaire des cafés IA'],
    ['Médiathèque du Canal', 'de la Médiathèque du Canal'],
    ['Tiers-lieu du Port', 'du Tiers-lieu du Port'],
    ['Maisons-Alfort', 'de Maisons-Alfort'],
    ['Écouter ensemble', 'd’Écouter ensemble'],
    ['Le Moulin partagé', 'du Moulin partagé'],
    ['Les Champs Libres', 'des Champs Libres'],
    ['La Poste', 'de La Poste'],
    ['Yvetot', 'd’Yvetot'],
    ['Yann', 'de Yann'],
  ])('of « %s » is « %s »', (name, words) => {
    expect(ofName(name)).toBe(words)
    expect(messagesFor('fr').referent.panel.team(name)).toContain(`L’équipe ${words} vous répond`)
  })
})

test('what a person shows of themselves has one name on all pages', () => {
  const sentences = readSources().filter(({ path }) => path.startsWith('ui/locales/'))
  const other = /(?<!\p{L})fiches?(?!\p{L})/iu
  expect(sentences.filter(({ code }) => other.test(code)).map(({ path }) => path)).toEqual([])
})

describe('figures in words', () => {
  test('the plural begins at two', () => {
    const cafes = [0, 1, 2, 1200].map((n) => readable(plural(n, 'café', 'cafés')))
    expect(cafes).toEqual(['0 café', '1 café', '2 cafés', '1 200 cafés'])
  })

  test('distances are as precise as they are known', () => {
    const words = [0.02, 0.84, 1.23, 9.96, 12.4].map((km) => readable(distance(km)))
    expect(words).toEqual(['100 m', '800 m', '1,2 km', '10 km', '12 km'])
    expect(readable(distance(3, true))).toBe('environ 3 km')
    expect(readable(distance(0.02, true))).toBe('moins de 2 km')
  })
})

describe('messages about wrong input', () => {
  test.each(PROBLEM_CODES)('« %s » is one sentence in each language', (code) => {
    const fr = problemMessage({ field: 'x', code }, 'fr')
    const en = problemMessage({ field: 'x', code }, 'en')
    expect(fr).toMatch(/^\p{Lu}.{10,}$/u)
    expect(en).toMatch(/^\p{Lu}.{10,}$/u)
    expect(en).not.toBe(fr)
    expect(fr + en).not.toContain('undefined')
  })

  test.each([
    ['a profile', () => parseFacilitatorInput({}, '2026-11')],
    ['the settings', () => decideSettings({}, Temporal.PlainDate.from('2026-11-27'))],
    ['a network', () => parseNetwork({} as Parameters<typeof parseNetwork>[0])],
    ['a café', () => parseCafeInput({ venue: 7, languages: {} })],
    [
      'a structure',
      () =>
        decideStructureProfile(
          {},
          { place: { problems: [] }, logo: undefined, renderMarkdown: String },
        ),
    ],
  ])('what lacks or is no text in %s is a code, not a sentence of the checker', (_, check) => {
    const checked = check()
    const codes = 'problems' in checked ? (checked.problems ?? []).map(({ code }) => code) : []
    expect(codes).not.toEqual([])
    expect(codes.filter((code) => !PROBLEM_CODES.some((known) => known === code))).toEqual([])
  })

  test('a missing contact of a registration is not asked for to be shown', () => {
    const problem = { field: 'email', code: 'contact_required' } as const
    expect(problemMessage(problem, 'fr')).not.toContain('montrer')
    expect(problemMessage(problem, 'en')).not.toContain('show')
  })

  test('the limit is named where it is known', () => {
    const problem = { field: 'summary', code: 'too_long', detail: '200' } as const
    expect(readable(problemMessage(problem, 'fr'))).toContain('200 caractères au plus')
    expect(problemMessage(problem, 'en')).toContain('at most 200 characters')
  })
})

describe('messages about what is refused', () => {
  const params = { minutes: 3, status: 503, name: 'camille', host: 'social.example' }
  const refusals = Object.entries(messagesFor('fr').refusals).map(([key, text]) =>
    Refusal.parse(typeof text === 'string' ? key : { key, params }),
  )

  test.each(refusals)(
    '« %o » is one sentence in each language, of which English has no French',
    (refusal) => {
      const fr = readable(refusalText(refusal, 'fr'))
      const en = refusalText(refusal, 'en')
      expect(fr).toMatch(/^(?:\p{Lu}|social).{10,}$/u)
      expect(en).toMatch(/^(?:\p{Lu}|social).{10,}$/u)
      expect(fr + en).not.toMatch(/undefined|\[object/u)
      expect(findFrench(`<p>${en}</p>`)).toEqual([])
      expect(en.replaceAll('café', '')).not.toMatch(
        /[àâçèéêëîïôùûœ]|\b(?:les?|la|une?|des?|du|cette?|est|pas|plus|votre)\b|l’|d’/iu,
      )
    },
  )

  test('what it names is said', () => {
    const busy = (minutes: number) => ({ key: 'data.exports_busy', params: { minutes } }) as const
    expect(readable(refusalText(busy(1), 'fr'))).toContain('dans une minute.')
    expect(refusalText(busy(12), 'en')).toContain('in 12 minutes.')
    const unknown = { key: 'remote.unknown_handle', params: { name: 'camille', host: 'a.example' } }
    expect(refusalText(Refusal.parse(unknown), 'fr')).toBe(
      'a.example ne connaît pas @camille@a.example.',
    )
  })

  test('each is said somewhere in the program', () => {
    const said = readSources()
      .filter(({ path }) => !/^(?:ui\/locales\/.*|node\/domain\/values)\/refusals?\.ts$/.test(path))
      .map(({ path }) => readFileSync(join(ROOT, path), 'utf8'))
      .join('\n')
    const egressCodes = /EgressCode =([^=]*)\n\n/.exec(said)?.[1] ?? ''
    const isSaid = (key: string) =>
      said.includes(`'${key}'`) || egressCodes.includes(`'${key.replace('remote.', '')}'`)
    expect(refusals.map(keyOf).filter((key) => !isSaid(key))).toEqual([])
  })
})

test('French signs are never alone at the beginning of a line', () => {
  expect(frenchSpaces('Où ? « Ici » : 30 km !')).toBe(
    'Où\u202f? «\u00a0Ici\u00a0»\u00a0: 30\u00a0km\u202f!',
  )
})
