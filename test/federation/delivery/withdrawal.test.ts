import { createHash } from 'node:crypto'
import { Delete, Follow } from '@fedify/vocab'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { setCafeFacilitators } from '../../../node/store/facilitators/cafe-facilitators.ts'
import { flushErased } from '../../../node/store/facilitators/erasures.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { openOwnProfile } from '../../support/facilitator-profiles.ts'
import { startFedify } from '../../support/fedify-peer.ts'
import { findLeftWords } from '../../support/left-texts.ts'
import { type Site, startPair, until } from '../../support/network.ts'
import { listMedia } from '../../support/uploads.ts'

/** Words that stand nowhere else: in names, texts, lists, the address itself. */
const UNIQUE = [
  'Xylophrène',
  'quatorzeTortues',
  'harmattan-bleu',
  'zzcontact@vent.example',
  'xylophrene-v',
  'personne@chez-elle.example',
  'arbre-tordu',
]

/** One that no compression makes smaller. */
const grainyPhoto = (): Promise<Buffer> =>
  sharp({
    create: {
      ...{ width: 480, height: 480, channels: 3, background: '#808080' },
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg({ quality: 60 })
    .toBuffer()

/** Of its middle, and short: long ones are kept in pieces. */
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
          ...{ isAdult: '1', level: 'public', 'image.alt': 'arbre-tordu' },
        },
        photo,
      )
    const text = `Je raconte ${UNIQUE[1]}. ${'Et encore. '.repeat(40)}`
    await publish('Xylophrène V.', text, await grainyPhoto())
    const uri = `${node.origin}/animation/xylophrene-v`
    const person = await findFacilitatorByUri(node.context.db, uri)
    const atHub = () => findFacilitatorByUri(hub.context.db, uri)
    const copy = () =>
      hub.context.db.selectFrom('facilitator_picture').select('bytes').executeTakeFirst()
    await until(async () => (await atHub()) && (await copy()), {
      what: 'the profile and its photo',
    })
    const cafe = await node.find(await node.publish({ title: 'Animé' }))
    await node.context.db
      .transaction()
      .execute((trx) =>
        setCafeFacilitators(
          trx,
          { cafeId: cafe?.id ?? '', facilitatorIds: [person?.id ?? ''] },
          node.context.now(),
        ),
      )
    node.context.wake()
    const account = `${node.origin}/actors/xylophrene-v`
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
        .where('actor', '=', 'xylophrene-v')
        .execute()
      return rows.length === 1
    })
    // Something else is said at its place more than once: older versions must go too.
    for (let time = 1; time <= 3; time++)
      await publish(`Xylophrène V${time}`, `${UNIQUE[1]} ${time} ${'x'.repeat(time * 150)}`)
    await until(async () => (await atHub())?.name === 'Xylophrène V3')
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
      what: 'the farewell',
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
        .where('actor', '=', 'xylophrene-v')
        .execute()
      return keys.length === 0
    })

    for (const site of [hub, node]) {
      await until(() => isFlushed(site))
      expect(await findLeftWords(site, [...UNIQUE, ...pictures]), site.origin).toEqual([])
      const text = await readAll(site)
      for (const word of UNIQUE)
        expect(text.includes(word), `${word} at ${site.origin}`).toBe(false)
    }
    expect(await listMedia(node)).toEqual([])
    expect(await copy()).toBeUndefined()
    for (const name of names) expect((await fetch(`${node.origin}/media/${name}`)).status).toBe(404)
    expect((await node.get(account)).status).toBe(410)
    expect((await node.get(uri)).status).toBe(410)
    const kept = await hub.context.db.selectFrom('erased_profile').select('uri_hash').execute()
    expect(kept).toEqual([{ uri_hash: createHash('sha256').update(uri).digest('base64url') }])
  } finally {
    await Promise.all([hub.close(), node.close(), friends.close()])
  }
}, 60_000)

/** Empties what a database still holds of whom was forgotten; false while somebody still reads it. */
async function isFlushed({ context: { db, now } }: Site): Promise<boolean> {
  await flushErased(db, now())
  const waiting = await db
    .selectFrom('erased_profile')
    .select('uri_hash as id')
    .where('flushed_at', 'is', null)
    .unionAll(db.selectFrom('withdrawal').select('id').where('flushed_at', 'is', null))
    .execute()
  return waiting.length === 0
}
