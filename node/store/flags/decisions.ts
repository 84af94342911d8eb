import type { Author } from '../../domain/cafes/edit.ts'
import {
  FLAG_DAYS,
  type FlagCase,
  type Flagged,
  type Outcome,
  outcomesOf,
  subjectOf,
} from '../../domain/flags/flag.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { appendJournal } from '../accounts/acts.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { isHiddenHere } from '../directory/hidden-objects.ts'
import { appendChange } from '../queues/changes.ts'
import { decideShown } from '../referents/decide-shown.ts'
import { FLAG_CASE } from '../schema/flags.ts'
import { findCase } from './cases.ts'
import { findFlaggedOf } from './flagged.ts'

/** What somebody decides about a case, and what those whom it concerns read. */
export type CaseDecision = {
  id: string
  outcome: Outcome
  answer: string
  by: Author
  /** The account of who decides. */
  accountId: string
}

/**
 * Decides about all flags of one thing, and does what was decided; the journal has it.
 *
 * @returns The case as it is decided now; `changed` where somebody else has decided it meanwhile.
 * @throws DomainError not_found where there is no such case, or its thing is gone and something is to be done to it;
 * invalid for what cannot be decided about such a thing.
 */
export const decideCase = (
  db: Database,
  { id, ...decision }: CaseDecision,
  now: Temporal.Instant,
): Promise<FlagCase | 'changed'> =>
  inTransaction(db, async (trx) => {
    const flagCase = await findCase(trx, id)
    if (!flagCase) throw new DomainError('not_found', 'flags.gone')
    if (flagCase.decidedAt) return 'changed'
    return saveDecision(trx, flagCase, decision, now)
  })

/** Applies a decision about a case, which may have been decided otherwise before. */
export async function saveDecision(
  trx: Database,
  flagCase: FlagCase,
  { outcome, answer, by, accountId }: Omit<CaseDecision, 'id'>,
  now: Temporal.Instant,
): Promise<FlagCase> {
  const flagged = await findFlaggedOf(trx, flagCase)
  if (outcome !== 'kept' && !flagged) throw new DomainError('not_found', 'flags.gone')
  if (flagged && !outcomesOf(flagged).includes(outcome))
    throw new DomainError('invalid', 'flags.outcome')
  const decided: FlagCase = { ...flagCase, outcome, answer, decidedAt: now, decidedBy: accountId }
  const { decided_at, decided_by } = FLAG_CASE.toRow(decided)
  await trx
    .updateTable('flag_case')
    .set({ outcome, answer, decided_at, decided_by })
    .where('id', '=', flagCase.id)
    .execute()
  if (flagged) await applyOutcome(trx, decided, { flagged, by }, now)
  return decided
}

/** Hides the thing or shows it again, or asks its server to correct it. */
async function applyOutcome(
  trx: Database,
  { id: caseId, kind, uri, outcome, answer: reason }: FlagCase,
  { flagged, by }: { flagged: Flagged; by: Author },
  now: Temporal.Instant,
): Promise<void> {
  const subject = { type: subjectOf(kind), id: flagged.id }
  const title = kind === 'facilitator' ? '' : flagged.name
  if (flagged.peerId !== undefined) {
    const shown = outcome !== 'hidden'
    const isHidden = await isHiddenHere(trx, uri)
    if (isHidden === shown) await decideShown(trx, { kind, uri, shown, by, reason }, now)
  }
  if (outcome === 'warned')
    await appendChange(trx, { type: 'flag-sent', caseId, words: reason }, now)
  // What is hidden has its entry already.
  if (outcome !== undefined && outcome !== 'hidden')
    await appendJournal(trx, { by, reason, act: `flag-${outcome}`, subject, title }, now)
}

/** Until when an appeal is to be decided. */
export const appealDueAt = (at: Temporal.Instant): Temporal.Instant =>
  at.add({ hours: 24 * FLAG_DAYS.appeal })
