import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MEMBER_OF, NETWORK_CONTEXT } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'
import type { AgreementKey, Side } from '../../../node/domain/agreements/agreement.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { planReconciliations } from '../../../node/jobs/plan-readings.ts'
import { findAgreement } from '../../../node/store/agreements/agreements.ts'
import { saveOwnStatement } from '../../../node/store/agreements/statements.ts'
import { requestMembership } from '../../../node/store/networks/memberships.ts'
import { declareNetwork, endNetwork, findNetwork } from '../../../node/store/networks/networks.ts'
import { countCafes } from '../../../node/store/search/search.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { type Member, startMember } from '../../support/member.ts'
import { type Site, startSite, until, untilJoined } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'

/** A network of one place, a structure of another, and the directory that both have joined. */

const now = () => Temporal.Now.instant()
const structureOf = ({ origin }: { origin: string }) => `${origin}/actors/cafes`

async function declare(site: Site, name: string): Promise<string> {
  const organization = await findSiteStructure(site.context.db)
  const { uri } = await declareNetwork(
    site.context.db,
    {
      description: { name, presentation: 'Des bibliothèques.\nEnsemble.', website: undefined },
      by: OPERATOR,
      home: {
        organizationId: organization?.id ?? '',
        origin: site.origin,
        actorUri: `${site.origin}/actors/instance`,
      },
    },
    now(),
  )
  site.context.wake()
  return uri
}

const UNTITLED = { name: 'Réseau', presentation: '', website: undefined }

async function say(site: Site, pair: AgreementKey, side: Side, isYes: boolean) {
  await saveOwnStatement(site.context.db, { ...pair, side, isYes }, now())
  site.context.wake()
}

const stateAt = async (site: Site, pair: AgreementKey) =>
  (await findAgreement(site.context.db, pair))?.state
const untilState = (site: Site, pair: AgreementKey, state: string) =>
  until(async () => (await stateAt(site, pair)) === state, {
    what: `${state} at ${site.origin}`,
    within: 10_000,
  })

/** Runs the nightly tasks of a server now. */
const night = async (site: Site) => {
  await planReconciliations(site.context)
  const waits = () =>
    site.context.db.selectFrom('task').select('kind').where('kind', '<>', 'visit').execute()
  await until(async () => (await waits()).length === 0, { what: 'the night', within: 20_000 })
}

const cafesOf = (site: Site, slug: string) =>
  countCafes(site.context.db, { from: now(), network: slug })

async function follow(peer: RemotePeer, hub: Site, feed: string): Promise<void> {
  const actor = peer.addActor('camille', { preferredUsername: 'camille', type: 'Person' })
  await peer.send(actor, `${hub.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: `${hub.origin}/actors/${feed}`,
  })
  await until(() => peer.activitiesOf('Accept').length > 0, { what: 'the Accept' })
}

describe('a network of one place and a structure of another', () => {
  let hub: Site
  let home: Site
  let place: Site
  let reader: RemotePeer
  let networkUri: string
  let pair: AgreementKey
  const slug = 'federation-des-mediatheques'
  beforeAll(async () => {
    hub = await startSite({ role: 'hub', name: 'Annuaire' })
    home = await startSite({ name: 'Tête', hub: { site: hub, invitation: await hub.invite() } })
    // It was declared before the directory answered, and is announced after the answer.
    networkUri = await declare(home, 'Fédération des médiathèques')
    place = await startSite({ name: 'Lieu', hub: { site: hub, invitation: await hub.invite() } })
    await Promise.all([untilJoined(hub, home), untilJoined(hub, place)])
    reader = await startRemotePeer(0)
    pair = { kind: 'member-of', objectUri: networkUri, subjectUri: structureOf(place) }
    await place.publish({ title: 'Avant le réseau' })
    await until(async () => (await hub.titles()).length === 1)
  })
  afterAll(() => Promise.all([hub, home, place, reader].map((each) => each.close())))

  test('is known at the directory under its own name, by the page where it was declared', async () => {
    await until(() => findNetwork(hub.context.db, { uri: networkUri }))
    const network = await findNetwork(hub.context.db, { uri: networkUri })
    expect(network).toMatchObject({
      name: 'Fédération des médiathèques',
      presentation: 'Des bibliothèques.\n\nEnsemble.',
      slug,
    })
    const { json } = await home.get(networkUri)
    expect(json).toMatchObject({ id: networkUri, type: 'Organization' })
    const answer = await fetch(`${hub.origin}/reseaux/${slug}`, {
      headers: { accept: 'application/activity+json' },
      redirect: 'manual',
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, networkUri])
  })

  test('asked by the structure, it is nobody’s member until the network has said yes', async () => {
    const network = { ...UNTITLED, uri: networkUri, actorUri: `${home.origin}/actors/instance` }
    await requestMembership(place.context.db, { network, structureUri: pair.subjectUri }, now())
    place.context.wake()
    await untilState(home, pair, 'asked')
    await untilState(hub, pair, 'asked')
    expect(await cafesOf(hub, slug)).toBe(0)
    await say(home, pair, 'object', true)
    for (const site of [home, place, hub]) await untilState(site, pair, 'in-force')
    await until(async () => (await cafesOf(hub, slug)) === 1, { what: 'its café is found' })
  })

  test('its account announces what the members announce from now on, once, and takes it back when one leaves', async () => {
    await follow(reader, hub, `reseau-${slug}`)
    const uri = await place.publish({ title: 'Dans le réseau' })
    const heard = () => reader.activitiesOf('Announce').filter(({ json }) => json.object === uri)
    await until(() => heard().length > 0)
    expect(reader.activitiesOf('Announce')).toHaveLength(1)
    expect(heard()[0]?.json.actor).toBe(`${hub.origin}/actors/reseau-${slug}`)

    await say(place, pair, 'subject', false)
    for (const site of [home, place, hub]) await untilState(site, pair, 'ended')
    expect(await cafesOf(hub, slug)).toBe(0)
    await until(() => reader.activitiesOf('Undo').length > 0)
    expect(reader.activitiesOf('Undo').map(({ json }) => (json.object as Json).object)).toEqual([
      uri,
    ])
  })

  test('a structure that left is invited again, and accepts', async () => {
    await say(home, pair, 'object', true)
    await untilState(place, pair, 'invited')
    await say(place, pair, 'subject', true)
    for (const site of [home, place, hub]) await untilState(site, pair, 'in-force')
  })

  test('a statement that one of them missed is repaired within a day, in both directions', async () => {
    const forget = (site: Site, change: Record<string, string | null>) =>
      site.context.db.updateTable('agreement').set(change).execute()
    const everywhere = [home, place, hub]

    // The network's Accept is lost at the structure and at the directory, and the structure's Offer at the directory.
    await forget(place, { object_at: null })
    await forget(hub, { object_at: null, subject_at: null })
    await night(place)
    expect(await stateAt(place, pair)).toBe('in-force')
    await night(hub)
    expect(await stateAt(hub, pair)).toBe('in-force')

    // The structure's Undo is lost at the network and at the directory.
    await say(place, pair, 'subject', false)
    for (const site of everywhere) await untilState(site, pair, 'ended')
    for (const site of [home, hub]) await forget(site, { ended_at: null, ended_by: null })
    for (const site of [home, hub]) await night(site)
    expect(await Promise.all(everywhere.map((site) => stateAt(site, pair)))).toEqual(
      everywhere.map(() => 'ended'),
    )

    // The statements that made it a member again are lost at the structure and at the directory, which have no row left.
    await say(place, pair, 'subject', true)
    await say(home, pair, 'object', true)
    for (const site of everywhere) await untilState(site, pair, 'in-force')
    await place.context.db.deleteFrom('agreement').execute()
    await hub.context.db.deleteFrom('agreement').execute()
    await night(place)
    expect(await stateAt(place, pair)).toBe('invited')
    await say(place, pair, 'subject', true)
    for (const site of [home, place]) await untilState(site, pair, 'in-force')
    await night(hub)
    expect(await stateAt(hub, pair)).toBe('in-force')
  })

  test('membership statements are listed for those whom they concern, who sign their request', async () => {
    for (const [site, actor] of [
      [home, 'instance'],
      [place, 'cafes'],
    ] as const)
      expect((await site.get(`${site.origin}/actors/${actor}/memberships`)).status).toBe(404)
  })

  test('ends everywhere when the network ends', async () => {
    await endNetwork(home.context.db, networkUri, now())
    home.context.wake()
    for (const site of [home, place, hub]) await untilState(site, pair, 'ended')
    await until(async () => !(await findNetwork(hub.context.db, { uri: networkUri })))
  })

  test('an ended network sends a Delete to its followers, and its account and its page answer 410', async () => {
    const account = `${hub.origin}/actors/reseau-${slug}`
    await until(() => reader.activitiesOf('Delete').length > 0, { what: 'the Delete' })
    expect(reader.activitiesOf('Delete').map(({ json }) => [json.actor, json.object])).toEqual([
      [account, account],
    ])
    for (const [site, uri, formerType] of [
      [hub, account, 'Group'],
      [home, networkUri, 'Organization'],
    ] as const) {
      const { status, json } = await site.get(uri)
      expect([status, json.id, json.type, json.formerType]).toEqual([
        410,
        uri,
        'Tombstone',
        formerType,
      ])
    }
    const { db } = hub.context
    const followers = await db
      .selectFrom('follower')
      .select('uri')
      .where('actor', '=', `reseau-${slug}`)
      .execute()
    expect(followers).toEqual([])
    expect((await hub.get(`${hub.origin}/actors/reseau-jamais`)).status).toBe(404)
  })
})

test('a directory that missed what a network is called now, or that it has ended, learns it at night', async () => {
  const hub = await startSite({ role: 'hub' })
  const home = await startSite({ hub: { site: hub, invitation: await hub.invite() } })
  const { db } = hub.context
  try {
    await untilJoined(hub, home)
    const uri = await declare(home, 'La Poste')
    await until(() => findNetwork(db, { uri }))
    await db.updateTable('network').set({ name: 'PTT' }).execute()
    await night(hub)
    expect((await findNetwork(db, { uri }))?.name).toBe('La Poste')
    await endNetwork(home.context.db, uri, now())
    home.context.wake()
    await until(async () => !(await findNetwork(db, { uri })))
    await db.updateTable('network').set({ ended_at: null }).execute()
    await night(hub)
    expect(await findNetwork(db, { uri })).toBeUndefined()
  } finally {
    await Promise.all([hub.close(), home.close()])
  }
})

describe('at a directory', () => {
  let hub: Site
  let member: Member
  let stranger: RemotePeer
  let own: string
  beforeAll(async () => {
    hub = await startSite({ role: 'hub', name: 'Annuaire' })
    member = await startMember(hub)
    stranger = await startRemotePeer(1)
    own = await declare(hub, 'La Poste')
  })
  afterAll(() => Promise.all([hub, member, stranger].map((each) => each.close())))

  const word = (type: string, by: { uri: string }, said: { subject: string; object: unknown }) => {
    const relation = { type: 'Relationship', relationship: MEMBER_OF, ...said }
    return {
      '@context': NETWORK_CONTEXT,
      id: `${new URL(by.uri).origin}/activities/${randomUUID()}`,
      type,
      actor: by.uri,
      published: now().round('second').toString(),
      object: type === 'Offer' ? relation : { type: 'Offer', object: relation },
    }
  }
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 300))
  const rows = () => hub.context.db.selectFrom('agreement').selectAll().execute()

  test('activities of an actor that is neither the structure nor the network are ignored', async () => {
    const actor = stranger.addActor('cafes')
    const forged = [
      // The structure of the object belongs to somebody else.
      word('Offer', actor, { subject: member.feed.uri, object: own }),
      // The actor claims the directory's own network.
      word('Accept', actor, { subject: member.feed.uri, object: own }),
      // The actor claims a network of the member's server.
      word('Offer', actor, { subject: actor.uri, object: `${member.origin}/reseaux/x` }),
    ]
    for (const each of forged) await stranger.send(actor, `${hub.origin}/inbox`, each)
    await quiet()
    expect(await rows()).toEqual([])
  })

  test('an actor of the same server does not speak for a structure beside it', async () => {
    const other = member.addActor('autre')
    await member.send(
      other,
      `${hub.origin}/inbox`,
      word('Offer', other, { subject: member.feed.uri, object: own }),
    )
    await quiet()
    expect(await rows()).toEqual([])
  })

  test('a repeated Offer counts once, in any order of arrival; the later refusal wins', async () => {
    const pair = { kind: 'member-of', objectUri: own, subjectUri: member.feed.uri } as const
    const offer = word('Offer', member.feed, { subject: member.feed.uri, object: own })
    const undo = word('Undo', member.feed, { subject: member.feed.uri, object: own })
    const later = now().round('second').subtract({ seconds: 5 })
    await member.say({ ...undo, published: later.toString() })
    await member.say({ ...offer, published: later.subtract({ seconds: 5 }).toString() })
    await member.say({
      ...offer,
      id: `${offer.id}2`,
      published: later.subtract({ seconds: 5 }).toString(),
    })
    await untilState(hub, pair, 'ended')
    await quiet()
    expect(await stateAt(hub, pair)).toBe('ended')
    await member.say(word('Offer', member.feed, { subject: member.feed.uri, object: own }))
    await untilState(hub, pair, 'asked')
  })

  test('an Organization is kept only from a server that is heard, and only of its own', async () => {
    const said = (by: { uri: string }, uri: string, change: Json = {}) => ({
      '@context': NETWORK_CONTEXT,
      id: `${new URL(by.uri).origin}/activities/${randomUUID()}`,
      type: 'Update',
      actor: by.uri,
      object: { id: uri, type: 'Organization', name: 'Un réseau', attributedTo: by.uri, ...change },
    })
    const actor = stranger.addActor('instance', { type: 'Application' })
    await stranger.send(actor, `${hub.origin}/inbox`, said(actor, `${stranger.origin}/reseaux/a`))
    await stranger.send(actor, `${hub.origin}/inbox`, said(actor, own, { attributedTo: undefined }))
    const uri = `${member.origin}/reseaux/b`
    await member.send(member.instance, `${hub.origin}/inbox`, said(member.instance, uri))
    await until(() => findNetwork(hub.context.db, { uri }))
    // Another actor of the same server cannot take it over.
    const other = member.addActor('usurpe')
    await member.send(other, `${hub.origin}/inbox`, said(other, uri, { name: 'Pris' }))
    await quiet()
    const names = (await hub.context.db.selectFrom('network').select('name').execute()).map(
      ({ name }) => name,
    )
    expect(names.sort()).toEqual(['La Poste', 'Un réseau'])
  })
})
