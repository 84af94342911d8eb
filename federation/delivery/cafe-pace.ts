import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { isSameState, knownStateOf } from '../../node/domain/cafes/change-message.ts'
import type { Change } from '../../node/domain/federation/change.ts'
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
 * three Updates in ten seconds, and one Note to followers in ten minutes. An earlier change waits as a planned one,
 * which then tells the latest state. A cancellation is told at once, at most one in ten minutes.
 */

const UPDATE_SECONDS = 10
const UPDATES_AT_ONCE = 3
const NOTE_SECONDS = 600

type Edit = Extract<Change, { type: 'cafe-updated' | 'cafe-received' }>

/**
 * Decides when an edit is told: now; now and ahead of other changes that wait (`ahead`), because it cancels the café;
 * or later. In the last case it is merged into the change that waits for this café, which keeps the author's latest
 * text and is important if one of the two was. It must be called in the transaction that marks the change as done.
 */
export async function paceUpdate(
  trx: Database,
  { now }: Pick<Context, 'now'>,
  { cafe, edit, changeId }: { cafe: Cafe; edit: Edit; changeId: number },
): Promise<'now' | 'ahead' | 'later'> {
  const pace = (await findCafePace(trx, cafe.uri)) ?? newPace(now())
  const { waitingUpdate: waiting } = pace
  const save = (change: Partial<CafePace>) => saveCafePace(trx, cafe.uri, { ...pace, ...change })
  if (edit.important && isUrgent(cafe, pace, now())) {
    // The waiting change would tell an older text, so it is marked as done.
    if (waiting !== undefined) await markChangesDone(trx, [waiting], now())
    await save({ waitingUpdate: undefined, cancelledAt: now() })
    return 'ahead'
  }
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
 * and what they knew until now is returned. If it is too early, a change is planned for the end of the ten minutes,
 * which sends them if they then say something new.
 * @param edit - Says what followers knew, where no Note told them lately.
 * @param changeId - The planned change, when it is the one that asks.
 */
export async function claimNote(
  trx: Database,
  { now }: Pick<Context, 'now'>,
  { cafe, edit, isAhead = false, changeId }: Claim,
): Promise<CafeChange | undefined> {
  const pace = (await findCafePace(trx, cafe.uri)) ?? newPace(now())
  const { waitingNote: waiting } = pace
  const save = (change: Partial<CafePace>) => saveCafePace(trx, cafe.uri, { ...pace, ...change })
  const isDue = pace.notedAt === undefined || isPassed(pace.notedAt, NOTE_SECONDS, now())
  if (pace.notedAt !== undefined && !isDue && !isAhead) {
    if (waiting !== undefined && (await findPendingChange(trx, waiting))) return undefined
    const dueAt = pace.notedAt.add({ seconds: NOTE_SECONDS })
    const change: Change = { type: 'cafe-note-due', cafeId: cafe.id }
    await save({ waitingNote: await planChange(trx, { change, dueAt }, now()) })
    return undefined
  }
  if (waiting !== undefined && waiting !== changeId) await markChangesDone(trx, [waiting], now())
  const noted = knownStateOf(cafe)
  const before = pace.noted ?? edit?.before
  // After several changes the café may be as followers already know it.
  const isKnown = before !== undefined && isSameState(before, noted)
  await save({ waitingNote: undefined, ...(!isKnown && { notedAt: now(), noted }) })
  return isKnown ? undefined : { cafe, before }
}

type Claim = { cafe: Cafe; edit?: Edit; isAhead?: boolean; changeId?: number }

const newPace = (now: Temporal.Instant): CafePace => ({
  windowAt: now.subtract({ seconds: UPDATE_SECONDS }),
  updates: 0,
  waitingUpdate: undefined,
  notedAt: undefined,
  noted: undefined,
  waitingNote: undefined,
  cancelledAt: undefined,
})

const isPassed = (since: Temporal.Instant, seconds: number, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(since.add({ seconds }), now) <= 0

/**
 * Returns whether the edit is told at once: nobody should travel to a cancelled café. Further cancellations within ten
 * minutes of one are not urgent.
 */
const isUrgent = (cafe: Cafe, { cancelledAt }: CafePace, now: Temporal.Instant): boolean =>
  cafe.status === 'cancelled' &&
  (cancelledAt === undefined || isPassed(cancelledAt, NOTE_SECONDS, now))

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
