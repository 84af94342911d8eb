import type { Context, FetchedFile, FollowPage, Remote } from '../../node/context.ts'
import { findAsker } from '../gate/signed-reader.ts'
import { EgressError } from '../remote/egress.ts'
import { REASONS } from '../remote/failure-reason.ts'
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
  findNetwork: (address) => refusalText(() => lookUpNetwork(services, address)),
  findStructure: (address) => refusalText(() => lookUpStructure(services, address)),
  findAsker: (request) => findAsker(context, request),
  findRemoteFacilitators: (question) => findRemoteFacilitators(context, services, question),
  async fetchCalendar(url): Promise<FetchedFile> {
    try {
      const answer = await services.egress.get(url.replace(/^webcals?:/i, 'https:'), {
        accept: 'text/calendar, text/csv;q=0.9, */*;q=0.1',
        maxBytes: MAX_CALENDAR,
      })
      if (answer.status !== 200)
        return { outcome: 'refused', reason: `Le site a répondu par l’erreur ${answer.status}.` }
      const contentType = answer.headers['content-type'] ?? ''
      return { outcome: 'fetched', bytes: answer.bytes, contentType }
    } catch (error) {
      if (error instanceof EgressError) return { outcome: 'refused', reason: REASONS[error.code] }
      throw error
    }
  },
  async findFollowPage(request): Promise<FollowPage> {
    try {
      return await findFollowPage(withoutResting(services.egress, services.hosts), request)
    } catch (error) {
      if (error instanceof LookUpError) return { outcome: 'refused', reason: error.message }
      if (error instanceof EgressError && error.status !== undefined && error.status < 500)
        return { outcome: 'refused', reason: 'Ce site ne connaît pas ce compte.' }
      if (error instanceof EgressError) return { outcome: 'refused', reason: REASONS[error.code] }
      throw error
    }
  },
})

/** What does not answer as one of ours would is nothing that can be named; why a server cannot be asked is said. */
async function refusalText<T>(
  ask: () => Promise<T>,
): Promise<T | { outcome: 'refused'; reason: string | undefined }> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof LookUpError) return { outcome: 'refused', reason: undefined }
    if (!(error instanceof EgressError)) throw error
    const isOther = error.code === 'content_type' || error.code === 'status'
    return { outcome: 'refused', reason: isOther ? undefined : REASONS[error.code] }
  }
}
