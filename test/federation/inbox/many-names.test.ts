import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { JOINS_FULL_TEXT } from '../../../node/domain/federation/full-text.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { countSites } from '../../../node/store/structures/sites.ts'
import { signInByLink } from '../../support/admin.ts'
import { times } from '../../support/full.ts'
import { peerOf, type Site, startSite, until } from '../../support/network.ts'
import { makeRsaPair, pemOf, sha256, signCavage } from '../../support/request-signer.ts'

/**
 * One machine asks to join a directory under many names that cost it nothing: each address of 127.0.0.0/8 is a domain of
 * its own, with an actor that answers and signs.
 */

const NAMES = times(400, 10_000)
const rsa = makeRsaPair()
const publicKeyPem = pemOf(rsa.publicKey)

let hub: Site
let port: number
const answers: { host: string; json: Record<string, unknown> }[] = []
const crowd = createServer(async (asked, response) => {
  const host = asked.headers.host ?? ''
  if (asked.method === 'POST') {
    answers.push({ host, json: JSON.parse(await text(asked)) })
    return response.writeHead(202).end()
  }
  const uri = `http://${host}/actors/instance`
  response.writeHead(200, { 'content-type': 'application/activity+json' }).end(
    JSON.stringify({
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
      ...{ id: uri, type: 'Application', name: host, preferredUsername: 'instance' },
      ...{ inbox: `${uri}/inbox`, publicKey: { id: `${uri}#k`, owner: uri, publicKeyPem } },
    }),
  )
})
beforeAll(async () => {
  hub = await startSite({ role: 'hub' })
  await new Promise<void>((done) => crowd.listen(0, '0.0.0.0', done))
  port = (crowd.address() as AddressInfo).port
})
afterAll(async () => {
  crowd.close()
  await hub.close()
})

const nameOf = (index: number) => `127.7.${Math.floor(index / 250)}.${(index % 250) + 1}:${port}`

/** Posts the Follow by which a name asks to join; returns the status of the answer, and the reason of a refusal. */
function ask(host: string): Promise<string> {
  const actor = `http://${host}/actors/instance`
  const target = '/actors/instance/inbox'
  const body = JSON.stringify({
    '@context': 'https://www.w3.org/ns/activitystreams',
    ...{ id: `${actor}/follows/1`, type: 'Follow', actor },
    object: `${hub.origin}/actors/instance`,
  })
  const signed = {
    ...{ host: hub.host, date: new Date().toUTCString(), digest: `SHA-256=${sha256(body)}` },
  }
  const signature = signCavage({
    ...{ keyId: `${actor}#k`, privateKey: rsa.privateKey, headers: signed },
    ...{ covered: ['(request-target)', 'host', 'date', 'digest'], target: `post ${target}` },
  })
  const headers = { ...signed, signature, 'content-type': 'application/activity+json' }
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  request(`${hub.origin}${target}`, { method: 'POST', headers }, async (answer) =>
    resolve(`${answer.statusCode} ${await text(answer)}`.trim()),
  )
    .on('error', reject)
    .end(body)
  return promise
}

/** Counts the sites that wait for the team. */
const waiting = async () => (await countSites(hub.context.db)).requested

test('names that cost nothing fill the strangers’ half; a place that is known comes in; one click refuses them all, and then an unknown one does', {
  timeout: 1_800_000,
}, async () => {
  const { db, now } = hub.context
  const former = nameOf(NAMES + 1)
  const actorUri = `http://${former}/actors/instance`
  const { id } = await upsertPeer(db, { actorUri, name: 'Médiathèque' })
  await setMembership(db, id, 'member', now(), {})
  await setMembership(db, id, 'left', now(), {})

  const names = Array.from({ length: NAMES }, (_, index) => nameOf(index))
  const next = names.values()
  const send = async () => {
    for (const name of next) expect(await ask(name)).toBe('202')
  }
  await Promise.all(Array.from({ length: 8 }, send))
  expect(await waiting()).toBe(125)
  await until(() => answers.some(({ json }) => json.type === 'Reject'))
  const refusal = answers.find(({ json }) => json.type === 'Reject')
  expect(refusal?.json.summary).toBe(JOINS_FULL_TEXT)
  expect(await ask(former)).toBe('202')
  expect(await waiting()).toBe(126)

  const team = await signInByLink({ origin: hub.origin, context: hub.context })
  const list = await team.get('/administration/reseau')
  const many = '/administration/reseau/plusieurs'
  const [day = ''] = /day:[\d-]+/.exec(list.text) ?? []
  const asked = await team.submit(list, many, { act: 'refuser', item: day })
  await team.submit(asked, many, { reason: 'Ce ne sont pas des cafés IA.' })
  expect(await waiting()).toBe(1)

  const honest = await startSite({ hub: { site: hub } })
  await until(async () => (await peerOf(hub, honest))?.membership === 'requested')
  await honest.close()
})
