import type { CafeContent, Publication } from '../../../domain/cafes/cafe.ts'
import { dayOf, hourOf, toWallTime, type WallTime } from '../../../domain/series/recurrence.ts'
import { parseRecurrence } from '../../../domain/series/recurrence-input.ts'
import { type Series, seriesContentOf } from '../../../domain/series/series.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import type { SavedEdit } from '../../../store/accounts/saved-edit.ts'
import { uuidV7 } from '../../../store/database/uuid.ts'
import { type SeriesEdit, saveSeriesEdit } from '../../../store/series/edit-series.ts'
import { createSeries } from '../../../store/series/plan-dates.ts'
import { findSeries, findSeriesByUri } from '../../../store/series/series.ts'
import { listCafeChanges } from '../../cafes/cafe-changes.ts'
import { hasTag } from '../../http/answers.ts'
import { homeOf, sampleOf } from '../../series/series-home.ts'
import { revisionTag } from '../answers.ts'
import { isRecord } from '../bodies.ts'
import {
  type Admin,
  decideFromBody,
  refuseInvalid,
  withStoredDescription,
} from '../cafes/write-cafe.ts'
import type { Refusal } from '../problems.ts'
import type { WriteScope } from '../writes.ts'

export type WrittenSeries =
  | { series: Series; isNew: boolean; refusal?: never }
  | { refusal: Refusal; series?: never }

/**
 * Finds the structure's own series, by this server's id or its whole address; this is also the authorization. Another
 * structure's series is answered as if it did not exist.
 */
export async function findOwnSeries(
  { trx, ifMatch }: Pick<WriteScope, 'trx' | 'ifMatch'>,
  { organization }: Admin,
  id: string,
): Promise<{ series: Series; refusal?: never } | { refusal: Refusal; series?: never }> {
  const series = await (id.includes('/') ? findSeriesByUri(trx, id) : findSeries(trx, id))
  if (series?.organizationId !== organization.id) return { refusal: { type: 'not-found' } }
  return ifMatch !== undefined && !hasTag(ifMatch, revisionTag(series))
    ? { refusal: { type: 'precondition-failed' } }
    : { series }
}

/** Creates a series, with the cafés of its dates, from what a program sent. */
export async function createSeriesFromBody(
  scope: WriteScope,
  admin: Admin,
  body: unknown,
): Promise<WrittenSeries> {
  const { trx, now } = scope
  const decided = await decideSeriesFromBody(scope, admin, { body })
  if (decided.refusal) return decided
  const id = uuidV7(now)
  const { organization, config, by } = admin
  const made: Series = {
    ...{ id, uri: `${config.origin}/series/${id}`, organizationId: organization.id },
    ...{ source: undefined, announcedUnder: undefined, updatedAt: now },
    ...decided.said,
  }
  const series = await createSeries(trx, { series: made, home: homeOf(admin), by }, now)
  return { series, isNew: true }
}

/** Changes a series to what a program sent, or only its dates from a day on. */
export async function reviseSeriesFromBody(
  scope: WriteScope,
  admin: Admin,
  { body, current, from }: { body: unknown; current: Series; from: string | undefined },
): Promise<WrittenSeries> {
  const decided = await decideSeriesFromBody(scope, admin, { body, current })
  if (decided.refusal) return decided
  const { said } = decided
  if (current.publication === 'published' && said.publication !== 'published')
    return { refusal: { type: 'conflict', conflict: 'published' } }
  const decide = (series: Series) => ({ value: { ...series, ...said } })
  return editSeriesOf(scope, admin, { series: current, from, decide })
}

/** Edits a series of the structure as a program asks, in the version that was found. */
export async function editSeriesOf(
  { trx, now }: WriteScope,
  admin: Admin,
  { series, ...asked }: { series: Series } & Omit<SeriesEdit, 'id' | 'by' | 'seen' | 'home'>,
): Promise<WrittenSeries> {
  const { by } = admin
  const edit = { id: series.id, by, seen: undefined, home: homeOf(admin), ...asked }
  return toWrittenSeries(await saveSeriesEdit(trx, { ...edit, changesOf: listCafeChanges }, now))
}

/** Converts the result of an edit; what was deleted is found no more. */
export function toWrittenSeries(saved: SavedEdit<Series>): WrittenSeries {
  if (saved.outcome === 'refused') return refuseInvalid(saved.problems)
  if (saved.outcome === 'gone') return { refusal: { type: 'not-found' } }
  if (saved.outcome === 'stale') return { refusal: { type: 'precondition-failed' } }
  return { series: saved.value, isNew: false }
}

type Said = Pick<Series, 'content' | 'recurrence' | 'timezone' | 'publication'>
type Decided = { said: Said; refusal?: never } | { refusal: Refusal; said?: never }

async function decideSeriesFromBody(
  scope: WriteScope,
  admin: Admin,
  { body, current }: { body: unknown; current?: Series },
): Promise<Decided> {
  const { recurrence, words, rrule, dates, ...rest } = isRecord(body) ? body : {}
  const sample = current && sampleOf(current, homeOf(admin).organizer)
  const sent = isRecord(body) ? (sample ? withStoredDescription(rest, sample) : rest) : body
  const wrong = findOfDate(sent)
  if (wrong.length > 0) return refuseInvalid(wrong)
  const decided = await decideFromBody(scope, admin, sent, sample)
  if (decided.refusal) return decided
  const { content, held } = decided
  const start = startOf(decided.input.startsAt, content)
  const read = readRecurrence(recurrence, { start, content, current, now: scope.now })
  if (read.problems) return refuseInvalid(read.problems)
  return {
    said: {
      content: seriesContentOf(content),
      recurrence: read.recurrence,
      timezone: content.timezone,
      publication: publicationOf(held.publication),
    },
  }
}

const publicationOf = (publication: Publication): Series['publication'] =>
  publication === 'draft' ? 'draft' : 'published'

/** Reads when it takes place. An edit that does not say it leaves it as it is, at the hour that it says. */
function readRecurrence(
  said: unknown,
  asked: {
    start: WallTime
    content: CafeContent
    current: Series | undefined
    now: Temporal.Instant
  },
): ReturnType<typeof parseRecurrence> {
  const { start, current, now } = asked
  const { timezone } = asked.content
  if (said === undefined && current) {
    const { recurrence } = current
    return { recurrence: { ...recurrence, start: `${dayOf(recurrence.start)}T${hourOf(start)}` } }
  }
  if (said === undefined || said === null)
    return { problems: [{ field: 'recurrence', code: 'required' }] }
  return parseRecurrence(said, { start, timezone, now: current ? undefined : now })
}

/** Returns when it begins by the clock of the place, also in an hour that this clock leaves out that night. */
function startOf(text: string, { startsAt, timezone }: CafeContent): WallTime {
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})(?:\[|$)/i.test(text)
  return toWallTime(
    hasOffset ? startsAt.toZonedDateTimeISO(timezone) : Temporal.PlainDateTime.from(text),
  )
}

/** Finds what is said of one café alone: its key, its UID, the hour of its publication. */
const findOfDate = (body: unknown): Problem[] =>
  ['reference', 'uid', 'series', 'publishAt']
    .filter((field) => isRecord(body) && (body[field] ?? null) !== null)
    .map((field) => ({ field, code: 'unknown_field' }))
