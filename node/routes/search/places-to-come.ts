import type { Context } from '../../context.ts'
import type { Database } from '../../store/database/database.ts'
import { countPlacesToCome } from '../../store/territories/departement-counts.ts'
import type { Counts } from './map-search.ts'

const COUNTS_LAST_S = 60

type Known = { counts: Promise<Counts>; until: Temporal.Instant }

/** What was counted last for each site. */
const known = new WeakMap<Database, Known>()

/** Counts where cafés are to come, at most once a minute, however many readers there are. */
export function findPlacesToCome({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Counts> {
  const last = known.get(db)
  if (last && Temporal.Instant.compare(now(), last.until) < 0) return last.counts
  const counts = countPlacesToCome(db, now()).then(({ counts: all, towns }) => ({
    towns,
    placeless: all.get(undefined) ?? 0,
    counts: new Map([...all].flatMap(([code, total]) => (code ? [[code, total] as const] : []))),
  }))
  known.set(db, { counts, until: now().add({ seconds: COUNTS_LAST_S }) })
  counts.catch(() => known.delete(db))
  return counts
}
