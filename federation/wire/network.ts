import {
  NETWORK_NAME_MAX,
  NETWORK_PRESENTATION_MAX,
  type Network,
  type NetworkDescription,
} from '../../node/domain/structures/network.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'
import { cleanLines, cleanText } from '../../node/formats/text/clean-text.ts'
import { plainText, sanitizeHtml } from '../../node/formats/text/html-text.ts'
import { toInstantText } from '../../node/store/database/columns.ts'
import { NETWORK_CONTEXT } from './context.ts'
import {
  idOf,
  instantOf,
  isObject,
  isOfType,
  isStorable,
  type Json,
  originOf,
  textOf,
  toList,
} from './json.ts'
import { addProof, type Signer } from './proof.ts'

/** Conversion between a network and an Organization whose id is the address of its page. */

/** Makes the Organization of a network, without its proof. */
export const toOrganization = (network: Network): Json => ({
  id: network.uri,
  type: 'Organization',
  name: network.name,
  summary: paragraphs(network.presentation),
  url: network.uri,
  ...(network.website && { website: network.website }),
  attributedTo: network.actorUri,
  updated: toInstantText(network.updatedAt),
})

const paragraphs = (text: string): string =>
  text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escapeHtml(line.trim())}</p>`)
    .join('')

/** Returns the Organization of a network as an object of its own, which replaces no signed one. */
export const toOrganizationDocument = (network: Network): Json => ({
  '@context': NETWORK_CONTEXT,
  ...toOrganization(network),
})

/** Returns the same with the proof of the server that declares it, of the time of its last change. */
export const signedOrganization = (network: Network, signer: Signer): Json =>
  addProof(toOrganizationDocument(network), signer, network.updatedAt)

export type ReadNetwork = NetworkDescription & {
  uri: string
  actorUri: string
  /** When its server last changed it; undefined where it does not say. */
  updatedAt: Temporal.Instant | undefined
}

/**
 * Reads what an Organization says of a network, and cleans it; undefined when it is none. Its id and the actor that
 * speaks for it are of one origin; the caller must check whose word it is.
 */
export function fromOrganization(object: unknown): ReadNetwork | undefined {
  if (!isObject(object) || !isOfType(object, 'Organization')) return undefined
  const uri = textOf(object.id)
  const actorUri = idOf(toList(object.attributedTo)[0])
  const name = cleanText(textOf(object.name) ?? '', NETWORK_NAME_MAX)
  if (!uri || !actorUri || !isStorable(uri) || name === '') return undefined
  if (originOf(uri) === undefined || originOf(uri) !== originOf(actorUri)) return undefined
  const website = idOf(object.website)
  const isWeb = website !== undefined && website.length <= 500 && /^https?:\/\//.test(website)
  return {
    uri,
    actorUri,
    name,
    presentation: cleanLines(
      plainText(sanitizeHtml(textOf(object.summary) ?? '')),
      NETWORK_PRESENTATION_MAX,
    ),
    website: isWeb && URL.canParse(website) ? website : undefined,
    updatedAt: instantOf(object.updated),
  }
}
