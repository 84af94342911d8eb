import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../node/context.ts'
import {
  type Facilitator,
  isShownTo,
  visibleTo,
} from '../../node/domain/facilitators/facilitator.ts'
import { findFollowingOf } from '../../node/store/directory/followings.ts'
import { findGoneAt } from '../../node/store/facilitators/erasures.ts'
import { findOwnFacilitator } from '../../node/store/facilitators/facilitators.ts'
import { findMediaUse } from '../../node/store/facilitators/media-use.ts'
import {
  listFacilitatorActors,
  listJoinedDirectories,
  listLedCafes,
  listOwnPublished,
} from '../../node/store/facilitators/recipients.ts'
import { findFacilitatorPage } from '../../node/store/facilitators/visible-profiles.ts'
import { readMediaFile } from '../../node/store/files/media-storage.ts'
import { findAsker } from '../gate/signed-reader.ts'
import { ACTIVITY_STREAMS } from '../wire/context.ts'
import { toFacilitatorProfile } from '../wire/profile.ts'
import { facilitatorActorUri } from '../wire/uris.ts'

/**
 * The profiles of the people who lead our cafés, as programs read them. What is for structures only is given to a
 * directory that this site has joined and that signs its request; everybody else gets the answer for a profile that
 * does not exist.
 */

type Tools = {
  wantsActivity: (c: Pick<HonoContext, 'req'>) => boolean
  activity: (body: string, status?: number) => Response
}

/**
 * Mounts what other servers read of the people who lead cafés: their profiles, the list of them, and their accounts.
 * What is answered depends on who signed the request.
 */
export function facilitatorActorRoutes(context: Context, { wantsActivity, activity }: Tools): Hono {
  const { db, config, now } = context
  const { origin } = config

  /**
   * Who asks. A directory that this site joined, or asked to join, reads the profiles of the people who agreed to be in
   * it, and no others.
   */
  async function readerOf(c: HonoContext): Promise<Reader> {
    const { pathname, search } = new URL(c.req.raw.url)
    const path = pathname + search
    const asker = await findAsker(context, {
      method: c.req.method,
      path,
      headers: c.req.raw.headers,
    })
    if (asker === undefined) return 'public'
    const directories = await listJoinedDirectories(db)
    if (directories.some(({ uri }) => uri === asker)) return { directory: asker }
    return (await findFollowingOf(db, asker))?.isJoin ? 'nobody' : 'public'
  }

  /** An answer that depends on who asks must not be cached on the way. */
  function answer(reader: Reader, body: string, status = 200): Response {
    const response = activity(body, status)
    response.headers.set('cache-control', 'private, no-store')
    if (reader === 'public') response.headers.set('vary', 'Accept, Signature')
    return response
  }

  return new Hono()
    .get('/media/:name', async (c, next) => {
      const reader = c.req.header('signature') ? await readerOf(c) : 'public'
      return (await portraitFor(context, c.req.param('name'), reader)) ?? next()
    })
    .get('/animation', async (c, next) => {
      c.header('vary', 'Accept')
      if (!wantsActivity(c)) return next()
      const reader = await readerOf(c)
      const items = (await listOwnPublished(db))
        .filter((facilitator) => isForReader(facilitator, reader, now()))
        .map(({ uri }) => uri)
      const collection = {
        '@context': ACTIVITY_STREAMS,
        id: facilitatorActorUri(origin),
        type: 'Collection',
        totalItems: items.length,
        items,
      }
      return answer(reader, JSON.stringify(collection))
    })
    .get('/animation/:handle', async (c, next) => {
      c.header('vary', 'Accept')
      if (!wantsActivity(c)) return next()
      const { handle } = c.req.param()
      const uri = `${facilitatorActorUri(origin)}/${handle}`
      const facilitator = await findOwnFacilitator(db, handle)
      const reader = await readerOf(c)
      if (!facilitator) return (await goneProfile(context, uri, activity)) ?? elsewhere(context, c)
      if (!isForReader(facilitator, reader, now())) return c.notFound()
      // The alias that the person chose redirects to the address that identifies the profile.
      if (facilitator.uri !== uri) return c.redirect(facilitator.uri, 303)
      const cafes = (await listLedCafes(db, facilitator.id, now())).map((cafe) => cafe.uri)
      const profile = toFacilitatorProfile(facilitator, {
        ...(typeof reader === 'object'
          ? { reader: 'network', directories: [reader.directory] }
          : { reader: 'public' }),
        origin,
        cafes,
        now: now(),
      })
      return profile ? answer(reader, JSON.stringify(profile)) : c.notFound()
    })
}

/** `nobody` is a directory that has not admitted this site yet, or that refused it. */
type Reader = 'public' | 'nobody' | { directory: string }

const isForReader = (facilitator: Facilitator, reader: Reader, now: Temporal.Instant): boolean => {
  if (typeof reader === 'string')
    return reader === 'public' && isShownTo(facilitator, 'public', now)
  const { host } = new URL(reader.directory)
  return facilitator.directories.includes(host) && isShownTo(facilitator, 'network', now)
}

/** Answers a directory that signs with a portrait that its profile shows to structures; undefined for anybody else. */
async function portraitFor(
  context: Context,
  name: string,
  reader: Reader,
): Promise<Response | undefined> {
  if (typeof reader === 'string') return undefined
  const { db, now } = context
  const profile = (await findMediaUse(db, name.slice(0, 32)))?.profile
  if (!profile || !isForReader(profile, reader, now())) return undefined
  if (!visibleTo(profile, 'network', now())?.photo) return undefined
  const bytes = await readMediaFile(context, name)
  return bytes && new Response(bytes, { headers: { 'cache-control': 'private, no-store' } })
}

/** Returns the Tombstone of a profile. It has no name: only the address is known to have been a person's. */
async function goneProfile(
  { db }: Context,
  uri: string,
  activity: Tools['activity'],
): Promise<Response | undefined> {
  const at = await findGoneAt(db, uri)
  return at && activity(tombstone(uri, 'Profile', at), 410)
}

const tombstone = (id: string, formerType: string, deleted: Temporal.Instant): string =>
  JSON.stringify({
    '@context': ACTIVITY_STREAMS,
    id,
    type: 'Tombstone',
    formerType,
    deleted: deleted.toString(),
  })

/** Answers for a person of another site whom this directory shows: the reader is sent to the person's own site. */
async function elsewhere({ db, now }: Context, c: HonoContext): Promise<Response> {
  const found = await findFacilitatorPage(db, c.req.param('handle') ?? '', now())
  if (found === 'erased') return c.body(null, 410)
  return found?.level === 'public' ? c.redirect(found.uri, 303) : c.notFound()
}

/** Answers 410 where a person's account was, and 404 where there never was one. */
export async function goneAccount(context: Context, c: HonoContext): Promise<Response> {
  const uri = `${context.config.origin}${new URL(c.req.raw.url).pathname}`
  const at = await findGoneAt(context.db, uri)
  if (!at) return c.notFound()
  return new Response(tombstone(uri, 'Person', at), {
    status: 410,
    headers: { 'content-type': 'application/activity+json; charset=utf-8' },
  })
}

/**
 * Returns the addresses of the people who lead one of our cafés and agree now to be shown to everybody. They are never
 * part of the café's own signed text.
 */
export async function listFacilitatorUris({ db, now }: Context, cafeId: string): Promise<string[]> {
  const leaders = await listFacilitatorActors(db, cafeId)
  return leaders
    .filter((facilitator) => isShownTo(facilitator, 'public', now()))
    .map(({ uri }) => uri)
}
