import type { GroupCount } from '../../node/domain/territories/statistics.ts'
import { paths } from '../paths.ts'

/** Which cafés a figure counts, by the names of the address's parameters; empty where nothing narrows them. */
export type CountedValues = {
  /** `1` for those of which their team told. */
  bilan: string
  /** `1` for the first café of each commune. */
  premiers: string
  /** `1` for those that were cancelled, which no other figure counts. */
  annules: string
  /** Instead those that everybody is invited to: `tous` were held or are to come, `places` too, at a place, `a-venir`. */
  annonces: string
  /** The month from which on, such as `2026-11`. */
  depuis: string
  /** A month, such as `2026-11`. */
  mois: string
  /** The first and the last day, such as `2026-11-01`; together or not at all. */
  du: string
  au: string
  /** The code of a territory, `r-53` or `35`. */
  territoire: string
  /** `75`: the cafés at a place outside Paris. */
  hors: string
  type: string
  format: string
  /** The slug of a network. */
  reseau: string
}

export const ANNOUNCED = ['tous', 'places', 'a-venir'] as const

/** Returns the address of the cafés that a figure counts. */
export function countedHref(values: Partial<CountedValues> & { curseur?: string } = {}): string {
  const asked = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''))
  return asked.size === 0 ? paths.countedCafes : `${paths.countedCafes}?${asked}`
}

/** Returns what asks for the cafés of a group: a format by its text, others by their key. */
export const askForGroup = ({
  grouping,
  key,
  label,
}: Pick<GroupCount, 'grouping' | 'key' | 'label'>): Partial<CountedValues> => ({
  [grouping]: grouping === 'format' ? label : key,
})
