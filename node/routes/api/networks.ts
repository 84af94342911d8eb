import { Hono } from 'hono'
import { z } from 'zod'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { networkFeedName } from '../../domain/structures/network.ts'
import { countNetworkCafes } from '../../store/networks/cafes.ts'
import { findNetworkEnd, type ListedNetwork, listNetworks } from '../../store/networks/networks.ts'
import type { ApiEnv } from './access.ts'
import { publicJson } from './answers.ts'
import { describeRead, jsonOf, pathParameter, queryParameters, refusals } from './documentation.ts'
import { refuse } from './problems.ts'

const NetworkJson = z
  .object({
    id: z.url().describe('ActivityPub id: the address of its page where it was declared'),
    slug: z.string().describe('Here: what `network` takes in a search of cafés'),
    name: z.string(),
    presentation: z.string().describe('Plain text, a paragraph per line'),
    website: z.url().nullable(),
    url: z.url().describe('Its page here'),
    members: z.int().describe('Structures that belong to it: both sides have said so'),
    cafes: z.int().describe('Their cafés to come that this server knows'),
    account: z
      .string()
      .nullable()
      .describe('Announces their cafés to whoever follows it, at a directory: `@reseau-…@…`'),
  })
  .meta({ id: 'Network' })
type NetworkJson = z.output<typeof NetworkJson>

const PAGE_SIZE = 100

const NetworkParameters = z.object({
  page: z
    .string()
    .optional()
    .describe('From 1: the page that is wanted; `next` has the one that follows'),
})

const NetworkPageJson = z
  .object({
    items: z.array(NetworkJson),
    next: z.string().nullable().describe('Address of the page that follows'),
  })
  .meta({ id: 'DirectoryPage' })

/** The networks to which structures belong: those of this place, or all that a directory knows. */
export const networkReads = (context: Context) =>
  new Hono<ApiEnv>()
    .get(
      '/networks',
      describeRead({
        id: 'listNetworks',
        summary: 'Networks of structures (« têtes de réseau »), by name',
        parameters: queryParameters(NetworkParameters),
        responses: {
          200: jsonOf(NetworkPageJson, 'A page of them'),
          ...refusals(400),
        },
      }),
      async (c) => {
        const asked = c.req.query('page')
        if (asked !== undefined && !/^[1-9]\d{0,3}$/.test(asked))
          return refuse(c, context.config, {
            type: 'bad-request',
            problems: [{ field: 'page', code: 'invalid' }],
          })
        const page = Number(asked ?? 1)
        const found = await listNetworks(context.db, {
          limit: PAGE_SIZE + 1,
          offset: (page - 1) * PAGE_SIZE,
        })
        const items: NetworkJson[] = []
        for (const network of found.slice(0, PAGE_SIZE))
          items.push(await toNetworkJson(context, network))
        const next = found.length > PAGE_SIZE ? `/api/v1/networks?page=${page + 1}` : undefined
        return publicJson(c, { items, next: next ? context.config.origin + next : null })
      },
    )
    .get(
      '/networks/:slug',
      describeRead({
        id: 'getNetwork',
        summary: 'One network',
        parameters: [pathParameter('slug', 'As in `slug`')],
        responses: { 200: jsonOf(NetworkJson, 'The network'), ...refusals(404, 410) },
      }),
      async (c) => {
        const slug = c.req.param('slug')
        const network = (await listNetworks(context.db, { slug }))[0]
        if (network) return publicJson(c, await toNetworkJson(context, network))
        const end = await findNetworkEnd(context.db, slug)
        return refuse(c, context.config, { type: end ? 'gone' : 'not-found' })
      },
    )

async function toNetworkJson(
  { db, now, config, isDirectory }: Context,
  { uri, slug, name, presentation, website, members }: ListedNetwork,
): Promise<NetworkJson> {
  const host = new URL(config.origin).host
  return {
    ...{ id: uri, slug, name, presentation, members },
    website: website ?? null,
    url: config.origin + paths.structureNetwork(slug),
    cafes: await countNetworkCafes(db, slug, now()),
    account: isDirectory ? `@${networkFeedName(slug)}@${host}` : null,
  }
}
