import { Hono, type Context as HonoContext } from 'hono'
import { NetworkDashboardPage, NetworkDashboardsPage } from '../../../ui/networks/dashboard.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { subjectOf } from '../../domain/agreements/agreement.ts'
import type { Network } from '../../domain/structures/network.ts'
import { type StructureRow, toStructuresCsv } from '../../formats/csv/structures.ts'
import { countAgreements, listAgreements } from '../../store/agreements/agreements.ts'
import { listAnswersSince } from '../../store/agreements/invitation-answers.ts'
import {
  findAnswersReadAt,
  listManagedNetworks,
  saveAnswersReadAt,
} from '../../store/networks/managers.ts'
import { searchCafes } from '../../store/search/search.ts'
import {
  countStructures,
  type ListedStructure,
  listStructures,
} from '../../store/structures/structures.ts'
import { toListed } from '../cafes/cards.ts'
import { languageOf } from '../http/language.ts'
import { declareGate } from '../http/needs.ts'
import { findSite } from '../http/site.ts'
import { toCard } from '../structures/territory-structures.ts'
import {
  findSignedIn,
  type SignedIn,
  type SignedInEnv,
  signedInGate,
} from '../workspaces/access.ts'
import { listOtherWorkspaces } from '../workspaces/other-workspaces.ts'
import { listDirectoryPages } from './directory-pages.ts'
import { findNetworkStatistics } from './page-data.ts'

const MEMBERS_SHOWN = 50
const CAFES_SHOWN = 12

/** Who is signed in, with the networks that they manage; behind the gate of one, that network. */
type DashboardEnv = {
  Bindings: SignedInEnv['Bindings']
  Variables: SignedInEnv['Variables'] & { access: Access; network: Network }
}

type Access = SignedIn & {
  networks: Network[]
  workspaces: Awaited<ReturnType<typeof listOtherWorkspaces>>
}

/** The dashboard of a network for its managers, who can only read it. */
export const networkDashboardRoutes = (context: Context) =>
  new Hono<DashboardEnv>()
    .use(needsSession(context))
    .use('/:slug/*', needsManager)
    .get('/', (c) => showDashboards(context, c))
    .get('/:slug', (c) => showDashboard(context, c))
    .post('/:slug/reponses-lues', signedInGate(context), (c) => readAnswers(context, c))
    .get('/:slug/structures.csv', (c) => sendStructures(context, c))

type Asked = HonoContext<DashboardEnv>

async function showDashboards(context: Context, c: Asked) {
  const { access } = c.var
  const [only] = access.networks
  if (!only) return c.notFound()
  if (access.networks.length === 1) return c.redirect(paths.dashboard(only.slug))
  return c.html(<NetworkDashboardsPage site={await findSite(context, c)} {...access} />)
}

async function showDashboard(context: Context, c: Asked) {
  const { db, now } = context
  const { access, network } = c.var
  const after = c.req.query('apres')
  const { known, memberTotal, next } = context.isDirectory
    ? await readDirectory(context, network, after)
    : await readPlace(context, network, after)
  const since = await findAnswersReadAt(db, accessOf(c))
  return c.html(
    <NetworkDashboardPage
      answers={await listAnswersSince(db, { networkUri: network.uri, since })}
      site={await findSite(context, c)}
      csrf={access.csrf}
      networks={access.networks}
      workspaces={access.workspaces}
      {...{ network, known, memberTotal }}
      nextHref={
        next &&
        `${paths.dashboard(network.slug)}?${new URLSearchParams({ apres: next })}#structures`
      }
      now={now()}
    />,
  )
}

async function readAnswers({ db, now }: Context, c: Asked) {
  await saveAnswersReadAt(db, accessOf(c), now())
  return c.redirect(paths.dashboard(c.var.network.slug), 303)
}

const accessOf = ({ var: { access, network } }: Asked) => ({
  networkId: network.id,
  accountId: access.account.id,
})

async function sendStructures(context: Context, c: Asked) {
  const { network } = c.var
  const rows = await Array.fromAsync(allMembers(context, network.uri))
  return c.body(toStructuresCsv(rows), 200, {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="structures-${network.slug}.csv"`,
  })
}

async function findAccess(context: Context, c: HonoContext): Promise<Access | undefined> {
  const { db } = context
  const person = await findSignedIn(c, context)
  if (!person) return undefined
  const accountId = person.account.id
  return {
    ...person,
    networks: await listManagedNetworks(db, accountId),
    workspaces: await listOtherWorkspaces(context, {
      accountId,
      from: 'networks',
      lang: languageOf(c),
    }),
  }
}

/** Iterates over all members; a place knows only their names and sites. */
async function* allMembers(context: Context, uri: string): AsyncGenerator<StructureRow> {
  const { db, now } = context
  let after: string | undefined
  do {
    const page = context.isDirectory
      ? await listStructures(db, { network: uri, now: now(), limit: 500, after })
      : await listAgreements(db, membersOf(uri), { state: 'in-force', after })
    yield* page.items.map((one) => ('subjectUri' in one ? subjectOf(one) : toRow(one)))
    after = page.next
  } while (after !== undefined)
}

async function readDirectory(context: Context, { slug, uri }: Network, after: string | undefined) {
  const { db, now } = context
  const [members, memberTotal, cafes, statistics] = await Promise.all([
    listStructures(db, { network: uri, now: now(), limit: MEMBERS_SHOWN, after }),
    countStructures(db, { network: uri }),
    searchCafes(db, { from: now(), network: slug, limit: CAFES_SHOWN, isBrief: true }),
    findNetworkStatistics(context, { slug }),
  ])
  const known = {
    members: members.items.map((one) => ({ ...toCard(one), lastWordAt: one.lastWordAt })),
    cafes: await toListed(db, cafes.items),
    hasMore: cafes.next !== undefined,
    statistics,
  }
  return { known, memberTotal, next: members.next }
}

async function readPlace({ db }: Context, { uri }: Network, after: string | undefined) {
  const members = await listAgreements(db, membersOf(uri), { state: 'in-force', after })
  const links = members.items.map(subjectOf).map(({ name, url }) => ({ href: url, label: name }))
  return {
    known: { links, directories: await listDirectoryPages(db) },
    memberTotal: await countAgreements(db, membersOf(uri), 'in-force'),
    next: members.next,
  }
}

const needsSession = (context: Context) =>
  declareGate<DashboardEnv>('signed-in', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const access = await findAccess(context, c)
    if (access) {
      c.set('access', access)
      return next()
    }
    // Who asks for a file gets no page in its place.
    if (c.req.path.endsWith('.csv')) return c.notFound()
    return c.redirect(`${paths.signIn}?retour=${paths.dashboards}`)
  })

/** Only the managers of the network in the address read its pages; to anybody else, it does not exist. */
const needsManager = declareGate<DashboardEnv>('manager', async (c, next) => {
  const { slug } = c.req.param() as { slug?: string }
  const network = c.var.access.networks.find((one) => one.slug === slug)
  if (!network) return c.notFound()
  c.set('network', network)
  return next()
})

const membersOf = (objectUri: string) => ({ kind: 'member-of', objectUri }) as const

const toRow = ({ address, ...structure }: ListedStructure): StructureRow => ({
  ...structure,
  ...address,
})
