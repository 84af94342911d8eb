import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { type CafeIaServer, startCafeIa } from './rig/cafe-ia.ts'
import { type Namespace, openNamespace } from './rig/namespace.ts'
import { type SnacAccount, startSnac } from './rig/snac.ts'
import { eventually } from './rig/visit.ts'

vi.setConfig({ testTimeout: 100_000, hookTimeout: 200_000 })

const NODE = { host: 'node-a.test', port: 8201 }
const SNAC = { host: 'snac.test', port: 8101 }
const CAFES = 'https://node-a.test/actors/cafes'

const CAFE = {
  title: 'L’IA au travail, amie ou concurrente ?',
  descriptionMarkdown: 'On en parle autour d’un café.',
  startsAt: '2030-12-03T18:30:00',
  endsAt: '2030-12-03T20:00:00',
  venue: {
    name: 'Médiathèque de la Part-Dieu',
    streetAddress: '30 boulevard Vivier-Merle',
    postalCode: '69003',
    commune: 'Lyon',
  },
}

describe.skipIf(whyNotHere('snac2'))('a person on a snac2 server and the cafés of a node', () => {
  const rig = new AsyncDisposableStack()
  afterAll(() => rig.disposeAsync())

  let network: Namespace
  let node: CafeIaServer
  let snac: SnacAccount
  let cafePath: string
  beforeAll(async () => {
    network = rig.use(await openNamespace([NODE.host, SNAC.host]))
    rig.use(await startCaddy(network, { [NODE.host]: NODE.port, [SNAC.host]: SNAC.port }))
    node = rig.use(await startCafeIa(network, { role: 'node', ...NODE }))
    snac = rig.use(await startSnac(network, SNAC))
  })

  const readFollowers = async () =>
    (await node.readActivityStreams(`${CAFES}/followers`)).json.totalItems
  const waitForTimeline = (what: string, isSo: (words: string) => boolean) =>
    eventually(network, `the timeline shows ${what}`, async () => {
      const words = await snac.readTimeline()
      return isSo(words) && words
    })

  test('follows them by their handle and is accepted at once', async () => {
    await snac.follow('@cafes@node-a.test')
    await eventually(network, 'snac is accepted', async () =>
      (await snac.readLog()).includes(`confirmed follow from ${CAFES}`),
    )
    expect(await readFollowers()).toBe(1)
  })

  test('sees a new café with its title, place and hour in Paris', async () => {
    const { id } = (await node.call('POST', '/cafes', CAFE)) as { id: string }
    cafePath = `/cafes/${id.split('/').at(-1)}`
    const timeline = await waitForTimeline('the café', (words) => words.includes(CAFE.title))
    expect(timeline).toMatch(/Location: Médiathèque de la Part-Dieu/)
    expect(timeline).toMatch(/Time: 2030-12-03 18:30:00 \/ 20:00:00 \(Europe\/Paris\)/)
  })

  test('sees its new hour when it is edited', async () => {
    await node.call('PUT', cafePath, {
      ...CAFE,
      startsAt: '2030-12-03T19:15:00',
      endsAt: '2030-12-03T20:45:00',
    })
    const timeline = await waitForTimeline('the new hour', (words) => words.includes('19:15:00'))
    expect(timeline).toMatch(/Time: 2030-12-03 19:15:00 \/ 20:45:00 \(Europe\/Paris\)/)
    expect(timeline).not.toContain('18:30:00')
  })

  test('sees in the title that it is cancelled', async () => {
    await node.call('POST', `${cafePath}/cancel`, { reason: 'La salle est inondée.' })
    await waitForTimeline('the cancellation', (words) => words.includes(`Annulé – ${CAFE.title}`))
  })

  test('no longer sees it once it is deleted', async () => {
    await node.call('DELETE', cafePath)
    await waitForTimeline('nothing of the café', (words) => !words.includes(CAFE.title))
  })

  test('is no longer a follower after leaving', async () => {
    await snac.unfollow(CAFES)
    await eventually(network, 'the node has no follower', async () => (await readFollowers()) === 0)
  })
})
