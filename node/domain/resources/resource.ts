/**
 * A resource: something with which a team holds a café, described so that another team can hold it tomorrow. It is one
 * of ours, or another server's.
 */

export const RESOURCE_KINDS = [
  ...(['game', 'debate', 'workshop', 'discussion'] as const),
  ...(['module', 'guide', 'training', 'kit'] as const),
] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

export const RESOURCE_LEVELS = ['beginner', 'experienced'] as const
export type ResourceLevel = (typeof RESOURCE_LEVELS)[number]

/** For whom it is; with none chosen it is for everybody. */
export const RESOURCE_AUDIENCES = ['families', 'teens', 'seniors', 'professionals'] as const
export type ResourceAudience = (typeof RESOURCE_AUDIENCES)[number]

/** Licences by their SPDX names, the usual one first; all of them let others copy and pass on. */
export const RESOURCE_LICENCES = [
  ...(['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC-BY-NC-SA-4.0'] as const),
  ...(['CC0-1.0', 'etalab-2.0'] as const),
] as const
export type ResourceLicence = (typeof RESOURCE_LICENCES)[number]

/** The address of the text of each licence. */
export const LICENCE_PAGES: Record<ResourceLicence, string> = {
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/deed.fr',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/deed.fr',
  'CC-BY-NC-SA-4.0': 'https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr',
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/deed.fr',
  'etalab-2.0': 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
}

/** What one looks for: nothing known before, for teens, in a family, without a computer. */
export const RESOURCE_NEEDS = ['beginner', 'no-computer', 'teens', 'families'] as const
export type ResourceNeed = (typeof RESOURCE_NEEDS)[number]

export type ResourceContent = {
  title: string
  /** One sentence that says what happens. */
  summary: string
  kind: ResourceKind
  audiences: ResourceAudience[]
  /** How many people it is for; either may be missing. */
  groupMin: number | undefined
  groupMax: number | undefined
  /** How long it takes. */
  minutes: number | undefined
  /** What one must have ready, one thing each. */
  material: string[]
  needsComputer: boolean
  level: ResourceLevel
  /** A BCP 47 tag. */
  language: string
  licence: ResourceLicence
  /** Who wrote it, as its team says. */
  author: string
  themes: string[]
  /** How it goes; only of ours. */
  descriptionMarkdown: string | undefined
  /** The same as sanitised HTML. */
  descriptionHtml: string
  /** Where the rest of it is. */
  link: string | undefined
}

export type Resource = ResourceContent & {
  id: string
  /** The address of its page where it was made, which identifies it everywhere. */
  uri: string
  /** Its name in addresses here; another server may give it another. */
  slug: string
  /** The actor that signs it, and its name. */
  owner: { uri: string; name: string }
  /** The structure of ours that publishes it; undefined when it comes from another server. */
  organizationId: string | undefined
  /** The server that it comes from; undefined when it is ours. */
  peerId: string | undefined
  createdAt: Temporal.Instant
  /** When it was last changed, as its server says. */
  updatedAt: Temporal.Instant
}
