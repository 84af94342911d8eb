import { type RawBuilder, sql } from 'kysely'
import { type Cafe, type HiddenReason, WITHHELD } from '../../domain/cafes/cafe.ts'
import type { Arrival } from '../../domain/federation/arrivals.ts'
import { type DomainPage, pageByDomain } from '../../domain/federation/domain-page.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { listHostArrivals } from '../directory/known-hosts.ts'
import { appendChange } from '../queues/changes.ts'
import { updateCafes } from '../search-index/write-cafes.ts'
import { isInPair } from './alike.ts'
import { findCafe, toCafe } from './cafes.ts'
import { updateDuplicates } from './duplicates.ts'
import { markStillMissing } from './missing-cafes.ts'

/**
 * Selects received upcoming cafés that are hidden until the team decides; those that it set aside (`team`) are decided.
 */
const selectHeld = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .where('peer_id', 'is not', null)
    .where('hidden_reason', 'is not', null)
    .where('hidden_reason', 'not in', ['team', 'duplicate', ...WITHHELD])
    .where('ends_at', '>', toInstantText(now))

/**
 * Lists them by registrable domain, soonest first; those that are shown are read completely, the others are counted.
 */
export async function listHeldByDomain(
  db: Database,
  { now, page, domain }: { now: Temporal.Instant; page: number; domain?: string | undefined },
): Promise<DomainPage<Cafe>> {
  const waiting = await selectHeld(db, now)
    .select(['id', 'origin_host'])
    .orderBy('starts_at')
    .orderBy('id')
    .limit(MOST)
    .execute()
  const domains = new Map<string, string>()
  const domainOf = ({ origin_host: host }: { origin_host: string }): string => {
    const known = domains.get(host) ?? quotaDomainOf(host)
    domains.set(host, known)
    return known
  }
  const found = pageByDomain(waiting, { domainOf, page, domain })
  const ids = found.groups.flatMap(({ items }) => items.map(({ id }) => id))
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('id', 'in', ids.length > 0 ? ids : [''])
    .execute()
  const cafes = new Map(rows.map((row) => [row.id, toCafe(row)]))
  const groups = found.groups.map((group) => ({
    ...group,
    items: group.items.flatMap(({ id }) => cafes.get(id) ?? []),
  }))
  return { ...found, groups }
}

/** Lists those that wait by where they come from; when they came is not kept. */
export async function listHeldArrivals(db: Database, now: Temporal.Instant): Promise<Arrival[]> {
  const rows = await selectHeld(db, now)
    .select(['id', 'origin_host as host'])
    .orderBy('starts_at')
    .orderBy('id')
    .limit(MOST)
    .execute()
  return listHostArrivals(
    db,
    rows.map((row) => ({ ...row, at: undefined })),
  )
}

/** Returns whether a café waits for the team. */
export const awaitsTeam = ({ hiddenReason, peerId }: Cafe): boolean =>
  peerId !== undefined &&
  hiddenReason !== undefined &&
  !['team', 'duplicate', ...WITHHELD].includes(hiddenReason)

/** The maximum number of cafés that are listed; those that take place sooner are decided first. */
const MOST = 20_000

/**
 * Counts the received upcoming cafés that are hidden until the team decides about them, for the list of what is to be
 * done.
 */
export async function countHeldCafes(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await selectHeld(db, now)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/**
 * Shows or hides a café of another server for the team; the feeds announce it, or undo their Announces. The team cannot
 * show what its server withholds, but it can hide it, so that it stays hidden once its server shows it again.
 */
export async function showCafe(
  trx: Database,
  { id, shown }: { id: string; shown: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const isPrivate = sql<boolean>`hidden_reason in ('private', 'private-team')`
  const [decided] = await setReason(
    trx,
    shown
      ? sql<HiddenReason | null>`case when hidden_reason = 'private-team' then 'private' end`
      : sql<HiddenReason>`case when ${isPrivate} then 'private-team' else 'team' end`,
    (qb) => {
      const theirs = qb.where('id', '=', id).where('peer_id', 'is not', null)
      if (!shown) return theirs
      return theirs.where((eb) =>
        eb.or([
          eb('hidden_reason', 'is', null),
          eb('hidden_reason', 'not in', ['private', 'missing']),
        ]),
      )
    },
  )
  if (shown && decided) await markStillMissing(trx, id)
  const cafe = await findCafe(trx, id)
  if (cafe) await updateDuplicates(trx, cafe, now)
  await appendChange(trx, { type: 'cafe-shown', cafeId: id }, now)
}

const setReason = (
  trx: Database,
  reason: HiddenReason | RawBuilder<HiddenReason | null> | null,
  choose: Parameters<typeof updateCafes>[2],
) => updateCafes(trx, { hidden_reason: reason }, choose)

/**
 * Hides the cafés of a structure with it, or shows them again; the feeds undo their Announces, or announce them. Of
 * those that were hidden for another reason too, that reason stays; those that are hidden here one by one stay hidden
 * (`write-cafes.ts`).
 */
export async function showCafesOf(
  trx: Database,
  { organizerUri: uri, shown }: { organizerUri: string; shown: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const change = (from: HiddenReason | null, to: HiddenReason | null) =>
    setReason(trx, to, (qb) =>
      qb
        .where('organizer_uri', '=', uri)
        .where('peer_id', 'is not', null)
        .where((eb) => eb('hidden_reason', from === null ? 'is' : '=', from)),
    )
  const written = shown
    ? [...(await change('team', null)), ...(await change('private-team', 'private'))]
    : [...(await change(null, 'team')), ...(await change('duplicate', 'team'))]
  const isWritten = new Set(written.map(({ id }) => id))
  const toCome = await trx
    .selectFrom('cafe')
    .selectAll()
    .where('organizer_uri', '=', uri)
    .where('ends_at', '>', toInstantText(now))
    .execute()
  for (const row of toCome.filter(({ id }) => isWritten.has(id))) {
    if (shown) await markStillMissing(trx, row.id)
    if (await isInPair(trx, row.id)) await updateDuplicates(trx, toCafe(row), now)
    await appendChange(trx, { type: 'cafe-shown', cafeId: row.id }, now)
  }
}
