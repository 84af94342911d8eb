import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Territory } from '../../geo/territories.ts'
import { isWithin } from '../../geo/territory-chain.ts'
import { findCafe, toCafe } from '../cafes/cafes.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { listReportParts, type ReportPart } from '../reports/hidden-parts.ts'
import { isWithinTerritory } from '../reports/within-territory.ts'
import { type Act, judgementOf, placeOf } from './dashboard.ts'
import { decideShown } from './decide-shown.ts'

/** A café of another server with what may be hidden of its report. */
export type ReportedCafe = { cafe: Cafe; participants: number | undefined; parts: ReportPart[] }

/** Lists the cafés of a territory of which other servers have told, those told last first. */
export async function listReportedWithin(
  db: Database,
  { territory, limit }: { territory: Territory; limit: number },
): Promise<ReportedCafe[]> {
  const rows = await db
    .selectFrom('report')
    .innerJoin('cafe', 'cafe.id', 'report.cafe_id')
    .selectAll('cafe')
    .select('report.participants')
    .where('report.organization_id', 'is', null)
    .where('cafe.publication', '=', 'published')
    .where('cafe.hidden_reason', 'is', null)
    .where(isWithinTerritory('cafe', territory))
    .orderBy('report.updated_at', 'desc')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  return Promise.all(
    rows.map(async (row) => ({
      cafe: toCafe(row),
      participants: row.participants ?? undefined,
      parts: await listReportParts(db, row),
    })),
  )
}

/**
 * Hides the report of a café of another server, or some of its questions, or shows them again.
 * @returns False for a café outside of the territory, and where nothing of it was chosen.
 * @throws DomainError forbidden for what the team, or a referent of a wider territory, has hidden.
 */
export const moderateReport = (
  db: OpenDatabase,
  act: Act,
  { cafeId, addresses, shown }: { cafeId: string; addresses: readonly string[]; shown: boolean },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe?.peerId || !isWithin(act.territory, placeOf(cafe))) return false
    const parts = await listReportParts(trx, cafe)
    const chosen = parts.filter(({ address }) => addresses.includes(address))
    for (const { kind, address: uri } of chosen)
      await decideShown(trx, { kind, uri, shown, ...judgementOf(act) }, now)
    return chosen.length > 0
  })
