import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Delete, Follow } from '@fedify/vocab'
import { expect, test } from 'vitest'
import { isPostgres } from '../../node/store/dialect.ts'
import { flushErased } from '../../node/store/erasures.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators.ts'
import { startFedify } from '../support/fedify-peer.ts'
import { type Site, startPair, until } from '../support/network.ts'
import { publishPerson, withdrawPerson } from '../support/people.ts'

/** Words that stand nowhere else: in names, texts, lists, the address itself. */
const UNIQUE = [
  'Xylophrène',
  'quatorzeTortues',
  'harmattan-bleu',
  'zzcontact@vent.example',
  'xylo-phrene',
  'personne@chez-elle.example',
]

/** Every byte of every file of a site's data folder, the log of what was written lately included. */
async function findWords(site: Site, words: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const folder = site.context.config.data
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name))
    for (const word of words) if (bytes.includes(word)) found.push(`${word} in ${entry.name}`)
  }
  return found
}

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
    const person = await publishPerson(node, {
      handle: 'xylo-phrene',
      name: 'Xylophrène V.',
      presentation: `Je raconte ${UNIQUE[1]}. ${'Et encore. '.repeat(40)}`,
      themes: ['harmattan-bleu'],
      contact: 'shown',
      shownContact: 'zzcontact@vent.example',
      fediverse: true,
    })
    const atHub = () => findFacilitatorByUri(hub.context.db, person.uri)
    await until(atHub)
    const account = `${node.origin}/actors/xylo-phrene`
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
        .where('actor', '=', 'xylo-phrene')
        .execute()
      return rows.length === 1
    })
    // Something else is said at its place more than once: older versions must go too.
    for (let second = 1; second <= 3; second++)
      await publishPerson(node, {
        handle: 'xylo-phrene',
        id: person.id,
        name: `Xylophrène V${second}`,
        presentation: `${UNIQUE[1]} ${second} ${'x'.repeat(second * 150)}`,
        updatedAt: person.updatedAt.add({ seconds: second }),
        fediverse: true,
      })
    await until(async () => (await atHub())?.name === 'Xylophrène V3')
    expect((await readAll(node)).length).toBeGreaterThan(1000)
    if (!isPostgres(hub.context.db)) expect(await findWords(hub, UNIQUE)).not.toEqual([])

    const withdrawalId = await withdrawPerson(node, person)
    await until(async () => !(await atHub()))
    await until(() => friends.received.some((activity) => activity instanceof Delete), {
      what: 'the farewell',
    })
    const report = () =>
      node.context.db
        .selectFrom('withdrawal_server')
        .select(['host', 'state'])
        .where('withdrawal_id', '=', withdrawalId)
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
        .where('actor', '=', 'xylo-phrene')
        .execute()
      return keys.length === 0
    })

    for (const site of [hub, node]) {
      await flushErased(site.context.db, site.context.now())
      if (!isPostgres(site.context.db))
        expect(await findWords(site, UNIQUE), site.origin).toEqual([])
      const texts = await readAll(site)
      for (const word of UNIQUE)
        expect(texts.includes(word), `${word} at ${site.origin}`).toBe(false)
    }
    expect((await node.get(account)).status).toBe(410)
    expect((await node.get(person.uri)).status).toBe(410)
    const kept = await hub.context.db.selectFrom('erased_profile').select('uri_hash').execute()
    expect(kept).toEqual([
      { uri_hash: createHash('sha256').update(person.uri).digest('base64url') },
    ])
  } finally {
    await Promise.all([hub.close(), node.close(), friends.close()])
  }
}, 60_000)
