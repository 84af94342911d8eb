import type { Context } from '../../node/context.ts'
import { toHost } from '../../node/domain/values/host.ts'
import { findOwnFacilitator } from '../../node/store/facilitators/facilitators.ts'
import { findFeed } from '../../node/store/feeds/feeds.ts'
import { countUpcoming } from '../../node/store/feeds/upcoming-documents.ts'
import type { Json } from '../wire/json.ts'
import { actorUri, CAFES, INSTANCE, identifierOf } from '../wire/uris.ts'
import { findOwnActor } from './actors.ts'

/** Returns the JSON Resource Descriptor of one of our actors (RFC 7033 §4.4); undefined for any other resource. */
export async function findWebFinger(context: Context, resource: string): Promise<Json | undefined> {
  const { origin } = context.config
  const name = parseResource(resource, origin)
  const identifier = name && (await findIdentifier(context, name))
  const actor = identifier && (await findOwnActor(context, identifier))
  if (!actor) return undefined
  const href = actorUri(origin, identifier)
  return {
    subject: `acct:${actor.username ?? identifier}@${new URL(origin).host}`,
    aliases: [href],
    links: [
      { rel: 'self', type: 'application/activity+json', href },
      {
        rel: 'http://webfinger.net/rel/profile-page',
        type: 'text/html',
        href: `${origin}${actor.path ?? '/'}`,
      },
    ],
  }
}

/**
 * Returns the identifier of the actor that a name means. A feed is also known by the code of its territory (`cafes-35`
 * is `cafes-ille-et-vilaine`), and a person by the alias that they chose.
 */
async function findIdentifier({ db, isDirectory }: Context, name: string): Promise<string> {
  const feed = isDirectory ? await findFeed(db, name) : undefined
  return feed?.name ?? (await findOwnFacilitator(db, name))?.handle ?? name
}

/**
 * Returns the name of the actor that a resource means: `acct:cafes@host`, with or without the prefix, or the actor's
 * own address; the bare origin means `instance`. Undefined for any other resource.
 */
function parseResource(resource: string, origin: string): string | undefined {
  const account = /^(?:acct:)?@?([^@/]+)@([^@/]+)$/.exec(resource)
  if (account) {
    const [, name = '', host = ''] = account
    const own = new URL(origin)
    return toHost(host, own.protocol) === own.host ? name.toLowerCase() : undefined
  }
  if (resource.replace(/\/$/, '') === origin) return INSTANCE
  return identifierOf(origin, resource)
}

/**
 * Returns the document at `/.well-known/nodeinfo`. Its second link, which FEP-2677 defines, names the actor that speaks
 * for the whole server.
 */
export const nodeInfoLinks = (origin: string): Json => ({
  links: [
    {
      rel: 'http://nodeinfo.diaspora.software/ns/schema/2.1',
      href: `${origin}/nodeinfo/2.1`,
    },
    {
      rel: 'https://www.w3.org/ns/activitystreams#Application',
      href: actorUri(origin, INSTANCE),
    },
  ],
})

/**
 * Returns the NodeInfo 2.1 document; `version` is that of this software. It counts cafés and no accounts, since who
 * works here concerns nobody else.
 */
export async function nodeInfo(context: Context, version: string): Promise<Json> {
  const { db, config, isDirectory, now } = context
  const feed = await findOwnActor(context, CAFES)
  return {
    version: '2.1',
    software: { name: 'cafe-ia', version },
    protocols: ['activitypub'],
    services: { inbound: [], outbound: [] },
    openRegistrations: false,
    usage: { users: { total: 1 }, localPosts: await countUpcoming(db, now()) },
    metadata: {
      nodeName: feed?.name,
      role: isDirectory ? 'hub' : 'node',
      federation: { enabled: true },
      dataLicense: 'etalab-2.0',
      contentLicense: 'CC-BY-SA-4.0',
      origin: config.origin,
    },
  }
}
