import type { Cafe } from '../../../domain/cafes/cafe.ts'
import { HORIZON } from '../../../domain/cafes/horizon.ts'
import type { ImportedCafe, ImportPreview, ImportRow } from '../../../domain/cafes/import.ts'
import { readCsv } from '../../../formats/csv/read.ts'
import { toCsv } from '../../../formats/csv/write.ts'
import { toICalendar } from '../../../formats/icalendar/icalendar.ts'
import { readICalendar } from '../../../formats/icalendar/read.ts'
import { toOpenAgendaEvent } from '../../../formats/web/open-agenda.ts'
import { readOpenAgenda } from '../../../formats/web/read-open-agenda.ts'
import { timezoneOf } from '../../../geo/territories.ts'

/**
 * Returns what our own export of this café would contain if it were read back now: where a row that comes back from a
 * spreadsheet or a calendar differs from it, somebody changed it there.
 */
export function readOwnExport(
  cafe: Cafe,
  format: ImportPreview['format'],
): ImportedCafe | undefined {
  const rows = rowsOf(cafe, format)
  return rows.find((row) => row.cafe)?.cafe
}

function rowsOf(cafe: Cafe, format: ImportPreview['format']): ImportRow[] {
  if (format === 'icalendar') return readCalendarOf(cafe)
  if (format !== 'openagenda') return readCsv(toCsv([cafe])).rows
  const events = [toOpenAgendaEvent(cafe)]
  return readOpenAgenda(events, { now: cafe.startsAt, horizon: HORIZON }).rows
}

const readCalendarOf = (cafe: Cafe) =>
  readICalendar(toICalendar([cafe], { name: cafe.organizer.name, url: cafe.organizer.url }), {
    now: cafe.startsAt,
    horizon: HORIZON,
    defaultTimezone: timezoneOf(undefined),
  }).rows
