import { type RawBuilder, sql } from 'kysely'
import type { Activity } from '../../domain/structures/certificate.ts'
import { isVisible } from '../cafes/visibility.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { joined, joinShownReport } from './reported-cafes.ts'

/** Whose cafés are counted: those that an organizer announced, or that a person said to have led. */
export type ActivityOf = { organizerUri: string } | { facilitatorId: string }

const isOf = (of: ActivityOf): RawBuilder<boolean> =>
  'organizerUri' in of
    ? sql<boolean>`cafe.organizer_uri = ${of.organizerUri}`
    : sql<boolean>`cafe.open_to = 'public' and (cafe.id in (select cafe_id from cafe_facilitator
          where facilitator_id = ${of.facilitatorId} and answer = 'yes')
        or cafe.uri in (select cafe_uri from facilitates where facilitator_id = ${of.facilitatorId}))`

type Row = { [fact in keyof Activity]: number } & { first_day: string | null }

/**
 * Counts what somebody has done, of the cafés that began up to a day, by the clock of their place.
 * @returns With the day of the first café; undefined where there is none.
 */
export async function findActivity(
  db: Database,
  { of, until, now }: { of: ActivityOf; until: Temporal.PlainDate; now: Temporal.Instant },
): Promise<(Activity & { from: Temporal.PlainDate }) | undefined> {
  const { rows } = await sql<Row>`
    select count(*) as held, count(report.participants) as reported,
      coalesce(sum(report.participants), 0) as participations,
      count(distinct cafe.code_insee) as communes,
      count(first_cafe.cafe_id) as firsts,
      count(distinct substr(cafe.wall_starts_at, 1, 7)) as months,
      min(substr(cafe.wall_starts_at, 1, 10)) as first_day
    from cafe ${joinShownReport} left join first_cafe on first_cafe.cafe_id = cafe.id
    where ${isOf(of)} and ${joined.tookPlace} and ${isVisible}
      and cafe.ends_at <= ${toInstantText(now)}
      and substr(cafe.wall_starts_at, 1, 10) <= ${until.toString()}`.execute(db)
  const [row] = rows
  if (!row?.first_day) return undefined
  return {
    ...{ held: Number(row.held), reported: Number(row.reported), months: Number(row.months) },
    ...{ participations: Number(row.participations), communes: Number(row.communes) },
    ...{ firsts: Number(row.firsts), from: Temporal.PlainDate.from(row.first_day) },
  }
}
