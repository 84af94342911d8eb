import { LRUCache } from 'lru-cache'
import type { Egress, RestingHosts } from '../services.ts'
import { EgressError } from './egress-error.ts'

const REMEMBERED = 5_000
const FIRST_SECONDS = 10
const MOST_SECONDS = 3600
/** Failures older than this no longer lengthen the next rest. */
const FORGOTTEN_SECONDS = 24 * 3600

/**
 * Remembers which hosts did not answer, in the memory of this process. Such a host rests for 10 seconds, then for three
 * times as long after each further failure, at most an hour; an answer ends it.
 */
export function createRestingHosts(now: () => Temporal.Instant): RestingHosts {
  const news = new LRUCache<string, { at: Temporal.Instant; failures: number }>({ max: REMEMBERED })

  function until(host: string, mostSeconds = MOST_SECONDS): Temporal.Instant | undefined {
    const last = news.get(host)
    if (!last || last.failures === 0) return undefined
    const seconds = Math.min(FIRST_SECONDS * 3 ** (last.failures - 1), mostSeconds)
    const end = last.at.add({ seconds })
    return Temporal.Instant.compare(now(), end) < 0 ? end : undefined
  }

  /**
   * Calls to one host that run at the same time fail together and count as one failure. A call that began before the
   * host last answered does not count.
   */
  function failed(host: string, begun: Temporal.Instant): void {
    const last = news.get(host)
    if (last && Temporal.Instant.compare(begun, last.at) < 0) return
    const isFresh = last && last.at.until(now()).total('seconds') < FORGOTTEN_SECONDS
    news.set(host, { at: now(), failures: (isFresh ? last.failures : 0) + 1 })
  }

  const isFailing = (host: string): boolean => (news.get(host)?.failures ?? 0) > 0

  return {
    until,
    isFailing,
    failed,
    answered: (host) => news.set(host, { at: now(), failures: 0 }),
  }
}

/** Makes the same `Egress`, whose requests to a resting host fail at once. */
export const withoutResting = (egress: Egress, hosts: RestingHosts): Egress => ({
  ...egress,
  get: async (url, options) => egress.get(awake(url, hosts), options),
  getJson: async (url, options) => egress.getJson(awake(url, hosts), options),
})

function awake(url: string | URL, hosts: RestingHosts): string | URL {
  const host = URL.canParse(url) ? new URL(url).host : ''
  if (hosts.until(host)) throw new EgressError('timeout', `${host} did not answer a moment ago`)
  return url
}
