import type { NetworkAnswer, StructureAnswer } from '../../node/context.ts'
import type { Services } from '../services.ts'
import { isObject, textOf } from '../wire/json.ts'
import { fromOrganization } from '../wire/network.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { LookUpError, lookUpActor } from './look-up.ts'

/** What a person of the desk means by an address, asked of that server before anything is sent. */

const NOT_THERE = 'Il n’y a pas de réseau à cette adresse.'

type Door = Pick<Services, 'egress' | 'sign'>

/** By its page, also the page that a directory has of it: what counts is its own word, at its own address. */
export async function lookUpNetwork(
  { egress, sign }: Door,
  address: string,
): Promise<NetworkAnswer> {
  const asked = await egress.getJson(address, { sign })
  const uri = isObject(asked.json) ? textOf(asked.json.id) : undefined
  if (!uri) throw new LookUpError(NOT_THERE)
  const { json } = uri === address ? asked : await egress.getJson(uri, { sign })
  const network = fromOrganization(json)
  if (network?.uri !== uri) throw new LookUpError(NOT_THERE)
  return { outcome: 'found', network }
}

/** Of a site its structure, not the server. */
export async function lookUpStructure(door: Door, address: string): Promise<StructureAnswer> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isSite = url !== undefined && url.pathname === '/' && !url.search
  const { actor } = await lookUpActor(door, isSite ? actorUri(url.origin, CAFES) : address)
  return { outcome: 'found', uri: actor.uri, name: withoutPrefix(actor.name) }
}

/** The account of a place is called « Cafés IA – Médiathèque du Canal ». */
const withoutPrefix = (name: string): string => name.replace(/^Cafés IA – /, '')
