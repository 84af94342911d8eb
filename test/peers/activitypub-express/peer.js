/**
 * A small server that shares no code with ours: activitypub-express, its own signatures and JSON-LD. It has one Group,
 * `agenda`, which accepts every follower. It executes and sends what it receives at `POST /agenda/outbox` (the
 * client-to-server part of ActivityPub, without any authentication: for tests only), and `GET /held` returns what it
 * has stored.
 *
 * Settings: ORIGIN (its public address, without a trailing slash) and PORT (on 127.0.0.1). It must run with
 * NODE_ENV=production, since the library accepts unsigned messages otherwise.
 */
import { readFileSync } from 'node:fs'
import { format } from 'node:util'
import createApex from 'activitypub-express'
import express from 'express'
import { createMemoryStore } from './memory-store.js'

const { ORIGIN: baseUrl, PORT: port, NODE_ENV: mode } = process.env
if (!baseUrl || !port || mode !== 'production') {
  process.stderr.write('ORIGIN, PORT and NODE_ENV=production are needed.\n')
  process.exit(2)
}

const say = (...words) => process.stderr.write(`${format(...words)}\n`)
const logger = { info: say, warn: say, error: say }

const routes = {
  actor: '/:actor',
  inbox: '/:actor/inbox',
  outbox: '/:actor/outbox',
  followers: '/:actor/followers',
  following: '/:actor/following',
  liked: '/:actor/liked',
  collections: '/:actor/collections/:id',
  blocked: '/:actor/blocked',
  rejections: '/:actor/rejections',
  rejected: '/:actor/rejected',
  object: '/objects/:id',
  activity: '/activities/:id',
  shares: '/activities/:id/shares',
  likes: '/activities/:id/likes',
}

const store = createMemoryStore()
const contexts = JSON.parse(readFileSync(new URL('contexts.json', import.meta.url), 'utf8'))
for (const [documentUrl, document] of Object.entries(contexts))
  await store.saveContext({ documentUrl, contextUrl: null, document })

const schema = 'http://schema.org/'
const apex = createApex({
  name: 'independent-peer',
  version: '1',
  baseUrl,
  domain: new URL(baseUrl).host,
  actorParam: 'actor',
  objectParam: 'id',
  routes,
  // The inbox of the only account is that of the server.
  endpoints: { sharedInbox: `${baseUrl}/agenda/inbox` },
  store,
  logger,
  context: {
    Hashtag: 'as:Hashtag',
    timezone: 'https://w3id.org/fep/8a8e/timezone',
    PostalAddress: `${schema}PostalAddress`,
    address: `${schema}address`,
    streetAddress: `${schema}streetAddress`,
    postalCode: `${schema}postalCode`,
    addressLocality: `${schema}addressLocality`,
    addressCountry: `${schema}addressCountry`,
  },
})

// FEP-8a8e gives an Event an `actor`; the library takes every object with one for an activity, which cannot be deleted.
const { validateActivity } = apex
apex.validateActivity = (value) =>
  [value].flat()[0]?.type !== 'Event' && validateActivity(value)

const app = express()
app.get('/held', (_request, response) => {
  const of = (collection) =>
    [...store.activities.values()].filter((activity) =>
      activity._meta?.collection?.includes(`${baseUrl}/agenda/${collection}`),
    )
  response.json({
    inbox: of('inbox'),
    followers: of('followers').flatMap((follow) => follow.actor),
    following: of('following').flatMap((follow) => follow.object),
    objects: [...store.objects.values()].map(({ _meta, ...object }) => object),
  })
})
app.use(express.json({ type: apex.consts.jsonldTypes, limit: '256kb' }), apex)
const allow = (_request, response, next) => {
  response.locals.apex.authorized = true
  next()
}
app.route(routes.inbox).post(apex.net.inbox.post)
app.route(routes.outbox).get(apex.net.outbox.get).post(allow, apex.net.outbox.post)
for (const name of ['object', 'followers', 'following', 'shares', 'likes'])
  app.get(routes[name], apex.net[name].get)
app.get(routes.activity, apex.net.activityStream.get)
app.get('/.well-known/webfinger', apex.net.webfinger.get)
app.get('/.well-known/nodeinfo', apex.net.nodeInfoLocation.get)
app.get('/nodeinfo/:version', apex.net.nodeInfo.get)
app.get(routes.actor, apex.net.actor.get)

app.on('apex-inbox', async ({ activity, recipient, actor }) => {
  if (activity.type !== 'Follow') return
  const accept = await apex.buildActivity('Accept', recipient.id, actor.id, { object: activity.id })
  const { postTask } = await apex.acceptFollow(recipient, activity)
  await apex.addToOutbox(recipient, accept)
  await postTask()
})

await store.setup(await apex.createActor('agenda', 'Agenda du quartier', '', null, 'Group'))
app.listen(Number(port), '127.0.0.1', () => logger.info('listens on', port))
