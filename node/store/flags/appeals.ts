import type { HiddenKind } from '../../domain/federation/hidden-object.ts'
import {
  type Appeal,
  type AppealRefusal,
  type FlagCase,
  findAppealRefusal,
  subjectOf,
} from '../../domain/flags/flag.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { appendJournal } from '../accounts/acts.ts'
import { countAdministrators } from '../accounts/team.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { appendChange } from '../queues/changes.ts'
import { APPEAL, FLAG_CASE } from '../schema/flags.ts'
import { findSiteStructure } from '../structures/site-structure.ts'
import { findCase } from './cases.ts'
import { appealDueAt, type CaseDecision, saveDecision } from './decisions.ts'
import { findFlaggedOf } from './flagged.ts'

/**
 * Stores an appeal against the decision of a case, by one who flagged the thing or, without `flagId`, by its place.
 * @returns Why it is refused; undefined where it is taken.
 */
export const insertAppeal = (
  db: Database,
  { caseId, flagId, words }: Pick<Appeal, 'caseId' | 'flagId' | 'words'>,
  now: Temporal.Instant,
): Promise<AppealRefusal | undefined> =>
  inTransaction(db, async (trx) => {
    const flagCase = await findCase(trx, caseId)
    if (!flagCase) return 'undecided'
    const hasAppealed = (await findAppealOf(trx, { caseId, flagId })) !== undefined
    const refusal = findAppealRefusal(flagCase, { hasAppealed, now })
    if (refusal) return refusal
    const appeal: Appeal = {
      ...{ id: uuidV7(now), caseId, flagId, words, at: now, dueAt: appealDueAt(now) },
      ...{ decidedAt: undefined, isUpheld: undefined, answer: '' },
    }
    await trx.insertInto('appeal').values(APPEAL.toRow(appeal)).execute()
    return undefined
  })

/** Finds the appeal of one who flagged, or of the place. */
export async function findAppealOf(
  db: Database,
  { caseId, flagId }: Pick<Appeal, 'caseId' | 'flagId'>,
): Promise<Appeal | undefined> {
  const row = await db
    .selectFrom('appeal')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('flag_id', '=', flagId ?? '')
    .executeTakeFirst()
  return row && APPEAL.fromRow(row)
}

/** Lists the appeals against the decision of a case, the oldest first. */
export async function listAppeals(db: Database, caseId: string): Promise<Appeal[]> {
  const rows = await db
    .selectFrom('appeal')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(APPEAL.fromRow)
}

/**
 * Decides all open appeals against the decision of a case: another outcome upholds them and is applied, the same denies
 * them. The term of those who have not appealed yet begins anew only where the decision changes.
 *
 * @returns The case and the appeals as they are decided now; `changed` where none is open any more.
 */
export const decideAppeals = (
  db: Database,
  { id, ...decision }: CaseDecision,
  now: Temporal.Instant,
): Promise<{ flagCase: FlagCase; appeals: Appeal[] } | 'changed'> =>
  inTransaction(db, async (trx) => {
    const flagCase = await findCase(trx, id)
    if (!flagCase) throw new DomainError('not_found', 'flags.gone')
    const open = (await listAppeals(trx, id)).filter(({ decidedAt }) => decidedAt === undefined)
    if (open.length === 0) return 'changed'
    const isUpheld = decision.outcome !== flagCase.outcome
    const { answer, by } = decision
    await trx
      .updateTable('appeal')
      .set({ decided_at: toInstantText(now), is_upheld: isUpheld ? 1 : 0, answer })
      .where('case_id', '=', id)
      .where('decided_at', 'is', null)
      .execute()
    const flagged = await findFlaggedOf(trx, flagCase)
    const subject = { type: subjectOf(flagCase.kind), id: flagged?.id ?? '' }
    const title = flagCase.kind === 'facilitator' ? '' : flagCase.name
    const act = isUpheld ? 'appeal-upheld' : 'appeal-denied'
    await appendJournal(trx, { by, reason: answer, act, subject, title }, now)
    const decided = isUpheld ? await saveDecision(trx, flagCase, decision, now) : flagCase
    const isOfPlace = open.some(({ flagId }) => flagId === undefined)
    if (!isUpheld && isOfPlace && flagged?.peerId !== undefined) {
      const { uri } = flagCase
      const judged = { type: 'object-judged', uri, peerId: flagged.peerId, shown: false } as const
      await appendChange(trx, { ...judged, reason: answer }, now)
    }
    return {
      flagCase: decided,
      appeals: open.map((one) => ({ ...one, decidedAt: now, isUpheld, answer })),
    }
  })

/** Counts the people of the team who may decide about appeals. */
export async function countDeciders(db: Database): Promise<number> {
  const site = await findSiteStructure(db)
  return site ? countAdministrators(db, site.id) : 0
}

/**
 * Stores the appeal of a place against what is hidden of it: against the last decision of its case or, where it was hidden
 * without a flag, against that, which becomes a case. A place appeals each decision once.
 * @returns false where nothing with this address is hidden.
 */
export async function saveAppealOfPlace(
  trx: Database,
  { uri, words }: { uri: string; words: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const hidden = await trx
    .selectFrom('hidden_object')
    .selectAll()
    .where('uri', '=', uri)
    .executeTakeFirst()
  if (!hidden) return false
  const decided = await trx
    .selectFrom('flag_case')
    .select('id')
    .where('uri', '=', uri)
    .where('outcome', '=', 'hidden')
    .orderBy('decided_at', 'desc')
    .orderBy('id')
    .executeTakeFirst()
  const caseId = decided?.id ?? (await makeCaseOf(trx, hidden, now))
  if (caseId === undefined) return false
  return (await insertAppeal(trx, { caseId, flagId: undefined, words }, now)) === undefined
}

/** Makes the case of what was hidden without a flag, as it was decided; nothing says any more which account did. */
async function makeCaseOf(
  trx: Database,
  { kind, uri, reason: answer, at }: { kind: HiddenKind; uri: string; reason: string; at: string },
  now: Temporal.Instant,
): Promise<string | undefined> {
  const flagged = await findFlaggedOf(trx, { kind, uri })
  const decidedAt = fromInstantText(at)
  const id = uuidV7(now)
  const flagCase: FlagCase = {
    ...{ id, kind, uri, name: kind === 'facilitator' ? '' : (flagged?.name ?? '') },
    ...{ territory: flagged?.territory, reason: 'other', total: 0, openedAt: decidedAt },
    ...{ dueAt: decidedAt, isForTeam: false, forwardedAt: undefined, decidedAt, answer },
    ...{ outcome: 'hidden', decidedBy: undefined },
  }
  await trx.insertInto('flag_case').values(FLAG_CASE.toRow(flagCase)).execute()
  return id
}
