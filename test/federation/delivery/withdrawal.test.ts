import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Delete, Follow } from '@fedify/vocab'
import { reset } from '@logtape/logtape'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { configureLog } from '../../../node/server/log.ts'
import { flushErased, hashOfUri } from '../../../node/store/facilitators/erasures.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { saveReached } from '../../../node/store/facilitators/recipients.ts'
import { openOwnProfile } from '../../support/facilitator-profiles.ts'
import { startFedify } from '../../support/fedify-peer.ts'
import { setLedBy } from '../../support/led-cafes.ts'
import { findLeftWords } from '../../support/left-texts.ts'
import { type Site, startPair, startSite, until } from '../../support/network.ts'
import { freePort } from '../../support/ports.ts'
import { listMedia } from '../../support/uploads.ts'

/** Words that occur nowhere else. They are used in names, texts, lists and the address that the person chose. */
const UNIQUE = [
  'Xylophrène',
  'quatorzeTortues',
  'harmattan-bleu',
  'zzcontact@vent.example',
  'xylophrene',
  'personne@chez-elle.example',
  'arbre-tordu',
  'girouette-folle',
]

/** Returns a photo of noise, which compression does not make smaller. */
const grainyPhoto = (): Promise<Buffer> =>
  sharp({
    create: {
      ...{ width: 480, height: 480, channels: 3, background: '#808080' },
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg({ quality: 60 })
    .toBuffer()

/** Returns a short part of the picture's middle; the database splits long values into pieces. */
const piece = (picture: Buffer): Buffer => picture.subarray(5000, 5024)

const PUBLIC_ADDRESSES = [
  '/',
  '/animation',
  '/structures',
  '/plan-du-site',
  '/sitemap.xml',
  '/export/cafes.ndjson',
  '/export/cafes.csv',
  '/export/cafes.json',
  '/export/cafes.jsonld',
  '/export/cafes.ics',
  '/agenda.atom',
  '/api/v1/cafes',
  '/api/v1/facilitators',
  '/registry.json',
  '/actors/cafes/outbox?page=first',
  '/actors/instance/outbox?page=first',
  '/actors/cafe-ia/outbox?page=first',
]

async function readAll(site: Site): Promise<string> {
  const texts = await Promise.all(
    PUBLIC_ADDRESSES.flatMap((path) =>
      ['text/html', 'application/activity+json'].map(async (accept) =>
        (await fetch(`${site.origin}${path}`, { headers: { accept } })).text(),
      ),
    ),
  )
  return texts.join('\n')
}

test('a profile that was shown, sent, followed, changed and withdrawn leaves no byte at the directory nor at home', async () => {
  const { hub, node } = await startPair()
  const friends = await startFedify()
  try {
    const own = await openOwnProfile(node, 'personne@chez-elle.example')
    const publish = (name: string, presentation: string, photo?: Uint8Array) =>
      own.publish(
        {
          ...{ name, presentation, ou: '35000 Rennes', extent: 'commune', word: 'neutre' },
          themes: 'harmattan-bleu',
          ...{ contact: 'shown', shownContact: 'zzcontact@vent.example' },
          ...{
            isAdult: '1',
            level: 'public',
            'image.alt': 'arbre-tordu',
            alias: 'girouette-folle',
          },
        },
        photo,
      )
    const text = `Je raconte ${UNIQUE[1]}. ${'Et encore. '.repeat(40)}`
    await publish('Xylophrène V.', text, await grainyPhoto())
    const person = await findPublished(node)
    const { uri, handle } = person
    const atHub = () => findFacilitatorByUri(hub.context.db, uri)
    const copy = () =>
      hub.context.db.selectFrom('facilitator_picture').select('bytes').executeTakeFirst()
    await until(async () => (await atHub()) && (await copy()), {
      what: 'the profile and its photo',
    })
    const cafe = await node.find(await node.publish({ title: 'Animé' }))
    await setLedBy(node.context, cafe?.id, [person.id])
    const account = `${node.origin}/actors/${handle}`
    const ctx = friends.federation.createContext(new URL(friends.origin), undefined)
    const us = ctx.getActorUri('voisins')
    const inbox = { id: new URL(account), inboxId: new URL(`${account}/inbox`) }
    await ctx.sendActivity(
      { identifier: 'voisins' },
      { ...inbox, endpoints: null },
      new Follow({ id: new URL('#follow', us), actor: us, object: new URL(account) }),
    )
    await until(async () => {
      const rows = await node.context.db
        .selectFrom('follower')
        .selectAll()
        .where('actor', '=', handle)
        .execute()
      return rows.length === 1
    })
    // The profile at the place changes several times: older versions must be deleted too.
    for (let time = 1; time <= 3; time++)
      await publish(`Xylophrène V${time}`, `${UNIQUE[1]} ${time} ${'x'.repeat(time * 150)}`)
    await until(async () => (await atHub())?.name === 'Xylophrène V3')
    const chosen = `${node.origin}/animation/girouette-folle`
    expect((await atHub())?.url).toBe(chosen)
    expect((await fetch(chosen)).status).toBe(200)
    expect((await node.get(account)).json.preferredUsername).toBe('girouette-folle')
    expect((await readAll(node)).length).toBeGreaterThan(1000)
    for (const site of [hub, node]) expect(await findLeftWords(site, UNIQUE)).not.toEqual([])
    const names = (await listMedia(node)).filter((name) => name.endsWith('.jpg'))
    const ownPicture = await (await fetch(`${node.origin}/media/${names[0]}`)).arrayBuffer()
    const pictures = [Buffer.from(ownPicture), Buffer.from((await copy())?.bytes ?? [])].map(piece)
    for (const [at, site] of [node, hub].entries())
      expect(await findLeftWords(site, pictures.slice(at, at + 1))).not.toEqual([])

    expect((await own.withdraw()).status).toBe(200)
    await until(async () => !(await atHub()))
    await until(() => friends.received.some((activity) => activity instanceof Delete), {
      what: 'the Delete of the account',
    })
    const report = () =>
      node.context.db
        .selectFrom('withdrawal_server')
        .select(['host', 'state'])
        .orderBy('state')
        .execute()
    await until(
      async () => (await report()).map(({ state }) => state).join() === 'confirmed,delivered',
    )
    expect(await report()).toEqual([
      { host: hub.host, state: 'confirmed' },
      { host: new URL(friends.origin).host, state: 'delivered' },
    ])
    await until(async () => {
      const keys = await node.context.db
        .selectFrom('actor_key')
        .selectAll()
        .where('actor', '=', handle)
        .execute()
      return keys.length === 0
    })

    for (const site of [hub, node]) {
      await until(() => flushErased(site.context.db))
      expect(await findLeftWords(site, [...UNIQUE, handle, ...pictures]), site.origin).toEqual([])
      const text = await readAll(site)
      for (const word of UNIQUE)
        expect(text.includes(word), `${word} at ${site.origin}`).toBe(false)
    }
    expect(await listMedia(node)).toEqual([])
    expect(await copy()).toBeUndefined()
    for (const name of names) expect((await fetch(`${node.origin}/media/${name}`)).status).toBe(404)
    expect((await node.get(account)).status).toBe(410)
    expect((await node.get(uri)).status).toBe(410)
    expect((await node.get(chosen)).status).toBe(410)
    expect((await fetch(chosen)).status).toBe(410)
    const kept = await hub.context.db
      .selectFrom('deletion')
      .select('key')
      .where('kind', '=', 'profile')
      .execute()
    expect(kept).toEqual([{ key: await hashOfUri(hub.context.db, uri) }])
    const plain = createHash('sha256').update(uri).digest('base64url')
    for (const site of [hub, node])
      expect(await findLeftWords(site, [plain]), 'a hash that anybody can try').toEqual([])
  } finally {
    await Promise.all([hub.close(), node.close(), friends.close()])
  }
}, 60_000)

test('whatever a server answers, nothing here names the person, and the report says what is known', async () => {
  const lines: string[] = []
  await configureLog('debug', (line) => lines.push(line))
  const node = await startSite()
  const answers = { taken: 202, poison: 400, no: 403, gone: 410 }
  const servers = await Promise.all(Object.values(answers).map(startInbox))
  const down = `127.0.0.1:${await freePort()}`
  const hosts = [...servers.map(({ host }) => host), down]
  try {
    const own = await openOwnProfile(node, 'personne@chez-elle.example')
    await own.publish({
      ...{ name: 'Xylophrène V.', presentation: UNIQUE[1] ?? '', ou: '35000 Rennes' },
      ...{ extent: 'commune', word: 'neutre', contact: 'relay', isAdult: '1', level: 'public' },
      alias: 'girouette-folle',
    })
    const { uri, handle } = await findPublished(node)
    const { db, now } = node.context
    const account = `${node.origin}/actors/${handle}`
    const to = (path: string) => hosts.map((host) => `http://${host}/${path}`)
    await saveReached(db, { uri, kind: 'profile', inboxes: to('inbox') }, now())
    await saveReached(db, { uri: account, kind: 'account', inboxes: to('other') }, now())
    expect((await node.get(account)).status).toBe(200)
    expect((await fetch(`${node.origin}/animation/girouette-folle`)).status).toBe(200)
    const page = await own.withdraw()
    const reportOf = async () =>
      new Map(
        (await db.selectFrom('withdrawal_server').select(['host', 'state']).execute()).map(
          ({ host, state }) => [host, state],
        ),
      )
    const [taken, poison, no, gone] = hosts
    await until(
      async () => {
        const states = [...(await reportOf()).values()]
        return states.length === hosts.length && !states.includes('waiting')
      },
      { what: 'an answer of each' },
    )
    expect(await reportOf()).toEqual(
      new Map([
        [taken, 'delivered'],
        [poison, 'refused'],
        [no, 'refused'],
        [gone, 'refused'],
        [down, 'unanswered'],
      ]),
    )
    const waits = await db.selectFrom('delivery').select('host').distinct().execute()
    expect(waits.map(({ host }) => host).sort()).toEqual([no, down].sort())
    await until(() => flushErased(node.context.db))
    expect(await findLeftWords(node, UNIQUE)).toEqual([])
    expect(page.text).not.toContain(handle)
    for (const word of [...UNIQUE, handle])
      expect(lines.filter((line) => line.includes(word))).toEqual([])
  } finally {
    await Promise.all([node.close(), ...servers.map(({ close }) => close())])
    await reset()
  }
}, 60_000)

/** Starts an inbox that answers every message with one status. */
async function startInbox(status: number): Promise<{ host: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const findPublished = (site: Site) =>
  site.context.db
    .selectFrom('facilitator')
    .select(['id', 'uri', 'handle'])
    .where('state', '=', 'published')
    .executeTakeFirstOrThrow()
