import { Hono, type Context as HonoContext } from 'hono'
import { NetworkDashboardPage, NetworkDashboardsPage } from '../../ui/network-dashboard.tsx'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { toStructuresCsv } from '../formats/structures-csv.ts'
import { listManagedNetworks } from '../store/network-managers.ts'
import { countCafes, searchCafes } from '../store/search.ts'
import { countStructures, type ListedStructure, listStructures } from '../store/structures.ts'
import { findSignedIn, type WebEnv } from './access.ts'
import { findNetworkFigures } from './find-network.ts'
import { toListed } from './listed-cafes.ts'
import { findSite } from './site.ts'
import { toCard } from './territory-structures.ts'

const MEMBERS_SHOWN = 50
const CAFES_SHOWN = 12

/** What whoever looks after a network sees. There is nothing to send here: all of it is read. */
export function networkDashboardRoutes(context: Context) {
  const { db, now } = context

  async function findAccess(c: HonoContext) {
    const person = await findSignedIn(c, context)
    if (!person) return undefined
    return { ...person, networks: await listManagedNetworks(db, person.account.id) }
  }

  async function* allMembers(uri: string): AsyncGenerator<ListedStructure> {
    let after: string | undefined
    do {
      const page = await listStructures(db, { network: uri, now: now(), limit: 500, after })
      yield* page.items
      after = page.next
    } while (after !== undefined)
  }

  return new Hono<WebEnv>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      await next()
    })
    .get('/', async (c) => {
      const access = await findAccess(c)
      if (!access) return c.redirect(`${paths.signIn}?retour=${paths.dashboards}`)
      const [only] = access.networks
      if (!only) return c.notFound()
      if (access.networks.length === 1) return c.redirect(paths.dashboard(only.slug))
      return c.html(<NetworkDashboardsPage site={await findSite(context, c)} {...access} />)
    })
    .get('/:slug', async (c) => {
      const access = await findAccess(c)
      if (!access) return c.redirect(`${paths.signIn}?retour=${paths.dashboards}`)
      const network = access.networks.find(({ slug }) => slug === c.req.param('slug'))
      if (!network) return c.notFound()
      const { slug, uri } = network
      const after = c.req.query('apres')
      const query = { from: now(), network: slug }
      const [members, memberTotal, cafes, toCome, figures] = await Promise.all([
        listStructures(db, { network: uri, now: now(), limit: MEMBERS_SHOWN, after }),
        countStructures(db, { network: uri }),
        searchCafes(db, { ...query, limit: CAFES_SHOWN }),
        countCafes(db, query),
        findNetworkFigures(context, network),
      ])
      return c.html(
        <NetworkDashboardPage
          site={await findSite(context, c)}
          csrf={access.csrf}
          networks={access.networks}
          network={network}
          members={members.items.map((one) => ({ ...toCard(one), lastWordAt: one.lastWordAt }))}
          memberTotal={memberTotal}
          nextHref={
            members.next &&
            `${paths.dashboard(slug)}?${new URLSearchParams({ apres: members.next })}#structures`
          }
          cafes={await toListed(db, cafes.items)}
          toCome={toCome}
          figures={figures}
          now={now()}
        />,
      )
    })
    .get('/:slug/structures.csv', async (c) => {
      const access = await findAccess(c)
      const network = access?.networks.find(({ slug }) => slug === c.req.param('slug'))
      if (!network) return c.notFound()
      const members = await Array.fromAsync(allMembers(network.uri))
      const rows = members.map(({ address, ...one }) => ({
        ...one,
        streetAddress: address?.streetAddress,
        postalCode: address?.postalCode,
        commune: address?.commune,
        codeInsee: address?.codeInsee,
        departement: address?.departement,
      }))
      return c.body(toStructuresCsv(rows), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': `attachment; filename="structures-${network.slug}.csv"`,
      })
    })
}
