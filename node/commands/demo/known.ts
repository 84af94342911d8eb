import { STARTER_RESOURCES } from '../../domain/resources/starter-resources.ts'
import type { Shown } from './printed.ts'
import { DEMO_RESOURCES } from './resources.ts'

/** What servers of the demonstration know of each other, asked by their API. */

/** Returns whether the directory knows all cafés that the places announce. */
export async function isFederated(hub: Shown, nodes: readonly Shown[]): Promise<boolean> {
  const expected = (await Promise.all(nodes.map(listOwn))).flat().length
  const known = await countCafes(hub.origin)
  return expected > 0 && known - (await listOwn(hub)).length === expected
}

/** Returns whether the directory has its own resources and those of the places. */
export async function hasAllResources(hub: Shown): Promise<boolean> {
  const answer = await fetch(`${hub.origin}/api/v1/resources?limit=100`)
  const { items } = (await answer.json()) as { items: unknown[] }
  return items.length >= STARTER_RESOURCES.length + Object.values(DEMO_RESOURCES).flat().length
}

/** Returns whether a server shows somebody of this name. */
export async function hasFacilitator(origin: string, name: string): Promise<boolean> {
  const answer = await fetch(`${origin}/api/v1/facilitators`)
  const { items } = (await answer.json()) as { items: { name: string }[] }
  return items.some((one) => one.name === name)
}

/** Returns whether a referent of the demonstration has a signed mandate. */
export async function hasReferent(origin: string): Promise<boolean> {
  const answer = await fetch(`${origin}/api/v1/referents?territory=c-35238`)
  const { items } = (await answer.json()) as { items: { attestation: string | null }[] }
  return items.some(({ attestation }) => attestation !== null)
}

/** Counts the cafés that a server knows, of a search. */
export const countCafes = async (origin: string, asked = ''): Promise<number> =>
  (await listCafes(origin, asked)).length

async function listCafes(origin: string, asked: string): Promise<{ id: string }[]> {
  const answer = await fetch(`${origin}/api/v1/cafes?limit=100&${asked}`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  return items
}

/** Lists the cafés that a server announces itself. */
export const listOwn = async ({ origin }: Shown): Promise<{ id: string }[]> =>
  (await listCafes(origin, '')).filter(({ id }) => id.startsWith(`${origin}/`))

/** Finds the next two cafés of its own, by their ids here. */
export const findFirstCafes = async (server: Shown): Promise<string[]> =>
  (await listOwn(server)).slice(0, 2).map(({ id }) => id.split('/').at(-1) ?? '')
