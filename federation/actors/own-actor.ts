import type { StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import type { Logo } from '../../node/domain/values/logo.ts'

/** An actor of this server, whether or not anybody follows it yet. */
export type OwnActor = {
  identifier: string
  /** The name by which people call it, where that is not the identifier. */
  username?: string | undefined
  type: 'Application' | 'Group' | 'Person'
  name: string
  summaryHtml: string
  /** Where to find the place, one row for each fact (Mastodon's profile fields). */
  facts: readonly { name: string; value: string }[]
  logo?: Logo | undefined
  /** The picture of a person, who has no logo. */
  picture?: { url: string; alt: string } | undefined
  /** The structure for which the actor speaks: its kind, website and address, which directories read. */
  structure?: Pick<StructureProfile, 'kind' | 'address' | 'website'> | undefined
  /** When what it says of the structure was last changed; undefined where its document is not signed now. */
  updatedAt?: Temporal.Instant | undefined
  /** Whether it publishes collections of places to follow at once. */
  listsPlaces?: boolean | undefined
  /** The addresses that it had before this site moved, the latest first. */
  formerUris?: readonly string[] | undefined
  /** The path of its page on this site, where that is not the home page. */
  path?: string | undefined
}
