import { type RawBuilder, sql } from 'kysely'
import { ADMIN_LIST_STATES, type AdminListState } from '../../domain/cafes/admin-list.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { CONFIRMATION_HOURS } from '../../domain/cafes/status-change.ts'
import { giveWay } from '../../turns/turns.ts'
import { takesPlace, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import { hasWords, searchWords } from '../search-index/fold-words.ts'
import { toCafe } from './cafes.ts'

type Own = { organizationId: string; now: Temporal.Instant }

/**
 * The condition of a draft of the team; what is hidden because a directory says that it was deleted is listed with the
 * backups.
 */
const isDraft = sql<boolean>`publication = 'draft' and not exists (
  select 1 from claimed_erasure where kind = 'cafe' and subject = cafe.id)`

/** The condition of a café that nobody suggested. */
const isNotSuggested = sql<boolean>`not exists (select 1 from suggestion where cafe_id = cafe.id)`

/**
 * Returns the condition of a state. A draft counts as one whatever its date, and a postponed café as upcoming, since it
 * has no date yet.
 */
function isInState(state: AdminListState, now: Temporal.Instant): RawBuilder<boolean> {
  if (state === 'drafts') return isDraft
  if (state === 'cancelled') return sql<boolean>`publication <> 'draft' and status = 'cancelled'`
  const isHeld = sql`publication <> 'draft' and status <> 'cancelled'`
  const at = toInstantText(now)
  return state === 'upcoming'
    ? sql<boolean>`${isHeld} and (ends_at >= ${at} or status = 'postponed')`
    : sql<boolean>`${isHeld} and ends_at < ${at} and status <> 'postponed'`
}

/** Counts the own cafés in each state. */
export async function countAdminList(
  db: Database,
  { organizationId, now }: Own,
): Promise<Record<AdminListState, number>> {
  const total = (state: AdminListState) =>
    sql<number>`coalesce(sum(case when ${isInState(state, now)} then 1 else 0 end), 0)`.as(state)
  const row = await db
    .selectFrom('cafe')
    .select(ADMIN_LIST_STATES.map(total))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  return {
    upcoming: Number(row.upcoming),
    drafts: Number(row.drafts),
    cancelled: Number(row.cancelled),
    past: Number(row.past),
  }
}

export type AdminListQuery = Own & {
  state: AdminListState
  /** Words in any order, without regard to accents and capitals, in the title, venue or town. */
  words: string
  month: Temporal.PlainYearMonth | undefined
  /** The first page is 1. */
  page: number
  size: number
}

export type AdminList = ListPage<Cafe> & {
  /** The months of this state by the clock of the place, in the order of the list, whatever was searched for. */
  months: { month: string; total: number }[]
}

/** Finds one page of a structure's own cafés in one state: upcoming ones soonest first, the others latest first. */
export async function findAdminList(db: Database, query: AdminListQuery): Promise<AdminList> {
  const { size } = query
  const words = searchWords(query.words)
  const chosen = selectChosen(db, query)
  const direction = directionOf(query)
  const ordered = chosen.orderBy('starts_at', direction).orderBy('id', direction)
  const found = words.length > 0 ? await listWithWords(ordered, words) : undefined
  const total = found?.length ?? (await countAll(chosen))
  const { offset, ...placed } = placePage(total, query)
  const ids =
    found?.slice(offset, offset + size) ??
    (await ordered.select('id').limit(size).offset(offset).execute()).map(({ id }) => id)
  return {
    ...placed,
    rows: await listInOrder(db, ids),
    months: await listMonths(db, query),
  }
}

const directionOf = ({ state }: Pick<AdminListQuery, 'state'>) =>
  state === 'upcoming' || state === 'drafts' ? 'asc' : 'desc'

const wallMonth = sql<string>`substr(wall_starts_at, 1, 7)`

const selectState = (db: Database, { organizationId, state, now }: AdminListQuery) =>
  db.selectFrom('cafe').where('organization_id', '=', organizationId).where(isInState(state, now))

/** Selects the cafés of the state and the month, whatever their words. */
const selectChosen = (db: Database, query: AdminListQuery) =>
  selectState(db, query).$if(query.month !== undefined, (qb) =>
    qb.where('undated', '=', 0).where(wallMonth, '=', String(query.month)),
  )

type Chosen = ReturnType<typeof selectChosen>

async function countAll(chosen: Chosen): Promise<number> {
  const { total } = await chosen
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Lists the ids of those that have the words, which SQL does not compare without accents. */
async function listWithWords(chosen: Chosen, words: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const row of await chosen.select(['id', 'title', 'venue_name', 'commune']).execute()) {
    await giveWay()
    if (hasWords(`${row.title} ${row.venue_name ?? ''} ${row.commune ?? ''}`, words))
      ids.push(row.id)
  }
  return ids
}

async function listMonths(db: Database, query: AdminListQuery): Promise<AdminList['months']> {
  const rows = await selectState(db, query)
    .select([wallMonth.as('month'), (eb) => eb.fn.countAll<number>().as('total')])
    .where('undated', '=', 0)
    .groupBy(wallMonth)
    .orderBy(wallMonth, directionOf(query))
    .execute()
  return rows.map(({ month, total }) => ({ month, total: Number(total) }))
}

async function listInOrder(db: Database, ids: readonly string[]): Promise<Cafe[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('cafe').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, toCafe(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const selectOwn = (db: Database, organizationId: string) =>
  db.selectFrom('cafe').selectAll().where('organization_id', '=', organizationId)

/** Lists the next own cafés that have a date and take place, without drafts, soonest first. */
export async function listNextCafes(
  db: Database,
  { organizationId, now, limit }: Own & { limit: number },
): Promise<Cafe[]> {
  const rows = await selectOwn(db, organizationId)
    .where('ends_at', '>=', toInstantText(now))
    .where('publication', '<>', 'draft')
    .where(takesPlace)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}

/** Lists the cafés of the next three days that nobody of the team has confirmed, soonest first. */
export async function listUnconfirmedCafes(
  db: Database,
  { organizationId, now }: Own,
): Promise<Cafe[]> {
  const rows = await selectOwn(db, organizationId)
    .where('starts_at', '>', toInstantText(now))
    .where('starts_at', '<=', toInstantText(now.add({ hours: CONFIRMATION_HOURS })))
    .where('publication', '=', 'published')
    .where(takesPlace)
    .where('confirmed_at', 'is', null)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map(toCafe)
}

/**
 * Counts the own cafés that wait for a new date or to be finished, and finds the first of them by day; what was suggested
 * waits for a decision, not to be finished.
 */
export async function findHeldUpCafes(
  db: Database,
  organizationId: string,
  kind: 'postponed' | 'drafts',
): Promise<{ total: number; first: Pick<Cafe, 'id' | 'title'> | undefined }> {
  const first = await db
    .selectFrom('cafe')
    .select(['id', 'title', (eb) => eb.fn.countAll<number>().over().as('total')])
    .where('organization_id', '=', organizationId)
    .$if(kind === 'drafts', (query) => query.where(isDraft).where(isNotSuggested))
    .$if(kind === 'postponed', (query) =>
      query.where('publication', '=', 'published').where('status', '=', 'postponed'),
    )
    .orderBy('starts_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return { total: first?.total ?? 0, first }
}

/** Returns whether a structure has ever entered a café. */
export async function hasCafes(db: Database, organizationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('cafe')
    .select('id')
    .where('organization_id', '=', organizationId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
