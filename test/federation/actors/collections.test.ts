import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CAFE, type Site, startSite, until } from '../../support/network.ts'

let node: Site
let hub: Site
beforeAll(async () => {
  node = await startSite({ name: 'Médiathèque du Moulin' })
  hub = await startSite({ role: 'hub', name: 'Annuaire' })
})
afterAll(async () => {
  await Promise.all([node.close(), hub.close()])
})

const day = (inDays: number): string =>
  `${Temporal.Now.plainDateISO('Europe/Paris').add({ days: inDays })}T18:30:00`
const idOf = (uri: string): string => uri.split('/').at(-1) ?? ''
const at = (site: Site, path: string) => site.get(`${site.origin}${path}`)
const published = (uri: string) => until(async () => (await node.get(uri)).status === 200)

describe('how a server is found', () => {
  test('its feed by handle, with or without the prefix, or by its address', async () => {
    for (const resource of [
      `acct:cafes@${node.host}`,
      `cafes@${node.host}`,
      `acct:CAFES@${node.host.toUpperCase()}`,
      `${node.origin}/actors/cafes`,
    ]) {
      const path = `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`
      const { status, json } = await at(node, path)
      expect(status, resource).toBe(200)
      expect(json.subject).toBe(`acct:cafes@${node.host}`)
      expect(json.links).toContainEqual({
        rel: 'self',
        type: 'application/activity+json',
        href: `${node.origin}/actors/cafes`,
      })
    }
  })

  test('nobody who is not here, nor another server’s', async () => {
    for (const resource of [
      `acct:personne@${node.host}`,
      'acct:cafes@ailleurs.example',
      `${node.origin}/actors/../cafes`,
      'acct:',
      '\u0000',
    ]) {
      const path = `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`
      expect((await at(node, path)).status, resource).toBe(404)
    }
    expect((await at(node, '/.well-known/webfinger')).status).toBe(400)
  })

  test('a directory has a national feed, a place has none', async () => {
    expect((await at(hub, '/actors/cafe-ia')).json).toMatchObject({ type: 'Group' })
    expect((await at(node, '/actors/cafe-ia')).status).toBe(404)
  })

  test('NodeInfo says which actor speaks for the whole server, and counts no person', async () => {
    const { json } = await at(node, '/.well-known/nodeinfo')
    const links = json.links as { rel: string; href: string }[]
    expect(links.find(({ rel }) => rel.endsWith('#Application'))?.href).toBe(
      `${node.origin}/actors/instance`,
    )
    const info = await node.get(links[0]?.href ?? '')
    expect(info.json).toMatchObject({
      version: '2.1',
      software: { name: 'cafe-ia' },
      protocols: ['activitypub'],
      usage: { users: { total: 1 } },
    })
    expect(info.text).not.toContain('@')
  })

  test.each([
    ['instance', 'Application'],
    ['cafes', 'Group'],
  ])('%s is a %s with its inboxes, lists and two keys', async (name, type) => {
    const id = `${node.origin}/actors/${name}`
    const { json } = await node.get(id)
    expect(json).toMatchObject({
      id,
      type,
      preferredUsername: name,
      inbox: `${id}/inbox`,
      outbox: `${id}/outbox`,
      followers: `${id}/followers`,
      following: `${id}/following`,
      featured: `${id}/featured`,
      upcomingEvents: `${id}/upcoming`,
      endpoints: { sharedInbox: `${node.origin}/inbox` },
      publicKey: { id: `${id}#main-key`, owner: id },
      assertionMethod: [{ type: 'Multikey', controller: id }],
    })
    expect(Array.isArray(json.publicKey)).toBe(false)
  })

  test('keys outlive a restart: peers remember them for days', async () => {
    const before = await at(node, '/actors/cafes')
    await node.stop()
    await node.start()
    expect((await at(node, '/actors/cafes')).json.publicKey).toEqual(before.json.publicKey)
    expect((await at(node, '/actors/cafes')).json.assertionMethod).toEqual(
      before.json.assertionMethod,
    )
  })

  test('HEAD answers where GET does', async () => {
    for (const path of ['/actors/cafes', '/actors/cafes/outbox', '/.well-known/nodeinfo']) {
      const response = await fetch(`${node.origin}${path}`, {
        method: 'HEAD',
        headers: { accept: 'application/activity+json' },
      })
      expect(response.status, path).toBe(200)
    }
  })
})

describe('the lists of a feed', () => {
  let soon: string
  let later: string
  let draft: string
  beforeAll(async () => {
    later = await node.publish({ title: 'Plus tard', startsAt: day(30) })
    soon = await node.publish({ title: 'Bientôt', startsAt: day(3) })
    const { json } = await node.call('POST', '/cafes', { ...CAFE, title: 'Brouillon', draft: true })
    draft = String(json.id)
    await Promise.all([published(soon), published(later)])
  })

  const itemsOf = async (path: string) =>
    (await at(node, path)).json.orderedItems as { id: string; type: string; object?: unknown }[]

  test('to come: whole Events, soonest first, counted, never a draft', async () => {
    for (const actor of ['cafes', 'instance']) {
      const list = await at(node, `/actors/${actor}/upcoming`)
      expect(list.json).toMatchObject({ type: 'OrderedCollection', totalItems: 2 })
      const items = await itemsOf(new URL(String(list.json.first)).href.slice(node.origin.length))
      expect(items.map(({ id }) => id)).toEqual([soon, later])
      for (const item of items) expect(item).toMatchObject({ type: 'Event', proof: {} })
    }
  })

  test('pinned: the next cafés by their ids, as Mastodon reads them', async () => {
    expect((await at(node, '/actors/cafes/featured')).json.orderedItems).toEqual([soon, later])
  })

  test('outbox: activities, newest first, each at its own address too', async () => {
    const items = await itemsOf('/actors/cafes/outbox?page=first')
    expect(items.map(({ type }) => type)).toEqual(['Create', 'Create'])
    expect(items[0]?.object).toMatchObject({ id: soon })
    expect((await node.get(items[0]?.id ?? '')).json.id).toBe(items[0]?.id)
  })

  test('followers and followings are counted, not named', async () => {
    for (const list of ['followers', 'following']) {
      const { json } = await at(node, `/actors/cafes/${list}`)
      expect(json.totalItems).toBe(0)
      expect(json).not.toHaveProperty('orderedItems')
    }
  })

  test('a forged cursor is an empty or a first page, never an error', async () => {
    for (const cursor of ['x', "' or 1=1 --", '9999_', '_', '-1', '%00', 'é', '1e9', '0'])
      for (const list of ['upcoming', 'outbox']) {
        const path = `/actors/cafes/${list}?page=${encodeURIComponent(cursor)}`
        const { status, json } = await at(node, path)
        expect(status, path).toBe(200)
        expect(json.type).toBe('OrderedCollectionPage')
      }
  })

  test('a draft has no address for machines', async () => {
    expect((await node.get(draft)).status).toBe(404)
    for (const list of ['organizers', 'attendees', 'facilitators'])
      expect((await node.get(`${draft}/${list}`)).status).toBe(404)
  })

  test('the lists of a café hold public addresses and counts only', async () => {
    expect((await node.get(`${soon}/organizers`)).json).toMatchObject({
      type: 'OrganizersCollection',
      items: [`${node.origin}/actors/cafes`],
    })
    expect((await node.get(`${soon}/attendees`)).json).not.toHaveProperty('items')
    expect((await node.get(`${soon}/facilitators`)).json).toMatchObject({
      totalItems: 0,
      items: [],
    })
  })

  test('a person gets the page and a machine the Event, at one address', async () => {
    const page = await fetch(soon, { headers: { accept: 'text/html,application/xhtml+xml' } })
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('vary')).toContain('Accept')
    for (const accept of [
      'application/activity+json',
      'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
      'application/activity+json, application/ld+json, text/html;q=0.1',
    ]) {
      const event = await fetch(soon, { headers: { accept } })
      expect(event.headers.get('content-type')).toContain('application/activity+json')
      expect(event.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test('a café that is cancelled is still to come, and no longer pinned', async () => {
    await node.call('POST', `/cafes/${idOf(later)}/cancel`, {})
    await until(async () => (await node.get(later)).json.status === 'CANCELLED')
    const items = await itemsOf('/actors/cafes/upcoming?page=first')
    expect(items.map(({ id }) => id)).toContain(later)
    expect((await at(node, '/actors/cafes/featured')).json.orderedItems).toEqual([soon])
  })
})
