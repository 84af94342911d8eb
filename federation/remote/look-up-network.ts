import type { FoundNetworkAnswer, StructureAnswer } from '../../node/context.ts'
import type { Services } from '../services.ts'
import { isObject, textOf } from '../wire/json.ts'
import { fromOrganization } from '../wire/network.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { LookUpError, lookUpActor } from './look-up.ts'

/** Finds the network or structure at an address that the team typed; its server is asked before anything is sent. */

type Door = Pick<Services, 'egress' | 'sign'>

/**
 * Finds the network at the address of its page. A directory's page of the network leads to the network's own address,
 * and only the document there is believed.
 * @throws LookUpError when no network is there; EgressError.
 */
export async function lookUpNetwork(
  { egress, sign }: Door,
  address: string,
): Promise<FoundNetworkAnswer> {
  const asked = await egress.getJson(address, { sign })
  const uri = isObject(asked.json) ? textOf(asked.json.id) : undefined
  if (!uri) throw new LookUpError('networks.no_such_network')
  const { json } = uri === address ? asked : await egress.getJson(uri, { sign })
  const network = fromOrganization(json)
  if (network?.uri !== uri) throw new LookUpError('networks.no_such_network')
  return { outcome: 'found', network }
}

/** Finds the structure at an address. The address of a whole site means its `cafes`, not its `instance`. */
export async function lookUpStructure(door: Door, address: string): Promise<StructureAnswer> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isSite = url !== undefined && url.pathname === '/' && !url.search
  const { actor } = await lookUpActor(door, isSite ? actorUri(url.origin, CAFES) : address)
  return { outcome: 'found', uri: actor.uri, name: withoutPrefix(actor.name) }
}

/**
 * Returns the name of a place without the prefix of its account, which is called « Cafés IA – Médiathèque du Canal ».
 */
const withoutPrefix = (name: string): string => name.replace(/^Cafés IA – /, '')
