import type { Messages } from '../locales/messages.ts'

/** A territory as its page names it. */
export type ShownTerritory = {
  /** The code: `r-53`, `35`, `e-243500139`, `c-35238`. */
  code: string
  kind: keyof Messages['territory']['children']
  /** The name for display: `Ille-et-Vilaine (35)`. */
  label: string
}
