import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { StructuresPage, type StructuresPageProps } from '../../../ui/structures/list-page.tsx'
import { StructurePage } from '../../../ui/structures/structure-page.tsx'
import type { Context } from '../../context.ts'
import { isKind } from '../../domain/values/structure-kinds.ts'
import { findCommune } from '../../geo/communes.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { parentsOf } from '../../geo/territory-family.ts'
import { listHeldCafesOf } from '../../store/cafes/past-cafes.ts'
import { findPeer } from '../../store/directory/peers.ts'
import { listNetworksOf } from '../../store/networks/networks.ts'
import { isOwnSlug } from '../../store/structures/organizations.ts'
import {
  countStructures,
  findStructure,
  listKindsInUse,
  listStructures,
  type Structure,
} from '../../store/structures/structures.ts'
import { toListed } from '../cafes/cards.ts'
import { listNextCafes } from '../cafes/first-dates.ts'
import { findSite } from '../http/site.ts'
import { labelOfTerritory, linkTo } from '../http/territory-links.ts'
import { describeCafesMap, describeStructuresMap, findOthers } from '../search/results-map.ts'
import { readTerritoryText } from '../search/territory-input.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findHelpNearby } from './help-nearby.ts'
import { toCard } from './territory-structures.ts'

const PAGE_SIZE = 30
const CAFES_SHOWN = 30
const PAST_SHOWN = 10
const TEXT_MAX = 100

type Values = StructuresPageProps['values']

/** The structures that announce cafés: the list, and the page of each. */
export const structureRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get(paths.structures, (c) => listPage(context, c))
    .get(`${paths.structures}/:id`, async (c) => {
      const structure = await findStructure(context.db, { id: c.req.param('id') })
      return structure ? structurePage(context, c, structure) : c.notFound()
    })

/** The page of a structure of a place is the place's own page. */
export const ownStructureRoutes = ({ db }: Pick<Context, 'db'>) =>
  new Hono().get(`${paths.structures}/:slug`, async (c) => {
    const isOwn = await isOwnSlug(db, c.req.param('slug'))
    return isOwn ? c.redirect(paths.home, 301) : c.notFound()
  })

async function listPage(context: Context, c: HonoContext<WebEnv>) {
  const { db, now } = context
  const text = (name: string) => (c.req.query(name) ?? '').trim().slice(0, TEXT_MAX)
  const type = text('type')
  const values: Values = {
    q: text('q'),
    type: isKind(type) ? type : '',
    territoire: text('territoire'),
  }
  const { territory, choices } = readTerritory(values)
  const query = {
    words: values.q,
    kinds: isKind(values.type) ? [values.type] : undefined,
    territory,
  }
  const after = text('apres') || undefined
  const [site, page, total, kinds] = await Promise.all([
    findSite(context, c),
    listStructures(db, { ...query, now: now(), limit: PAGE_SIZE, after }),
    countStructures(db, query),
    listKindsInUse(db),
  ])
  return c.html(
    <StructuresPage
      site={site}
      values={territory ? { ...values, territoire: labelOfTerritory(territory) } : values}
      structures={page.items.map(toCard)}
      map={describeStructuresMap({ area: territory }, page.items)}
      total={total}
      nextHref={page.next && hrefOf(values, page.next)}
      continued={after !== undefined}
      kinds={kinds}
      territory={territory && labelOfTerritory(territory)}
      choices={choices.length > 1 ? choices : undefined}
      isUnknown={values.territoire !== '' && !territory && choices.length === 0}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

function hrefOf(values: Values, after?: string): string {
  const asked = Object.entries({ ...values, apres: after ?? '' }).filter(
    ([, value]) => value !== '',
  )
  return asked.length === 0 ? paths.structures : `${paths.structures}?${new URLSearchParams(asked)}`
}

function readTerritory(values: Values): {
  territory: Territory | undefined
  choices: { href: string; label: string }[]
} {
  const { territory, choices } = readTerritoryText(values.territoire)
  return {
    territory,
    choices: choices.map((one) => ({
      href: hrefOf({ ...values, territoire: one.code }),
      label: labelOfTerritory(one),
    })),
  }
}

async function structurePage(context: Context, c: HonoContext<WebEnv>, structure: Structure) {
  const { db, now } = context
  const admin = await findAdmin(c, context)
  const query = { from: now(), organizer: structure.uri, limit: CAFES_SHOWN }
  const [site, cafes, past, peer, networks] = await Promise.all([
    findSite(context, c),
    listNextCafes(db, query),
    listHeldCafesOf(db, { organizerUri: structure.uri, now: now(), limit: PAST_SHOWN }),
    structure.peerId === undefined ? undefined : findPeer(db, structure.peerId),
    listNetworksOf(db, { structureUri: structure.uri, isOurs: false }),
  ])
  const listed = cafes.cafes
  const isWhole = !cafes.hasMore
  const others = await findOthers(db, query, { isWhole, lang: site.lang })
  return c.html(
    <StructurePage
      site={site}
      structure={structure}
      cafes={listed}
      hasMore={cafes.hasMore}
      map={describeCafesMap({}, listed, others)}
      past={await toListed(db, past)}
      territories={territoriesOf(structure)}
      help={findHelpNearby(structure.address ?? {})}
      networks={networks.map(({ slug, name }) => ({
        href: paths.structureNetwork(slug),
        label: name,
      }))}
      source={peer}
      now={now()}
      signedIn={admin !== undefined}
      mayHide={admin?.role === 'administrator'}
    />,
  )
}

/** Returns the territories in which it is, narrowest first. */
function territoriesOf({ address }: Structure) {
  const commune = findCommune(address?.codeInsee ?? '')
  const own = commune && findTerritory(`c-${commune.codeInsee}`)
  if (!own) return []
  return [own, ...parentsOf(own).toReversed()].map((territory) => linkTo(territory, 0))
}
