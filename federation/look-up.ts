import { type ActorDocument, parseActorDocument } from './actor-document.ts'
import type { Egress } from './egress.ts'
import type { Services } from './federation.ts'
import { isObject, textOf, toList } from './json.ts'
import { actorUri, INSTANCE } from './uris.ts'

/** An address that leads to no actor; the message is for the person who typed it, in French. */
export class LookUpError extends Error {
  override name = 'LookUpError'
}

/**
 * The actor that an address means: `@name@host`, an actor's own address, or an origin (then its `instance`, found by
 * FEP-2677). On allowed loopback, WebFinger goes over http.
 */
export async function lookUpActor(
  services: Pick<Services, 'egress' | 'sign'>,
  address: string,
): Promise<ActorDocument> {
  const handle = /^@?([^@\s/]+)@([^@\s/]+)$/.exec(address.trim())
  if (handle) {
    const [, name = '', host = ''] = handle
    return fetchActor(services, await webFinger(services, name, host))
  }
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url) throw new LookUpError('Cette adresse n’est pas celle d’un site.')
  if (url.pathname === '/' && !url.search)
    return fetchActor(services, await instanceOf(services, url.origin))
  return fetchActor(services, url.href)
}

/** The links of a resource by WebFinger (RFC 7033 §4.4.4); over http on allowed loopback. */
export async function fetchLinks(egress: Egress, host: string, resource: string) {
  const scheme = egress.check(`http://${host}/`) === undefined ? 'http' : 'https'
  const query = new URLSearchParams({ resource })
  const { json } = await egress.getJson(`${scheme}://${host}/.well-known/webfinger?${query}`, {
    accept: 'application/jrd+json, application/json',
    types: JSON_TYPES,
  })
  return isObject(json) ? toList(json.links).filter(isObject) : []
}

/** The account must be described by its own host, and lead to an actor there. */
async function webFinger(
  services: Pick<Services, 'egress'>,
  name: string,
  host: string,
): Promise<string> {
  const links = await fetchLinks(services.egress, host, `acct:${name}@${host}`)
  const self = links.find(
    (link) => link.rel === 'self' && /activity\+json|ld\+json/.test(String(link.type)),
  )
  const href = textOf(self?.href)
  if (!href) throw new LookUpError(`${host} ne connaît pas @${name}@${host}.`)
  return href
}

const JSON_TYPES = ['application/jrd+json', 'application/json', 'application/activity+json']

/** FEP-2677: NodeInfo names the actor that speaks for the whole server. */
async function instanceOf(services: Pick<Services, 'egress'>, origin: string): Promise<string> {
  try {
    const { json } = await services.egress.getJson(`${origin}/.well-known/nodeinfo`, {
      accept: 'application/json',
      types: JSON_TYPES,
    })
    const links = isObject(json) ? toList(json.links).filter(isObject) : []
    const link = links.find(
      ({ rel }) => rel === 'https://www.w3.org/ns/activitystreams#Application',
    )
    return textOf(link?.href) ?? actorUri(origin, INSTANCE)
  } catch {
    return actorUri(origin, INSTANCE)
  }
}

/** The actor's document at its own id; its inbox must be one that we may deliver to. */
async function fetchActor(
  services: Pick<Services, 'egress' | 'sign'>,
  uri: string,
): Promise<ActorDocument> {
  const { json } = await services.egress.getJson(uri, { sign: services.sign })
  const own = isObject(json) ? (textOf(json.id) ?? uri) : uri
  const document = parseActorDocument(
    own === uri ? json : (await services.egress.getJson(own, { sign: services.sign })).json,
    { uri: own, check: services.egress.check },
  )
  if (!document) throw new LookUpError('Il n’y a pas de compte à suivre à cette adresse.')
  if (document.unreachable) throw new LookUpError('Ce compte ne peut pas être joint.')
  return document
}

/** The software's name by NodeInfo, lower case; undefined when the host does not say. */
export async function fetchSoftware(
  services: Services,
  origin: string,
): Promise<string | undefined> {
  const options = { accept: 'application/json', types: JSON_TYPES }
  try {
    const { json } = await services.egress.getJson(`${origin}/.well-known/nodeinfo`, options)
    const links = isObject(json) ? toList(json.links).filter(isObject) : []
    const href = textOf(
      links.find(({ rel }) => String(rel).includes('nodeinfo.diaspora.software'))?.href,
    )
    if (!href) return undefined
    const { json: info } = await services.egress.getJson(href, options)
    const software = isObject(info) && isObject(info.software) ? info.software : {}
    return textOf(software.name)?.toLowerCase().slice(0, 40)
  } catch {
    return undefined
  }
}
