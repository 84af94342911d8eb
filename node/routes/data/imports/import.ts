import type { Config } from '../../../config.ts'
import { type Cafe, type CafeContent, isPast } from '../../../domain/cafes/cafe.ts'
import { DEFAULT_MINUTES } from '../../../domain/cafes/cafe-input.ts'
import type {
  AsideRow,
  ImportedCafe,
  ImportedIdentity,
  ImportPreview,
  ImportRow,
} from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import { type Venue, venueOf } from '../../../domain/cafes/venue.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { findCafe } from '../../../store/cafes/cafes.ts'
import {
  findImportSnapshot,
  isFromCalendar,
  listBroughtCafes,
  listImportedDates,
  saveImportSnapshot,
} from '../../../store/cafes/import-snapshots.ts'
import { cancelCafe, createCafe, reviseCafe } from '../../../store/cafes/own-cafes.ts'
import { ensureVenue } from '../../../store/cafes/venues.ts'
import type { OpenDatabase } from '../../../store/database/database.ts'
import { inTransaction } from '../../../store/database/database.ts'
import type { Organization } from '../../../store/structures/organizations.ts'
import { giveWay } from '../../../turns.ts'
import { decideCafeFromBody } from '../../cafes/validation.ts'
import { organizerOf } from '../../workspaces/organizer.ts'
import { bodyOf, timesOf } from './import-body.ts'
import { completeFromExport } from './import-completion.ts'
import {
  cancelledSnapshot,
  isSameSnapshot,
  reviseBySource,
  snapshotOf,
  standingOf,
} from './import-diff.ts'
import { HORIZON_DAYS } from './import-file.ts'
import { identityKey, identityOf, latestOfEach, strayKey, straysOf } from './import-identity.ts'
import { describe, describeRow, type ImportStep, titleOf, toFailedStep } from './import-step.ts'
import { findImportTarget, type ImportTarget } from './import-target.ts'

type Import = {
  db: OpenDatabase
  config: Pick<Config, 'origin'>
  organization: Organization
  preview: ImportPreview
  now: Temporal.Instant
  choices?: ImportChoices
  /** The followed calendar of which this is a reading. */
  calendarId?: string | undefined
}

/** What a person chose when they saw the preview; without it everything is read, and published. */
type ImportChoices = {
  /** Whether a row is not to be read. */
  isLeftOut: (identity: ImportedIdentity) => boolean
  /** The publication of what is new here. */
  publication: 'published' | 'draft'
  /** Whether the places of new cafés are saved among the structure's addresses. */
  keepsVenues?: boolean
}

/** Plans what the rows would do; nothing is written. */
export async function previewImport(job: Import): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for await (const { step } of planRows(job)) steps.push(step)
  return steps
}

/**
 * Writes what the rows say, each on its own: a row that fails stops no other, and applying the same rows again changes
 * nothing. Call `context.wake()` after it.
 */
export async function applyImport(
  job: Import,
  touched: Set<string> = new Set(),
): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for await (const { step, apply } of planRows(job, touched)) {
    if (apply) await inTransaction(job.db, apply)
    steps.push(step)
  }
  return steps
}

type Plan = Omit<Import, 'preview'> & {
  format: ImportPreview['format']
  /** Ids of the cafés that rows were about. */
  touched: Set<string>
  /** The cafés that the calendar brought under UIDs that it no longer has, by what it said of each. */
  strays: ReadonlyMap<string, string>
  /** The venues that were saved so far, by what the rows say of them. */
  keptVenues: Map<string, Venue>
}

type Planned = {
  step: ImportStep
  /** The café of the row, if it is here already. */
  current?: Cafe | undefined
  apply?: ((trx: OpenDatabase) => Promise<unknown>) | undefined
}

/** Plans each row in the state that the row before it leaves; then the dates that the calendar lost. */
async function* planRows(
  { preview, ...job }: Import,
  touched: Set<string> = new Set(),
): AsyncGenerator<Planned> {
  const { db, calendarId, now } = job
  const brought = calendarId === undefined ? [] : await listBroughtCafes(db, calendarId, now)
  const strays = straysOf(brought, preview.rows)
  const plan: Plan = { ...job, format: preview.format, touched, strays, keptVenues: new Map() }
  const latest = latestOfEach(preview.rows)
  for (const row of preview.rows) {
    // Thousands of rows must not keep visitors waiting: SQLite answers without letting other requests in.
    await giveWay()
    const planned = await planRow(row, latest, plan)
    if (planned?.current) plan.touched.add(planned.current.id)
    if (planned) yield planned
  }
  for (const { uid, row } of preview.wholeEvents) {
    await giveWay()
    if (job.choices?.isLeftOut({ uid, recurrenceId: undefined })) continue
    yield* planVanished(uid, row, plan)
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

  const keepsDraft = plan.choices?.publication === 'draft'
  const { allDay } = imported
  const revision = reviseBySource(current, { before, said, content, allDay, keepsDraft })
  const isSame =
    isSameContent(current, revision.content) && revision.publication === current.publication
  const isForgotten = remember !== undefined && !isSameSnapshot(remember, said)
  const series = current.series ?? imported.series
  return {
    current,
    step: {
      ...describe(row.row, revision.content),
      outcome: isSame ? 'unchanged' : 'updated',
      ...(revision.isReinstated && { note: 'reinstated' as const }),
    },
    apply:
      isSame && !isForgotten
        ? undefined
        : async (trx) => {
            await reviseCafe(trx, { id: current.id, ...revision, series }, now)
            if (remember) await saveImportSnapshot(trx, current.id, said)
          },
  }
}

/**
 * Returns whether a café is not this calendar's. A followed calendar is read while nobody looks, and its author may
 * give an event any UID, so it changes neither what somebody made here nor what another calendar brought.
 */
const isOfOthers = async ({ id }: Cafe, { db, calendarId }: Plan): Promise<boolean> =>
  calendarId !== undefined && !(await isFromCalendar(db, id, calendarId))

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
  const { config, organization, now, touched, choices } = plan
  const isUnready = standingOf(imported) === 'draft'
  const isDraft = isUnready || choices?.publication === 'draft'
  const { uid, recurrenceId, series, row } = imported
  const made = {
    ...{ content, uid, recurrenceId, series },
    origin: config.origin,
    organizationId: organization.id,
    organizer: organizerOf(config, organization),
    publication: isDraft ? 'draft' : 'published',
  } as const
  return {
    step: {
      ...describe(row, content),
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
  { organization, now, choices, keptVenues }: Plan,
): Promise<Venue | undefined> {
  if (!venue || !choices?.keepsVenues) return venue
  const key = JSON.stringify(venue)
  const known = keptVenues.get(key)
  if (known) return known
  const kept = venueOf(await ensureVenue(trx, { venue, organizationId: organization.id }, now))
  keptVenues.set(key, kept)
  return kept
}

/** Plans the dates that the calendar takes out of a series; one that was never announced here is not reported. */
async function planWithdrawal(
  row: number,
  identity: ImportedIdentity,
  plan: Plan,
): Promise<Planned | undefined> {
  const { db, organization, now } = plan
  const { current } = await findImportTarget(db, organization.id, identity)
  if (!current || (await isOfOthers(current, plan))) return undefined
  const about = describe(row, current)
  if (isPast(current, now)) return { current, step: { ...about, outcome: 'past' } }
  const memory = await findImportSnapshot(db, current.id)
  return planCancellation(about, { current, before: memory, memory, reason: undefined }, plan)
}

/** Plans the upcoming dates that this calendar once had, of an event that it still has. */
async function* planVanished(uid: string, row: number, plan: Plan): AsyncGenerator<Planned> {
  const { db, organization, now, calendarId } = plan
  const until = now.add({ hours: 24 * HORIZON_DAYS })
  const dates = { organizationId: organization.id, uid, from: now, until, calendarId }
  for (const current of await listImportedDates(db, dates)) {
    if (plan.touched.has(current.id)) continue
    const memory = await findImportSnapshot(db, current.id)
    const about: ImportStep = { ...describe(row, current), note: 'vanished' }
    const planned = planCancellation(
      about,
      { current, before: memory, memory, reason: undefined },
      plan,
    )
    if (planned.step.outcome === 'cancelled') yield planned
  }
}

type Cancellation = {
  current: Cafe | undefined
  before: ImportSnapshot | undefined
  memory: ImportSnapshot | undefined
  reason: string | undefined
}

/** Plans a cancellation. One that the source said before, and that somebody undid here, is not new. */
function planCancellation(
  about: ImportStep,
  { current, before, memory, reason }: Cancellation,
  { now }: Plan,
): Planned {
  if (!current) return { step: { ...about, outcome: 'aside', note: 'never_announced' } }
  const isNews = before?.standing !== 'cancelled'
  const isChange = isNews && current.status !== 'cancelled'
  const said = memory && cancelledSnapshot(memory, reason)
  const isForgotten = memory !== undefined && said !== undefined && !isSameSnapshot(memory, said)
  return {
    current,
    step: { ...about, outcome: isChange ? 'cancelled' : 'unchanged' },
    apply:
      isChange || isForgotten
        ? async (trx) => {
            if (isChange) await cancelCafe(trx, { id: current.id, reason }, now)
            if (said) await saveImportSnapshot(trx, current.id, said)
          }
        : undefined,
  }
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

/** Cancels a café that its calendar no longer has. It is reinstated when the calendar has it again. */
export async function cancelGoneCafe(
  trx: OpenDatabase,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  const said = await findImportSnapshot(trx, id)
  await cancelCafe(trx, { id, reason: undefined }, now)
  if (said) await saveImportSnapshot(trx, id, cancelledSnapshot(said, undefined))
}
