import type { Context, FetchedFile, FollowPage, Remote, Validators } from '../../node/context.ts'
import type { Refusal } from '../../node/domain/values/refusal.ts'
import { findAsker } from '../gate/signed-reader.ts'
import { EgressError } from '../remote/egress.ts'
import { toRefusal } from '../remote/failure-reason.ts'
import { LookUpError } from '../remote/look-up.ts'
import { lookUpNetwork, lookUpStructure } from '../remote/look-up-network.ts'
import { findFollowPage } from '../remote/remote-follow.ts'
import { withoutResting } from '../remote/resting-hosts.ts'
import type { Services } from '../services.ts'
import { findRemoteFacilitators } from './facilitator-search.ts'

const MAX_CALENDAR = 5 * 1024 * 1024

/** What a page may ask of the network, through the only door out. */
export const createRemote = (
  context: Pick<Context, 'db' | 'config' | 'now'>,
  services: Pick<Services, 'egress' | 'sign' | 'signQuestion' | 'hosts'>,
): Remote => ({
  findNetwork: (address) =>
    orRefusal('networks.no_such_network', () => lookUpNetwork(services, address)),
  findStructure: (address) =>
    orRefusal('networks.no_such_structure', () => lookUpStructure(services, address)),
  findAsker: (request) => findAsker(context, request),
  findRemoteFacilitators: (question) => findRemoteFacilitators(context, services, question),
  fetchCalendar: (url) => fetchCalendar(services, url),
  refetchCalendar: (url, known) => refetchCalendar(services, url, known),
  async findFollowPage(request): Promise<FollowPage> {
    try {
      return await findFollowPage(withoutResting(services.egress, services.hosts), request)
    } catch (error) {
      if (error instanceof EgressError && error.status !== undefined && error.status < 500)
        return { outcome: 'refused', reason: 'follow.unknown_account' }
      return refuse(error)
    }
  },
})

/** @throws the error itself where it says nothing of whom was asked. */
function refuse(error: unknown): { outcome: 'refused'; reason: Refusal } {
  const reason = toRefusal(error)
  if (reason === undefined) throw error
  return { outcome: 'refused', reason }
}

/** What does not answer as one of ours would is `nothing`; why a server cannot be asked is said. */
async function orRefusal<T>(
  nothing: Refusal,
  ask: () => Promise<T>,
): Promise<T | { outcome: 'refused'; reason: Refusal }> {
  try {
    return await ask()
  } catch (error) {
    const isOther = error instanceof EgressError && /^(?:content_type|status)$/.test(error.code)
    if (error instanceof LookUpError || isOther) return { outcome: 'refused', reason: nothing }
    return refuse(error)
  }
}

/** What a conditional request says (RFC 9110 §13.1): If-None-Match, If-Modified-Since. */
const conditionsOf = (known: Validators | undefined): Record<string, string> => ({
  ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
  ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
})

/** A validator that is kept and sent back: of printable characters, and not longer than one is. */
const short = (value: string | undefined): string | undefined =>
  value !== undefined && /^[\x20-\x7e]{1,250}$/.test(value) ? value : undefined

/** Retry-After in seconds (RFC 9110 §10.2.3); a date is not read. */
const readRetryAfter = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined

async function fetchCalendar(
  services: Pick<Services, 'egress'>,
  url: string,
): Promise<FetchedFile> {
  const answer = await refetchCalendar(services, url, undefined)
  // Nothing was asked that could be answered so.
  if (answer.outcome === 'unchanged') return { outcome: 'refused', reason: 'remote.unexpected' }
  return answer
}

async function refetchCalendar(
  { egress }: Pick<Services, 'egress'>,
  url: string,
  known: Validators | undefined,
): Promise<FetchedFile | { outcome: 'unchanged' }> {
  try {
    const answer = await egress.get(url.replace(/^webcals?:/i, 'https:'), {
      accept: 'text/calendar, text/csv;q=0.9, application/json;q=0.8, */*;q=0.1',
      maxBytes: MAX_CALENDAR,
      headers: conditionsOf(known),
    })
    const { status, headers } = answer
    if (status === 304 && known) return { outcome: 'unchanged' }
    if (status !== 200) {
      const reason = { key: 'remote.status_code', params: { status } } as const
      return { outcome: 'refused', reason, retryAfter: readRetryAfter(headers['retry-after']) }
    }
    const validators = { etag: short(headers.etag), lastModified: short(headers['last-modified']) }
    const contentType = headers['content-type'] ?? ''
    return { outcome: 'fetched', bytes: answer.bytes, contentType, validators }
  } catch (error) {
    return refuse(error)
  }
}
