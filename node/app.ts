import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import type { Federation } from '../federation/federation.ts'
import { createFormerAddresses, type FormerAddresses } from '../federation/moves/former-address.ts'
import { federationRoutes } from '../federation/routes.ts'
import type { Context } from './context.ts'
import { prepareTables } from './geo/prepare.ts'
import { VERSION } from './program/version.ts'
import { addressesOf } from './routes/addresses.ts'
import { refuse } from './routes/api/problems.ts'
import { registryScriptRoutes } from './routes/data/verify.tsx'
import { pageAbove } from './routes/http/form-address.ts'
import { healthRoutes } from './routes/http/health.ts'
import { languageMiddleware } from './routes/http/language.ts'
import { addressOf, borrowerOf, refuseOddPaths, secureHeaders } from './routes/http/middleware.ts'
import { open } from './routes/http/needs.ts'
import { createPageCache, type PageCache } from './routes/http/page-cache.ts'
import { themeRoutes } from './routes/http/theme.ts'
import { assetRoutes } from './routes/site/assets.ts'
import { refuseWhileClosed } from './routes/site/closed-pages.ts'
import { type LogFailure, onError, onNotFound, refuseBusy } from './routes/site/errors.tsx'
import { welcomeRoutes } from './routes/structures/welcome.tsx'
import { sendRefusal } from './sockets/body-pace.ts'
import { answerInOrder } from './sockets/connection-order.ts'
import { createUnderWay } from './sockets/under-way.ts'
import { createVisitorLine } from './sockets/visitor-line.ts'
import { borrowFor, markMade } from './turns/memory.ts'
import { giveWay } from './turns/turns.ts'

/**
 * The maximum number of bytes of pages kept in memory, all of one minute: a place has few pages, and runs on small
 * machines.
 */
const PAGE_BYTES = { node: 8 * 1024 ** 2, hub: 32 * 1024 ** 2 }

/** About how many bytes a page takes while it is made. A form takes what arrives of it, which its route limits. */
const PAGE_ESTIMATE = 256 * 1024

export type App = {
  /** Answers one request of Node's server. */
  answer: RequestListener
  /** Makes the first page once, so that its code is ready for the first visitor, who may come with a crowd. */
  makeFirstPage: () => Promise<void>
  /** See `UnderWay`. */
  ended: () => Promise<void>
}

/** Makes the whole site as a handler for Node's server: what guards it, the protocol, and the pages. */
export function createApp(context: Context, federation: Federation, logFailure: LogFailure): App {
  const pages = createPageCache(context, PAGE_BYTES[context.config.role])
  const former = createFormerAddresses(context, federation.services)
  const site = createSite(context, federation, { logFailure, pages, former })
  const fetch = async (request: Request, env: HttpBindings | Http2Bindings) => {
    const response = await site.fetch(request, env)
    const length = Number(response.headers.get('content-length') ?? Number.NaN)
    // The server speaks HTTP/1.1 only.
    markMade(env.outgoing as ServerResponse, Number.isNaN(length) ? undefined : length)
    return response
  }
  const answer = getRequestListener(fetch, { hostname: context.config.host })
  const byOf = (incoming: IncomingMessage) => borrowerOf(addressOf(incoming, context.config))
  const line = createVisitorLine((incoming) => byOf(incoming).near)
  const underWay = createUnderWay()
  return {
    answer: answerInOrder(async (incoming, outgoing) => {
      if (!former.isFormer(incoming.headers.host) && pages.send(incoming, outgoing)) return
      const begin = (near?: string) =>
        underWay.begin(
          async () => {
            await answer(incoming, outgoing)
            markMade(outgoing, outgoing.socket?.writableLength ?? 0)
          },
          outgoing,
          near,
        )
      if (hasNoLine(incoming)) return begin()
      const by = byOf(incoming)
      if (isRead(incoming) && !(await borrowFor(outgoing, 'page', PAGE_ESTIMATE, by)))
        return sendRefusal(outgoing, refuseBusy(incoming, context.config))
      line(incoming, () => begin(by.near))
    }),
    makeFirstPage: async () => {
      await former.isLoaded
      const page = await site.fetch(new Request(`${context.config.origin}/`))
      await page.arrayBuffer()
    },
    ended: underWay.ended,
  }
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

/** The inboxes, as `federationRoutes` has them. */
const INBOX = /^\/(?:actors\/[^/?]{1,200}\/)?inbox$/

/**
 * Returns whether a request begins at once: one that asks how the server is, and a message of another server, for which
 * the gate has a line of its own.
 */
const hasNoLine = ({ method, url = '' }: IncomingMessage): boolean =>
  /^\/(?:healthz|metrics)$/.test(url) || (method === 'POST' && INBOX.test(url))

/**
 * Makes Hono's router with every address of the site.
 *
 * @internal
 */
export function createSite(
  context: Context,
  federation: Federation,
  {
    logFailure,
    pages,
    former = createFormerAddresses(context, federation.services),
  }: { logFailure: LogFailure; pages: PageCache; former?: FormerAddresses },
) {
  const root = new Hono()
  const app = root
    .use(former.answer)
    .use(pages.make)
    .use(secureHeaders(context.config))
    .use(languageMiddleware)
    .use(refuseOddPaths((c) => refuse(c, context.config, { type: 'malformed-address' })))
    .route('/', open(healthRoutes(context)))
    .route('/public', open(themeRoutes(context)))
    .route('/public', open(registryScriptRoutes(context)))
    .route('/public', open(assetRoutes()))
    .notFound((c) => leadFromForm(root, c) ?? onNotFound(context)(c))
    .onError(onError(context, logFailure))
  if (!context.config.originChosen) return app.route('/', open(welcomeRoutes(context)))

  return app
    .use(refuseWhileClosed(context))
    .route(
      '/',
      open(
        open(
          federationRoutes(context, federation, { version: VERSION, addressOf: who(context) }),
          'signature',
          'POST',
        ),
      ),
    )
    .use(makeTablesFirst(context))
    .route('/', addressesOf(context))
}

/**
 * The addresses of pages and files of a place that need the tables: searches around a place, and what lists territories.
 * Nearly all pages of a directory do.
 */
const NEEDS_TABLES = /[?&](?:ou|near|territo\w+)=|\/(?:territo|sitemap|carte)/

/** Just after a start the tables of communes are made in several turns of the event loop before the page is. */
const makeTablesFirst =
  (context: Context): MiddlewareHandler =>
  async (c, next) => {
    if (context.isDirectory || NEEDS_TABLES.test(c.req.url)) await prepareTables(giveWay, context)
    return next()
  }

/** Redirects from the address of a form to its page. It is for browsers only: the inbox and the API are no forms. */
function leadFromForm(app: Hono, c: HonoContext): Response | undefined {
  if (!['GET', 'HEAD'].includes(c.req.method) || !c.req.header('accept')?.includes('text/html'))
    return undefined
  const above = pageAbove(app, c.req.path)
  return above === undefined ? undefined : c.redirect(above + new URL(c.req.url).search, 303)
}

const who = (context: Context) => (c: HonoContext) => addressOf(c.env?.incoming, context.config)
