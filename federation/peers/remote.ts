import type { Context, FollowPage, Remote } from '../../node/context.ts'
import type { Refusal } from '../../node/domain/values/refusal.ts'
import { findAsker } from '../gate/signed-reader.ts'
import { EgressError } from '../remote/egress-error.ts'
import { toRefusal } from '../remote/failure-reason.ts'
import { fetchSentPicture } from '../remote/fetch-picture.ts'
import { LookUpError } from '../remote/look-up.ts'
import { lookUpNetwork, lookUpStructure } from '../remote/look-up-network.ts'
import { findFollowPage } from '../remote/remote-follow.ts'
import { withoutResting } from '../remote/resting-hosts.ts'
import type { Services } from '../services.ts'
import { findDirectoryViews } from './ask-directories.ts'
import { findRemoteFacilitators } from './facilitator-search.ts'
import { fetchCalendar, fetchCalendarAgain } from './fetch-calendar.ts'
import { findRequester } from './find-requester.ts'

/** Makes the functions that a page may use to ask the network; all requests leave through `egress`. */
export const createRemote = (
  context: Pick<Context, 'db' | 'config' | 'now'>,
  services: Pick<Services, 'egress' | 'sign' | 'signQuestion' | 'hosts'>,
): Remote => ({
  isInnerAddress: (url) => services.egress.check(url) !== undefined,
  findNetwork: (address) =>
    orRefusal('networks.no_such_network', () => lookUpNetwork(services, address)),
  findStructure: (address) =>
    orRefusal('networks.no_such_structure', () => lookUpStructure(services, address)),
  findAsker: (request) => findAsker(context, request),
  findRemoteFacilitators: (question) => findRemoteFacilitators(context, services, question),
  findDirectoryViews: (cafe) => findDirectoryViews(context, services, cafe),
  findRequester: (origin) => findRequester(services, origin, context.now()),
  fetchCalendar: (url) => fetchCalendar(services, url),
  refetchCalendar: (url, known) => fetchCalendarAgain(services, url, known),
  // A thousand addresses of a server that does not answer are not waited for one after the other.
  fetchPicture: (url, maxBytes) =>
    fetchSentPicture({ egress: withoutResting(services.egress, services.hosts) }, url, maxBytes),
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

/**
 * Returns the refusal of an error.
 * @throws The error itself where it says nothing about the server that was asked.
 */
function refuse(error: unknown): { outcome: 'refused'; reason: Refusal } {
  const reason = toRefusal(error)
  if (reason === undefined) throw error
  return { outcome: 'refused', reason }
}

/** Returns `nothing` for an answer that is not like one of ours; the refusal says why a server cannot be asked. */
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
