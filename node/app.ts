import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono, type Context as HonoContext } from 'hono'
import type { Federation } from '../federation/federation.ts'
import { federationRoutes } from '../federation/routes.ts'
import type { Context } from './context.ts'
import { agendaRoutes } from './routes/agenda.ts'
import { alertRoutes } from './routes/alerts.tsx'
import { apiRoutes } from './routes/api/api.ts'
import { apiPageRoutes } from './routes/api-page.tsx'
import { assetRoutes } from './routes/assets.ts'
import { cafeRoutes } from './routes/cafes.tsx'
import { confirmationLinkRoutes } from './routes/confirmation-link.tsx'
import { crawlerRoutes } from './routes/crawlers.ts'
import { demandRoutes } from './routes/demands.tsx'
import { deskRoutes } from './routes/desk-routes.ts'
import { embedRoutes } from './routes/embed.tsx'
import { type LogFailure, onError, onNotFound } from './routes/errors.tsx'
import { exportRoutes } from './routes/export.ts'
import { facilitatorRoutes } from './routes/facilitators.tsx'
import { figureRoutes } from './routes/figures.tsx'
import { followRoutes } from './routes/follow.tsx'
import { pageAbove } from './routes/form-address.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.tsx'
import { speakLanguage } from './routes/language.ts'
import { legalRoutes } from './routes/legal.tsx'
import { letterRoutes } from './routes/letter.tsx'
import { mapRoutes } from './routes/map.tsx'
import { mediaRoutes } from './routes/media.ts'
import { addressOf, refuseOddPaths, secureHeaders } from './routes/middleware.ts'
import { networkDashboardRoutes } from './routes/network-dashboard.tsx'
import { openDataRoutes } from './routes/open-data.tsx'
import { organiseRoutes } from './routes/organise.tsx'
import { ownFacilitatorRoutes } from './routes/own-facilitator.tsx'
import { createPageCache, type PageCache } from './routes/page-cache.ts'
import { peopleRoutes } from './routes/people.tsx'
import { referentRoutes } from './routes/referents.tsx'
import { searchRoutes } from './routes/search.tsx'
import { signInRoutes } from './routes/sign-in.tsx'
import { siteMapRoutes } from './routes/site-map.tsx'
import { structureNetworkRoutes } from './routes/structure-networks.tsx'
import { ownStructureRoutes, structureRoutes } from './routes/structures.tsx'
import { territoryRoutes } from './routes/territories.tsx'
import { territoryDeskRoutes } from './routes/territory-desk.tsx'
import { themeRoutes } from './routes/theme.ts'
import { registryScriptRoutes, verifyRoutes } from './routes/verify.tsx'
import { welcomeRoutes } from './routes/welcome.tsx'
import { VERSION } from './version.ts'

/** What pages kept in memory may take: a place has few, and runs on small machines. */
const PAGE_BYTES = { node: 16 * 1024 ** 2, hub: 64 * 1024 ** 2 }

/** The whole site behind a server of Node's: what guards it, what speaks the protocol, what people see. */
export function createApp(
  context: Context,
  federation: Federation,
  logFailure: LogFailure,
): RequestListener {
  const pages = createPageCache(context, PAGE_BYTES[context.config.role])
  const site = createSite(context, federation, { logFailure, pages })
  const answer = getRequestListener(site.fetch, { hostname: context.config.host })
  return (incoming, outgoing) => pages.send(incoming, outgoing) || answer(incoming, outgoing)
}

/** Every address and what answers there, by Hono's router. */
export function createSite(
  context: Context,
  federation: Federation,
  { logFailure, pages }: { logFailure: LogFailure; pages: PageCache },
) {
  const root = new Hono()
  const app = root
    .use(pages.make)
    .use(secureHeaders(context.config))
    .use(speakLanguage)
    .use(refuseOddPaths)
    .route('/', healthRoutes(context))
    .route('/public', themeRoutes(context))
    .route('/public', registryScriptRoutes(context))
    .route('/public', assetRoutes())
    .notFound((c) => leadFromForm(root, c) ?? onNotFound(context)(c))
    .onError(onError(context, logFailure))
  if (!context.config.originChosen) return app.route('/', welcomeRoutes(context))

  return app
    .route(
      '/',
      federationRoutes(context, federation, { version: VERSION, addressOf: who(context) }),
    )
    .route('/api/v1', apiRoutes(context))
    .route('/export', exportRoutes(context))
    .route('/administration/confirmation', confirmationLinkRoutes(context))
    .route('/administration', signInRoutes(context))
    .route('/administration/territoire', territoryDeskRoutes(context))
    .route('/administration/tableau-de-bord', networkDashboardRoutes(context))
    .route('/administration', deskRoutes(context))
    .route('/cafes', cafeRoutes(context))
    .route('/media', mediaRoutes(context))
    .route('/', agendaRoutes(context))
    .route('/', followRoutes(context))
    .route('/', siteMapRoutes(context))
    .route('/', crawlerRoutes(context))
    .route('/', apiPageRoutes(context))
    .route('/', openDataRoutes(context))
    .route('/', embedRoutes(context))
    .route('/', verifyRoutes(context))
    .route('/', legalRoutes(context))
    .route('/', structureNetworkRoutes(context))
    .route('/', ownPages(context))
}

/** Browsers only: the inbox and the API are no forms. */
function leadFromForm(app: Hono, c: HonoContext): Response | undefined {
  if (!['GET', 'HEAD'].includes(c.req.method) || !c.req.header('accept')?.includes('text/html'))
    return undefined
  const above = pageAbove(app, c.req.path)
  return above === undefined ? undefined : c.redirect(above + new URL(c.req.url).search, 303)
}

/** Where a place and a directory differ. */
const ownPages = (context: Context): Hono =>
  context.config.role === 'hub'
    ? new Hono()
        .route('/', searchRoutes(context))
        .route('/', mapRoutes(context))
        .route('/', figureRoutes(context))
        .route('/', territoryRoutes(context))
        .route('/', referentRoutes(context))
        .route('/', structureRoutes(context))
        .route('/', organiseRoutes(context))
        .route('/', alertRoutes(context))
        .route('/', demandRoutes(context))
        .route('/', letterRoutes(context))
        .route('/', peopleRoutes(context))
        .route('/', ownFacilitatorRoutes(context))
        .route('/', facilitatorRoutes(context))
    : new Hono()
        .route('/', homeRoutes(context))
        .route('/', ownStructureRoutes(context))
        .route('/', ownFacilitatorRoutes(context))
        .route('/', facilitatorRoutes(context))

const who = (context: Context) => (c: HonoContext) => addressOf(c.env?.incoming, context.config)
