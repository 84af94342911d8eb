import type { FollowPage, FollowPageRequest } from '../../node/context.ts'
import { parseHandle } from '../../node/domain/values/host.ts'
import type { Egress } from '../services.ts'
import { isObject, textOf } from '../wire/json.ts'
import { fetchLinks, LookUpError } from './look-up.ts'

/** The link relation of GNU social, which Mastodon, Misskey, Friendica and others still answer. */
const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe'
/** The link relation of FEP-3b86, Activity Intents. */
const FOLLOW_INTENT = 'https://w3id.org/fep/3b86/Follow'

/**
 * Finds the page on which the server of somebody's account asks them whether to follow one of our accounts. The account
 * is given as a handle or as the address of a profile.
 * @throws LookUpError for the person who typed it; EgressError when the server cannot be asked.
 */
export async function findFollowPage(
  egress: Egress,
  { account, handle, actorUri, returnTo }: FollowPageRequest,
): Promise<Extract<FollowPage, { outcome: 'found' }>> {
  const { host, resource } = parseAccount(account)
  if (host === new URL(actorUri).host) throw new LookUpError('follow.own_address')
  const links = await fetchLinks(egress, host, resource)
  const template = (rel: string) => {
    const link = links.find((link) => isObject(link) && link.rel === rel)
    // The FEP says `href`; its first implementations and its examples also say `template`.
    return isObject(link) ? (textOf(link.template) ?? textOf(link.href)) : undefined
  }
  const href =
    fill(template(FOLLOW_INTENT), {
      object: actorUri,
      'on-success': returnTo,
      'on-cancel': returnTo,
    }) ?? fill(template(SUBSCRIBE), { uri: handle.replace(/^@/, '') })
  if (!href || egress.check(href) !== undefined)
    throw new LookUpError({ key: 'follow.not_offered', params: { host } })
  return { outcome: 'found', href, host: new URL(href).host }
}

function parseAccount(account: string): { host: string; resource: string } {
  const handle = parseHandle(account)
  if (handle) return { host: handle.host, resource: `acct:${handle.name}@${handle.host}` }
  const url = URL.canParse(account) ? new URL(account) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname !== '/')
    return { host: url.host, resource: url.href }
  throw new LookUpError('follow.not_whole')
}

/** Fills in the parts of a template; those that we do not know are left empty (FEP-3b86, §3.2). */
function fill(template: string | undefined, parts: Record<string, string>): string | undefined {
  if (!template?.includes('{')) return undefined
  const href = template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) =>
    encodeURIComponent(Object.hasOwn(parts, name) ? (parts[name] ?? '') : ''),
  )
  return URL.canParse(href) ? new URL(href).href : undefined
}
