import { type SelectQueryBuilder, sql } from 'kysely'
import {
  type ClosedSince,
  findSlugProblem,
  type HostedState,
  type SlugProblem,
  type Suspension,
} from '../../domain/structures/hosted.ts'
import { isKind, type Kind } from '../../domain/values/structure-kinds.ts'
import { appendAudit } from '../accounts/acts.ts'
import {
  fromInstantText,
  instantOrUndefined,
  orUndefined,
  takesPlace,
  toInstantText,
} from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { contains, isAmong } from '../database/dialect.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import { uuidV7 } from '../database/uuid.ts'
import type { Schema } from '../schema.ts'
import { searchWords } from '../search-index/fold-words.ts'
import { updateCafes } from '../search-index/write-cafes.ts'
import { insertOrganization, type Organization } from './organizations.ts'
import { findSiteStructure } from './site-structure.ts'

/** A structure of ours beside the one whose name this site bears. */
export type HostedStructure = Organization & {
  kind: Kind | undefined
  commune: string | undefined
  createdAt: Temporal.Instant
  suspension: Suspension | undefined
  /** Since when it is closed; it is in no list then. */
  closing: ClosedSince | undefined
}

const COLUMNS = [
  ...(['id', 'slug', 'name', 'kind', 'commune', 'created_at'] as const),
  ...(['suspended_at', 'suspended_reason', 'closed_at', 'closed_past'] as const),
] as const

type Hosted = SelectQueryBuilder<Schema, 'organization', object>

/** Selects the structures of ours but the oldest, whose name this site bears. */
const selectHosted = (db: Database): Hosted =>
  db.selectFrom('organization').where(
    sql<boolean>`organization.id <> (
        select id from organization order by created_at, id limit 1)`,
  )

/** Selects those of them that are not closed. */
const selectOpen = (db: Database): Hosted => selectHosted(db).where('closed_at', 'is', null)

/** Creates a hosted structure; the journal says who did. */
export const createHosted = (
  db: OpenDatabase,
  { slug, name, kind, by }: Pick<Organization, 'slug' | 'name'> & { kind?: Kind; by: string },
  now: Temporal.Instant,
): Promise<{ structure: Organization } | { problem: SlugProblem }> =>
  inTransaction(db, async (trx) => {
    const problem =
      findSlugProblem(slug) ?? ((await isSlugFree(trx, slug)) ? undefined : 'not_free')
    if (problem) return { problem }
    const structure = { id: uuidV7(now), slug, name }
    await insertOrganization(trx, structure, now)
    // Where another process has just taken the slug, its row stays.
    const stored = await trx
      .updateTable('organization')
      .set({ kind: kind ?? null })
      .where('id', '=', structure.id)
      .executeTakeFirst()
    if (stored.numUpdatedRows === 0n) return { problem: 'not_free' }
    await appendAudit(trx, { who: by, act: 'structure-made', about: name }, now)
    return { structure }
  })

/** Returns whether no structure has this slug, nor a person of this site this name. */
async function isSlugFree(db: Database, slug: string): Promise<boolean> {
  const structure = await db
    .selectFrom('organization')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst()
  const person = await db
    .selectFrom('facilitator')
    .select('id')
    .where('peer_id', 'is', null)
    .where((eb) => eb.or([eb('handle', '=', slug), eb('alias', '=', slug)]))
    .executeTakeFirst()
  return !structure && !person
}

/** Finds a hosted structure by its slug or its id; undefined where there is none. */
export async function findHosted(
  db: Database,
  key: { slug: string } | { id: string },
): Promise<HostedStructure | undefined> {
  const row = await selectHosted(db)
    .select(COLUMNS)
    .$if('slug' in key, (qb) => qb.where('slug', '=', 'slug' in key ? key.slug : ''))
    .$if('id' in key, (qb) => qb.where('id', '=', 'id' in key ? key.id : ''))
    .executeTakeFirst()
  return row && toHosted(row)
}

/** A hosted structure as the team of the site lists it. */
export type ListedHosted = HostedStructure & { people: number; toCome: number }

type HostedQuery = { state: HostedState; words: string }

/** Finds one page of the hosted structures by name; the last one where the page that was asked for is behind it. */
export async function findHostedPage(
  db: Database,
  {
    page,
    size,
    now,
    ...query
  }: HostedQuery & { page: number; size: number; now: Temporal.Instant },
): Promise<ListPage<ListedHosted>> {
  const fitting = selectFitting(db, query)
  const { total } = await fitting
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const { offset, ...placed } = placePage(Number(total), { page, size })
  const rows = await fitting
    .select(COLUMNS)
    .orderBy('search_text')
    .orderBy('id')
    .limit(size)
    .offset(offset)
    .execute()
  return { ...placed, rows: await countUseOf(db, rows.map(toHosted), now) }
}

/** Lists the hosted structures by name, at most `limit`. */
export async function listHosted(db: Database, limit: number): Promise<HostedStructure[]> {
  const rows = await selectOpen(db)
    .select(COLUMNS)
    .orderBy('search_text')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toHosted)
}

/** Counts the hosted structures in each state. */
export async function countHosted(db: Database): Promise<Record<HostedState, number>> {
  const { all, suspended } = await selectOpen(db)
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.count<number>('suspended_at').as('suspended'),
    ])
    .executeTakeFirstOrThrow()
  return {
    all: Number(all),
    open: Number(all) - Number(suspended),
    suspended: Number(suspended),
  }
}

function selectFitting(db: Database, { state, words }: HostedQuery): Hosted {
  let fitting = selectOpen(db)
  if (state !== 'all')
    fitting = fitting.where('suspended_at', state === 'open' ? 'is' : 'is not', null)
  for (const word of searchWords(words))
    fitting = fitting.where(contains(db, sql.ref('organization.search_text'), ` ${word}`))
  return fitting
}

/** Adds to structures how many people work for them, and their cafés to come. */
export async function countUseOf(
  db: Database,
  structures: readonly HostedStructure[],
  now: Temporal.Instant,
): Promise<ListedHosted[]> {
  const ids = structures.map(({ id }) => id)
  if (ids.length === 0) return []
  const people = await db
    .selectFrom('role')
    .select((eb) => ['organization_id', eb.fn.countAll<number>().as('total')])
    .where(isAmong(db, sql.ref('organization_id'), ids))
    .groupBy('organization_id')
    .execute()
  const cafes = await db
    .selectFrom('cafe')
    .select((eb) => ['organization_id', eb.fn.countAll<number>().as('total')])
    .where(isAmong(db, sql.ref('organization_id'), ids))
    .where('publication', '=', 'published')
    .where('starts_at', '>', toInstantText(now))
    .where(takesPlace)
    .groupBy('organization_id')
    .execute()
  const totalOf = (rows: readonly { organization_id: string | null; total: number }[]) =>
    new Map(rows.map(({ organization_id, total }) => [organization_id, Number(total)]))
  const [peopleOf, cafesOf] = [totalOf(people), totalOf(cafes)]
  return structures.map((structure) => ({
    ...structure,
    people: peopleOf.get(structure.id) ?? 0,
    toCome: cafesOf.get(structure.id) ?? 0,
  }))
}

type Decided = { id: string; by: string }

/**
 * Suspends a hosted structure: its page, its account and its cafés are shown to nobody, and its people change nothing.
 * @returns Whether it was not suspended before.
 */
export const saveSuspension = (
  db: Database,
  { id, reason, by }: Decided & { reason: string },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const is = await setSuspension(trx, id, { at: toInstantText(now), reason })
    if (!is) return false
    await updateCafes(trx, { hidden_reason: 'suspended' }, (qb) =>
      qb.where('organization_id', '=', id).where('hidden_reason', 'is', null),
    )
    await logDecision(trx, { id, by, act: 'structure-suspended' }, now)
    return true
  })

/** Ends a suspension: everything is shown again. Returns whether there was one. */
export const deleteSuspension = (
  db: Database,
  { id, by }: Decided,
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    if (!(await setSuspension(trx, id, undefined))) return false
    await updateCafes(trx, { hidden_reason: null }, (qb) =>
      qb.where('organization_id', '=', id).where('hidden_reason', '=', 'suspended'),
    )
    await logDecision(trx, { id, by, act: 'structure-resumed' }, now)
    return true
  })

async function setSuspension(
  trx: Database,
  id: string,
  suspension: { at: string; reason: string } | undefined,
): Promise<boolean> {
  const site = await findSiteStructure(trx)
  const { numUpdatedRows } = await trx
    .updateTable('organization')
    .set({ suspended_at: suspension?.at ?? null, suspended_reason: suspension?.reason ?? null })
    .where('id', '=', id)
    .where('id', '<>', site?.id ?? '')
    .where('suspended_at', suspension ? 'is' : 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function logDecision(
  trx: Database,
  { id, by, act }: Decided & { act: 'structure-suspended' | 'structure-resumed' },
  now: Temporal.Instant,
): Promise<void> {
  const about = (await findHosted(trx, { id }))?.name ?? ''
  await appendAudit(trx, { who: by, act, about }, now)
}

type Row = Awaited<ReturnType<typeof selectRows>>[number]
const selectRows = (db: Database) => selectHosted(db).select(COLUMNS).execute()

const toHosted = (row: Row): HostedStructure => {
  const suspendedAt = instantOrUndefined(row.suspended_at)
  const closedAt = instantOrUndefined(row.closed_at)
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    kind: row.kind !== null && isKind(row.kind) ? row.kind : undefined,
    commune: orUndefined(row.commune),
    createdAt: fromInstantText(row.created_at),
    suspension: suspendedAt && { at: suspendedAt, reason: row.suspended_reason ?? '' },
    closing: closedAt && { at: closedAt, past: row.closed_past ?? 'kept' },
  }
}
