import type { Context as HonoContext } from 'hono'
import { SITE_STATE_NAMES, type SitesProps } from '../../../ui/directory/sites.tsx'
import type { Context } from '../../context.ts'
import { type Arrival, listArrivalGroups } from '../../domain/federation/arrivals.ts'
import { pageByDomain } from '../../domain/federation/domain-page.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import type { Database } from '../../store/database/database.ts'
import { sourceOf } from '../../store/database/quota-domain.ts'
import { listHostArrivals } from '../../store/directory/known-hosts.ts'
import { listJoiningAdvice } from '../../store/referents/dashboard.ts'
import { countSites, findSitePage, listSites } from '../../store/structures/sites.ts'
import { readListQuery } from '../http/read-page.ts'
import { nameOfCode } from '../http/territory-links.ts'
import { readTerritoryText } from '../search/territory-input.ts'

/** How many sites are on one page of the list. */
const PAGE_SIZE = 25

/** Reads the domain to which the lists of what waits are narrowed by `?domaine=`. */
export const readDomainOf = (c: HonoContext): string | undefined =>
  c.req.query('domaine')?.slice(0, 300) || undefined

/**
 * Finds what the list of sites shows for an address: `?q=&etat=&page=`. Without a state, it is the requests while any
 * waits, else the members.
 */
export async function findSites(c: HonoContext, { db, now }: Context): Promise<SitesProps> {
  const counts = await countSites(db)
  const { page, ...query } = readListQuery(
    c,
    SITE_STATE_NAMES,
    counts.requested > 0 ? 'requested' : 'members',
  )
  const asked = { ...query, territory: readTerritoryText(query.words).territory }
  if (query.state !== 'requested') {
    const found = await findSitePage(db, { ...asked, page, size: PAGE_SIZE, now: now() })
    return { query, counts, found, requests: undefined, groups: [], advice: [] }
  }
  const waiting = await listSites(db, asked)
  const domainOf = ({ host }: { host: string }) => sourceOf(host)
  return {
    ...{ query, counts },
    found: { rows: [], total: waiting.length, page: 1, pages: 1 },
    requests: pageByDomain(waiting, { domainOf, page, domain: readDomainOf(c) }),
    groups: listArrivalGroups(await toArrivals(db, waiting)),
    advice: (await listJoiningAdvice(db)).map((one) => ({
      ...one,
      territory: nameOfCode(one.territory),
    })),
  }
}

const EVERYBODY = { state: 'requested', words: '', territory: undefined } as const

/** Lists the sites that ask to join, by where they come from and when. */
export const listJoinArrivals = async (db: Database): Promise<Arrival[]> =>
  toArrivals(db, await listSites(db, EVERYBODY))

const toArrivals = (db: Database, peers: readonly Peer[]): Promise<Arrival[]> =>
  listHostArrivals(
    db,
    peers.map(({ id, membership: version, host, requestedAt: at }) => ({ id, version, host, at })),
  )
