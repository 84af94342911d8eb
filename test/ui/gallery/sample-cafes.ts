import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { SavedVenue } from '../../../node/domain/cafes/venue.ts'
import { aCafe, aPeer, EVIL, hoursAgo, listed, VENUE } from './sample.ts'

export const aVenue = (changes: Partial<SavedVenue> = {}): SavedVenue => ({
  ...VENUE,
  id: changes.name ?? 'v',
  organizationId: 'o',
  reference: undefined,
  access: 'Entrée par la cour.',
  accessibility: ['mi'],
  acceslibreUrl: undefined,
  ...changes,
})

export const unreachable = aPeer({
  failingSince: hoursAgo(31 * 24),
  silentSince: hoursAgo(31 * 24),
  hiddenSince: hoursAgo(24),
  lastSeenAt: hoursAgo(31 * 24 + 1),
  lastError: 'timeout',
})

export const cafes: Cafe[] = [
  aCafe({ id: 'a', title: EVIL, summary: EVIL, statusNote: EVIL, format: EVIL, themes: [EVIL] }),
  aCafe({ id: 'b', status: 'cancelled', statusNote: 'La salle est inondée.' }),
  aCafe({
    id: 'c',
    registration: { mode: 'phone', url: undefined, capacity: 12, seatsLeft: 0, waitlist: false },
  }),
  aCafe(
    {
      id: 'd',
      status: 'rescheduled',
      previousStartsAt: Temporal.Instant.from('2026-12-01T13:30:00Z'),
    },
    '2026-12-08T17:30[Indian/Reunion]',
  ),
  aCafe({ id: 'e', status: 'postponed' }, '2026-12-10T18:00[Europe/Paris]'),
  aCafe(
    {
      id: 'f',
      status: 'moved-online',
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/1',
      openTo: 'reserved',
    },
    '2026-12-11T18:00[Europe/Paris]',
  ),
  aCafe({ id: 'g', publication: 'draft' }, '2026-12-12T18:00[Europe/Paris]'),
]

export const found = cafes.map((cafe, index) =>
  listed(cafe, {
    distanceKm: index + 0.5,
    approximate: index % 2 === 0,
    source: index === 0 ? unreachable : aPeer({ name: EVIL }),
  }),
)

export const own = cafes.map((cafe) => listed(cafe))
