import { expect, test } from 'vitest'
import { announcedLines } from '../../../node/domain/cafes/announcement-text.ts'
import type { CafeContent } from '../../../node/domain/cafes/cafe.ts'
import { changeMessage, knownStateOf } from '../../../node/domain/cafes/change-message.ts'
import { isUrgent } from '../../../node/domain/cafes/change-urgency.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { readable } from '../../support/readable.ts'

/** Checks the message for every change of state: it is readable French in which nothing is untrue. */

const at = (text: string) => Temporal.Instant.from(text)
const venue = (name: string, streetAddress: string) => ({
  ...{ id: undefined, name, streetAddress, postalCode: '35000', commune: 'Rennes' },
  ...{ codeInsee: '35238', departement: '35', region: '53' },
  ...{ latitude: undefined, longitude: undefined },
})
const TILLEULS = venue('Médiathèque des Tilleuls', '16 rue du Lac')
const CANAL = venue('Maison du Canal', '3 quai d’Ille')
const seats = (seatsLeft: number) => ({
  registration: {
    ...{ mode: 'none' as const, url: undefined, waitlist: false },
    ...{ capacity: 15, seatsLeft },
  },
})
const planned: Partial<CafeContent> = {
  title: 'L’IA au travail',
  startsAt: at('2026-12-09T17:30:00Z'),
  endsAt: at('2026-12-09T19:00:00Z'),
  timezone: 'Europe/Paris',
  status: 'scheduled',
  statusNote: undefined,
  attendanceMode: 'offline',
  venue: TILLEULS,
  ...seats(15),
}
const nextWeek = { startsAt: at('2026-12-16T17:30:00Z'), endsAt: at('2026-12-16T19:00:00Z') }
const WHEN = '📅 mercredi 9 décembre 2026, 18 h 30 – 20 h (heure de Paris)'
const NEXT = '📅 mercredi 16 décembre 2026, 18 h 30 – 20 h (heure de Paris)'
const WHERE = '📍 Médiathèque des Tilleuls, 16 rue du Lac, 35000 Rennes'

const CHANGES: [
  what: string,
  before: Partial<CafeContent>,
  after: Partial<CafeContent>,
  words: string[],
][] = [
  [
    'cancelled, with a reason',
    {},
    { status: 'cancelled', statusNote: 'La salle est inondée.' },
    [
      'Annulé : L’IA au travail',
      'Le café prévu le mercredi 9 décembre 2026 à 18 h 30 n’aura pas lieu.',
      'La salle est inondée.',
    ],
  ],
  [
    'moved and cancelled before anybody heard of the new date',
    {},
    { status: 'cancelled', ...nextWeek },
    [
      'Annulé : L’IA au travail',
      'Le café prévu le mercredi 9 décembre 2026 à 18 h 30 n’aura pas lieu.',
    ],
  ],
  [
    'postponed without a date',
    {},
    { status: 'postponed' },
    [
      'Reporté : L’IA au travail',
      'Le café prévu le mercredi 9 décembre 2026 à 18 h 30 n’aura pas lieu ce jour-là. La nouvelle date n’est pas encore connue.',
    ],
  ],
  [
    'postponed, and now with a date',
    { status: 'postponed' },
    { status: 'rescheduled', ...nextWeek },
    [
      'Nouvelle date : L’IA au travail',
      'Ce café, reporté, aura lieu le mercredi 16 décembre 2026 à 18 h 30 et non le mercredi 9 décembre 2026 à 18 h 30.',
      NEXT,
      WHERE,
    ],
  ],
  [
    'postponed, then kept on its day',
    { status: 'postponed' },
    {},
    [
      'Maintenu : L’IA au travail',
      'Finalement, ce café a bien lieu le mercredi 9 décembre 2026 à 18 h 30.',
      WHEN,
      WHERE,
    ],
  ],
  [
    'reinstated',
    { status: 'cancelled' },
    {},
    [
      'Maintenu : L’IA au travail',
      'Finalement, ce café a bien lieu le mercredi 9 décembre 2026 à 18 h 30.',
      WHEN,
      WHERE,
    ],
  ],
  [
    'reinstated on another day',
    { status: 'cancelled' },
    { status: 'rescheduled', ...nextWeek },
    [
      'Maintenu, à une autre date : L’IA au travail',
      'Finalement, ce café aura lieu le mercredi 16 décembre 2026 à 18 h 30.',
      NEXT,
      WHERE,
    ],
  ],
  [
    'another day',
    {},
    { status: 'rescheduled', ...nextWeek },
    [
      'Nouvelle date : L’IA au travail',
      'Ce café aura lieu le mercredi 16 décembre 2026 à 18 h 30 et non le mercredi 9 décembre 2026 à 18 h 30.',
      NEXT,
      WHERE,
    ],
  ],
  [
    'another hour',
    {},
    { status: 'rescheduled', startsAt: at('2026-12-09T17:00:00Z') },
    [
      'Nouvel horaire : L’IA au travail',
      'Ce café commencera à 18 h et non à 18 h 30.',
      '📅 mercredi 9 décembre 2026, 18 h – 20 h (heure de Paris)',
      WHERE,
    ],
  ],
  [
    'only the venue, also of a café that was moved before',
    { status: 'rescheduled' },
    { status: 'rescheduled', venue: CANAL },
    [
      'Nouveau lieu : L’IA au travail',
      'Le lieu change : Maison du Canal, 3 quai d’Ille, 35000 Rennes, et non Médiathèque des Tilleuls, 16 rue du Lac, 35000 Rennes.',
      WHEN,
      '📍 Maison du Canal, 3 quai d’Ille, 35000 Rennes',
    ],
  ],
  [
    'another day at another place',
    {},
    { status: 'rescheduled', ...nextWeek, venue: CANAL },
    [
      'Nouvelle date et nouveau lieu : L’IA au travail',
      'Ce café aura lieu le mercredi 16 décembre 2026 à 18 h 30 et non le mercredi 9 décembre 2026 à 18 h 30.',
      'Le lieu change : Maison du Canal, 3 quai d’Ille, 35000 Rennes, et non Médiathèque des Tilleuls, 16 rue du Lac, 35000 Rennes.',
      NEXT,
      '📍 Maison du Canal, 3 quai d’Ille, 35000 Rennes',
    ],
  ],
  [
    'moved online, its place kept',
    {},
    { status: 'moved-online' },
    [
      'En ligne : L’IA au travail',
      'Ce café aura lieu en ligne, et non sur place.',
      WHEN,
      '📍 En ligne',
    ],
  ],
  [
    'back from online',
    { status: 'moved-online' },
    {},
    [
      'Sur place : L’IA au travail',
      'Ce café aura lieu sur place, et non en ligne : Médiathèque des Tilleuls, 16 rue du Lac, 35000 Rennes.',
      WHEN,
      WHERE,
    ],
  ],
  [
    'online as well',
    {},
    { attendanceMode: 'mixed' },
    [
      'Aussi en ligne : L’IA au travail',
      'On pourra aussi y participer en ligne.',
      WHEN,
      `${WHERE}, et en ligne`,
    ],
  ],
  [
    'no longer online as well',
    { attendanceMode: 'mixed' },
    {},
    [
      'Sur place seulement : L’IA au travail',
      'On ne pourra plus y participer en ligne.',
      WHEN,
      WHERE,
    ],
  ],
  ['full', {}, seats(0), ['Complet : L’IA au travail', 'Il n’y a plus de place.', WHEN, WHERE]],
  [
    'with seats again',
    seats(0),
    {},
    ['Des places : L’IA au travail', 'Il y a de nouveau de la place.', WHEN, WHERE],
  ],
]

test.each(CHANGES)('%s', (_, before, after, words) => {
  const known = knownStateOf(aCafe({ ...planned, ...before }))
  const { title, lines } = changeMessage(known, aCafe({ ...planned, ...after }))
  expect([title, ...lines].map(readable)).toEqual(words)
})

test.each([
  ['cancelled', 'Annulé : '],
  ['postponed', 'Reporté : '],
  ['rescheduled', 'Nouvelle date : '],
  ['moved-online', 'En ligne : '],
  ['scheduled', 'Changement : '],
] as const)('%s is said so where nobody knows what it was before', (status, words) => {
  const { title } = changeMessage(undefined, aCafe({ ...planned, status }))
  expect(readable(title)).toBe(`${words}L’IA au travail`)
})

test('nobody is invited to what is off, nor told that the date of what is put off holds', () => {
  const lines = (status: CafeContent['status']) =>
    announcedLines(aCafe({ ...planned, status })).map(readable)
  expect(lines('cancelled')).toEqual(['❌ Annulé', WHEN, WHERE])
  expect(lines('postponed')).toEqual([
    '⏸️ Reporté, nouvelle date à venir',
    '📅 Pas le mercredi 9 décembre 2026 à 18 h 30 comme prévu',
    WHERE,
  ])
  expect(lines('scheduled').at(-1)).toBe('🎟️ Gratuit, venez librement (15 places)')
})

const URGENT: [what: string, now: string, Partial<CafeContent>, Partial<CafeContent>, boolean][] = [
  ['cancelled', '2026-11-25', {}, { status: 'cancelled' }, true],
  ['postponed', '2026-11-25', {}, { status: 'postponed' }, true],
  [
    'cancelled after it was put off',
    '2026-11-25',
    { status: 'postponed' },
    { status: 'cancelled' },
    true,
  ],
  ['reinstated', '2026-11-25', { status: 'cancelled' }, {}, true],
  ['on a new date after it was put off', '2026-11-25', { status: 'postponed' }, nextWeek, true],
  [
    'online after it was put off',
    '2026-11-25',
    { status: 'postponed' },
    { status: 'moved-online' },
    true,
  ],
  ['moved in two weeks', '2026-11-25', {}, { venue: CANAL }, false],
  ['moved tomorrow', '2026-12-08', {}, { venue: CANAL }, true],
  ['moved two days before', '2026-12-07', {}, { venue: CANAL }, false],
  ['put off from tomorrow to another week', '2026-12-08', {}, nextWeek, true],
  ['full in two weeks', '2026-11-25', {}, seats(0), false],
  ['full today', '2026-12-09', {}, seats(0), true],
  ['full when it is over', '2026-12-20', {}, seats(0), false],
]
test.each(URGENT)(
  'whether a café that is %s is told at once, on %s',
  (_, day, before, after, isSo) => {
    const now = at(`${day}T12:00:00Z`)
    const known = knownStateOf(aCafe({ ...planned, ...before }))
    expect(isUrgent(known, aCafe({ ...planned, ...after }), now)).toBe(isSo)
  },
)
