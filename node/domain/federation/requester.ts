import type { CafeContent } from '../cafes/cafe.ts'
import type { Address } from '../structures/structure-profile.ts'
import type { Kind } from '../values/structure-kinds.ts'

/** A café of a site that is no member. It is read for one page and is stored nowhere. */
export type RequesterCafe = Pick<
  CafeContent,
  'title' | 'startsAt' | 'timezone' | 'openTo' | 'status'
> & {
  url: string
  commune: string | undefined
  /** Whether it asks for money. */
  hasPrice: boolean
}

/**
 * What a site that asks to be in a directory says of itself. `silent` means that it does not answer like a site of this
 * network.
 */
export type RequesterAnswer =
  | { outcome: 'silent' }
  | {
      outcome: 'found'
      kind: Kind | undefined
      address: Address | undefined
      phone: string | undefined
      website: string | undefined
      /** Its next five cafés; undefined where their list could not be read. */
      cafes: RequesterCafe[] | undefined
    }
