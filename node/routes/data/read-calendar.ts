import type { Context } from '../../context.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import {
  decideAbsences,
  decidePause,
  type FollowedCalendar,
  isLeftOut,
  isWholeReadingDue,
} from '../../domain/cafes/followed-calendar.ts'
import { horizonOf } from '../../domain/cafes/horizon.ts'
import type { ImportPreview } from '../../domain/cafes/import.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import { postponeCalendar, saveFault, saveReading } from '../../store/cafes/followed-calendars.ts'
import {
  type BroughtCafe,
  claimImported,
  listBroughtCafes,
  markMissing,
} from '../../store/cafes/import-snapshots.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findOrganization } from '../../store/structures/organizations.ts'
import { memory } from '../../turns/memory.ts'
import { giveWay } from '../../turns/turns.ts'
import { applyImport } from './imports/import.ts'
import { cancelGoneCafe } from './imports/import-cancellations.ts'
import { IMPORT_MEMORY, problemOfFile } from './imports/import-file.ts'
import { readImportAside } from './imports/import-reader.ts'
import type { ImportStep } from './imports/import-step.ts'

/** Minutes after which a calendar is read again that waited in vain for its turn. */
const BUSY_MINUTES = 5

type Validators = { etag: string | undefined; lastModified: string | undefined }

export type CalendarReading = { outcome: 'read' | 'unchanged' | 'failed' | 'busy'; fault?: Refusal }

/**
 * Reads a followed calendar and applies it. Only an answer that is a whole calendar changes a café; any other is a
 * fault, which is stored for the team, and the calendar is asked for less and less often. What a whole calendar no
 * longer has is cancelled after a day, and never deleted; see `decideAbsences`.
 */
export async function readCalendar(
  context: Context,
  calendar: FollowedCalendar,
): Promise<CalendarReading> {
  const { db, config, remote, now, wake } = context
  const every = config.calendarMinutes
  const dueIn = (minutes: number) => now().add({ seconds: Math.round(minutes * 60) })
  const fail = async (fault: Refusal, retryAfter?: number): Promise<CalendarReading> => {
    const dueAt = dueIn(decidePause(calendar.failures + 1, every, retryAfter))
    await saveFault(db, calendar, { fault, dueAt }, now())
    return { outcome: 'failed', fault }
  }

  const { etag, lastModified } = calendar
  const known = isWholeReadingDue(calendar, now()) ? undefined : { etag, lastModified }
  const file = await remote.refetchCalendar(calendar.address, known)
  if (file.outcome === 'refused') return fail(file.reason, file.retryAfter)
  if (file.outcome === 'unchanged') {
    await saveReading(db, calendar.id, { dueAt: dueIn(every), whole: undefined }, now())
    return { outcome: 'unchanged' }
  }
  const { bytes, contentType } = file
  const loan = await memory.borrow('work', IMPORT_MEMORY, CALENDARS)
  try {
    const asked = { now: now(), horizon: horizonOf(context.config), who: calendar.id }
    const read = loan ? await readImportAside({ bytes, contentType }, asked) : BUSY
    if (read.refusal === 'data.import_busy') {
      await postponeCalendar(db, calendar.id, dueIn(BUSY_MINUTES))
      return { outcome: 'busy' }
    }
    if (!read.preview) return await fail(read.refusal)
    if (problemOfFile(read.preview)) return await fail('data.not_a_calendar')
    if (read.preview.isCut) return await fail('data.calendar_cut')
    const steps = await applyCalendar(context, calendar, read.preview)
    await saveWhole(context, calendar, { steps, validators: file.validators })
  } finally {
    loan?.end()
  }
  wake()
  return { outcome: 'read' }
}

const BUSY = { refusal: 'data.import_busy', preview: undefined } as const

/** The calendars that are followed borrow together what one neighbourhood may have. */
const CALENDARS = { network: 'calendars', near: 'calendars' }

async function saveWhole(
  { db, config, now }: Context,
  calendar: FollowedCalendar,
  { steps, validators }: { steps: readonly ImportStep[]; validators: Validators | undefined },
): Promise<void> {
  const dueAt = now().add({ seconds: Math.round(config.calendarMinutes * 60) })
  const cafes = steps.filter(({ outcome }) => KEPT.includes(outcome)).length
  const aside = steps.filter(isLeftAside).length
  const whole = {
    cafes,
    aside,
    ...(validators ?? { etag: undefined, lastModified: undefined }),
  }
  await saveReading(db, calendar.id, { dueAt, whole }, now())
}

const KEPT: ImportStep['outcome'][] = ['created', 'drafted', 'updated', 'unchanged', 'cancelled']

/** Returns whether a row is reported as left aside; dates that are over, or that come with time, are not. */
const isLeftAside = ({ outcome, note }: ImportStep): boolean =>
  outcome === 'failed' || (outcome === 'aside' && note !== 'no_date' && note !== 'later')

async function applyCalendar(
  { db, config, now }: Context,
  calendar: FollowedCalendar,
  preview: ImportPreview,
): Promise<ImportStep[]> {
  const organization = await findOrganization(db, calendar.organizationId)
  if (!organization) return []
  const brought = await listBroughtCafes(db, calendar.id, now())
  const { publication, leftOut } = calendar
  const by: Author = { kind: 'calendar', name: new URL(calendar.address).host }
  const touched = new Set<string>()
  const steps = await applyImport(
    {
      ...{ db, config, organization, by, preview, now: now() },
      choices: { publication, isLeftOut: (identity) => isLeftOut(leftOut, identity) },
      calendarId: calendar.id,
    },
    touched,
  )
  await claimImported(db, calendar.id, [...touched])
  if (!isWhole(preview)) return steps
  const absent = absentOf(brought, preview, touched)
  const { gone } = decideAbsences(brought.length, absent, now())
  for (const { cafeId } of absent) await markMissing(db, cafeId, now())
  for (const { cafeId } of gone) {
    await giveWay()
    await inTransaction(db, (trx) => cancelGoneCafe(trx, { id: cafeId, by }, now()))
  }
  return steps
}

/**
 * Returns whether all rows are known. A row that could not be read, and does not say of which event it is, might be any
 * of them.
 */
const isWhole = ({ rows }: ImportPreview): boolean =>
  rows.every(({ row, problems, uid }) => !problems || (row !== 0 && uid !== undefined))

/** Returns the cafés that the calendar brought before and that no row is about, not even one with problems. */
function absentOf(
  brought: readonly BroughtCafe[],
  { rows }: ImportPreview,
  touched: ReadonlySet<string>,
): BroughtCafe[] {
  const unread = new Set(rows.map(({ uid }) => uid))
  return brought.filter(({ cafeId, uid }) => !touched.has(cafeId) && !unread.has(uid))
}
