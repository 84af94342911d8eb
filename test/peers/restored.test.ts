import { join } from 'node:path'
import { expect, test } from 'vitest'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { startMemberPlace } from './rig/member-place.ts'
import { openNamespace } from './rig/namespace.ts'
import { startSnac, TRIED_ANEW } from './rig/snac.ts'
import { eventually, visit } from './rig/visit.ts'

/** A place is restored on an empty machine from a backup alone; it has a directory, and a follower on snac2. */

const HUB = { host: 'hub.test', port: 8300 }
const PLACE = { host: 'node-a.test', port: 8301 }
const SNAC = { host: 'snac.test', port: 8302 }

const CAFE = {
  descriptionMarkdown: 'On en parle autour d’un café.',
  startsAt: '2030-12-03T18:30:00',
  endsAt: '2030-12-03T20:00:00',
  venue: { name: 'La Boulange', postalCode: '26150', commune: 'Die' },
}

test.skipIf(whyNotHere('snac2'))(
  'a follower on snac2 hears nothing twice of a restored place, nothing that went, and what is new',
  TRIED_ANEW,
  async () => {
    await using rig = new AsyncDisposableStack()
    const sites = [HUB, PLACE, SNAC]
    const network = rig.use(await openNamespace(sites.map(({ host }) => host)))
    const ports = Object.fromEntries(sites.map(({ host, port }) => [host, port]))
    rig.use(await startCaddy(network, ports))
    const { hub, place } = await startMemberPlace(network, rig, { hub: HUB, place: PLACE })
    const reader = rig.use(await startSnac(network, SNAC))

    const until = <T>(what: string, ask: () => Promise<T | undefined | false>) =>
      eventually(network, what, ask)
    const publish = async (title: string) => {
      const made = await place.call('POST', '/cafes', { ...CAFE, title })
      return new URL((made as { id: string }).id).pathname
    }
    const countShown = async (title: string) =>
      (await reader.readTimeline()).split(title).length - 1
    const untilShown = (title: string) =>
      until(`${title} is shown`, async () => (await countShown(title)) > 0)
    const titlesAtHub = () =>
      hub.query('select title from cafe where hidden_reason is null order by title')

    await reader.follow('@cafes@node-a.test')
    await until('it is followed', async () =>
      place.query(`select 1 from follower where actor = 'cafes'`).at(0),
    )
    await publish('Un café qui reste')
    await untilShown('Un café qui reste')
    const goes = await publish('Un café supprimé ensuite')
    await untilShown('Un café supprimé ensuite')
    await until('the directory has both', async () => titlesAtHub().length === 2)
    const shown = await countShown('Un café qui reste')
    const { json: before } = await place.readActivityStreams(`${place.origin}/actors/cafes`)

    const file = join(network.folder, 'sauvegarde.tar.gz')
    await place.command('backup', file)
    await place.call('DELETE', goes)
    await until('it is gone at the directory', async () => titlesAtHub().length === 1)
    await until('it is gone at snac2', async () => (await countShown('supprimé ensuite')) === 0)

    await place.lose()
    expect(await place.command('restore', file)).toContain('pages restent fermées')
    await place.start()
    const statusOf = async (path: string) =>
      (await visit(network, { url: place.origin + path })).status
    await until('its pages are shown again', async () => (await statusOf('/')) === 200)
    expect(await statusOf(goes)).toBe(404)
    expect(await place.command('held', '--send')).toContain('part')

    // The accounts, keys and followers are the same, so nobody needs to act.
    const { json: after } = await place.readActivityStreams(`${place.origin}/actors/cafes`)
    expect(after).toEqual(before)
    await publish('Un café après la remise')
    await untilShown('Un café après la remise')
    await until('the directory has it', async () =>
      titlesAtHub().some(
        (row) => JSON.stringify(row) === JSON.stringify({ title: 'Un café après la remise' }),
      ),
    )
    expect(titlesAtHub()).toHaveLength(2)
    expect(await countShown('Un café qui reste')).toBe(shown)
    expect(await countShown('supprimé ensuite')).toBe(0)
    expect(await reader.readLog()).not.toContain('bad signature')
  },
)
