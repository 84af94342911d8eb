import type { Cafe, CafeContent } from '../../../domain/cafes/cafe.ts'
import type { ImportedCafe, ImportPreview, WholeEvent } from '../../../domain/cafes/import.ts'
import { ASPECTS, type ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import { endBefore } from '../../../domain/series/changes.ts'
import { findOpenDay } from '../../../domain/series/edit.ts'
import {
  datesOf,
  dayOf,
  type Recurrence,
  toWallTime,
  type WallTime,
} from '../../../domain/series/recurrence.ts'
import {
  CONTENT_FIELDS,
  type Series,
  type SeriesContent,
  seriesContentOf,
} from '../../../domain/series/series.ts'
import { isSame } from '../../../domain/values/same.ts'
import type { Database } from '../../../store/database/database.ts'
import { uuidV7 } from '../../../store/database/uuid.ts'
import {
  findImportedSeries,
  saveImportedDate,
  saveImportedSeries,
} from '../../../store/series/imported-series.ts'
import { giveWay } from '../../../turns/turns.ts'
import { decideRow } from './import-content.ts'
import type { Import, Plan, StatedSeries } from './import-job.ts'
import { findMovedDates } from './import-moves.ts'

type Said = StatedSeries['said']

type Job = Pick<Import, 'db' | 'organization' | 'calendarId' | 'now'>

/** Collects the events of a reading that are series, by their UID, each as it is after this reading. */
export async function findStatedSeries(
  { rows, wholeEvents }: ImportPreview,
  job: Job,
): Promise<ReadonlyMap<string, StatedSeries>> {
  const byUid = Map.groupBy(rows, ({ cafe }) => cafe?.uid)
  const all = new Map<string, StatedSeries>()
  for (const event of wholeEvents) {
    if (!event.rule || event.rule === 'other') continue
    await giveWay()
    const own = byUid.get(event.uid) ?? []
    const plain = own.find(({ row }) => row === event.row)?.cafe
    const said = plain && (await readSeries(event, { plain, rows: own }, job))
    if (said) all.set(event.uid, said)
  }
  return all
}

async function readSeries(
  { uid, until: last, rule }: WholeEvent,
  { plain, rows }: { plain: ImportedCafe; rows: ImportPreview['rows'] },
  { db, organization, calendarId, now }: Job,
): Promise<StatedSeries | undefined> {
  if (!rule || rule === 'other') return undefined
  const { content, said: words } = decideRow(plain)
  if (!content) return undefined
  const { recurrence, idZone, timezone = content.timezone } = rule
  if (timezone !== content.timezone) return undefined
  const asked = { organizationId: organization.id, uid, calendarId }
  const { series: before, isOthers } = await findImportedSeries(db, asked)
  if (isOthers) return undefined
  const until = Temporal.Instant.from(last)
  const { minutes } = seriesContentOf(content)
  const said = { words: { ...words, times: JSON.stringify([minutes, timezone]) }, recurrence }
  // The calendar file of a series of ours says nothing new of it.
  if (before && !before.source)
    return { uid, until, content, said, idZone, before, series: before, ...NOTHING_NEW }
  const isRuleNews = before !== undefined && !isSameRule(before, said)
  const source = { uid, said, calendarId: calendarId ?? before?.source?.calendarId }
  const series = before && {
    ...before,
    ...{ source, timezone },
    content: reviseContent(before, said.words, content),
    ...(isRuleNews && { recurrence: reviseRule(before, said, now) }),
  }
  const stated = { recurrence, rows, idZone, until }
  const moved =
    before && isRuleNews ? await findMovedDates(db, { before, ...stated }, now) : new Map()
  return { uid, until, content, said, idZone, before, series, isRuleNews, moved }
}

const NOTHING_NEW = { isRuleNews: false, moved: new Map() } as const

/** An event that is cancelled as a whole has no date any more. */
const isOff = ({ standing }: ImportSnapshot): boolean => standing === 'cancelled'

/**
 * Returns whether the source of a series says when it takes place as it did last; where nobody knows what that was,
 * whether the series has it so, but for days that were skipped or added here.
 */
function isSameRule({ source, recurrence }: Series, { words, recurrence: said }: Said): boolean {
  if (!source || isOff(source.said.words) !== isOff(words)) return false
  if (source.said.recurrence) return isSame(source.said.recurrence, said)
  const { start, rrule, exclude, include } = recurrence
  return (
    isSame({ start, rrule }, { start: said.start, rrule: said.rrule }) &&
    said.exclude.every((day) => exclude.includes(day)) &&
    said.include.every((date) => include.includes(date))
  )
}

/** Returns the words of a series, of which what its source says anew is replaced. */
function reviseContent(
  { content, source }: Series,
  words: ImportSnapshot,
  said: CafeContent,
): SeriesContent {
  const before = source?.said.words
  const news = Object.entries(ASPECTS)
    .filter(([aspect]) => before?.[aspect] !== words[aspect])
    .flatMap(([aspect, fields]): readonly string[] => (aspect === 'times' ? ['minutes'] : fields))
  const now = seriesContentOf(said)
  const { waitlist } = content.registration
  const revised = { ...now, registration: { ...now.registration, waitlist } }
  const fields = CONTENT_FIELDS.filter((field) => news.includes(field))
  return { ...content, ...Object.fromEntries(fields.map((field) => [field, revised[field]])) }
}

/** Returns when a series takes place once its source says it anew: the days that people skipped or added here stay. */
function reviseRule(
  before: Series,
  { words, recurrence }: Said,
  now: Temporal.Instant,
): Recurrence {
  const known = before.source?.said.recurrence
  const own = (list: 'exclude' | 'include') =>
    before.recurrence[list].filter((date) => known && !known[list].includes(date))
  const listOf = (list: 'exclude' | 'include') =>
    [...new Set([...recurrence[list], ...own(list)])].sort()
  const revised = { ...recurrence, exclude: listOf('exclude'), include: listOf('include') }
  if (!isOff(words)) return revised
  return endBefore(revised, findOpenDay({ ...before, recurrence: revised }, undefined, now))
}

/** The date of a series that a row is. */
export type DateOfRow = { said: StatedSeries; date: WallTime }

/** Finds which date of which series a row is; undefined for a single café. */
export function findDateOfRow(
  { uid, recurrenceId }: ImportedCafe,
  { series }: Pick<Plan, 'series'>,
): DateOfRow | undefined {
  const said = series.get(uid)
  const at = said && recurrenceId?.endsWith('Z') && Temporal.Instant.from(recurrenceId)
  return at ? { said, date: toWallTime(at.toZonedDateTimeISO(said.idZone)) } : undefined
}

/**
 * Returns whether people planned a series so that it has no such date, of which its source says nothing new; or planned it
 * here, so that a copy of its calendar file brings no dates.
 */
export function isLeftOutHere({ said: { before, isRuleNews }, date }: DateOfRow): boolean {
  if (!before || isRuleNews) return false
  if (!before.source) return true
  const day = dayOf(date)
  return !datesOf(before.recurrence, day, day).includes(date)
}

/** Saves a series that is here as the reading has it; undefined where that is as it was. */
export function planSeries(
  { before, series, until }: StatedSeries,
  { by, now }: Pick<Plan, 'by' | 'now'>,
): ((trx: Database) => Promise<unknown>) | undefined {
  if (!before || !series || isSame(before, series)) return undefined
  return (trx) => saveImportedSeries(trx, { before, after: series, by, until }, now)
}

/**
 * Saves the series of a row where it is not here yet, at the venue of the row's café (`placed`).
 * @returns The series.
 */
export async function ensureSeries(
  trx: Database,
  { said }: DateOfRow,
  { placed, plan }: { placed: CafeContent; plan: Plan },
): Promise<Series> {
  if (said.series) return said.series
  const { by, config, now, organization, calendarId } = plan
  const { content, uid, until } = said
  const id = uuidV7(now)
  const isThere = isSame({ ...placed.venue, id: undefined }, { ...content.venue, id: undefined })
  const after: Series = {
    ...{ id, uri: `${config.origin}/series/${id}`, organizationId: organization.id },
    ...{ source: { uid, calendarId, said: said.said }, announcedUnder: undefined },
    content: seriesContentOf(isThere ? { ...content, venue: placed.venue } : content),
    ...{ publication: 'published', recurrence: said.said.recurrence },
    ...{ timezone: content.timezone, updatedAt: now },
  }
  said.series = await saveImportedSeries(trx, { before: undefined, after, by, until }, now)
  return said.series
}

/** Notes which date a café is that was saved. */
export const saveDateOfRow = (
  trx: Database,
  { said: { before, series, isRuleNews }, date }: DateOfRow,
  cafes: { was: Cafe | undefined; cafe: Cafe },
): Promise<void> =>
  series ? saveImportedDate(trx, { before, series, date, isRuleNews, ...cafes }) : Promise.resolve()
