import { sql } from 'kysely'
import { hostOfTarget, isAccount } from '../../domain/federation/block.ts'
import type { DecisionCount, Transparency } from '../../domain/flags/transparency.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { countListedBlocks, listBlocks } from '../directory/blocks.ts'

/** Counts what was flagged and decided, of the cases that are still kept, and what is hidden without a flag. */
export async function countDecisions(db: Database, now: Temporal.Instant): Promise<Transparency> {
  const days = sql<number>`unixepoch(decided_at) - unixepoch(opened_at)`
  const within = sql<DecisionCount['within']>`case when ${days} <= 86400 then 'day'
    when ${days} <= 604800 then 'week' else 'later' end`
  const decisions = await db
    .selectFrom('flag_case')
    .select((eb) => [
      'reason',
      'outcome',
      within.as('within'),
      eb.fn.countAll<number>().as('total'),
    ])
    .where('decided_at', 'is not', null)
    .where('total', '>', 0)
    .groupBy(['reason', 'outcome', within])
    .execute()
  const all = await db
    .selectFrom('flag_case')
    .select((eb) => [
      eb.fn.sum<number>('total').as('received'),
      eb.fn.min('opened_at').as('since'),
      sql<number>`count(case when decided_at is null then 1 end)`.as('open'),
      sql<number>`count(case when decided_at is null and due_at < ${toInstantText(now)} then 1 end)`.as(
        'late',
      ),
    ])
    .where('total', '>', 0)
    .executeTakeFirstOrThrow()
  const appeals = await db
    .selectFrom('appeal')
    .select((eb) => [
      eb.fn.count<number>('decided_at').as('decided'),
      sql<number>`coalesce(sum(is_upheld), 0)`.as('upheld'),
      sql<number>`count(case when decided_at is null then 1 end)`.as('open'),
      sql<number>`count(case when decided_at is null and due_at < ${toInstantText(now)} then 1 end)`.as(
        'late',
      ),
    ])
    .executeTakeFirstOrThrow()
  return {
    since: all.since ? fromInstantText(all.since) : undefined,
    ...{ received: Number(all.received ?? 0), open: Number(all.open), late: Number(all.late) },
    decisions: decisions.flatMap(({ outcome, total, ...one }) =>
      outcome ? [{ ...one, outcome, total: Number(total) }] : [],
    ),
    appeals: {
      ...{ decided: Number(appeals.decided), upheld: Number(appeals.upheld) },
      ...{ open: Number(appeals.open), late: Number(appeals.late) },
    },
    ownHidden: await countOwnHidden(db),
    blocks: (await listBlocks(db, { limit: BLOCKS_SHOWN, isDecidedHere: true })).map(
      ({ target, level, reason, endsOn }) => ({
        ...{ host: hostOfTarget(target), isAccount: isAccount(target), level, reason, endsOn },
      }),
    ),
    listed: await countListedBlocks(db),
  }
}

/** More blocks than a team decides by hand. */
const BLOCKS_SHOWN = 1000

/** Counts what is hidden here and was not hidden by a decision about flags; the case that a place's appeal makes has none. */
async function countOwnHidden(db: Database): Promise<number> {
  const { hidden } = await db
    .selectFrom('hidden_object')
    .select((eb) => eb.fn.countAll<number>().as('hidden'))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('flag_case')
            .select('flag_case.id')
            .whereRef('flag_case.uri', '=', 'hidden_object.uri')
            .where('flag_case.outcome', '=', 'hidden')
            .where('flag_case.total', '>', 0),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return Number(hidden)
}
