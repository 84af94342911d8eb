import { lookup as systemLookup } from 'node:dns/promises'

/** Names are answered within milliseconds; who is silent for so long will not answer a visitor either. */
const PATIENCE_MS = 4000

export type NameLookup = 'found' | 'unknown' | 'unanswered'

/**
 * Whether this machine finds the address of a host, as the programs on it would.
 * @param host as in a URL: a name, an IPv4 address, or an IPv6 address in brackets.
 * @param lookup how names are asked for; the system's own unless told.
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
