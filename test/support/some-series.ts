import type { Recurrence } from '../../node/domain/series/recurrence.ts'
import { type Series, seriesContentOf } from '../../node/domain/series/series.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { uuidV7 } from '../../node/store/database/uuid.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { BLANK_CAFE } from './blank-cafe.ts'

const ORIGIN = 'https://mediatheque.example'

/** Who announces the cafés of `aSeries`. */
export const HOME = {
  organizer: { uri: `${ORIGIN}/actors/cafes`, name: 'Médiathèque du Canal', url: `${ORIGIN}/` },
  origin: ORIGIN,
  horizon: { endlessDays: 60, finiteDays: 366 },
}

/** Stores the structure of the series. */
export const insertHome = (db: OpenDatabase, now: Temporal.Instant): Promise<void> =>
  insertOrganization(db, { id: 'canal', slug: 'canal', name: 'Médiathèque du Canal' }, now)

/** Makes a series at 18:30 on Thursdays, from 10 December 2026 on, without an end, of cafés that last an hour and a half. */
export function aSeries(
  now: Temporal.Instant,
  recurrence: Partial<Recurrence> = {},
  changes: Partial<Series> = {},
): Series {
  const id = uuidV7(now)
  const cafe = {
    ...BLANK_CAFE,
    ...{ title: 'L’IA à notre table', descriptionHtml: '', descriptionText: '' },
    startsAt: now,
    endsAt: now.add({ minutes: 90 }),
  }
  return {
    ...{ id, uri: `${ORIGIN}/series/${id}`, organizationId: 'canal' },
    ...{ source: undefined, announcedUnder: undefined, publication: 'published' },
    content: seriesContentOf(cafe),
    recurrence: {
      ...{ start: '2026-12-10T18:30', rrule: 'FREQ=WEEKLY;BYDAY=TH', exclude: [], include: [] },
      ...recurrence,
    },
    ...{ timezone: 'Europe/Paris', updatedAt: now },
    ...changes,
  }
}
