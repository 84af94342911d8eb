import { type Cafe, type CafeContent, isPast } from '../../../domain/cafes/cafe.ts'
import { DEFAULT_MINUTES } from '../../../domain/cafes/cafe-input.ts'
import { decideRevision } from '../../../domain/cafes/edit.ts'
import { MOST_TO_COME } from '../../../domain/cafes/followed-calendar.ts'
import type { AsideRow, ImportedCafe, ImportRow } from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import { type Venue, venueOf } from '../../../domain/cafes/venue.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import { findCafe } from '../../../store/cafes/cafes.ts'
import {
  countBroughtCafes,
  findAsked,
  findImportSnapshot,
  listBroughtCafes,
  saveAsked,
  saveImportSnapshot,
} from '../../../store/cafes/import-snapshots.ts'
import { createCafe, OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
import { ensureVenue } from '../../../store/cafes/venues.ts'
import type { OpenDatabase } from '../../../store/database/database.ts'
import { giveWay } from '../../../turns/turns.ts'
import { listCafeChanges } from '../../cafes/cafe-changes.ts'
import { decideCafeFromBody } from '../../cafes/validation.ts'
import { organizerOf } from '../../workspaces/organizer.ts'
import { bodyOf, timesOf } from './import-body.ts'
import { planCancellation, planVanished, planWithdrawal } from './import-cancellations.ts'
import { completeFromExport } from './import-completion.ts'
import { askedOf, isSameSnapshot, reviseBySource, snapshotOf, standingOf } from './import-diff.ts'
import { identityKey, identityOf, latestOfEach, strayKey, straysOf } from './import-identity.ts'
import { type Import, isOfOthers, type Plan, type Planned } from './import-job.ts'
import { describeContent, describeRow, titleOf, toFailedStep } from './import-step.ts'
import { findImportTarget, type ImportTarget } from './import-target.ts'

/** Plans each row in the state that the row before it leaves; then the dates that the calendar lost. */
export async function* planRows(
  { preview, mostToCome = MOST_TO_COME, ...job }: Import,
  touched: Set<string> = new Set(),
): AsyncGenerator<Planned> {
  const { db, calendarId, now } = job
  const brought = calendarId === undefined ? [] : await listBroughtCafes(db, calendarId, now)
  const strays = straysOf(brought, preview.rows)
  const left =
    calendarId === undefined
      ? Number.POSITIVE_INFINITY
      : mostToCome - (await countBroughtCafes(db, calendarId, now))
  const made = { strays, keptVenues: new Map<string, Venue>(), room: { left } }
  const plan: Plan = { ...job, format: preview.format, touched, ...made }
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
    if (job.choices?.isLeftOut({ uid: event.uid, recurrenceId: undefined })) continue
    yield* planVanished(event, plan)
  }
}

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
  const target = await findTarget(row, plan)
  const { current } = target
  const about = describeRow(row)
  if (target.isElsewhere) return { step: { ...about, outcome: 'aside', note: 'elsewhere' } }
  if (current && (await isOfOthers(current, plan)))
    return { step: { ...about, outcome: 'aside', note: 'not_its_own' } }
  const memory = current && (await findImportSnapshot(db, current.id))
  const own =
    current && (target.isOwnExport || !memory)
      ? (await loadOwnExport()).readOwnExport(current, plan.format)
      : undefined
  const imported = own ? completeFromExport(row, own) : row
  const before = target.isOwnExport || !memory ? own && decide(own)?.said : memory
  const remember = target.isOwnExport ? undefined : memory

  if (isOver(imported, now) && (!current || isPast(current, now)))
    return { current, step: { ...about, outcome: 'past' } }
  if (standingOf(imported) === 'cancelled') {
    const reason = imported.statusNote
    return planCancellation(about, { current, before, memory: remember, reason }, plan)
  }
  const decided = decideCafeFromBody(bodyOf(imported), { now: LONG_AGO })
  if (!decided.content) return { current, step: toFailedStep(row.row, row.title, decided.problems) }
  const content = withStatus(decided.content, imported)
  const said = snapshotOf(imported, content)
  if (!current) return planNew(imported, { content, said }, plan)

  const keepsDraft = publicationOf(imported, plan) === 'draft'
  const { allDay } = imported
  const isUnseen = plan.by.kind === 'calendar'
  const news = { before, said, content, allDay, keepsDraft, isUnseen }
  const { changedHere, kept, ...revision } = reviseBySource(current, news)
  const isSame =
    isSameContent(current, revision.content) && revision.publication === current.publication
  const isForgotten = remember !== undefined && !isSameSnapshot(remember, said)
  const series = current.series ?? imported.series
  return {
    current,
    step: {
      ...describeContent(row.row, revision.content),
      outcome: isSame ? 'unchanged' : 'updated',
      ...(changedHere && { note: changedHere }),
      ...(revision.isReinstated && { note: 'reinstated' as const }),
    },
    apply:
      isSame && !isForgotten
        ? undefined
        : async (trx) => {
            const decide = (cafe: Cafe) => decideRevision(cafe, { ...revision, series })
            const edit = { id: current.id, by: plan.by, seen: undefined, decide }
            await saveEdit(trx, OWN_CAFE, { ...edit, changesOf: listCafeChanges }, now)
            if (!remember) return
            await saveImportSnapshot(trx, current.id, said)
            const asked = { before: await findAsked(trx, current.id), kept, said }
            await saveAsked(trx, current.id, askedOf(revision.content, asked))
          },
  }
}

/** Returns the publication that was chosen for a row; otherwise that of all. */
const publicationOf = (row: ImportedCafe, { choices }: Plan) =>
  choices?.publicationOf?.(identityOf(row)) ?? choices?.publication

/** Finds the café of a row by its identity; otherwise, among those that this calendar brought, by what the row says. */
async function findTarget(row: ImportedCafe, plan: Plan): Promise<ImportTarget> {
  const { db, organization, strays, touched } = plan
  const target = await findImportTarget(db, organization.id, row, timesOf(row).start)
  if (target.current || target.isElsewhere || strays.size === 0) return target
  const said = decide(row)?.said
  const id = said && strays.get(strayKey(said))
  const stray = id === undefined || touched.has(id) ? undefined : await findCafe(db, id)
  return stray ? { current: stray } : target
}

/**
 * A past event is a row that is left aside and not a mistake, so the rule about new cafés is given a time before all of
 * them.
 */
const LONG_AGO = Temporal.Instant.from('2000-01-01T00:00:00Z')

function decide(imported: ImportedCafe): { said: ImportSnapshot } | undefined {
  const { content } = decideCafeFromBody(bodyOf(imported), { now: LONG_AGO })
  return content && { said: snapshotOf(imported, withStatus(content, imported)) }
}

function isOver(imported: ImportedCafe, now: Temporal.Instant): boolean {
  const { start, end } = timesOf(imported)
  const minutes = imported.durationMinutes ?? DEFAULT_MINUTES
  return Temporal.Instant.compare(end ?? start.add({ minutes }), now) < 0
}

function planNew(
  imported: ImportedCafe,
  { content, said }: { content: CafeContent; said: ImportSnapshot },
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
      ...(isUnready && { note: imported.allDay ? 'hour_missing' : 'unsure' }),
    },
    apply: async (trx) => {
      const placed = { ...content, venue: await keepVenue(trx, content.venue, plan) }
      const { id } = await createCafe(trx, { ...made, content: placed }, now)
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

const isSameContent = (cafe: Cafe, content: CafeContent): boolean =>
  Object.entries(content).every(
    ([key, value]) => JSON.stringify(cafe[key as keyof CafeContent]) === JSON.stringify(value),
  )

/**
 * Applies the status of a row. A calendar may postpone or move a café; cancelling is another step, and a moved date
 * shows by itself.
 */
function withStatus(content: CafeContent, { status, statusNote }: ImportedCafe): CafeContent {
  if (status !== 'postponed' && status !== 'moved-online') return content
  return { ...content, status, statusNote }
}
