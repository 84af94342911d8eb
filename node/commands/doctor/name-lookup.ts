import { Resolver, lookup as systemLookup } from 'node:dns/promises'

/** Names are resolved within milliseconds; a resolver that takes so long will not answer for a visitor either. */
const PATIENCE_MS = 4000

export type NameLookup = 'found' | 'unknown' | 'unanswered'

/**
 * Finds whether this machine resolves a host, as the programs on it would.
 * @param host - As in a URL: a name, an IPv4 address, or an IPv6 address in brackets.
 * @param lookup - The resolver; the system's own by default.
 */
export async function lookUpName(
  host: string,
  lookup: (name: string) => Promise<unknown> = systemLookup,
): Promise<NameLookup> {
  const { promise: late, resolve } = Promise.withResolvers<NameLookup>()
  const timer = setTimeout(() => resolve('unanswered'), PATIENCE_MS)
  const answer = lookup(host.replace(/^\[|\]$/g, '')).then(
    (): NameLookup => 'found',
    ({ code }: NodeJS.ErrnoException): NameLookup =>
      code === 'EAI_AGAIN' ? 'unanswered' : 'unknown',
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** What reads the texts of a name in DNS. */
export type TextResolver = Pick<Resolver, 'resolveTxt'>

/** Creates what asks the name servers of this machine, which its hosts file does not answer for. */
export const createTextResolver = (): TextResolver => new Resolver({ timeout: 2000, tries: 2 })
