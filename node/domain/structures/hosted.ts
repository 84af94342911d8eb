import { isReservedName } from './reserved-names.ts'

/**
 * A hosted structure is one for which this site publishes beside the structure whose name it bears. Its slug is in the
 * address of its page, and is the name of its account: `@mediatheque-de-bruz@cafes.example`.
 */

/** The slug of the structure whose name a site bears, which is the name of its account. */
export const SITE_SLUG = 'cafes'

const SLUG_MIN = 3
/** The most characters of a slug. */
export const SLUG_MAX = 40

/** The maximum number of characters of the reason for which a structure is suspended. */
export const SUSPENSION_REASON_MAX = 500

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** What is wrong with a slug that was typed. */
export type SlugProblem = 'not_a_slug' | 'not_free'

/** Returns what is wrong with a slug; undefined when nothing is. Whether another account has it is not checked. */
export function findSlugProblem(slug: string): SlugProblem | undefined {
  if (slug.length < SLUG_MIN || slug.length > SLUG_MAX || !SLUG.test(slug)) return 'not_a_slug'
  return isReservedName(slug) ? 'not_free' : undefined
}

/** The characters of a name that are read for its slug: accents of many characters take time. */
const READ_MAX = 200

/** Returns the slug that a name suggests: « Médiathèque de Bruz » gives `mediatheque-de-bruz`. It may be taken. */
export function toSlug(name: string): string {
  const plain = name
    .slice(0, READ_MAX)
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
  const words = plain.split(/[^a-z0-9]+/).filter(Boolean)
  const slug = words.join('-').slice(0, SLUG_MAX).replace(/-$/, '')
  return slug.length < SLUG_MIN ? `${slug || 'structure'}-ia`.slice(0, SLUG_MAX) : slug
}

/** Why a hosted structure is suspended, and since when. */
export type Suspension = { at: Temporal.Instant; reason: string }

/** What becomes of what a structure published, when it closes. */
export const CLOSED_PASTS = ['kept', 'gone'] as const
export type ClosedPast = (typeof CLOSED_PASTS)[number]

/** Since when a structure is closed, and whether what it published stays. */
export type ClosedSince = { at: Temporal.Instant; past: ClosedPast }

/** The states of a hosted structure, by which a list is filtered. */
export type HostedState = 'all' | 'open' | 'suspended'
