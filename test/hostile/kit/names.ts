import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { makeRsaPair, pemOf, sha256, signCavage } from '../../support/request-signer.ts'

/**
 * Runs inside the network of names.test.ts: one server on every address, public or not, which records each connection;
 * a name server that changes its answers; and the attacks. Prints the results as JSON.
 */

const [port = '', certificate = '', key = '', publicAddress = '', nameServer = '', ...inside] =
  process.argv.slice(2)
const HUB = 'hub.test'

const rsa = makeRsaPair()
const publicKeyPem = pemOf(rsa.publicKey)

/** The number of connections by the address and port to which they were made. */
const connections: Record<string, number> = {}
const note = ({ localAddress, localPort }: Socket) => {
  const name = `${localAddress?.replace(/^::ffff:/, '')} ${localPort}`
  connections[name] = (connections[name] ?? 0) + 1
}

function answer({ url = '/', headers }: IncomingMessage, response: ServerResponse) {
  const redirect = /^\/to\/(.*)$/.exec(url)?.[1]
  if (redirect) return response.writeHead(302, { location: decodeURIComponent(redirect) }).end()
  const uri = `https://${headers.host}${url}`
  response.writeHead(200, { 'content-type': 'application/activity+json' }).end(
    JSON.stringify({
      id: uri,
      type: 'Person',
      inbox: `${uri}/inbox`,
      preferredUsername: 'x',
      publicKey: { id: `${uri}#k`, owner: uri, publicKeyPem },
    }),
  )
}

const tls = { cert: readFileSync(certificate), key: readFileSync(key) }
for (const at of [443, 8443])
  await new Promise<void>((resolve) =>
    createServer(tls, answer)
      .on('connection', note)
      .listen({ port: at, host: '::' }, () => resolve()),
  )

const asked: Record<string, number> = {}
const V4 = 1
const V6 = 28
/** Returns the addresses of a name: first a public one, then an internal one; or both at once. */
function addressesOf(name: string): { 1: number[][]; 28: string[] } {
  asked[name] = (asked[name] ?? 0) + 1
  if (name === 'both.test') return { 1: [[10, 0, 0, 1]], 28: [publicAddress] }
  if (name !== 'rebind.test') return { 1: [], 28: [] }
  // A resolver asks once for each address family: the first pair of questions gets the public address.
  return asked[name] <= 2 ? { 1: [], 28: [publicAddress] } : { 1: [[127, 0, 0, 1]], 28: ['::1'] }
}

const names = createSocket({ type: nameServer.includes(':') ? 'udp6' : 'udp4' })
names.on('message', (question, { port, address }) => {
  const labels: string[] = []
  let at = 12
  for (let length = question[at]; length; length = question[at]) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString())
    at += length + 1
  }
  const type = question.readUInt16BE(at + 1)
  const found = type === V4 || type === V6 ? addressesOf(labels.join('.'))[type] : []
  const header = Buffer.from(question.subarray(0, 12))
  header.writeUInt16BE(
    found.length > 0 || /^(both|rebind)\.test$/.test(labels.join('.')) ? 0x8180 : 0x8183,
    2,
  )
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(found.length, 6)
  header.writeUInt32BE(0, 8)
  const answers = found.map((item) => {
    const data = typeof item === 'string' ? bytesOfV6(item) : Buffer.from(item)
    const head = Buffer.alloc(12)
    head.writeUInt16BE(0xc00c, 0)
    head.writeUInt16BE(type, 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt32BE(0, 6)
    head.writeUInt16BE(data.length, 10)
    return Buffer.concat([head, data])
  })
  names.send(Buffer.concat([header, question.subarray(12, at + 5), ...answers]), port, address)
})
await new Promise<void>((resolve) => names.bind(53, nameServer, () => resolve()))

function bytesOfV6(address: string): Buffer {
  const [before = '', after = ''] = address.split('::')
  const groups = (text: string) => text.split(':').filter(Boolean)
  const zeros = Array<string>(8 - groups(before).length - groups(after).length).fill('0')
  const all = [...groups(before), ...zeros, ...groups(after)]
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex')
}

type Reply = { status: number; retryAfter: string | undefined; took: number }

/** Sends a request as the proxy before the hub would forward it. */
function ask(method: string, path: string, headers: Record<string, string>, body = '') {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const begun = performance.now()
  const asking = request({ host: '127.0.0.1', port, method, path, headers }, (reply) => {
    reply.resume().on('end', () => {
      const { statusCode: status = 0, headers } = reply
      resolve({ status, retryAfter: headers['retry-after'], took: performance.now() - begun })
    })
  })
  asking.on('error', reject).end(body)
  return promise
}

let count = 0
/** Posts a Follow by the actor, signed with the only key. */
function follow(actor: string): Promise<Reply> {
  const body = JSON.stringify({
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${new URL(actor).origin}/follows/${++count}`,
    type: 'Follow',
    actor,
    object: `https://${HUB}/actors/cafe-ia`,
  })
  const headers = {
    host: HUB,
    date: new Date().toUTCString(),
    digest: `SHA-256=${sha256(body)}`,
  }
  const signature = signCavage({
    keyId: `${actor}#k`,
    privateKey: rsa.privateKey,
    covered: ['(request-target)', 'host', 'date', 'digest'],
    headers,
    target: 'post /inbox',
  })
  const type = 'application/activity+json'
  return ask('POST', '/inbox', { ...headers, signature, 'content-type': type }, body)
}

const taken = () => {
  const now = { ...connections }
  for (const name of Object.keys(connections)) delete connections[name]
  return now
}

async function followAll(actors: string[]) {
  const replies: Record<string, number> = {}
  for (const actor of actors) replies[actor] = (await follow(actor)).status
  return { replies, connections: taken() }
}

for (;;) {
  const up = await ask('GET', '/healthz', { host: HUB }).catch(() => undefined)
  if (up?.status === 200) break
  await new Promise((resolve) => setTimeout(resolve, 100))
}

const honest = await followAll(['https://honest.test/a'])
// The Accept and the first reading of its software must be over before connections are counted.
await new Promise((resolve) => setTimeout(resolve, 2500))
taken()

/**
 * Connects to these addresses to prove that the server records it; otherwise no recorded connection would prove
 * nothing.
 */
async function dial(hosts: string[]) {
  for (const host of hosts)
    await new Promise<void>((resolve) => {
      const socket = connect(443, host, () => socket.destroy())
      socket.on('error', () => undefined).on('close', () => resolve())
    })
  await new Promise((resolve) => setTimeout(resolve, 100))
  return Object.keys(taken())
}

const result = {
  dialled: await dial(['127.0.0.1', '::1', ...inside]),
  honest,
  literal: await followAll(
    [
      '127.0.0.1',
      '127.0.0.2',
      '[::1]',
      '[::ffff:7f00:1]',
      '10.0.0.1',
      '100.64.0.1',
      '169.254.169.254',
      '192.0.2.1',
      '198.18.0.1',
      '240.0.0.1',
      '224.0.0.1',
      '[fd00::1]',
    ].map((host) => `https://${host}/a`),
  ),
  named: await followAll(
    ['loop4', 'loop6', 'private4', 'private6', 'shared', 'metadata', 'mapped'].map(
      (name) => `https://${name}.inside.test/a`,
    ),
  ),
  redirected: await followAll(
    [
      'https://private4.inside.test/a',
      'https://127.0.0.1/a',
      'http://honest.test/a',
      'https://loop4.inside.test:8443/a',
      'file:///etc/passwd',
    ].map((to) => `https://honest.test/to/${encodeURIComponent(to)}`),
  ),
  rebinding: await followAll([
    'https://rebind.test/a',
    'https://rebind.test/to/nowhere',
    'https://rebind.test:8443/a',
  ]),
  both: await followAll(['https://both.test/a']),
  asked,
}

const crowd = Array.from({ length: 1500 }, (_, i) => `https://a${i % 20}.evil.test/${i}`)
const replies: Reply[] = []
for (const actor of crowd) replies.push(await follow(actor))
const quota = {
  taken: replies.filter(({ status }) => status === 202).length,
  told: replies.filter(({ status, retryAfter }) => status === 429 && Number(retryAfter) > 0).length,
  slowest: Math.max(...replies.map(({ took }) => took)),
  neighbour: (await follow('https://honest.test/b')).status,
}
process.stdout.write(JSON.stringify({ ...result, quota }))
process.exit(0)
