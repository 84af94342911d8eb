import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import {
  isSameState,
  type KnownState,
  knownStateOf,
} from '../../node/domain/cafes/change-message.ts'
import { isOnlySeats, isSoon, isUrgent } from '../../node/domain/cafes/change-urgency.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { LIMITS } from '../../node/domain/limits/limits.ts'
import type { Database } from '../../node/store/database/database.ts'
import { type CafePace, findCafePace, saveCafePace } from '../../node/store/queues/cafe-pace.ts'
import {
  findPendingChange,
  markChangesDone,
  planChange,
  replaceChange,
} from '../../node/store/queues/changes.ts'
import type { CafeChange } from './change-notes.ts'

/**
 * Limits how often others are told of one café, for all its editors together (FEDERATION.md, « How often »): at most
 * three Updates in ten seconds, and one Note to followers in ten minutes, or at once where it is urgent and few were
 * sent that day. Several dates of a series are told together twice a day at most. An earlier change waits as a planned
 * one, which then tells the latest state: nothing is dropped.
 */

const UPDATE_SECONDS = 10
const UPDATES_AT_ONCE = 3
const NOTE_SECONDS = 600
const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS

type Edit = Extract<Change, { type: 'cafe-updated' | 'cafe-received' }>

/**
 * Decides when an edit is told: now or later. In the last case it is merged into the change that waits for this café,
 * which keeps the author's latest text and is important if one of the two was. It must be called in the transaction that
 * marks the change as done.
 */
export async function paceUpdate(
  trx: Database,
  { now }: Pick<Context, 'now'>,
  { cafe, edit, changeId }: { cafe: Cafe; edit: Edit; changeId: number },
): Promise<'now' | 'later'> {
  const pace = (await findCafePace(trx, cafe.uri)) ?? newPace(now())
  const { waitingUpdate: waiting } = pace
  const save = (change: Partial<CafePace>) => saveCafePace(trx, cafe.uri, { ...pace, ...change })
  const isOver = isPassed(pace.windowAt, UPDATE_SECONDS, now())
  if (waiting === changeId || (waiting === undefined && isOver)) {
    await save({ windowAt: now(), updates: 1, waitingUpdate: undefined })
    return 'now'
  }
  if (waiting === undefined && pace.updates < UPDATES_AT_ONCE) {
    await save({ updates: pace.updates + 1 })
    return 'now'
  }
  const later = waiting === undefined ? undefined : await findPendingChange(trx, waiting)
  const dueAt = pace.windowAt.add({ seconds: UPDATE_SECONDS })
  if (waiting !== undefined && later && isEdit(later))
    await replaceChange(trx, { id: waiting, change: merge(later, edit), dueAt })
  else await save({ waitingUpdate: await planChange(trx, { change: edit, dueAt }, now()) })
  return 'later'
}

/**
 * Returns whether Notes of the café's date, place or state are to be sent to followers now. If so, this is recorded,
 * and what they knew until now is returned. If it is too early, a change is planned, which sends them if they then say
 * something new.
 * @param edit - Says what followers knew, where nothing was told yet.
 * @param changeId - The planned change, when it is the one that asks.
 * @param isTogether - Whether other dates of its series change with it.
 */
export async function claimNote(
  trx: Database,
  { now }: Pick<Context, 'now'>,
  { cafe, edit, changeId, isTogether }: AskedNote,
): Promise<CafeChange | undefined> {
  const pace = (await findCafePace(trx, cafe.uri)) ?? newPace(now())
  const waits = await isPending(trx, pace.waitingNote)
  // Edits may be told long after they were made, when the state before them is not the one that was told.
  const before = pace.believed ? seenBy(pace.believed, edit?.before) : edit?.before
  const save = (change: Partial<CafePace>) => saveCafePace(trx, cafe.uri, { ...pace, ...change })
  // After several changes the café may be as followers already know it.
  const isKnown = before !== undefined && saysNothingNew(before, cafe, now())
  const ofSeries = isKnown ? undefined : await seriesDueAt(trx, { cafe, before, isTogether }, now())
  const dueAt = ofSeries ?? (isKnown ? now() : noteDueAt(pace, { cafe, before }, now()))
  if (Temporal.Instant.compare(dueAt, now()) > 0) {
    const change: Change = { type: 'cafe-note-due', cafeId: cafe.id }
    const isWaiting = waits && pace.waitingNote !== undefined && pace.waitingNote !== changeId
    const waitingNote = isWaiting
      ? pace.waitingNote
      : await planChange(trx, { change, dueAt }, now())
    if (isWaiting && waitingNote) await replaceChange(trx, { id: waitingNote, change, dueAt })
    else await save({ waitingNote, believed: before })
    if (ofSeries && cafe.series) await saveSeriesPace(trx, cafe.series, { waitingNote }, now())
    return undefined
  }
  if (waits && pace.waitingNote !== undefined && pace.waitingNote !== changeId)
    await markChangesDone(trx, [pace.waitingNote], now())
  const sent = { waitingNote: undefined, believed: knownStateOf(cafe) }
  await save(isKnown ? sent : { ...sent, ...countNote(pace, { cafe, before }, now()) })
  return isKnown ? undefined : { cafe, before }
}

/** Returns whether followers know the café as it is. Once it has begun, nobody asks for seats. */
const saysNothingNew = (before: KnownState, cafe: Cafe, now: Temporal.Instant): boolean =>
  isSameState(before, knownStateOf(cafe)) ||
  (isOnlySeats(before, cafe) && Temporal.Instant.compare(cafe.startsAt, now) <= 0)

type AskedNote = { cafe: Cafe; edit?: Edit; changeId?: number; isTogether?: boolean | undefined }

/** Adds to what the last Note told the date that the café itself showed since then. */
const seenBy = (told: KnownState, shown: KnownState | undefined): KnownState =>
  shown && shown.startsAt !== told.startsAt ? { ...told, editedStart: shown.startsAt } : told

/** Returns whether a Note about the café waits to be sent. */
export async function hasWaitingNote(trx: Database, cafeUri: string): Promise<boolean> {
  const pace = await findCafePace(trx, cafeUri)
  return pace !== undefined && (await isPending(trx, pace.waitingNote))
}

const isPending = async (trx: Database, waiting: number | undefined): Promise<boolean> =>
  waiting !== undefined && (await findPendingChange(trx, waiting)) !== undefined

/**
 * Returns when a Note may be sent: what is urgent at once while few were sent that day, else some time after the last.
 * That it is full, or has seats again, is said once a day, since a seat comes and goes.
 */
function noteDueAt(pace: CafePace, change: CafeChange, now: Temporal.Instant): Temporal.Instant {
  const dueAt = changeDueAt(pace, change, now)
  if (!isOnlySeats(change.before, change.cafe)) return dueAt
  const again = pace[seatsTold(change.cafe)]?.add({ seconds: DAY_SECONDS })
  return again && Temporal.Instant.compare(again, dueAt) > 0 ? again : dueAt
}

const seatsTold = (cafe: Cafe) => (knownStateOf(cafe).isFull ? 'fullNotedAt' : 'freeNotedAt')

function changeDueAt(pace: CafePace, change: CafeChange, now: Temporal.Instant): Temporal.Instant {
  if (pace.notedAt === undefined) return now
  const notes = notesOfDay(pace, now)
  if (notes < LIMITS['urgent notes of a café'].points && isUrgent(change.before, change.cafe, now))
    return now
  const isSeldom =
    notes >= LIMITS['notes of a café'].points ||
    (isOnlySeats(change.before, change.cafe) && !knownStateOf(change.cafe).isFull)
  return pace.notedAt.add({ seconds: isSeldom ? HOUR_SECONDS : NOTE_SECONDS })
}

/**
 * Returns until when a date waits that changes with others of its series, or while others wait so: those of today and
 * tomorrow do not. Undefined where it may be told.
 */
async function seriesDueAt(
  trx: Database,
  { cafe, before, isTogether }: Pick<AskedNote, 'cafe' | 'isTogether'> & Pick<CafeChange, 'before'>,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const pace = cafe.series === undefined ? undefined : await findCafePace(trx, cafe.series)
  const limit = LIMITS['notes of a series']
  if (!pace?.dayAt || notesOfDay(pace, now) < limit.points) return undefined
  if (!isTogether && !(await isPending(trx, pace.waitingNote))) return undefined
  return before && isSoon(before, cafe, now)
    ? undefined
    : pace.dayAt.add({ seconds: limit.duration })
}

/** Counts a Note about several dates of a series. */
export async function countSeriesNote(
  trx: Database,
  series: string,
  now: Temporal.Instant,
): Promise<void> {
  const pace = (await findCafePace(trx, series)) ?? newPace(now)
  const notes = notesOfDay(pace, now)
  const dayAt = notes === 0 ? now : pace.dayAt
  await saveSeriesPace(trx, series, { notedAt: now, dayAt, notes: notes + 1 }, now)
}

async function saveSeriesPace(
  trx: Database,
  series: string,
  change: Partial<CafePace>,
  now: Temporal.Instant,
): Promise<void> {
  const pace = (await findCafePace(trx, series)) ?? newPace(now)
  await saveCafePace(trx, series, { ...pace, ...change })
}

const notesOfDay = ({ dayAt, notes }: CafePace, now: Temporal.Instant): number =>
  dayAt === undefined || isPassed(dayAt, LIMITS['notes of a café'].duration, now) ? 0 : notes

function countNote(
  pace: CafePace,
  { cafe, before }: CafeChange,
  now: Temporal.Instant,
): Partial<CafePace> {
  const notes = notesOfDay(pace, now)
  const isAboutSeats = before !== undefined && before.isFull !== knownStateOf(cafe).isFull
  return {
    ...{ notedAt: now, dayAt: notes === 0 ? now : pace.dayAt, notes: notes + 1 },
    ...(isAboutSeats && { [seatsTold(cafe)]: now }),
  }
}

const newPace = (now: Temporal.Instant): CafePace => ({
  windowAt: now.subtract({ seconds: UPDATE_SECONDS }),
  updates: 0,
  waitingUpdate: undefined,
  notedAt: undefined,
  dayAt: undefined,
  notes: 0,
  fullNotedAt: undefined,
  freeNotedAt: undefined,
  waitingNote: undefined,
  believed: undefined,
})

const isPassed = (since: Temporal.Instant, seconds: number, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(since.add({ seconds }), now) <= 0

const isEdit = (change: Change): change is Edit =>
  change.type === 'cafe-updated' || change.type === 'cafe-received'

function merge(waiting: Edit, edit: Edit): Edit {
  const important = waiting.important || edit.important
  const before = waiting.before ?? edit.before
  if (waiting.type === 'cafe-updated' || edit.type === 'cafe-updated')
    return { ...edit, important, before }
  return {
    ...edit,
    before,
    activity: edit.activity ?? waiting.activity,
    isNews: Boolean(waiting.isNews || edit.isNews),
    isNewToReaders: waiting.isNewToReaders || edit.isNewToReaders,
    important,
  }
}
