import { type Cafe, isPast } from '../../../domain/cafes/cafe.ts'
import { type Author, decideCancellation } from '../../../domain/cafes/edit.ts'
import type { ImportedIdentity, WholeEvent } from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import { datesOf, dayOf } from '../../../domain/series/recurrence.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import {
  findImportSnapshot,
  listImportedDates,
  saveImportSnapshot,
} from '../../../store/cafes/import-snapshots.ts'
import { OWN_CAFE, SERIES_CAFE } from '../../../store/cafes/own-cafes.ts'
import { findSeriesDate } from '../../../store/cafes/series/series-dates.ts'
import type { OpenDatabase } from '../../../store/database/database.ts'
import { cancelledSnapshot, isSameSnapshot } from './import-diff.ts'
import { isOfOthers, type Plan, type Planned } from './import-job.ts'
import { describeContent, type ImportStep } from './import-step.ts'
import { findImportTarget } from './import-target.ts'

/** Plans the dates that the calendar takes out of a series; one that was never announced here is not reported. */
export async function planWithdrawal(
  row: number,
  identity: ImportedIdentity,
  plan: Plan,
): Promise<Planned | undefined> {
  const { db, organization, now } = plan
  const { current } = await findImportTarget(db, organization.id, identity)
  if (!current || (await isOfOthers(current, plan))) return undefined
  const about = describeContent(row, current)
  if (isPast(current, now)) return { current, step: { ...about, outcome: 'past' } }
  const memory = await findImportSnapshot(db, current.id)
  const cancelled = { current, before: memory, memory, reason: undefined, isByRule: true }
  return planCancellation(about, cancelled, plan)
}

/** Plans the upcoming dates that this calendar once had, of an event that it still has whole. */
export async function* planVanished(
  { uid, row, until: last }: WholeEvent,
  plan: Plan,
): AsyncGenerator<Planned> {
  const { db, organization, now, calendarId } = plan
  const until = Temporal.Instant.from(last)
  const dates = { organizationId: organization.id, uid, from: now, until, calendarId }
  for (const current of await listImportedDates(db, dates)) {
    if (plan.touched.has(current.id) || (await isStillDate(current, plan))) continue
    const memory = await findImportSnapshot(db, current.id)
    const about: ImportStep = { ...describeContent(row, current), note: 'vanished' }
    const cancelled = { current, before: memory, memory, reason: undefined, isByRule: true }
    const planned = planCancellation(about, cancelled, plan)
    if (planned.step.outcome === 'cancelled') yield planned
  }
}

/** Returns whether the series of a café has its date, also since people added or moved it here. */
async function isStillDate({ id, uid }: Cafe, { db, series: all }: Plan): Promise<boolean> {
  const found = await findSeriesDate(db, id)
  const series = all.get(uid)?.series
  if (!found || found.seriesId !== series?.id) return false
  const day = dayOf(found.date)
  return datesOf(series.recurrence, day, day).includes(found.date)
}

type Cancellation = {
  current: Cafe | undefined
  before: ImportSnapshot | undefined
  memory: ImportSnapshot | undefined
  reason: string | undefined
  /** Whether its series has this date no more, so that it is nothing of the date alone. */
  isByRule?: boolean | undefined
}

/** Plans a cancellation. One that the source said before, and that somebody undid here, is not new. */
export function planCancellation(
  about: ImportStep,
  { current, before, memory, reason, isByRule }: Cancellation,
  { by, now }: Plan,
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
            if (isChange) await cancelBySource(trx, { id: current.id, by, reason, isByRule }, now)
            if (said) await saveImportSnapshot(trx, current.id, said)
          }
        : undefined,
  }
}

type Gone = { id: string; by: Author } & Pick<Cancellation, 'reason' | 'isByRule'>

/** Cancels a café as its source says, or since its source no longer has it. */
async function cancelBySource(
  trx: OpenDatabase,
  { id, by, reason, isByRule }: Gone,
  now: Temporal.Instant,
): Promise<void> {
  const decide = (cafe: Cafe) => decideCancellation(cafe, reason)
  const noun = isByRule ? SERIES_CAFE : OWN_CAFE
  await saveEdit(trx, noun, { id, by, seen: undefined, reason, decide }, now)
}

/** Cancels a café that its calendar no longer has. It is reinstated when the calendar has it again. */
export async function cancelGoneCafe(
  trx: OpenDatabase,
  { id, by }: { id: string; by: Author },
  now: Temporal.Instant,
): Promise<void> {
  const said = await findImportSnapshot(trx, id)
  await cancelBySource(trx, { id, by, reason: undefined }, now)
  if (said) await saveImportSnapshot(trx, id, cancelledSnapshot(said, undefined))
}
