import { afterEach, describe, expect, test } from 'vitest'
import { followAddress } from '../../../node/commands/follow.ts'
import {
  listFollowings,
  requestFollow,
  stopFollowing,
} from '../../../node/store/directory/followings.ts'
import { countAccounts, isFollower, saveFollower } from '../../../node/store/feeds/followers.ts'
import { decideMembership, removePeer } from '../../../node/store/memberships.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { signInByLink } from '../../support/admin.ts'
import {
  peerOf,
  type Site,
  startPair,
  startSite,
  until,
  untilJoined,
} from '../../support/network.ts'

const sites: Site[] = []
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()))
})

async function start(options: Parameters<typeof startSite>[0] = {}): Promise<Site> {
  const site = await startSite(options)
  sites.push(site)
  return site
}

async function pair(): Promise<{ hub: Site; node: Site }> {
  const both = await startPair()
  sites.push(both.hub, both.node)
  return both
}

const instance = (site: Site) => `${site.origin}/actors/instance`
const stateAt = async (node: Site) => (await listFollowings(node.context.db))[0]?.state

async function decide(hub: Site, node: Site, admitted: boolean): Promise<void> {
  const peer = await peerOf(hub, node)
  const { db, now, wake } = hub.context
  await decideMembership(db, { peerId: peer?.id ?? '', admitted }, now())
  wake()
}

async function leave(node: Site, hub?: Site): Promise<void> {
  const { db, now, wake } = node.context
  const following = (await listFollowings(db)).find(
    ({ targetUri }) => !hub || targetUri?.startsWith(`${hub.origin}/`),
  )
  await stopFollowing(db, following?.id ?? '', now())
  wake()
}

describe('joining a directory', () => {
  test('an invitation admits at once, and each follows the other', async () => {
    const { hub, node } = await pair()
    expect(await peerOf(hub, node)).toMatchObject({ membership: 'member', following: 'accepted' })
    expect(await peerOf(node, hub)).toMatchObject({ membership: 'none', following: 'accepted' })
    expect(await isFollower(hub.context.db, 'instance', instance(node))).toBe(true)
    expect(await isFollower(node.context.db, 'instance', instance(hub))).toBe(true)
  })

  test('an invitation admits one structure and no second', async () => {
    const hub = await start({ role: 'hub' })
    const invitation = await hub.invite()
    const first = await start({ hub: { site: hub, invitation } })
    await untilJoined(hub, first)
    const second = await start({ hub: { site: hub, invitation } })
    await until(() => peerOf(hub, second))
    expect(await peerOf(hub, second)).toMatchObject({ membership: 'requested' })
    // The command gets a new invitation, in the form that its team hands it out.
    const address = `${hub.origin}/?invitation=${await hub.invite()}`
    await followAddress(second.context, { address, join: true })
    second.context.wake()
    await until(async () => (await stateAt(second)) === 'accepted', { what: 'the Accept' })
    expect(await peerOf(hub, second)).toMatchObject({ membership: 'member' })
    expect((await listFollowings(second.context.db)).map((one) => one.address)).toEqual([
      hub.origin,
    ])
    await expect(followAddress(second.context, { address, invitation: 'x' })).rejects.toThrow(
      'n’est pas celle de --invitation',
    )
    // Directories list a site, and do not count as followers.
    expect(await countAccounts(first.context.db)).toBe(0)
    const { db, now } = first.context
    const person = { uri: 'https://social.example/1', inbox: 'https://social.example/1/inbox' }
    for (const actor of ['cafes', 'instance', 'camille-r'])
      await saveFollower(db, { actor, sharedInbox: undefined, followId: 'x', ...person }, now())
    expect(await countAccounts(db)).toBe(1)
    expect(await countAccounts(db, ['cafes'])).toBe(1)
    expect(await countAccounts(db, ['cafe-ia'])).toBe(0)
  })

  test('without an invitation the team decides; nothing is shown before it admits', async () => {
    const hub = await start({ role: 'hub' })
    const node = await start({ hub: { site: hub } })
    await node.publish({ title: 'Avant la décision' })
    await until(async () => (await peerOf(hub, node))?.membership === 'requested')
    expect(await stateAt(node)).toBe('asked')
    expect(await hub.titles()).toEqual([])

    await decide(hub, node, true)
    await untilJoined(hub, node)
    expect(await stateAt(node)).toBe('accepted')
    expect(await hub.titles()).toEqual(['Avant la décision'])
  })

  test('a refusal reaches the place, and none of its cafés is listed', async () => {
    const hub = await start({ role: 'hub' })
    const node = await start({ hub: { site: hub } })
    await until(async () => (await peerOf(hub, node))?.membership === 'requested')
    await decide(hub, node, false)
    await until(async () => (await stateAt(node)) === 'refused')
    await node.publish()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await hub.titles()).toEqual([])
  })

  test('what was written with a request is sent again with it, and kept no longer than it waits', async () => {
    const hub = await start({ role: 'hub' })
    const node = await start()
    const { db, now, wake } = node.context
    const message = 'Nous ouvrons en mars.'
    const request = { address: hub.origin, join: true, invitation: undefined, message }
    await requestFollow(db, request, now())
    wake()
    const requested = async () => (await peerOf(hub, node))?.membership === 'requested'
    await until(requested)
    await decide(hub, node, false)
    await until(async () => (await stateAt(node)) === 'refused')
    const saidAtHub = async () =>
      hub.context.db.selectFrom('peer').select('invitation').executeTakeFirst()
    await hub.context.db.updateTable('peer').set({ invitation: null }).execute()
    const team = await signInByLink(node)
    const { id } = (await listFollowings(db))[0] ?? {}
    const page = await team.get('/administration/reseau')
    await team.submit(page, `/administration/reseau/suivis/${id}/reessayer`)
    await until(requested)
    expect((await saidAtHub())?.invitation).toContain(message)
    await decide(hub, node, true)
    await until(async () => (await stateAt(node)) === 'accepted')
    expect((await listFollowings(db))[0]?.message).toBeUndefined()
  })

  test('an address that leads nowhere is shown as failed, with the code of why', async () => {
    const node = await start()
    const { db, now, wake } = node.context
    await requestFollow(
      db,
      { address: 'http://127.0.0.1:9', join: true, invitation: undefined },
      now(),
    )
    wake()
    await until(async () => (await stateAt(node)) === 'failed')
    expect((await listFollowings(db))[0]?.error).toBe('remote.network')
  })

  test('all that was there before is read whole, three pages of it', {
    timeout: 90_000,
  }, async () => {
    const hub = await start({ role: 'hub' })
    const node = await start()
    await publishMany(node, 120)
    const { db, now, wake } = node.context
    const invitation = await hub.invite()
    await requestFollow(db, { address: hub.origin, join: true, invitation }, now())
    wake()
    await untilJoined(hub, node)
    expect(await urisAt(hub)).toEqual(await urisAt(node))
    expect(await urisAt(hub)).toHaveLength(120)
  })

  test('a directory stopped in the middle goes on where it was: nothing missing, nothing twice', {
    timeout: 90_000,
  }, async () => {
    const hub = await start({ role: 'hub' })
    const node = await start()
    await publishMany(node, 120)
    const { db, now, wake } = node.context
    await requestFollow(
      db,
      { address: hub.origin, join: true, invitation: await hub.invite() },
      now(),
    )
    wake()
    await until(async () => (await urisAt(hub)).length >= 50, { within: 40_000 })
    await hub.stop()
    await hub.start()
    const half = await hub.context.db.selectFrom('task').selectAll().execute()
    expect(half.filter((task) => task.kind === 'backfill')).toHaveLength(1)
    await untilJoined(hub, node)
    expect(await urisAt(hub)).toEqual(await urisAt(node))
    expect(await countRows(hub, 'cafe_document')).toBe(120)
  })
})

describe('two directories', () => {
  test('both list a place that joined both; leaving one changes nothing at the other', async () => {
    const { hub, node } = await pair()
    const region = await start({ role: 'hub', name: 'Annuaire de Bretagne' })
    const { db, now, wake } = node.context
    const invitation = await region.invite()
    await requestFollow(db, { address: region.origin, join: true, invitation }, now())
    wake()
    await untilJoined(region, node)
    await node.publish({ title: 'Dans les deux' })
    for (const directory of [hub, region])
      await until(async () => (await directory.titles()).includes('Dans les deux'))

    await leave(node, hub)
    await until(async () => (await hub.titles()).length === 0)
    await node.publish({ title: 'Dans un seul' })
    await until(async () => (await region.titles()).includes('Dans un seul'))
    expect(await hub.titles()).toEqual([])
    expect(await peerOf(region, node)).toMatchObject({ membership: 'member' })
  })

  test('a directory may itself be a member of another', async () => {
    const nation = await start({ role: 'hub' })
    const region = await start({
      role: 'hub',
      hub: { site: nation, invitation: await nation.invite() },
    })
    await untilJoined(nation, region)
    await region.publish({ title: 'De la région' })
    await until(async () => (await nation.titles()).includes('De la région'))
  })
})

describe('leaving a directory', () => {
  test('hides what is to come at once, keeps what is over, and coming back shows it again', async () => {
    const { hub, node } = await pair()
    const uri = await node.publish({ title: 'À venir' })
    await until(async () => (await hub.titles()).includes('À venir'))
    const past = await node.publish({ title: 'Passé' })
    await until(() => hub.find(past))
    await makePast(hub, past)

    await leave(node)
    await until(async () => (await hub.titles()).length === 0, { within: 2_000 })
    expect(await peerOf(hub, node)).toMatchObject({ membership: 'left', following: 'none' })
    await until(async () => !(await isFollower(node.context.db, 'instance', instance(hub))))
    expect(await hub.find(past)).toBeDefined()
    expect((await hub.get(`${hub.origin}/api/v1/cafes?id=${encodeURIComponent(uri)}`)).status).toBe(
      404,
    )

    const { db, now, wake } = node.context
    await requestFollow(
      db,
      { address: hub.origin, join: true, invitation: await hub.invite() },
      now(),
    )
    wake()
    await until(async () => (await hub.titles()).includes('À venir'))
    await node.publish({ title: 'De retour' })
    await until(async () => (await hub.titles()).includes('De retour'))
  })

  test('activities of a place that left are ignored', async () => {
    const { hub, node } = await pair()
    await leave(node)
    await until(async () => (await peerOf(hub, node))?.membership === 'left')
    await until(async () => !(await isFollower(node.context.db, 'instance', instance(hub))))
    const uri = await node.publish({ title: 'Sans vous' })
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await hub.find(uri)).toBeUndefined()
  })

  test('the team ends a membership: the place hears it, and its cafés are hidden', async () => {
    const { hub, node } = await pair()
    await node.publish({ title: 'Encore là' })
    await until(async () => (await hub.titles()).length === 1)
    const { db, now, wake } = hub.context
    await removePeer(db, { peerId: (await peerOf(hub, node))?.id ?? '' }, now())
    wake()
    expect(await hub.titles()).toEqual([])
    await until(async () => (await stateAt(node)) === 'refused')
    await until(async () => !(await isFollower(node.context.db, 'instance', instance(hub))))
  })
})

/** Publishes many cafés in one NDJSON request, as a town does from its calendar. */
async function publishMany(node: Site, count: number): Promise<void> {
  const day = Temporal.Now.plainDateISO('Europe/Paris')
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      title: `Café IA nº ${i}`,
      startsAt: `${day.add({ days: 2 + (i % 60) })}T18:00:00`,
      venue: { name: 'Ici', postalCode: '26150', commune: 'Die' },
    }),
  )
  const { context } = node
  const token = await import('../../../node/commands/token.ts').then(({ createApiToken }) =>
    createApiToken(context, 'batch'),
  )
  const answer = await fetch(`${node.origin}/api/v1/cafes/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  })
  expect(answer.status).toBe(200)
  await answer.text()
  await until(async () => (await countRows(node, 'cafe_document')) === count, { within: 20_000 })
}

const urisAt = async (site: Site): Promise<string[]> =>
  (await site.context.db.selectFrom('cafe').select('uri').orderBy('uri').execute()).map(
    ({ uri }) => uri,
  )

const countRows = async (site: Site, table: 'cafe_document' | 'cafe'): Promise<number> =>
  (await site.context.db.selectFrom(table).selectAll().execute()).length

/** Moves the date of a café to the past, as the course of time would. */
const makePast = (site: Site, uri: string) =>
  updateCafes(
    site.context.db,
    { starts_at: '2026-01-10T17:30:00Z', ends_at: '2026-01-10T19:00:00Z' },
    (qb) => qb.where('uri', '=', uri),
  )
