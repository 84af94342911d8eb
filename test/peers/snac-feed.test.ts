import { expect, test } from 'vitest'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { startCafeIa } from './rig/cafe-ia.ts'
import { openNamespace } from './rig/namespace.ts'
import { startSnac, TRIED_ANEW } from './rig/snac.ts'
import { eventually } from './rig/visit.ts'

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

test.skipIf(whyNotHere('snac2'))(
  'a person on a snac2 server follows the feed of a territory, and reads of a café there until it is deleted',
  TRIED_ANEW,
  async () => {
    await using rig = new AsyncDisposableStack()
    const network = rig.use(await openNamespace([HUB.host, NODE.host, SNAC.host]))
    const ports = { [HUB.host]: HUB.port, [NODE.host]: NODE.port, [SNAC.host]: SNAC.port }
    rig.use(await startCaddy(network, ports))
    const hub = rig.use(await startCafeIa(network, { role: 'hub', ...HUB }))
    const node = rig.use(await startCafeIa(network, { role: 'node', ...NODE }))
    const snac = rig.use(await startSnac(network, SNAC))
    const code = (await hub.command('invitation')).trim()
    await node.command('follow', hub.origin, '--join', '--invitation', code)
    await eventually(network, 'the node is a member that was read', async () =>
      hub
        .query(`select 1 from peer where membership = 'member' and backfilled_at is not null`)
        .at(0),
    )
    const waitForTimeline = (what: string, isSo: (words: string) => boolean) =>
      eventually(network, `the timeline shows ${what}`, async () => {
        const words = await snac.readTimeline()
        return isSo(words) && words
      })
    const publish = async (content: object) =>
      pathOf(((await node.call('POST', '/cafes', content)) as { id: string }).id)

    await snac.follow('@cafes-35@hub.test')
    await eventually(network, 'snac is accepted', async () =>
      (await snac.readLog()).includes(`confirmed follow from ${FEED}`),
    )

    await publish(LYON)
    const path = await publish(RENNES)
    const timeline = await waitForTimeline('the café', (words) => words.includes(RENNES.title))
    // A post contains the title three times and its hour once.
    expect(timeline.match(/Time: 2030-12-03 18:30:00 \/ 20:00:00/g)).toHaveLength(1)
    expect(timeline).not.toContain(LYON.title)

    await node.call('POST', `${path}/cancel`, { reason: 'La salle est inondée.' })
    await waitForTimeline('the cancellation', (words) => words.includes(`Annulé : ${RENNES.title}`))

    await node.call('DELETE', path)
    await waitForTimeline('nothing of the café', (words) => !words.includes(RENNES.title))
  },
)
