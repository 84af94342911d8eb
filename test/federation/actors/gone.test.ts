import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import { deleteBlock, saveBlock } from '../../../node/store/directory/blocks.ts'
import { findPeerByActor } from '../../../node/store/directory/peers.ts'
import { removePeer, setMembership } from '../../../node/store/memberships.ts'
import { type Member, startMember, startSpeaker } from '../../support/member.ts'
import { type Site, startPair, startSite, until } from '../../support/network.ts'

/**
 * Returns the statuses that the directory's own page of this café has for a person, for a program and for another
 * server.
 */
async function answersAt(hub: Site, id: string): Promise<number[]> {
  const page = `${hub.origin}/cafes/${id}`
  const accept = { accept: 'application/activity+json' }
  const responses = await Promise.all([
    fetch(page),
    fetch(`${hub.origin}/api/v1/cafes/${id}`),
    fetch(page, { headers: accept, redirect: 'manual' }),
  ])
  return responses.map(({ status }) => status)
}

test('a café deleted at its node answers 410 at the directory’s page for it, which leads on', async () => {
  const { hub, node } = await startPair()
  const uri = await node.publish({ title: 'Annoncé par erreur' })
  await until(() => hub.find(uri))
  const { id } = (await hub.find(uri)) ?? { id: '' }
  expect(await answersAt(hub, id)).toEqual([200, 200, 303])

  expect((await node.call('DELETE', `/cafes/${encodeURIComponent(uri)}`)).status).toBe(204)
  await until(async () => (await hub.find(uri)) === undefined)
  expect(await answersAt(hub, id)).toEqual([410, 410, 410])
  const page = await (await fetch(`${hub.origin}/cafes/${id}`)).text()
  expect(page).toContain('Ce café a été retiré')
  expect(page).toContain('action="/"')
  expect(page).toContain('href="/contact"')
  expect((await hub.get(`${hub.origin}/cafes/${id}`)).json).toMatchObject({
    type: 'Tombstone',
    id: uri,
  })
  expect(await answersAt(node, uri.split('/').at(-1) ?? '')).toEqual([410, 410, 410])
  await Promise.all([hub.close(), node.close()])
})

describe('a directory and one of its members', () => {
  let hub: Site
  let member: Member
  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
  })
  afterAll(async () => {
    await Promise.all([hub.close(), member.close()])
  })

  const peerOfMember = async () => {
    const peer = await findPeerByActor(hub.context.db, member.instance.uri)
    if (!peer) throw new Error('the member is not known')
    return peer
  }

  test('a café that a member passed on is hidden once its own origin is blocked', async () => {
    const { db, now } = hub.context
    const other = await startSpeaker(hub)
    const theirs = other.cafe({ themes: ['CafeIA'], title: 'Venu d’ailleurs' })
    other.pages.set(new URL(theirs.uri).pathname, other.event(theirs))
    await member.say({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${member.origin}/announces/1`,
      type: 'Announce',
      actor: member.feed.uri,
      object: theirs.uri,
    })
    await until(async () => (await hub.titles()).includes('Venu d’ailleurs'))
    const { id } = (await hub.find(theirs.uri)) ?? { id: '' }

    const { host } = new URL(other.origin)
    await saveBlock(db, { target: host, reason: 'essai' }, now())
    expect(await hub.titles()).toEqual([])
    expect((await fetch(`${hub.origin}/cafes/${id}`)).status).toBe(404)
    await deleteBlock(db, host)
    expect(await hub.titles()).toEqual(['Venu d’ailleurs'])
    await other.close()
  })

  test('when it leaves, what took place is kept, what was to come is hidden, all goes after 30 days', async () => {
    const { db, now } = hub.context
    const held = member.cafe({
      title: 'A eu lieu',
      startsAt: now().subtract({ hours: 3 }),
      endsAt: now().subtract({ hours: 1 }),
    })
    const toCome = member.cafe({ title: 'Aura lieu' })
    for (const cafe of [held, toCome]) await member.say(member.activity('Create', cafe))
    await until(async () => (await hub.titles()).includes('Aura lieu'))
    const past = async () => {
      const page = await fetch(`${hub.origin}/cafes?passes=1`)
      return (await page.text()).includes('A eu lieu')
    }
    expect(await past()).toBe(true)

    const { id } = await peerOfMember()
    await removePeer(db, { peerId: id }, now())
    expect(await hub.titles()).not.toContain('Aura lieu')
    expect(await past()).toBe(true)

    await setMembership(db, id, 'left', now().subtract({ hours: 31 * 24 }))
    await purge(hub.context)
    expect(await past()).toBe(false)
    expect(await hub.find(held.uri)).toBeUndefined()
    expect(await hub.find(toCome.uri)).toBeUndefined()
  })
})
