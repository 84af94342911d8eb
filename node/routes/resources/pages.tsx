import { Hono, type Context as HonoContext } from 'hono'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { ResourcesPage } from '../../../ui/resources/list-page.tsx'
import { ResourcePage } from '../../../ui/resources/resource-page.tsx'
import type { Context } from '../../context.ts'
import { findTombstone } from '../../store/directory/deletions.ts'
import { listResourceThemes } from '../../store/resources/resource-themes.ts'
import { countResources, findResource, listResources } from '../../store/resources/resources.ts'
import { countUses, listUsingCafes } from '../../store/resources/used-resources.ts'
import { readPage } from '../http/read-page.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { readResourceQuery } from './resource-query.ts'

const SHOWN = 24
const SOON_SHOWN = 6
const PAST_SHOWN = 12
/** Nobody turns so many pages; who wants all asks the API. */
const LAST_PAGE = 100

/** What one can lead a café with: a list, and a page for each. */
export const resourceRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get(paths.resources, (c) => showList(context, c))
    .get(paths.resource(':slug'), (c) => showOne(context, c))

type Asked = HonoContext<WebEnv>

async function showList(context: Context, c: Asked) {
  const { db, now } = context
  const { values, query } = readResourceQuery((name) => c.req.query(name))
  const page = Math.min(readPage(c.req.query('page')), LAST_PAGE)
  const found = await listResources(db, { ...query, limit: SHOWN + 1, offset: (page - 1) * SHOWN })
  const shown = found.slice(0, SHOWN)
  const uses = await countUses(
    db,
    shown.map(({ uri }) => uri),
    now(),
  )
  return c.html(
    <ResourcesPage
      site={await findSite(context, c)}
      {...{ values, page }}
      total={await countResources(db, query)}
      resources={shown.map((one) => ({ ...one, uses: uses.get(one.uri) ?? 0 }))}
      hasMore={found.length > SHOWN && page < LAST_PAGE}
      themes={await listResourceThemes(db)}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

async function showOne(context: Context, c: Asked) {
  const { db, now } = context
  const resource = await findResource(db, { slug: c.req.param('slug') ?? '' })
  if (!resource) return answerMissing(context, c)
  const uses = await countUses(db, [resource.uri], now())
  const admin = await findAdmin(c, context)
  return c.html(
    <ResourcePage
      site={await findSite(context, c)}
      resource={{ ...resource, uses: uses.get(resource.uri) ?? 0 }}
      soon={await listUsingCafes(db, { uri: resource.uri, is: 'soon', limit: SOON_SHOWN }, now())}
      past={await listUsingCafes(db, { uri: resource.uri, is: 'past', limit: PAST_SHOWN }, now())}
      signedIn={admin !== undefined}
      mayHide={admin?.role === 'administrator'}
    />,
  )
}

/** Answers 410 for a resource of ours that was withdrawn, 404 for one that never was here. */
async function answerMissing(context: Context, c: Asked): Promise<Response> {
  const uri = context.config.origin + paths.resource(c.req.param('slug') ?? '')
  if (!(await findTombstone(context.db, uri, 'resource'))) return await c.notFound()
  const site = await findSite(context, c)
  const { page, title } = messagesFor(site.lang).resources
  const back = { href: paths.resources, label: title }
  return c.html(<NoticePage site={site} {...page.gone} back={back} />, 410)
}
