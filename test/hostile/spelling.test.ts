import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  activity,
  anEvent,
  CONTEXT,
  create,
  eventually,
  follow,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import { documentOf, type RemoteActorFixture } from '../support/remote-peer.ts'

/** One host has one name and one meaning: other spellings, handles of others and names that are given twice. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 20 })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

const OTHER_SPELLINGS = ['127.1', '2130706433', '0x7f.0.0.1', '127.0.0.1.', '127.000.000.001']

it.each(OTHER_SPELLINGS)('an actor that spells its host %s is not a second one', async (host) => {
  const attacker = stage.nextAttacker()
  const uri = attacker.cafes.uri.replace('127.0.0.1', host)
  const twin: RemoteActorFixture = { ...attacker.cafes, uri, keyId: `${uri}#main-key` }
  attacker.pages.set('/actors/cafes', documentOf(twin, attacker.origin))
  await stage.expectRefused([400, 401], () =>
    stage.post(
      { ...follow(stage, attacker.cafes), actor: uri, id: `${attacker.origin}/1` },
      { by: twin, keyId: attacker.cafes.keyId },
    ),
  )
})

it('a café of a member is not listed twice under two spellings of its address', async () => {
  const { v } = stage
  const event = await stage.publish()
  for (const host of OTHER_SPELLINGS) {
    const object = anEvent(v.cafes, { id: event.id.replace('127.0.0.1', host), name: 'Double' })
    await stage.expectRefused([400, 403], () =>
      stage.post(activity(v.cafes, 'Create', { object }), { by: v.cafes }),
    )
  }
})

const WEBFINGER = '/.well-known/webfinger'
const leadingTo = (subject: string | undefined, href: string) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/jrd+json' }).end(
    JSON.stringify({
      ...(subject && { subject }),
      links: [{ rel: 'self', type: 'application/activity+json', href }],
    }),
  )

const followByHandle = async (address: string) => {
  await stage.server.command('follow', address)
  await stage.server.restart()
  let state: unknown
  await eventually(`${address} was asked for`, async () => {
    state = stage.server.query('select state from following where address = ?', address)[0]?.state
    return state !== undefined
  })
  return state
}

it('a handle that leads to an actor which does not call itself so is not followed', async () => {
  const liar = stage.nextAttacker()
  const host = new URL(liar.origin).host
  const victim = stage.nextAttacker()
  liar.addActor('troll', { preferredUsername: 'troll' })
  for (const [subject, href] of [
    [undefined, victim.cafes.uri],
    [`acct:cafes@${host}`, victim.cafes.uri],
    [`acct:cafes@${new URL(victim.origin).host}`, victim.cafes.uri],
  ] as const) {
    liar.pages.set(WEBFINGER, leadingTo(subject, href))
    expect(await followByHandle(`@cafes@${host}`)).toBe('failed')
  }
  liar.pages.set(WEBFINGER, leadingTo(undefined, `${liar.origin}/actors/troll`))
  expect(await followByHandle(`@friend@${host}`)).toBe('failed')
  expect(victim.activitiesOf('Follow')).toEqual([])
  expect(liar.activitiesOf('Follow')).toEqual([])
})

it('a handle whose host has its actors elsewhere is followed when these say the same', async () => {
  const home = stage.nextAttacker()
  const other = stage.nextAttacker()
  const handle = `@cafes@${new URL(other.origin).host}`
  other.pages.set(WEBFINGER, leadingTo(`acct:${handle.slice(1)}`, home.cafes.uri))
  home.pages.set(WEBFINGER, leadingTo(`acct:${handle.slice(1)}`, home.cafes.uri))
  expect(await followByHandle(handle)).toBe('asked')
})

it('a name that is given twice in one object is refused before anybody asks which counts', async () => {
  const { v } = stage
  const liar = await stage.admitLiar()
  const text = (change: [string, string]) =>
    JSON.stringify(create(liar.cafes, { name: 'Deux fois' })).replace(...change)
  for (const change of [
    [/"actor":/, `"actor":"${v.cafes.uri}","actor":`],
    [/"actor":/, `"\\u0061ctor":"${v.cafes.uri}","actor":`],
    [/"type":"Create"/, '"type":"Delete","type":"Create"'],
    [/"object":/, `"object":"${v.cafes.uri}","object":`],
    [/"id":/, `"id":"${v.origin}/1","id":`],
    [/"type":"Event"/, '"type":"Note","type":"Event"'],
    [/"attributedTo":/, `"attributedTo":"${v.cafes.uri}","attributedTo":`],
    [/"name":"Médiathèque"/, '"name":"a","name":"b"'],
  ] as unknown as [string, string][])
    await stage.expectRefused(400, () => stage.post(text(change), { by: liar.cafes }))
})

it('nor is it believed in what is fetched', async () => {
  const liar = await stage.admitLiar()
  const object = anEvent(liar.cafes, { '@context': CONTEXT, name: 'Deux fois, chez lui' })
  liar.pages.set(new URL(object.id).pathname, (response) =>
    response
      .writeHead(200, { 'content-type': 'application/activity+json' })
      .end(JSON.stringify(object).replace('"type"', '"type":"Note","type"')),
  )
  await stage.post(activity(liar.cafes, 'Announce', { object: object.id }), { by: liar.cafes })
  await eventually('it was asked for', async () => liar.hits(new URL(object.id).pathname) > 0)
  await stage.settle()
  expect(stage.findCafe(object.id)).toBeUndefined()
})
