import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import type { Context } from '../../node/context.ts'
import { listFormerOrigins } from '../../node/store/moves/moves.ts'
import { findOwnActor, toActorJson } from '../actors/actors.ts'
import { activity } from '../actors/answers.ts'
import { findWebFinger } from '../actors/discovery.ts'
import type { Services } from '../services.ts'
import { ACTOR_CONTEXT } from '../wire/context.ts'
import type { Json } from '../wire/json.ts'
import { actorUri } from '../wire/uris.ts'
import { toFormerKeys } from './former-keys.ts'

export type FormerAddresses = {
  /** Resolves once the addresses are known; a site that never moved has none. */
  isLoaded: Promise<void>
  /** Returns whether this is the `Host` of an address that the site had before. */
  isFormer: (host: string | undefined) => boolean
  /** Answers a request to such an address; any other goes on. */
  answer: MiddlewareHandler
}

/** Makes what answers at the addresses that this site had before it moved. */
export function createFormerAddresses(
  context: Context,
  services: Pick<Services, 'keyRing'>,
): FormerAddresses {
  const sites = new Map<string, Hono>()
  const isLoaded = listFormerOrigins(context.db).then((origins) => {
    for (const from of origins)
      sites.set(new URL(from).host, formerAddressRoutes(context, services, from))
  })
  return {
    isLoaded,
    isFormer: (host) => host !== undefined && sites.has(host),
    answer: async (c, next) => {
      await isLoaded
      const site = sites.get(c.req.header('host') ?? '')
      return site ? site.fetch(c.req.raw) : next()
    },
  }
}

/**
 * What an address answers that this site had before: its accounts are still there and say where they went (`movedTo`),
 * so that the message about the move can be verified; everything else leads to the same address at the new place.
 */
function formerAddressRoutes(
  context: Context,
  { keyRing }: Pick<Services, 'keyRing'>,
  from: string,
): Hono {
  const { origin } = context.config
  const former: Context = { ...context, config: { ...context.config, origin: from } }
  const sendActor = async (c: HonoContext) => {
    const identifier = c.req.param('identifier') ?? ''
    const actor = await findOwnActor(former, identifier)
    if (!actor) return toNewAddress(c, origin)
    const keys = toFormerKeys(await keyRing.keysOf(identifier), { origin, from })
    const { '@context': _, ...document } = toActorJson(actor, keys, from)
    const moved: Json = {
      '@context': [ACTOR_CONTEXT, MOVED_CONTEXT].flat(),
      ...document,
      url: `${origin}${actor.path ?? '/'}`,
      movedTo: actorUri(origin, identifier),
    }
    return activity(JSON.stringify(moved))
  }
  return (
    new Hono()
      .get('/actors/:identifier', sendActor)
      .get('/actors/:identifier/keys/:name', sendActor)
      .get('/.well-known/webfinger', async (c) => {
        const descriptor = await findWebFinger(former, c.req.query('resource') ?? '')
        if (!descriptor) return c.text('no such account', 404)
        return c.json(descriptor, 200, { 'content-type': 'application/jrd+json; charset=utf-8' })
      })
      // Nobody reads there any more, and whoever sends there is to forget the inbox.
      .post('/inbox', (c) => c.body(null, 410))
      .post('/actors/:identifier/inbox', (c) => c.body(null, 410))
      .all('*', (c) => toNewAddress(c, origin))
  )
}

/** `movedTo` as Mastodon and others read it; the context of ActivityStreams does not define it. */
const MOVED_CONTEXT = { movedTo: { '@id': 'as:movedTo', '@type': '@id' } }

/** Leads to the same path at the new address, for good; 308 keeps the method of a form (RFC 9110 §15.4.9). */
function toNewAddress(c: HonoContext, origin: string): Response {
  const { pathname, search } = new URL(c.req.url)
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  return c.redirect(`${origin}${pathname}${search}`, isRead ? 301 : 308)
}
