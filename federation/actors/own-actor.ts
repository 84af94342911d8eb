import type { StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import type { Logo } from '../../node/domain/values/logo.ts'

/** The actors that this server has, whether or not anyone follows them yet. */
export type OwnActor = {
  identifier: string
  /** By which people call it, where that is not the identifier. */
  username?: string | undefined
  type: 'Application' | 'Group' | 'Person'
  name: string
  summaryHtml: string
  /** Where to find the place, a row per fact (Mastodon's profile fields). */
  facts: readonly { name: string; value: string }[]
  logo?: Logo | undefined
  /** Of a person, who has no logo. */
  picture?: { url: string; alt: string } | undefined
  /** The one that it speaks for: what it is and where, for directories to read. */
  structure?: Pick<StructureProfile, 'kind' | 'address' | 'website'> | undefined
  /** Its page here, from the root of the site, when it is not the first. */
  path?: string | undefined
}
