import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { type CafeIaServer, startCafeIa } from './rig/cafe-ia.ts'
import { type Namespace, openNamespace } from './rig/namespace.ts'
import { type SnacAccount, startSnac } from './rig/snac.ts'
import { eventually } from './rig/visit.ts'

vi.setConfig({ testTimeout: 100_000, hookTimeout: 200_000 })

const HUB = { host: 'hub.test', port: 8210 }
const NODE = { host: 'node-a.test', port: 8211 }
const SNAC = { host: 'snac.test', port: 8111 }
const FEED = 'https://hub.test/actors/cafes-ille-et-vilaine'

const cafe = (title: string, postalCode: string, commune: string) => ({
  title,
  descriptionMarkdown: 'On en parle autour d’un café.',
  startsAt: '2030-12-03T18:30:00',
  endsAt: '2030-12-03T20:00:00',
  venue: { name: 'Les Champs libres', streetAddress: '10 cours des Alliés', postalCode, commune },
})
const RENNES = cafe('L’IA et la langue bretonne', '35000', 'Rennes')
const LYON = cafe('L’IA et la cuisine lyonnaise', '69003', 'Lyon')

const pathOf = (uri: string): string => `/cafes/${uri.split('/').at(-1)}`

describe.skipIf(whyNotHere('snac2'))(
  'a person on a snac2 server and the feed of a territory',
  () => {
    const rig = new AsyncDisposableStack()
    afterAll(() => rig.disposeAsync())

    let network: Namespace
    let hub: CafeIaServer
    let node: CafeIaServer
    let snac: SnacAccount
    let path: string
    beforeAll(async () => {
      network = rig.use(await openNamespace([HUB.host, NODE.host, SNAC.host]))
      rig.use(
        await startCaddy(network, {
          [HUB.host]: HUB.port,
          [NODE.host]: NODE.port,
          [SNAC.host]: SNAC.port,
        }),
      )
      hub = rig.use(await startCafeIa(network, { role: 'hub', ...HUB }))
      node = rig.use(await startCafeIa(network, { role: 'node', ...NODE }))
      snac = rig.use(await startSnac(network, SNAC))
      const code = (await hub.command('invitation')).trim()
      await node.command('follow', hub.origin, '--join', '--invitation', code)
      await eventually(network, 'the node is a member that was read', async () =>
        hub
          .query(`select 1 from peer where membership = 'member' and backfilled_at is not null`)
          .at(0),
      )
    })

    const waitForTimeline = (what: string, isSo: (words: string) => boolean) =>
      eventually(network, `the timeline shows ${what}`, async () => {
        const words = await snac.readTimeline()
        return isSo(words) && words
      })
    const publish = async (content: object) =>
      pathOf(((await node.call('POST', '/cafes', content)) as { id: string }).id)

    test('follows it by the code of the département and is accepted at once', async () => {
      await snac.follow('@cafes-35@hub.test')
      await eventually(network, 'snac is accepted', async () =>
        (await snac.readLog()).includes(`confirmed follow from ${FEED}`),
      )
    })

    test('sees a café in Rennes once, and none in Lyon', async () => {
      await publish(LYON)
      path = await publish(RENNES)
      const timeline = await waitForTimeline('the café', (words) => words.includes(RENNES.title))
      // The title stands in a post three times; its hour, once.
      expect(timeline.match(/Time: 2030-12-03 18:30:00 \/ 20:00:00/g)).toHaveLength(1)
      expect(timeline).not.toContain(LYON.title)
    })

    test('reads that it is cancelled, in the feed’s own answer', async () => {
      await node.call('POST', `${path}/cancel`, { reason: 'La salle est inondée.' })
      await waitForTimeline('the cancellation', (words) =>
        words.includes(`Annulé : ${RENNES.title}`),
      )
    })

    test('no longer sees it once it is deleted', async () => {
      await node.call('DELETE', path)
      await waitForTimeline('nothing of the café', (words) => !words.includes(RENNES.title))
    })
  },
)
