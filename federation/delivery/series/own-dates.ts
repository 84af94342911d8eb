import type { Context } from '../../../node/context.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Change } from '../../../node/domain/federation/change.ts'
import { type ForSoftware, isCalendar } from '../../../node/domain/federation/software.ts'
import type { DateOfSeries } from '../../../node/domain/series/date-of-series.ts'
import { nearsAt } from '../../../node/domain/series/nearing.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { findOwnRecurrence } from '../../../node/store/cafes/series/outline.ts'
import { renewNextDate } from '../../../node/store/cafes/series/renewals.ts'
import { findSeriesDate } from '../../../node/store/cafes/series/series-dates.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { findAnnounced, markAnnounced } from '../../../node/store/feeds/announced.ts'
import { setNearingAt } from '../../../node/store/feeds/series-dates.ts'
import { listPendingEdits, replaceChange } from '../../../node/store/queues/changes.ts'
import { findSeries } from '../../../node/store/series/series.ts'
import type { Effect } from '../../services.ts'
import type { Signer } from '../../wire/proof.ts'
import { authorOf, newAnnounceUri, newNoteUri } from '../../wire/uris.ts'
import { claimNote, countSeriesNote } from '../cafe-pace.ts'
import type { CafeChange } from '../change-notes.ts'
import { sendToJoined } from '../joined-notes.ts'
import { sendSeriesChange } from './series-notes.ts'

/** The dates of our own series, as the followers of its author hear of them. */

/**
 * Says anew when a series of ours takes place, by the Event of its next date: whoever reads several Events of a series
 * goes by the latest.
 */
export const renewSeries =
  ({ now }: Pick<Context, 'now'>, { seriesId, isNew }: SeriesSaved): Effect =>
  async (trx) => {
    const series = isNew ? undefined : await findSeries(trx, seriesId)
    if (series) await renewNextDate(trx, series.uri, now())
  }

type SeriesSaved = Extract<Change, { type: 'series-saved' }>

/** Finds what the Event of a café of ours says of its series; undefined for a café that is of none. */
export async function findDateOfSeries(
  trx: Database,
  { id, series: uri }: Cafe,
): Promise<DateOfSeries | undefined> {
  if (uri === undefined) return undefined
  const recurrence = await findOwnRecurrence(trx, uri)
  return { uri, recurrence, date: (await findSeriesDate(trx, id))?.date }
}

/** Notes that the followers of its author hear of a date of a series as it nears; of any other café they hear at once. */
export async function holdDate(
  trx: Database,
  { config }: Pick<Context, 'config'>,
  cafe: Cafe,
): Promise<void> {
  if (cafe.series === undefined) return
  const actor = authorOf(config.origin, cafe)
  const activityId = newAnnounceUri(config.origin, actor, cafe.id)
  const mark = { actor, objectUri: cafe.uri, activityId, at: nearsAt(cafe) }
  await markAnnounced(trx, { ...mark, state: 'later' })
}

/** Sets anew when what is still to be told of a date is told, since it may have another day. */
export const setNearing = (trx: Database, cafe: Cafe): Promise<void> =>
  cafe.series === undefined ? Promise.resolve() : setNearingAt(trx, cafe.uri, nearsAt(cafe))

/** Returns whether the followers of its author have not heard of a café yet, since it is a date that is still far. */
export const isHeldBack = async (trx: Database, { uri, actor }: OfAuthor): Promise<boolean> =>
  (await findAnnounced(trx, { actor, objectUri: uri }))?.state === 'later'

/** A café of ours by its address, and the account that is its author. */
export type OfAuthor = { uri: string; actor: string }

/** Returns the followers of its author that have a café, by what their servers run. */
export const knowersOf = async (trx: Database, of: OfAuthor): Promise<ForSoftware> =>
  (await isHeldBack(trx, of)) ? isCalendar : () => true

/**
 * Finds the other dates of a café's series whose changes wait to be told as well, those of one act or one reading of a
 * calendar.
 */
export async function listSiblings(
  trx: Database,
  { now }: Pick<Context, 'now'>,
  { id, series }: Cafe,
): Promise<Sibling[]> {
  if (series === undefined) return []
  const siblings: Sibling[] = []
  for (const edit of await listPendingEdits(trx, id, now())) {
    const cafe = await findCafe(trx, edit.change.cafeId)
    if (cafe?.series === series) siblings.push({ ...edit, cafe })
  }
  return siblings
}

type Sibling = Awaited<ReturnType<typeof listPendingEdits>>[number] & { cafe: Cafe }

/**
 * Tells of a change of one date together with those of other dates that wait, in one Note. Their own changes then only
 * send the Event, which names the Note.
 * @returns The id of the Note; undefined where no other date says something new.
 */
export async function sendTogether(
  trx: Database,
  context: Context,
  { change, siblings, signer }: Together,
): Promise<string | undefined> {
  const { series } = change.cafe
  const noteUri = newNoteUri(context.config.origin)
  const changes: [CafeChange, ...CafeChange[]] = [change]
  for (const { id, change: edit, cafe } of siblings) {
    const isEdit = edit.type === 'cafe-updated'
    const asked = isEdit ? { cafe, edit } : { cafe, changeId: id }
    const claimed = await claimNote(trx, context, { ...asked, isTogether: true })
    if (!claimed) continue
    changes.push(claimed)
    const told = { ...edit, important: false, changeNote: noteUri }
    if (isEdit) await replaceChange(trx, { id, change: told as Change, dueAt: context.now() })
  }
  if (changes.length === 1 || series === undefined) return undefined
  for (const each of changes) await sendToJoined(trx, context, each)
  await countSeriesNote(trx, series, context.now())
  await sendSeriesChange(trx, context, { changes, series, signer, noteUri })
  return noteUri
}

type Together = { change: CafeChange; siblings: readonly Sibling[]; signer: Signer }
