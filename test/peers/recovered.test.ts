import { expect, test } from 'vitest'
import { findRestoration } from '../../node/store/backup/restoration.ts'
import { answerRecovery, listRecoveries } from '../../node/store/directory/recoveries.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { startIndependentPeer } from './rig/activitypub-express.ts'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { startMemberPlace } from './rig/member-place.ts'
import { openNamespace } from './rig/namespace.ts'
import { type SnacAccount, startSnac, TRIED_ANEW } from './rig/snac.ts'
import { eventually } from './rig/visit.ts'

/** A place has lost all its data and its keys; the servers of its followers remember the former keys. */

const HUB = { host: 'hub.test', port: 8200 }
const PLACE = { host: 'node-a.test', port: 8201 }
const SNAC = { host: 'snac.test', port: 8101, sharesInbox: true }
/** A snac2 with its default settings: it has no shared inbox, so no directory stores its server for the place. */
const LONE = { host: 'seul.test', port: 8103 }
const EXPRESS = { host: 'peer.test', port: 8102 }
const CAFES = 'https://node-a.test/actors/cafes'

const CAFE = {
  descriptionMarkdown: 'On en parle autour d’un café.',
  startsAt: '2030-12-03T18:30:00',
  endsAt: '2030-12-03T20:00:00',
  venue: { name: 'La Boulange', postalCode: '26150', commune: 'Die' },
}

test.skipIf(whyNotHere('snac2', 'activitypub-express'))(
  'who followed a place on snac2 or activitypub-express hears its next cafés after it came back with new keys',
  TRIED_ANEW,
  async () => {
    await using rig = new AsyncDisposableStack()
    const sites = [HUB, PLACE, SNAC, LONE, EXPRESS]
    const network = rig.use(await openNamespace(sites.map(({ host }) => host)))
    const ports = Object.fromEntries(sites.map(({ host, port }) => [host, port]))
    rig.use(await startCaddy(network, ports))
    const { hub, place } = await startMemberPlace(network, rig, { hub: HUB, place: PLACE })
    const snac = rig.use(await startSnac(network, SNAC))
    const lone = rig.use(await startSnac(network, LONE))
    const express = rig.use(await startIndependentPeer(network, EXPRESS))

    const until = <T>(what: string, ask: () => Promise<T | undefined | false>) =>
      eventually(network, what, ask)
    const publish = (title: string) => place.call('POST', '/cafes', { ...CAFE, title })
    const untilShown = (reader: SnacAccount, title: string) =>
      until(`${title} is shown`, async () => (await reader.readTimeline()).includes(title))
    const untilHeld = (type: string, text: string) =>
      until(`activitypub-express holds ${type} ${text}`, async () =>
        (await express.readHeld()).inbox.some(
          (activity) => activity.type === type && JSON.stringify(activity).includes(text),
        ),
      )

    for (const reader of [snac, lone]) await reader.follow('@cafes@node-a.test')
    await express.post({ type: 'Follow', object: CAFES, to: [CAFES] })
    await until(
      'all follow',
      async () => place.query(`select 1 from follower where actor = 'cafes'`).length === 3,
    )
    await publish('Avant la panne')
    for (const reader of [snac, lone]) await untilShown(reader, 'Avant la panne')
    await untilHeld('Create', 'Avant la panne')
    await until('the directory shows it', async () => hub.query('select 1 from cafe').at(0))

    // The nightly task of the directory asks for the servers of the followers.
    await hub.stop()
    await hub.within(async (db) => {
      const { id } = await db.selectFrom('peer').select('id').executeTakeFirstOrThrow()
      await enqueueTask(db, { kind: 'follower-servers', subject: id }, Temporal.Now.instant())
    })
    await hub.start()
    await until('the directory knows those with a shared inbox', async () => {
      const hosts = hub.query('select host from follower_server order by host')
      return (
        hosts.length === 2 && expect(hosts).toEqual([{ host: EXPRESS.host }, { host: SNAC.host }])
      )
    })

    await place.lose()
    expect(await place.command('recover', hub.origin)).toMatch(/^1\scafé est revenu/)
    await place.start()
    const asked = await until('the place asks for its followers', () =>
      hub.within(async (db) => (await listRecoveries(db))[0]),
    )
    await hub.within((db) =>
      answerRecovery(db, { peerId: asked.peerId, answer: 'granted' }, Temporal.Now.instant()),
    )
    await place.stop()
    await place.start()
    await until('the place has them', () =>
      place.within(async (db) => (await findRestoration(db))?.directories[0]?.state === 'answered'),
    )
    await untilHeld('Update', 'main-key-')
    await publish('Après la panne')
    await untilHeld('Create', 'Après la panne')
    await untilShown(snac, 'Après la panne')
    expect(await snac.readLog()).not.toContain('bad signature')
    expect(await lone.readTimeline()).not.toContain('Après la panne')

    // A follower whose server was not told follows again; that server keeps the former key for 36 hours.
    await lone.unfollow(CAFES)
    const before = (await lone.readLog()).length
    await lone.follow('@cafes@node-a.test')
    await until('it is accepted', async () =>
      (await lone.readLog()).slice(before).includes(`confirmed follow from ${CAFES}`),
    )
    await publish('Pour qui revient')
    await untilShown(lone, 'Pour qui revient')
    expect(await lone.readLog()).not.toContain('bad signature')
  },
)
