import type { CafeContent } from '../cafes/cafe.ts'
import type { Address } from '../structures/structure-profile.ts'
import type { Kind } from '../values/structure-kinds.ts'

/** A café of a site that is no member: read for one page, and kept nowhere. */
export type RequesterCafe = Pick<CafeContent, 'title' | 'startsAt' | 'timezone' | 'openTo'> & {
  url: string
  commune: string | undefined
  /** It asks for money. */
  hasPrice: boolean
}

/** What a site that asks to be in a directory says of itself. `silent`: it does not answer as one of this network does. */
export type RequesterAnswer =
  | { outcome: 'silent' }
  | {
      outcome: 'found'
      kind: Kind | undefined
      address: Address | undefined
      phone: string | undefined
      website: string | undefined
      /** The next five; undefined where their list could not be read. */
      cafes: RequesterCafe[] | undefined
    }
