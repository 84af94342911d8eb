import type { Software } from '../../node/domain/federation/software.ts'
import { parseHandle, toFollowAddress } from '../../node/domain/values/host.ts'
import { keyOf, type Refusal } from '../../node/domain/values/refusal.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import type { Egress, Services } from '../services.ts'
import { isObject, isPlainlySpelled, type Json, textOf, toList } from '../wire/json.ts'
import { actorUri, INSTANCE } from '../wire/uris.ts'
import { type ActorDocument, parseActorDocument } from './actor-document.ts'
import { EgressError } from './egress-error.ts'
import { BudgetSpentError } from './reading-budget.ts'

/** The error of an address that leads to no actor; `refusal` says why to the person who typed it. */
export class LookUpError extends Error {
  override name = 'LookUpError'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(keyOf(refusal))
    this.refusal = refusal
  }
}

/**
 * Finds the actor that an address means: `@name@host`, an actor's own address, or an origin (then its `instance`, found
 * by FEP-2677). On allowed loopback, WebFinger is asked by http.
 */
export async function lookUpActor(
  services: Pick<Services, 'egress' | 'sign'>,
  address: string,
): Promise<ActorDocument> {
  const handle = parseHandle(address)
  if (handle) return findByHandle(services, handle)
  const plain = toFollowAddress(address)
  const url = URL.canParse(plain) ? new URL(plain) : undefined
  if (!url) throw new LookUpError('remote.not_a_site')
  if (url.pathname === '/' && !url.search)
    return fetchActor(services, await instanceOf(services, url.origin))
  return fetchActor(services, url.href)
}

/** Fetches the links that WebFinger gives for a resource (RFC 7033 §4.4.4), by http on allowed loopback. */
export const fetchLinks = async (egress: Egress, host: string, resource: string) =>
  (await fetchDescription(egress, host, resource)).links

async function fetchDescription(egress: Egress, host: string, resource: string) {
  const scheme = egress.check(`http://${host}/`) === undefined ? 'http' : 'https'
  const query = new URLSearchParams({ resource })
  const { json } = await egress.getJson(`${scheme}://${host}/.well-known/webfinger?${query}`, {
    accept: 'application/jrd+json, application/json',
    types: JSON_TYPES,
  })
  const description = isObject(json) ? json : {}
  return {
    subject: textOf(description.subject)?.toLowerCase(),
    links: toList(description.links).filter(isObject),
  }
}

const selfOf = (links: readonly Json[]): string | undefined =>
  textOf(
    links.find(
      (link) => link.rel === 'self' && /activity\+json|ld\+json/.test(textOf(link.type) ?? ''),
    )?.href,
  )

const accountOf = (name: string, host: string): string => `acct:${name}@${host}`.toLowerCase()

/**
 * Finds the actor of a handle. A host may point its WebFinger at any actor, so the actor must confirm that the account
 * is its own, in one of three ways: its `preferredUsername` and host are those of the handle; it is on the same host,
 * whose WebFinger answer has the actor's own account as its subject; or it is on another host (accounts and actors may
 * have different hosts), whose WebFinger gives the account of the handle as subject and the actor as `self`.
 * @throws LookUpError when the host does not know the name or the actor does not confirm it; EgressError.
 */
async function findByHandle(
  services: Pick<Services, 'egress' | 'sign'>,
  { name, host }: { name: string; host: string },
): Promise<ActorDocument> {
  const { subject, links } = await fetchDescription(services.egress, host, `acct:${name}@${host}`)
  const href = selfOf(links)
  if (!href) throw new LookUpError({ key: 'remote.unknown_handle', params: { name, host } })
  const document = await fetchActor(services, href)
  const { uri, preferredUsername } = document.actor
  const actorHost = new URL(uri).host
  const own = accountOf(preferredUsername ?? '', actorHost)
  const asked = accountOf(name, host)
  const isItself = own === asked || (actorHost === host && subject === own)
  if (
    !isItself &&
    (actorHost === host || !(await isAccountOf(services.egress, { own, uri, asked })))
  )
    throw new LookUpError({ key: 'remote.other_name', params: { name, host } })
  return document
}

/** Returns whether the actor's own server says that the account on the other host (`asked`) is this actor. */
async function isAccountOf(
  egress: Egress,
  { own, uri, asked }: { own: string; uri: string; asked: string },
): Promise<boolean> {
  try {
    const { subject, links } = await fetchDescription(egress, new URL(uri).host, own)
    return subject === asked && selfOf(links) === uri
  } catch (error) {
    if (error instanceof EgressError) return false
    throw error
  }
}

const JSON_TYPES = ['application/jrd+json', 'application/json', 'application/activity+json']

/** Finds the actor that NodeInfo names as speaking for the whole server (FEP-2677). */
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

/** Fetches the actor's document at its own id; its inbox must be one to which we may deliver. */
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
  if (!document || !isPlainlySpelled(own)) throw new LookUpError('remote.no_account')
  if (document.unreachable) throw new LookUpError('remote.unreachable_account')
  return document
}

/**
 * Fetches what software a server runs, by its NodeInfo: name in lower case, and version. Undefined when it does not
 * say.
 * @throws BudgetSpentError when the budget of the reading is used up.
 */
export async function fetchSoftware(
  services: Pick<Services, 'egress'>,
  origin: string,
): Promise<Software | undefined> {
  const options = { accept: 'application/json', types: JSON_TYPES }
  try {
    const { json } = await services.egress.getJson(`${origin}/.well-known/nodeinfo`, options)
    const links = isObject(json) ? toList(json.links).filter(isObject) : []
    const href = textOf(
      links.find(({ rel }) => textOf(rel)?.includes('nodeinfo.diaspora.software'))?.href,
    )
    if (!href) return undefined
    const { json: info } = await services.egress.getJson(href, options)
    const software = isObject(info) && isObject(info.software) ? info.software : {}
    // The name is put in lower case before it is cut, since some letters become longer.
    const name = cleanText((textOf(software.name) ?? '').toLowerCase(), 40)
    const version = cleanText(textOf(software.version) ?? '', 40) || undefined
    return name ? { name, version } : undefined
  } catch (error) {
    if (error instanceof BudgetSpentError) throw error
    return undefined
  }
}
