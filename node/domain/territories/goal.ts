import type { RecentCount } from './statistics.ts'

/**
 * What the Government has announced: « toucher 2 millions de personnes d’ici 2027 ». It is read here as participations
 * by the end of that year, since nobody counts persons.
 */
export const GOAL = {
  participations: 2_000_000,
  until: Temporal.PlainDate.from('2027-12-31'),
} as const

/**
 * What the Conseil national du numérique wrote of the first year, when nobody counted here: more than 10,000 people,
 * more than one café a day, four of five outside Paris.
 */
export const BASELINE = {
  written: Temporal.PlainDate.from('2025-05-23'),
  source:
    'https://cnnumerique.fr/annonce/cafe-ia-une-dynamique-citoyenne-inedite-en-pleine-expansion',
} as const

export type Pace = {
  /** The share of the goal that was declared, from 0. */
  share: number
  /** Participations a day of the cafés of the last thirty days. */
  current: number
  /** The days that are left, today included; 0 once the goal’s last day is over. */
  daysLeft: number
  /** The participations a day that would still reach the goal, rounded up; undefined when it is reached, or too late. */
  needed: number | undefined
}

/** Compares what was declared with the goal, on a day of France. */
export function paceTo(
  { participations, recent }: { participations: number; recent: RecentCount },
  today: Temporal.PlainDate,
): Pace {
  const days = today.until(GOAL.until, { largestUnit: 'days' }).days + 1
  const left = GOAL.participations - participations
  const counted = recent.from.until(recent.until, { largestUnit: 'days' }).days + 1
  return {
    share: participations / GOAL.participations,
    current: recent.participations / counted,
    daysLeft: Math.max(0, days),
    needed: left > 0 && days > 0 ? Math.ceil(left / days) : undefined,
  }
}
