import { z } from 'zod'
import { toLabel } from '../territories/territory-feed.ts'
import { type Problem, toProblemCode } from '../values/problem.ts'
import { isWebAddress } from '../values/web-address.ts'

/**
 * A network of structures under one head (La Poste, a federation of libraries). A structure belongs to it by
 * an agreement, `member-of`.
 */
export type Network = {
  id: string
  /** The address of its page where it was declared, which identifies it everywhere. */
  uri: string
  /** Its name in addresses here; another server may give it another. */
  slug: string
  name: string
  /** Plain text, one paragraph per line. */
  presentation: string
  website: string | undefined
  /** The actor that speaks for it: the `instance` of its server. */
  actorUri: string
  /** The structure whose network it is; undefined when it comes from another server. */
  organizationId: string | undefined
  /** The server that it comes from; undefined when it is ours. */
  peerId: string | undefined
  /** When its description was last changed, as its server says. */
  updatedAt: Temporal.Instant
}

export const NETWORK_NAME_MAX = 100
export const NETWORK_PRESENTATION_MAX = 1_000

const NetworkInput = z.object({
  name: z.string('required').trim().min(1, 'required').max(NETWORK_NAME_MAX, 'too_long'),
  presentation: z.string('invalid').trim().max(NETWORK_PRESENTATION_MAX, 'too_long'),
  website: z
    .string('invalid')
    .trim()
    .max(500, 'too_long')
    .transform((value) => value || undefined)
    .refine((value) => value === undefined || isWebAddress(value), 'not_an_url'),
})

export type NetworkDescription = z.infer<typeof NetworkInput>

const LIMITS: Record<string, number> = {
  name: NETWORK_NAME_MAX,
  presentation: NETWORK_PRESENTATION_MAX,
  website: 500,
}

/** Parses what the administration's form says about a network, or returns what is wrong with it. */
export function parseNetwork(
  form: unknown,
): { network: NetworkDescription } | { problems: Problem[] } {
  const parsed = NetworkInput.safeParse(form)
  if (parsed.success) return { network: parsed.data }
  return {
    problems: parsed.error.issues.map(({ path, message }) => {
      const field = String(path[0])
      const code = toProblemCode(message)
      return { field, code, ...(code === 'too_long' && { detail: String(LIMITS[field]) }) }
    }),
  }
}

/** Returns the slug of a name, e.g. `federation-des-mediatheques`, no longer than the name of an account may be. */
export const slugOf = (name: string): string =>
  toLabel(name).slice(0, 40).replace(/-$/, '') || 'reseau'

/** Returns the name of the account that announces the cafés of a network, by its slug here. */
export const networkFeedName = (slug: string): string => `reseau-${slug}`
