import {
  type Appeal,
  type AppealRefusal,
  type FlagCase,
  findAppealRefusal,
} from '../../domain/flags/flag.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { appendJournal } from '../accounts/acts.ts'
import { countAdministrators } from '../accounts/team.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { APPEAL } from '../schema/flags.ts'
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
    const subject = {
      type: flagCase.kind === 'picture' ? 'cafe' : flagCase.kind,
      id: flagged?.id ?? '',
    } as const
    const title = flagCase.kind === 'facilitator' ? '' : flagCase.name
    const act = isUpheld ? 'appeal-upheld' : 'appeal-denied'
    await appendJournal(trx, { by, reason: answer, act, subject, title }, now)
    const decided = isUpheld ? await saveDecision(trx, flagCase, decision, now) : flagCase
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
