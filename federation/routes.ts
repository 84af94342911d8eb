import { Hono, type Context as HonoContext, type Next } from 'hono'
import { etag } from 'hono/etag'
import type { Asked, Context } from '../node/context.ts'
import { totalCapacityOf } from '../node/domain/cafes/cafe.ts'
import { hasUnsettledWords } from '../node/store/backup/unsent-edits.ts'
import { findCafeDocument } from '../node/store/cafes/cafe-documents.ts'
import { findCafe } from '../node/store/cafes/cafes.ts'
import { findVenue } from '../node/store/cafes/venues.ts'
import { isBlocked as isBlockedHere } from '../node/store/directory/blocks.ts'
import { findTombstone, findTombstoneOfPage } from '../node/store/directory/deletions.ts'
import { findAnnounce } from '../node/store/feeds/outbox.ts'
import { findStamp } from '../node/store/feeds/stamps.ts'
import { findNetwork } from '../node/store/networks/networks.ts'
import { findActivity } from '../node/store/queues/activities.ts'
import { findDocument } from '../node/store/queues/documents.ts'
import { findResource } from '../node/store/resources/resources.ts'
import { findPublicCafe } from '../node/store/search/search.ts'
import { isSuspendedCafe } from '../node/store/structures/suspended.ts'
import { describeActor, findOwnActor, signedActorJson, toActorJson } from './actors/actors.ts'
import { agreementStatements } from './actors/agreements.ts'
import { activity, gone } from './actors/answers.ts'
import { attestationRoutes } from './actors/attestation-routes.ts'
import { COLLECTIONS, type CollectionName, collectionText } from './actors/collections.ts'
import { findWebFinger, nodeInfo, nodeInfoLinks } from './actors/discovery.ts'
import {
  facilitatorActorRoutes,
  goneAccount,
  listFacilitatorUris,
} from './actors/facilitator-routes.ts'
import { featuredCollectionsText, featuredCollectionText } from './actors/featured-collections.ts'
import { followerServersText } from './actors/follower-servers.ts'
import { findGiver } from './actors/givers.ts'
import { goneNetwork } from './actors/network-gone.ts'
import { findPageOfNote } from './actors/note-page.ts'
import { answerRestoration } from './actors/restoration.ts'
import type { Federation } from './federation.ts'
import { inboxHandler } from './gate/gate.ts'
import { planVisitOfAsker } from './gate/plan-visit-of-asker.ts'
import { findAsker } from './gate/signed-reader.ts'
import { announceActivity } from './wire/activities.ts'
import { stampJson } from './wire/consent.ts'
import { CONTEXT } from './wire/context.ts'
import { venueJson } from './wire/event.ts'
import { signedOrganization, toOrganizationDocument } from './wire/network.ts'
import {
  actorUri,
  announcesUri,
  fallbackNoteUri,
  INSTANCE,
  postAnnounceUri,
  postUri,
} from './wire/uris.ts'

/**
 * Mounts every protocol address of this server, before the pages: what is asked for as a page falls through to them.
 * Directories ask each hour whether an actor is still the same, hence its ETag.
 */
export function federationRoutes(
  context: Context,
  { services, gate }: Federation,
  { version, addressOf }: { version: string; addressOf: (c: HonoContext) => string },
): Hono {
  const { origin } = context.config
  const own: Own = { ...context, services, origin }
  const inbox = inboxHandler(gate, addressOf)
  return new Hono()
    .post('/inbox', inbox)
    .post('/actors/:identifier/inbox', inbox)
    .route('/attestations', attestationRoutes(context, services))
    .get('/.well-known/webfinger', (c) => sendWebFinger(own, c))
    .get('/.well-known/nodeinfo', () =>
      json(JSON.stringify(nodeInfoLinks(origin)), 'application/json'),
    )
    .get('/nodeinfo/2.1', async () =>
      json(JSON.stringify(await nodeInfo(context, version)), NODEINFO_TYPE),
    )
    .get('/actors/:identifier', etag(), (c) => sendActor(own, c))
    .get('/actors/:identifier/keys/:name', (c) => sendActorWithKey(own, c, c.req.param()))
    .get('/actors/:identifier{instance|cafes}/memberships', (c) => memberships(own, c))
    .get('/actors/instance/restoration', (c) => restoration(context, c))
    .get('/actors/cafes/follower-servers', (c) => sendFollowerServers(own, c))
    .get('/actors/:identifier/collections', async (c) => {
      const text = await featuredCollectionsText(own, c.req.param('identifier'))
      return text === undefined ? c.notFound() : activity(text)
    })
    .get('/actors/:identifier/collections/:part{[1-9][0-9]{0,2}}', (c) =>
      sendFeaturedCollection(own, c, c.req.param()),
    )
    .get('/actors/:identifier/:collection', (c) => sendCollection(own, c, c.req.param()))
    .get('/actors/:identifier/announces/:key', (c) => sendAnnounce(own, c, c.req.param()))
    .get('/activities/:id', (c) => sendActivity(own, c))
    .get('/notes/:id', (c) => sendNote(own, c))
    .get('/ressources/:slug', (c, next) => sendResource(own, c, next))
    .get('/cafes/:id/reports/:report', (c) => sendReport(own, c, c.req.param()))
    .get('/stamps/:id', (c) => sendStamp(own, c))
    .get('/lieux/:id', (c) => sendVenue(own, c))
    .route('/', facilitatorActorRoutes(context, { wantsActivity, activity }))
    .get('/cafes/:id', (c, next) => sendCafe(own, c, next))
    .get('/series/:id', (c, next) => sendGoneSeries(own, c, next))
    .get('/reseaux/:slug', (c, next) => sendNetwork(own, c, next))
    .get('/cafes/:id/:form{note|post}', (c) => sendFallbackNote(own, c, c.req.param()))
    .get('/cafes/:id/:collection{organizers|attendees|replies|facilitators}', (c) =>
      sendCafeCollection(own, c, c.req.param()),
    )
}

type Own = Context & { services: Federation['services']; origin: string }

async function sendWebFinger(context: Own, c: HonoContext) {
  const resource = c.req.query('resource')
  if (!resource) return c.text('resource is missing', 400)
  const descriptor = await findWebFinger(context, resource)
  if (!descriptor) return c.text('no such account', 404)
  return json(JSON.stringify(descriptor), 'application/jrd+json')
}

async function sendActor(context: Own, c: HonoContext) {
  const { services, origin } = context
  const actor = await findOwnActor(context, c.req.param('identifier') ?? '')
  if (!actor) return (await goneNetwork(context, c)) ?? goneAccount(context, c)
  if (!wantsActivity(c)) return c.redirect(actor.path ?? '/', 303)
  if (actor.identifier === INSTANCE) await planVisitOfAsker(context, askedOf(c))
  const keys = await services.keyRing.keysOf(actor.identifier)
  const described = await describeActor(context, actor)
  return activity(JSON.stringify(signedActorJson(described, keys, origin)))
}

async function sendActorWithKey(
  context: Own,
  c: HonoContext,
  { identifier, name }: { identifier: string; name: string },
) {
  const { services, origin } = context
  const actor = await findOwnActor(context, identifier)
  const keys = actor && (await services.keyRing.keysOf(identifier))
  const keyId = `${actorUri(origin, identifier)}#${name}`
  const rsa = keys && [keys.rsa, ...keys.former].find((key) => key.keyId === keyId)
  if (!actor || !rsa) return c.notFound()
  const described = await describeActor(context, actor)
  return activity(JSON.stringify(toActorJson(described, { ...keys, rsa, former: [] }, origin)))
}

async function sendFollowerServers(context: Own, c: HonoContext) {
  const text = await followerServersText(context, await findAsker(context, askedOf(c)))
  return text === undefined ? c.notFound() : privateActivity(text)
}

async function sendCollection(
  context: Own,
  c: HonoContext,
  { identifier, collection }: { identifier: string; collection: string },
) {
  const actor = await findOwnActor(context, identifier)
  if (!actor || !isCollection(collection)) return c.notFound()
  const cursor = c.req.query('page')
  return activity(await collectionText(context, { identifier, collection, cursor }))
}

async function sendAnnounce(
  { origin, db }: Own,
  c: HonoContext,
  { identifier, key }: { identifier: string; key: string },
) {
  const [cafeId = '', random = '', form] = key.split('.')
  const activityId = `${announcesUri(origin, identifier)}${cafeId}.${random}`
  const found = await findAnnounce(db, { feed: identifier, cafeId, activityId })
  if (!found) return c.notFound()
  const announce =
    form === 'post'
      ? { id: postAnnounceUri(activityId), actor: identifier, objectUri: postUri(found.uri) }
      : { id: activityId, actor: identifier, objectUri: found.uri }
  return activity(announceActivity(origin, announce, found.at).body)
}

async function sendActivity({ db, origin }: Own, c: HonoContext) {
  const body = await findActivity(db, `${origin}/activities/${c.req.param('id')}`)
  return body ? activity(body) : c.notFound()
}

/** Gives a resource of ours as it was signed; one of another server is at its own address. */
async function sendResource({ origin, db }: Own, c: HonoContext, next: Next) {
  c.header('vary', 'Accept')
  if (!wantsActivity(c)) return next()
  const uri = `${origin}/ressources/${c.req.param('slug')}`
  const body = await findDocument(db, uri)
  if (body) return activity(body)
  const tombstone = await findTombstone(db, uri, 'resource')
  if (tombstone) return gone(tombstone, uri, 'Article')
  const received = await findResource(db, { slug: c.req.param('slug') ?? '' })
  return received?.peerId ? c.redirect(received.uri, 303) : c.notFound()
}

/** Gives a report as it was signed; a browser is led to the page of its café. */
async function sendReport(
  { db, origin }: Own,
  c: HonoContext,
  { id, report }: { id: string; report: string },
) {
  const body = await findDocument(db, `${origin}/cafes/${id}/reports/${report}`)
  if (!body || (await isSuspendedCafe(db, `${origin}/cafes/${id}`))) return c.notFound()
  c.header('vary', 'Accept')
  return wantsPage(c) ? c.redirect(`/cafes/${id}#bilan`, 303) : activity(body)
}

async function sendNote({ db, origin }: Own, c: HonoContext) {
  const body = await findDocument(db, `${origin}/notes/${c.req.param('id')}`)
  if (!body) return c.notFound()
  const note = JSON.parse(body)
  if (note.type === 'Tombstone') return activity(body, 410)
  const page = wantsPage(c) ? await findPageOfNote(db, origin, note) : undefined
  c.header('vary', 'Accept')
  return page === undefined ? activity(body) : c.redirect(page, 303)
}

async function sendFeaturedCollection(
  context: Own,
  c: HonoContext,
  { identifier, part }: { identifier: string; part: string },
) {
  const text = await featuredCollectionText(context, { identifier, part: Number(part) })
  if (text === undefined) return c.notFound()
  c.header('vary', 'Accept')
  return wantsPage(c) ? c.redirect(`/suivre?compte=${identifier}`, 303) : activity(text)
}

/** Answers with a stamp while its object is as open as it was, and its reader's domain is not blocked. */
async function sendStamp(context: Own, c: HonoContext) {
  const { db, origin } = context
  const stamp = await findStamp(db, c.req.param('id') ?? '')
  const isBlocked = stamp && (await isBlockedHere(db, stamp.requesterUri))
  const giving = stamp && (await findGiver(db, context, { ...stamp, uri: stamp.targetUri }))
  if (stamp?.state !== 'given' || isBlocked || !giving || giving.consent === 'closed')
    return c.notFound()
  return activity(JSON.stringify(stampJson(stamp, origin)))
}

async function sendVenue({ db, origin }: Own, c: HonoContext) {
  const venue = await findVenue(db, c.req.param('id') ?? '')
  if (!venue) return c.notFound()
  return activity(JSON.stringify(venueJson(venue, origin)))
}

async function sendCafe({ origin, db }: Own, c: HonoContext, next: Next) {
  c.header('vary', 'Accept')
  if (!wantsActivity(c)) return next()
  const uri = `${origin}/cafes/${c.req.param('id')}`
  const body = (await isSuspendedCafe(db, uri)) ? undefined : await findCafeDocument(db, uri)
  if (body) return activity(body)
  const tombstone = await findTombstoneOfPage(db, { id: c.req.param('id') ?? '', origin })
  if (tombstone) return gone(tombstone, tombstone.uri, 'Event')
  // What pages do not show, such as a café of a blocked server, has no address here.
  const peers = await findPublicCafe(db, { id: c.req.param('id') ?? '' })
  return peers?.peerId ? c.redirect(peers.uri, 303) : c.notFound()
}

/** Answers for a series that was deleted; a series is said by the Events of its dates, and has a page only. */
async function sendGoneSeries({ origin, db }: Own, c: HonoContext, next: Next) {
  if (!wantsActivity(c)) return next()
  const uri = `${origin}/series/${c.req.param('id')}`
  const tombstone = await findTombstone(db, uri, 'series')
  return tombstone ? gone(tombstone, uri, 'Object') : next()
}

async function sendNetwork(context: Own, c: HonoContext, next: Next) {
  const { db, services } = context
  c.header('vary', 'Accept')
  if (!wantsActivity(c)) return next()
  const network = await findNetwork(db, { slug: c.req.param('slug') ?? '' })
  if (network?.peerId) return c.redirect(network.uri, 303)
  if (!network) return (await goneNetwork(context, c)) ?? c.notFound()
  if (await hasUnsettledWords(db)) return activity(JSON.stringify(toOrganizationDocument(network)))
  const { signer } = (await services.keyRing.keysOf(INSTANCE)).ed25519
  return activity(JSON.stringify(signedOrganization(network, signer)))
}

async function sendFallbackNote(
  { origin, db }: Own,
  c: HonoContext,
  { id, form }: { id: string; form: string },
) {
  const cafe = `${origin}/cafes/${id}`
  if (await isSuspendedCafe(db, cafe)) return c.notFound()
  const uri = form === 'post' ? postUri(cafe) : fallbackNoteUri(cafe)
  const body = await findDocument(db, uri)
  c.header('vary', 'Accept')
  if (body) return wantsPage(c) ? c.redirect(cafe, 303) : activity(body)
  const tombstone = await findTombstone(db, cafe)
  return tombstone ? gone(tombstone, uri, 'Note') : c.notFound()
}

async function sendCafeCollection(
  context: Own,
  c: HonoContext,
  { id, collection }: { id: string; collection: string },
) {
  const { db } = context
  const cafe = await findCafe(db, id)
  if (cafe?.publication !== 'published' || cafe.peerId) return c.notFound()
  if (await isSuspendedCafe(db, cafe.uri)) return c.notFound()
  const capacity = totalCapacityOf(cafe.registration) ?? 0
  const { seatsLeft = capacity } = cafe.registration
  const organizers = collection === 'organizers'
  const leaders = collection === 'facilitators' ? await listFacilitatorUris(context, id) : []
  return activity(
    JSON.stringify({
      '@context': CONTEXT,
      id: `${cafe.uri}/${collection}`,
      type: organizers ? 'OrganizersCollection' : 'Collection',
      // Only counts and public ids are given, since the names of participants are private.
      totalItems: organizers
        ? 1
        : collection === 'attendees'
          ? capacity - seatsLeft
          : leaders.length,
      ...(organizers ? { items: [cafe.organizer.uri] } : {}),
      ...(collection === 'facilitators' ? { items: leaders } : {}),
    }),
  )
}

/**
 * Answers with memberships of networks. The answer depends on who asks, so it is not cached; an asker who is not known
 * gets an empty one.
 */
async function memberships(context: Own, c: HonoContext): Promise<Response> {
  const asker = await findAsker(context, askedOf(c))
  if (asker === undefined) return c.notFound()
  const identifier = c.req.param('identifier') ?? ''
  const cursor = c.req.query('page')
  const { signer } = (await context.services.keyRing.keysOf(identifier)).ed25519
  const asked = { identifier, asker, cursor, signer }
  return privateActivity(await agreementStatements(context, asked))
}

/** Answers a restored server; what it may not or cannot ask has a status alone. */
async function restoration(context: Context, c: HonoContext): Promise<Response> {
  const asker = await findAsker(context, askedOf(c))
  const { searchParams: query } = new URL(c.req.raw.url)
  const { status, text } = await answerRestoration(context, { asker, query })
  return text === undefined ? c.body(null, status) : privateActivity(text)
}

function privateActivity(text: string): Response {
  const response = activity(text)
  response.headers.set('cache-control', 'private, no-store')
  return response
}

function askedOf(c: HonoContext): Asked {
  const { pathname, search } = new URL(c.req.raw.url)
  return { method: c.req.method, path: pathname + search, headers: c.req.raw.headers }
}

const NODEINFO_TYPE =
  'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"; charset=utf-8'

const isCollection = (name: string): name is CollectionName =>
  COLLECTIONS.some((collection) => collection === name)

const json = (body: string, type: string): Response =>
  new Response(body, {
    headers: {
      'content-type': type.includes('charset') ? type : `${type}; charset=utf-8`,
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
    },
  })

/** Returns whether the reader asks for a page by its type; one that takes anything gets the object. */
const wantsPage = (c: Pick<HonoContext, 'req'>): boolean =>
  !wantsActivity(c) && (c.req.header('accept') ?? '').includes('text/html')

/** Returns whether the reader prefers ActivityPub to a page: it names one of its media types, and no page before it. */
function wantsActivity(c: Pick<HonoContext, 'req'>): boolean {
  const accept = c.req.header('accept') ?? ''
  const activityAt = accept.search(/application\/(activity\+json|ld\+json)/)
  const pageAt = accept.indexOf('text/html')
  return activityAt >= 0 && (pageAt < 0 || activityAt < pageAt)
}
