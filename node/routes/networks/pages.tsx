import { Hono, type Context as HonoContext } from 'hono'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { StructureNetworksPage } from '../../../ui/networks/list-page.tsx'
import { type ShownNetwork, StructureNetworkPage } from '../../../ui/networks/network-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { subjectOf } from '../../domain/agreements/agreement.ts'
import { type Network, networkFeedName } from '../../domain/structures/network.ts'
import { toStatisticsCsv } from '../../formats/csv/statistics.ts'
import { findDepartement } from '../../geo/territories.ts'
import { countAgreements, listAgreements } from '../../store/agreements/agreements.ts'
import { countNetworkCafes, listNetworkCounts } from '../../store/networks/cafes.ts'
import { findNetwork, findNetworkEnd, listNetworks } from '../../store/networks/networks.ts'
import { countStructures, listStructures } from '../../store/structures/structures.ts'
import { listNextCafes } from '../cafes/first-dates.ts'
import { languageOf } from '../http/language.ts'
import { readPage } from '../http/read-page.ts'
import { findSite } from '../http/site.ts'
import { describeCafesMap, findOthers } from '../search/results-map.ts'
import { toCard } from '../structures/territory-structures.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { listDirectoryPages } from './directory-pages.ts'
import { findNetworkMap, findNetworkStatistics } from './page-data.ts'

const NETWORKS_SHOWN = 50
const CAFES_SHOWN = 12
const MEMBERS_SHOWN = 24
const TEXT_MAX = 200

/**
 * The networks to which structures belong. A place shows its own; a directory shows all, with their cafés, map and
 * figures.
 */
export const structureNetworkRoutes = (context: Context) => {
  const { db, now, isDirectory } = context
  return new Hono<WebEnv>()
    .get(paths.structureNetworks, async (c) => {
      const page = readPage(c.req.query('page'))
      const found = await listNetworks(db, {
        limit: NETWORKS_SHOWN + 1,
        offset: (page - 1) * NETWORKS_SHOWN,
      })
      if (found.length === 0 && page > 1) return await c.notFound()
      const networks = found.slice(0, NETWORKS_SHOWN)
      return c.html(
        <StructureNetworksPage
          site={await findSite(context, c)}
          networks={
            await Promise.all(
              networks.map(async (network) => ({
                ...network,
                toCome: await countNetworkCafes(db, network.slug, now()),
              })),
            )
          }
          nextHref={
            found.length > NETWORKS_SHOWN
              ? `${paths.structureNetworks}?page=${page + 1}`
              : undefined
          }
          signedIn={(await findAdmin(c, context)) !== undefined}
        />,
      )
    })
    .get(`${paths.structureNetworks}/:slug`, async (c) => {
      const network = await findNetwork(db, { slug: c.req.param('slug') })
      if (!network) return answerMissing(context, c)
      return isDirectory ? directoryPage(context, c, network) : ownPage(context, c, network)
    })
    .get(`${paths.structureNetworks}/:slug/chiffres.csv`, async (c) => {
      const network = await findNetwork(db, { slug: c.req.param('slug') })
      if (!network) return c.notFound()
      const nameOf = (code: string) => findDepartement(code)?.name ?? code
      const counts = await listNetworkCounts(db, network.slug, now())
      return c.body(toStatisticsCsv(counts, nameOf), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': `attachment; filename="chiffres-${network.slug}.csv"`,
        'Access-Control-Allow-Origin': '*',
      })
    })
}

/** Answers 410 for a network that was closed, 404 for one that never existed. */
async function answerMissing(context: Context, c: HonoContext<WebEnv>): Promise<Response> {
  if (!(await findNetworkEnd(context.db, c.req.param('slug') ?? ''))) return await c.notFound()
  const site = await findSite(context, c)
  const { closed, list } = messagesFor(site.lang).structureNetworks
  const back = { href: paths.structureNetworks, label: list.title }
  return c.html(<NoticePage site={site} {...closed} back={back} />, 410)
}

const toShown = (network: Network): ShownNetwork => ({
  ...network,
  isOurs: network.peerId === undefined,
})

async function directoryPage(context: Context, c: HonoContext<WebEnv>, network: Network) {
  const { db, now, config } = context
  const { slug, uri } = network
  const after = (c.req.query('apres') ?? '').slice(0, TEXT_MAX) || undefined
  const query = { from: now(), network: slug }
  const [cafes, members, memberTotal, statistics] = await Promise.all([
    listNextCafes(db, { ...query, limit: CAFES_SHOWN }),
    listStructures(db, { network: uri, now: now(), limit: MEMBERS_SHOWN, after }),
    countStructures(db, { network: uri }),
    findNetworkStatistics(context, network),
  ])
  const t = messagesFor(languageOf(c))
  const name = networkFeedName(slug)
  const listed = cafes.cafes
  const others = await findOthers(db, query, {
    ...{ isWhole: !cafes.hasMore, lang: languageOf(c) },
  })
  return c.html(
    <StructureNetworkPage
      site={await findSite(context, c)}
      network={toShown(network)}
      memberTotal={memberTotal}
      toCome={statistics.toCome}
      hasMore={cafes.hasMore}
      cafes={listed}
      cafesMap={describeCafesMap({}, listed, others)}
      members={{ cards: members.items.map(toCard) }}
      nextHref={
        members.next &&
        `${paths.structureNetwork(slug)}?${new URLSearchParams({ apres: members.next })}#structures`
      }
      statistics={statistics}
      map={await findNetworkMap(context, { network, statistics, t })}
      feed={{ name, handle: `@${name}@${new URL(config.origin).host}` }}
      now={now()}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

/** The page of a network at the place that declared it: its structures by name, and the cafés that are known here. */
async function ownPage(context: Context, c: HonoContext<WebEnv>, network: Network) {
  const { db, now } = context
  const { slug, uri } = network
  const after = (c.req.query('apres') ?? '').slice(0, TEXT_MAX)
  const query = { from: now(), network: slug }
  const members = { kind: 'member-of', objectUri: uri } as const
  const page = await listAgreements(db, members, { after, state: 'in-force' })
  const cafes = await listNextCafes(db, { ...query, limit: CAFES_SHOWN })
  const listed = cafes.cafes
  const others = await findOthers(db, query, {
    ...{ isWhole: !cafes.hasMore, lang: languageOf(c) },
  })
  return c.html(
    <StructureNetworkPage
      site={await findSite(context, c)}
      network={toShown(network)}
      memberTotal={await countAgreements(db, members, 'in-force')}
      toCome={await countNetworkCafes(db, slug, now())}
      hasMore={false}
      cafes={listed}
      cafesMap={describeCafesMap({}, listed, others)}
      members={{
        links: page.items.map(subjectOf).map(({ name, url }) => ({ href: url, label: name })),
        directories: await listDirectoryPages(db),
      }}
      nextHref={
        page.next &&
        `${paths.structureNetwork(slug)}?${new URLSearchParams({ apres: page.next })}#structures`
      }
      statistics={undefined}
      map={undefined}
      feed={undefined}
      now={now()}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}
