import { type CafeContent, isPast } from '../../../domain/cafes/cafe.ts'
import { DEFAULT_MINUTES } from '../../../domain/cafes/cafe-input.ts'
import { MOST_TO_COME } from '../../../domain/cafes/followed-calendar.ts'
import type { AsideRow, ImportedCafe, ImportRow } from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import { type Venue, venueOf } from '../../../domain/cafes/venue.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { findCafe } from '../../../store/cafes/cafes.ts'
import {
  countBroughtCafes,
  findImportSnapshot,
  listBroughtCafes,
  saveImportSnapshot,
} from '../../../store/cafes/import-snapshots.ts'
import { createCafe } from '../../../store/cafes/own-cafes.ts'
import { ensureVenue } from '../../../store/cafes/venues.ts'
import type { OpenDatabase } from '../../../store/database/database.ts'
import { isDeletedDate } from '../../../store/series/imported-series.ts'
import { findRoomForCafes } from '../../../store/structures/structure-shares.ts'
import { giveWay } from '../../../turns/turns.ts'
import { organizerOf } from '../../workspaces/organizer.ts'
import { timesOf } from './import-body.ts'
import { planCancellation, planVanished, planWithdrawal } from './import-cancellations.ts'
import { completeFromExport } from './import-completion.ts'
import { decideRow } from './import-content.ts'
import { standingOf } from './import-diff.ts'
import { identityKey, identityOf, latestOfEach, strayKey, straysOf } from './import-identity.ts'
import { type Import, isOfOthers, type Plan, type Planned } from './import-job.ts'
import { planRevision, publicationOf } from './import-revision.ts'
import {
  type DateOfRow,
  ensureSeries,
  findDateOfRow,
  findStatedSeries,
  isLeftOutHere,
  planSeries,
  saveDateOfRow,
} from './import-series.ts'
import { describeContent, describeRow, titleOf, toFailedStep } from './import-step.ts'
import { findImportTarget, type ImportTarget } from './import-target.ts'

/** What is saved of a series as a whole, which is no row. */
type PlannedSeries = Pick<Planned, 'apply'> & { step?: never }

/**
 * Plans the series that are here, then each row in the state that the row before it leaves; then the dates that the
 * calendar lost.
 */
export async function* planRows(
  { preview, mostToCome = MOST_TO_COME, ...job }: Import,
  touched: Set<string> = new Set(),
): AsyncGenerator<Planned | PlannedSeries> {
  const { db, calendarId, now } = job
  const brought = calendarId === undefined ? [] : await listBroughtCafes(db, calendarId, now)
  const strays = straysOf(brought, preview.rows)
  const left =
    calendarId === undefined
      ? Number.POSITIVE_INFINITY
      : mostToCome - (await countBroughtCafes(db, calendarId, now))
  const share = await findRoomForCafes(db, job.organization.id, now)
  const series = await findStatedSeries(preview, job)
  const apart = preview.wholeEvents.flatMap(({ uid, rule }) =>
    rule && !series.has(uid) ? uid : [],
  )
  const made = {
    strays,
    keptVenues: new Map<string, Venue>(),
    room: { left: Math.min(left, share) },
  }
  const ofSeries = { series, apart: new Set(apart) }
  const plan: Plan = { ...job, format: preview.format, touched, ...made, ...ofSeries }
  for (const said of series.values()) {
    await giveWay()
    if (!isWhollyLeftOut(said.uid, plan)) yield { apply: planSeries(said, plan) }
  }
  const latest = latestOfEach(preview.rows)
  for (const row of preview.rows) {
    // Thousands of rows must not keep visitors waiting: SQLite answers without letting other requests in.
    await giveWay()
    const planned = await planRow(row, latest, plan)
    if (planned?.current) plan.touched.add(planned.current.id)
    if (planned) yield planned
  }
  for (const event of preview.wholeEvents) {
    await giveWay()
    if (isWhollyLeftOut(event.uid, plan)) continue
    yield* planVanished(event, plan)
  }
}

const isWhollyLeftOut = (uid: string, { choices }: Plan): boolean =>
  choices?.isLeftOut({ uid, recurrenceId: undefined }) === true

async function planRow(
  row: ImportRow,
  latest: ReadonlyMap<string, ImportedCafe>,
  plan: Plan,
): Promise<Planned | undefined> {
  if (row.problems) return { step: toFailedStep(row.row, titleOf(row.raw), row.problems) }
  if (row.aside)
    return { step: { ...toFailedStep(row.row, row.title, []), outcome: 'aside', note: row.aside } }
  const identity = identityOf(row.cafe ?? row.withdrawn)
  const planned = await planReadable(row, latest, plan)
  return planned && { ...planned, step: { ...planned.step, identity } }
}

/** A row that is about a café. */
type ReadableRow = Exclude<ImportRow, { problems: Problem[] } | AsideRow>

async function planReadable(
  row: ReadableRow,
  latest: ReadonlyMap<string, ImportedCafe>,
  plan: Plan,
): Promise<Planned | undefined> {
  if (plan.choices?.isLeftOut(row.cafe ?? row.withdrawn)) return planLeftOut(row, plan)
  if (row.withdrawn) return planWithdrawal(row.row, row.withdrawn, plan)
  if (latest.get(identityKey(row.cafe)) !== row.cafe)
    return { step: { ...describeRow(row.cafe), outcome: 'aside', note: 'repeated' } }
  return planCafe(row.cafe, plan)
}

/** Plans a row that is not wanted from this calendar; a café that it brought before stays as it is. */
async function planLeftOut(
  { row, cafe }: ReadableRow,
  { db, organization }: Plan,
): Promise<Planned | undefined> {
  if (!cafe) return undefined
  const target = await findImportTarget(db, organization.id, cafe, timesOf(cafe).start)
  return {
    current: target.current,
    step: { ...describeRow(cafe), row, outcome: 'aside', note: 'left_out' },
  }
}

/**
 * Loads the module at its first use, since it loads the readers of all formats, which otherwise only a thread needs.
 */
const loadOwnExport = () => import('./import-own-export.ts')

async function planCafe(row: ImportedCafe, plan: Plan): Promise<Planned> {
  const { db, now } = plan
  const dated = findDateOfRow(row, plan)
  const target = await findTarget(row, dated, plan)
  const { current } = target
  const about = describeRow(row)
  if (target.isElsewhere) return { step: { ...about, outcome: 'aside', note: 'elsewhere' } }
  if (!current && dated && (await isOfTeam(dated, plan)))
    return { step: { ...about, outcome: 'aside', note: 'planned_here' } }
  if (current && (await isOfOthers(current, plan)))
    return { step: { ...about, outcome: 'aside', note: 'not_its_own' } }
  const memory = current && (await findImportSnapshot(db, current.id))
  const own =
    current && (target.isOwnExport || !memory)
      ? (await loadOwnExport()).readOwnExport(current, plan.format)
      : undefined
  const imported = own ? completeFromExport(row, own) : row
  const before = target.isOwnExport || !memory ? own && decideRow(own).said : memory
  const remember = target.isOwnExport ? undefined : memory

  if (isOver(imported, now) && (!current || isPast(current, now)))
    return { current, step: { ...about, outcome: 'past' } }
  if (standingOf(imported) === 'cancelled') {
    const reason = imported.statusNote
    return planCancellation(about, { current, before, memory: remember, reason }, plan)
  }
  const { content, said, problems } = decideRow(imported)
  if (!content) return { current, step: toFailedStep(row.row, row.title, problems) }
  if (!current) return planNew(imported, { content, said, dated }, plan)

  const known = { current, before, remember }
  return planRevision(imported, { ...known, content, said, dated }, plan)
}

/** Returns whether a date that is not here is missing since the team planned otherwise, or deleted it. */
async function isOfTeam(dated: DateOfRow, { db }: Plan): Promise<boolean> {
  const { before, isRuleNews } = dated.said
  if (!before || isRuleNews) return false
  return isLeftOutHere(dated) || (await isDeletedDate(db, before.id, dated.date))
}

/**
 * Finds the café of a row by its identity; otherwise the one that moves to its date with its series; otherwise, among those
 * that this calendar brought, by what the row says.
 */
async function findTarget(
  row: ImportedCafe,
  dated: DateOfRow | undefined,
  plan: Plan,
): Promise<ImportTarget> {
  const { db, organization, strays, touched } = plan
  const target = await findImportTarget(db, organization.id, row, timesOf(row).start)
  if (target.current || target.isElsewhere) return target
  const { said } = decideRow(row)
  const id = dated?.said.moved.get(dated.date) ?? (said && strays.get(strayKey(said)))
  const stray = id === undefined || touched.has(id) ? undefined : await findCafe(db, id)
  return stray ? { current: stray } : target
}

function isOver(imported: ImportedCafe, now: Temporal.Instant): boolean {
  const { start, end } = timesOf(imported)
  const minutes = imported.durationMinutes ?? DEFAULT_MINUTES
  return Temporal.Instant.compare(end ?? start.add({ minutes }), now) < 0
}

function planNew(
  imported: ImportedCafe,
  {
    content,
    said,
    dated,
  }: { content: CafeContent; said: ImportSnapshot; dated: DateOfRow | undefined },
  plan: Plan,
): Planned {
  const { by, config, organization, now, touched, room } = plan
  if (room.left <= 0)
    return { step: { ...describeRow(imported), outcome: 'aside', note: 'too_many' } }
  room.left -= 1
  const isUnready = standingOf(imported) === 'draft'
  const isDraft = isUnready || publicationOf(imported, plan) === 'draft'
  const { uid, recurrenceId, series, row } = imported
  const made = {
    ...{ by, content, uid, recurrenceId, series },
    origin: config.origin,
    organizationId: organization.id,
    organizer: organizerOf(config, organization),
    publication: isDraft ? 'draft' : 'published',
  } as const
  return {
    step: {
      ...describeContent(row, content),
      outcome: isDraft ? 'drafted' : 'created',
      ...(plan.apart.has(uid) && { note: 'apart' as const }),
      ...(isUnready && { note: imported.allDay ? 'hour_missing' : 'unsure' }),
    },
    apply: async (trx) => {
      const placed = { ...content, venue: await keepVenue(trx, content.venue, plan) }
      const ofSeries =
        isDraft || !dated ? undefined : await ensureSeries(trx, dated, { placed, plan })
      const named = { ...made, content: placed, series: ofSeries?.uri ?? series }
      const cafe = await createCafe(trx, named, now)
      const { id } = cafe
      if (ofSeries && dated) await saveDateOfRow(trx, dated, { was: undefined, cafe })
      await saveImportSnapshot(trx, id, said)
      touched.add(id)
    },
  }
}

/** Saves the venue where that was chosen; thousands of rows may be at a few venues. */
async function keepVenue(
  trx: OpenDatabase,
  venue: Venue | undefined,
  { by, organization, now, choices, keptVenues }: Plan,
): Promise<Venue | undefined> {
  if (!venue || !choices?.keepsVenues) return venue
  const key = JSON.stringify(venue)
  const known = keptVenues.get(key)
  if (known) return known
  const wanted = { venue, organizationId: organization.id, by }
  const kept = venueOf(await ensureVenue(trx, wanted, now))
  keptVenues.set(key, kept)
  return kept
}
