import { expect, test } from 'vitest'
import { startIndependentPeer } from './rig/activitypub-express.ts'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { openNamespace } from './rig/namespace.ts'
import { startSnac, TRIED_ANEW } from './rig/snac.ts'
import { eventually } from './rig/visit.ts'

const SNAC = { host: 'snac.test', port: 8101 }
const PEER = { host: 'peer.test', port: 8102 }

/** Two servers of other authors run in the same network as in the tests of our own. */
test.skipIf(whyNotHere('snac2', 'activitypub-express'))(
  'snac2 finds the other by its handle, follows it, and shows an Event that it sends, at its hour',
  TRIED_ANEW,
  async () => {
    await using rig = new AsyncDisposableStack()
    const network = rig.use(await openNamespace([SNAC.host, PEER.host]))
    rig.use(await startCaddy(network, { [SNAC.host]: SNAC.port, [PEER.host]: PEER.port }))
    const snac = rig.use(await startSnac(network, SNAC))
    const peer = rig.use(await startIndependentPeer(network, PEER))

    await snac.follow(peer.handle)
    await eventually(network, 'snac is accepted', async () =>
      (await snac.readLog()).includes(`confirmed follow from ${peer.actorUri}`),
    )
    expect((await peer.readHeld()).followers).toEqual(['https://snac.test/alice'])

    await peer.post({
      type: 'Create',
      to: ['as:Public', `${peer.actorUri}/followers`],
      object: {
        type: 'Event',
        name: 'Bal du quartier',
        content: '<p>On danse.</p>',
        startTime: '2030-06-21T20:30:00+02:00',
        endTime: '2030-06-21T23:00:00+02:00',
        timezone: 'Europe/Paris',
        location: { type: 'Place', name: 'Place du marché' },
      },
    })
    const timeline = await eventually(network, 'snac shows the Event', async () => {
      const words = await snac.readTimeline()
      return words.includes('Bal du quartier') && words
    })
    expect(timeline).toContain('Place du marché')
    expect(timeline).toContain('2030-06-21 20:30:00')
  },
)
