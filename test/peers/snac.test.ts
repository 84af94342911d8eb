import { expect, test } from 'vitest'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { startCafeIa } from './rig/cafe-ia.ts'
import { openNamespace } from './rig/namespace.ts'
import { startSnac, TRIED_ANEW } from './rig/snac.ts'
import { eventually } from './rig/visit.ts'

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

test.skipIf(whyNotHere('snac2'))(
  'a person on a snac2 server follows the cafés of a node, and reads of one until it is deleted',
  TRIED_ANEW,
  async () => {
    await using rig = new AsyncDisposableStack()
    const network = rig.use(await openNamespace([NODE.host, SNAC.host]))
    rig.use(await startCaddy(network, { [NODE.host]: NODE.port, [SNAC.host]: SNAC.port }))
    const node = rig.use(await startCafeIa(network, { role: 'node', ...NODE }))
    const snac = rig.use(await startSnac(network, SNAC))
    const readFollowers = async () =>
      (await node.readActivityStreams(`${CAFES}/followers`)).json.totalItems
    const waitForTimeline = (what: string, isSo: (words: string) => boolean) =>
      eventually(network, `the timeline shows ${what}`, async () => {
        const words = await snac.readTimeline()
        return isSo(words) && words
      })

    await snac.follow('@cafes@node-a.test')
    await eventually(network, 'snac is accepted', async () =>
      (await snac.readLog()).includes(`confirmed follow from ${CAFES}`),
    )
    expect(await readFollowers()).toBe(1)

    const { id } = (await node.call('POST', '/cafes', CAFE)) as { id: string }
    const cafePath = `/cafes/${id.split('/').at(-1)}`
    const published = await waitForTimeline('the café', (words) => words.includes(CAFE.title))
    expect(published).toMatch(/Location: Médiathèque de la Part-Dieu/)
    expect(published).toMatch(/Time: 2030-12-03 18:30:00 \/ 20:00:00 \(Europe\/Paris\)/)

    // snac2 caches an account for 36 hours and reports no refusal: the only visible effect is that it continues to
    // read.
    await node.command('keys', 'rotate')
    await node.call('PUT', cafePath, {
      ...CAFE,
      startsAt: '2030-12-03T19:15:00',
      endsAt: '2030-12-03T20:45:00',
    })
    const edited = await waitForTimeline('the new hour', (words) => words.includes('19:15:00'))
    expect(edited).toMatch(/Time: 2030-12-03 19:15:00 \/ 20:45:00 \(Europe\/Paris\)/)
    expect(edited).not.toContain('18:30:00')

    await node.command('keys', 'rotate', '--now')
    await node.call('POST', `${cafePath}/cancel`, { reason: 'La salle est inondée.' })
    await waitForTimeline('the cancellation', (words) => words.includes(`Annulé – ${CAFE.title}`))

    await node.call('DELETE', cafePath)
    expect(await snac.readLog()).not.toContain('bad signature')
    await waitForTimeline('nothing of the café', (words) => !words.includes(CAFE.title))

    await snac.unfollow(CAFES)
    await eventually(network, 'the node has no follower', async () => (await readFollowers()) === 0)
  },
)
