import { type Cafe, isPast } from '../../../domain/cafes/cafe.ts'
import { type Author, decideCancellation } from '../../../domain/cafes/edit.ts'
import type { ImportedIdentity, WholeEvent } from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import {
  findImportSnapshot,
  listImportedDates,
  saveImportSnapshot,
} from '../../../store/cafes/import-snapshots.ts'
import { OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
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
  return planCancellation(about, { current, before: memory, memory, reason: undefined }, plan)
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
    if (plan.touched.has(current.id)) continue
    const memory = await findImportSnapshot(db, current.id)
    const about: ImportStep = { ...describeContent(row, current), note: 'vanished' }
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
export function planCancellation(
  about: ImportStep,
  { current, before, memory, reason }: Cancellation,
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
            if (isChange) await cancelBySource(trx, { id: current.id, by, reason }, now)
            if (said) await saveImportSnapshot(trx, current.id, said)
          }
        : undefined,
  }
}

/** Cancels a café as its source says, or since its source no longer has it. */
async function cancelBySource(
  trx: OpenDatabase,
  { id, by, reason }: { id: string; by: Author; reason: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const decide = (cafe: Cafe) => decideCancellation(cafe, reason)
  await saveEdit(trx, OWN_CAFE, { id, by, seen: undefined, reason, decide }, now)
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
