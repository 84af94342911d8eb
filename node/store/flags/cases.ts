import { type RawBuilder, sql } from 'kysely'
import type { CaseState } from '../../domain/flags/case-state.ts'
import {
  dueAt,
  FLAG_REASONS,
  FLAGS_STORED,
  type Flag,
  type FlagCase,
  type Flagged,
} from '../../domain/flags/flag.ts'
import { chainOf } from '../../geo/territory-chain.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import { uuidV7 } from '../database/uuid.ts'
import { FLAG, FLAG_CASE } from '../schema/flags.ts'

export type NewFlag = Pick<Flag, 'reason' | 'words' | 'email' | 'host'>

/** What became of a flag: the case that it is part of, whether it opened it, and the flag where its words are kept. */
export type SavedFlag = { flagCase: FlagCase; isNew: boolean; flagId: string | undefined }

/**
 * Adds what somebody flags to the open case of that thing, or opens one. Another server has one flag in a case, whose
 * words are the last that it sent; the words of visitors are kept up to `FLAGS_STORED`, and those after them are counted.
 */
export const saveFlag = (
  db: Database,
  flagged: Flagged,
  { reason, words, email, host }: NewFlag,
  now: Temporal.Instant,
): Promise<SavedFlag> =>
  inTransaction(db, async (trx) => {
    const { flagCase, isNew } = await openCase(trx, flagged, reason, now)
    const said = await saveWords(trx, { caseId: flagCase.id, reason, words, email, host, at: now })
    const grown = await grow(trx, flagCase, { reason, isCounted: !said.isKnown, now })
    return { flagCase: grown, isNew, flagId: said.flagId }
  })

async function openCase(
  trx: Database,
  { kind, uri, name, territory }: Flagged,
  reason: Flag['reason'],
  now: Temporal.Instant,
): Promise<{ flagCase: FlagCase; isNew: boolean }> {
  const known = await findOpenCase(trx, { kind, uri })
  if (known) return { flagCase: known, isNew: false }
  const flagCase: FlagCase = {
    ...{ id: uuidV7(now), kind, uri, territory, reason, total: 0, openedAt: now },
    // What a person agreed to show is not kept for longer than that.
    name: kind === 'facilitator' ? '' : name,
    ...{ dueAt: dueAt(reason, now), isForTeam: false, forwardedAt: undefined },
    ...{ decidedAt: undefined, outcome: undefined, answer: '', decidedBy: undefined },
  }
  await trx.insertInto('flag_case').values(FLAG_CASE.toRow(flagCase)).execute()
  return { flagCase, isNew: true }
}

async function saveWords(
  trx: Database,
  said: Omit<Flag, 'id'>,
): Promise<{ flagId: string | undefined; isKnown: boolean }> {
  const { caseId, host, at } = said
  const known =
    host === undefined
      ? undefined
      : await trx
          .selectFrom('flag')
          .select('id')
          .where('case_id', '=', caseId)
          .where('host', '=', host)
          .executeTakeFirst()
  if (known) {
    const { reason, words } = said
    await trx.updateTable('flag').set({ reason, words }).where('id', '=', known.id).execute()
    return { flagId: known.id, isKnown: true }
  }
  if ((await countFlags(trx, caseId)) >= FLAGS_STORED) return { flagId: undefined, isKnown: false }
  const id = uuidV7(at)
  await trx
    .insertInto('flag')
    .values(FLAG.toRow({ ...said, id }))
    .execute()
  return { flagId: id, isKnown: false }
}

const countFlags = async (trx: Database, caseId: string): Promise<number> => {
  const { total } = await trx
    .selectFrom('flag')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Counts one more, and takes the nearer term where the new reason is more urgent. */
async function grow(
  trx: Database,
  flagCase: FlagCase,
  { reason, isCounted, now }: { reason: Flag['reason']; isCounted: boolean; now: Temporal.Instant },
): Promise<FlagCase> {
  const isGraver = FLAG_REASONS.indexOf(reason) < FLAG_REASONS.indexOf(flagCase.reason)
  const due = dueAt(reason, now)
  const isSooner = Temporal.Instant.compare(due, flagCase.dueAt) < 0
  const grown = {
    ...flagCase,
    total: flagCase.total + (isCounted ? 1 : 0),
    reason: isGraver ? reason : flagCase.reason,
    dueAt: isSooner ? due : flagCase.dueAt,
  }
  const { total, reason: gravest, due_at } = FLAG_CASE.toRow(grown)
  await trx
    .updateTable('flag_case')
    .set({ total, reason: gravest, due_at })
    .where('id', '=', flagCase.id)
    .execute()
  return grown
}

/**
 * Finds the case of a thing that is not decided yet.
 *
 * @internal
 */
export async function findOpenCase(
  db: Database,
  { kind, uri }: Pick<Flagged, 'kind' | 'uri'>,
): Promise<FlagCase | undefined> {
  const row = await db
    .selectFrom('flag_case')
    .selectAll()
    .where('kind', '=', kind)
    .where('uri', '=', uri)
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  return row && FLAG_CASE.fromRow(row)
}

/** Finds a case by its id, decided or not. */
export async function findCase(db: Database, id: string): Promise<FlagCase | undefined> {
  const row = await db.selectFrom('flag_case').selectAll().where('id', '=', id).executeTakeFirst()
  return row && FLAG_CASE.fromRow(row)
}

/** Finds one flag by its id. */
export async function findFlag(db: Database, id: string): Promise<Flag | undefined> {
  const row = await db.selectFrom('flag').selectAll().where('id', '=', id).executeTakeFirst()
  return row && FLAG.fromRow(row)
}

/** Lists the flags of a case whose words are kept, the latest first. */
export async function listFlags(db: Database, caseId: string): Promise<Flag[]> {
  const rows = await db
    .selectFrom('flag')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(FLAG.fromRow)
}

/** What one list shows of the cases: all of them, or those of a territory and what it contains. */
type Among = { territory?: string | undefined }

const selectCases = (db: Database, state: CaseState) => {
  const hasAppeal = sql<boolean>`exists (
    select 1 from appeal where appeal.case_id = flag_case.id and appeal.decided_at is null)`
  const cases = db.selectFrom('flag_case').selectAll()
  if (state === 'appeals') return cases.where(hasAppeal)
  return cases.where('decided_at', state === 'open' ? 'is' : 'is not', null)
}

/** Returns whether a case is of this territory or of one inside it. */
export const isCaseWithin = (
  { territory }: Pick<FlagCase, 'territory'>,
  code: string | undefined,
): boolean => code === undefined || chainOf(territory ?? '').some((around) => around.code === code)

/** The most cases that are read for one territory, whose cases are chosen by what contains them. */
const MOST = 2000

/** Counts the cases in each state. */
export async function countCases(
  db: Database,
  { territory }: Among = {},
): Promise<Record<CaseState, number>> {
  const count = async (state: CaseState) => {
    const rows = await selectCases(db, state)
      .clearSelect()
      .select(['id', 'territory'])
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute()
    return rows.filter((row) => isCaseWithin({ territory: row.territory ?? undefined }, territory))
      .length
  }
  return {
    open: await count('open'),
    appeals: await count('appeals'),
    decided: await count('decided'),
  }
}

/** By what the cases of a list come one after the other. */
const ORDERS: Record<CaseState, RawBuilder<unknown>> = {
  open: sql`due_at`,
  appeals: sql`(select min(appeal.due_at) from appeal
    where appeal.case_id = flag_case.id and appeal.decided_at is null)`,
  decided: sql`decided_at`,
}

/** Finds one page of the cases in a state: what is due first, and of the decided ones the latest. */
export async function findCasePage(
  db: Database,
  { state, territory, ...asked }: Among & { state: CaseState; page: number; size: number },
): Promise<ListPage<FlagCase>> {
  const rows = await selectCases(db, state)
    .orderBy(ORDERS[state], state === 'decided' ? 'desc' : 'asc')
    .orderBy('id')
    .limit(MOST)
    .execute()
  const found = rows.map(FLAG_CASE.fromRow).filter((one) => isCaseWithin(one, territory))
  const { offset, ...placed } = placePage(found.length, asked)
  return { ...placed, rows: found.slice(offset, offset + asked.size) }
}

/** Leaves a case to the team; false where it is decided meanwhile. */
export async function leaveToTeam(db: Database, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('flag_case')
    .set({ is_for_team: 1 })
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Notes that a case was sent on to the server of its thing. */
export async function markForwarded(
  trx: Database,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('flag_case')
    .set({ forwarded_at: toInstantText(now) })
    .where('id', '=', id)
    .execute()
}
