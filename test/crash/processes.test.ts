import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renewKeys } from '../../federation/actors/renew-keys.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { CAFE as FORM, signInByLink } from '../support/admin.ts'
import { openBrowser } from '../support/browser.ts'
import { isOnPostgres } from '../support/database.ts'
import { CAFE, until } from '../support/network.ts'
import { prepareServer, type ServerProcess } from '../support/server-process.ts'
import { jpeg, submitWithImage } from '../support/uploads.ts'

describe.runIf(isOnPostgres)(
  'two that answer and two that work, with a database and no folder in common',
  () => {
    let folder: string
    let hub: ServerProcess
    let node: ServerProcess
    /** The addresses of the two web processes, without the proxy. */
    let webs: [string, string]
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'cafe-ia-processes-'))
      hub = await prepareServer({ role: 'hub', folder })
      node = await prepareServer({
        role: 'node',
        folder,
        hub: `${hub.origin}/?invitation=${await hub.invite()}`,
        kinds: ['web', 'web', 'worker', 'worker'],
      })
      await hub.start()
      await node.start()
      const [one = '', other = ''] = node.processes.flatMap(({ address }) => address ?? [])
      webs = [one, other]
      await hub.withDatabase(async (db) => {
        const isJoined = async () => {
          const peer = await db.selectFrom('peer').select('backfilled_at').executeTakeFirst()
          return typeof peer?.backfilled_at === 'string'
        }
        await until(isJoined, { within: 60_000, what: 'the membership' })
      })
    }, 200_000)
    afterAll(async () => {
      await Promise.allSettled([hub?.remove(), node?.remove()])
      await rm(folder, { recursive: true, force: true })
    })

    async function publish(web: string, title: string): Promise<string> {
      const response = await fetch(`${web}/api/v1/cafes`, {
        method: 'POST',
        headers: { authorization: `Bearer ${node.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...CAFE, title }),
      })
      expect(response.status).toBe(201)
      return String(((await response.json()) as { id: string }).id)
    }
    const read = async (web: string, path: string) => (await fetch(web + path)).text()

    test('what is saved at either leaves through one of the others, once', async () => {
      const uris: string[] = []
      for (let i = 0; i < 10; i++) uris.push(await publish(webs[i % 2] ?? '', `Café nº ${i}`))
      await hub.withDatabase((db) =>
        until(
          async () => (await Promise.all(uris.map((uri) => findCafeByUri(db, uri)))).every(Boolean),
          { within: 30_000, what: 'ten cafés at the directory' },
        ),
      )
      const creates = await node.withDatabase((db) =>
        db.selectFrom('activity').select('object_uri').where('type', '=', 'Create').execute(),
      )
      expect(creates.map(({ object_uri }) => object_uri).sort()).toEqual(uris.sort())
      expect(node.log).toEqual([])
    })

    test('new keys that a command makes are given by each at once, and what the others sign is believed', async () => {
      const readKey = async (web: string) => {
        const headers = { accept: 'application/activity+json' }
        const response = await fetch(`${web}/actors/cafes`, { headers })
        return ((await response.json()) as { publicKey: { id: string } }).publicKey.id
      }
      const before = await readKey(webs[0])
      const { config } = node
      await node.withDatabase((db) =>
        renewKeys(
          { db, config, now: Temporal.Now.instant, isDirectory: false },
          { isLeaked: true, onMade: () => undefined },
        ),
      )
      const keys = await Promise.all(webs.map(readKey))
      expect(keys[0]).not.toBe(before)
      expect(keys[1]).toBe(keys[0])
      const uri = await publish(webs[1], 'Signé par de nouvelles clés')
      await hub.withDatabase((db) =>
        until(() => findCafeByUri(db, uri), { within: 30_000, what: 'the café at the directory' }),
      )
      expect(node.log).toEqual([])
    })

    test('a page that one keeps is made again when the other changes what it shows', async () => {
      for (let turn = 0; turn < 6; turn++) {
        const [here = '', there = ''] = turn % 2 ? webs : webs.toReversed()
        const title = `Vu des deux côtés, ${turn}`
        for (const web of webs) expect(await read(web, '/cafes')).not.toContain(title)
        const uri = await publish(here, title)
        for (const web of webs) expect(await read(web, '/cafes')).toContain(title)
        const gone = await fetch(`${there}/api/v1/cafes/${uri.split('/').at(-1)}`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${node.token}` },
        })
        expect(gone.status).toBe(204)
        for (const web of webs) expect(await read(web, '/cafes')).not.toContain(title)
      }
    })

    test('who comes in at one is known by the other, and a photo sent to one is shown by both', async () => {
      const [one, other] = webs
      await node.withDatabase(async (db) => {
        const { config } = node
        const context = { db, config, now: () => Temporal.Now.instant() } as Parameters<
          typeof signInByLink
        >[0]['context']
        const browser = await signInByLink({ origin: one, context })
        const elsewhere = openBrowser(other, config.origin)
        for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
        const form = '/administration/cafes/nouveau'
        const page = await elsewhere.get(form)
        expect(page.status).toBe(200)
        const sent = await submitWithImage(
          { server: { origin: other, context }, browser: elsewhere },
          form,
          {
            page,
            fields: { ...FORM, 'image.alt': 'Une table', save: 'publish' },
            file: { bytes: await jpeg(900, 600) },
          },
        )
        expect([sent.status, sent.text]).toEqual([303, ''])
        const { id } = await db
          .selectFrom('cafe')
          .select('id')
          .where('media_id', 'is not', null)
          .executeTakeFirstOrThrow()
        const shown = (await browser.get(`/cafes/${id}`)).text
        const pictures = new Set([...shown.matchAll(/\/media\/[\w.-]+/g)].map(([path]) => path))
        expect(pictures.size).toBeGreaterThan(3)
        for (const path of pictures) {
          const [here, there] = await Promise.all(webs.map((web) => fetch(web + path)))
          expect([path, here?.status, there?.status]).toEqual([path, 200, 200])
          expect(await here?.bytes()).toEqual(await there?.bytes())
        }
      })
    })

    test('wrong passwords at one count at the other', async () => {
      const statuses: number[] = []
      for (let tries = 0; tries < 12; tries++) {
        const browser = openBrowser(webs[tries % 2] ?? '', node.origin)
        const page = await browser.get('/administration/connexion')
        const answer = await browser.submit(page, '/administration/connexion', {
          email: 'camille@lieu.example',
          password: 'un mauvais mot de passe',
        })
        statuses.push(answer.status)
      }
      // Ten attempts are allowed in total; with separate counts each process would have allowed ten.
      expect(statuses.indexOf(429)).toBe(10)
      expect(statuses[11]).toBe(429)
    })

    test('thirty-two programs with one token are answered by both at once, and no write is lost', async () => {
      let left = 200
      const uris: string[] = []
      const write = async (web: string) => {
        while (left-- > 0) uris.push(await publish(web, `Café ${left}`))
      }
      await Promise.all(Array.from({ length: 32 }, (_, index) => write(webs[index % 2] ?? '')))
      expect(new Set(uris).size).toBe(200)
      const found = await node.withDatabase((db) =>
        db
          .selectFrom('search_entry')
          .innerJoin('cafe', 'cafe.id', 'search_entry.cafe_id')
          .select('cafe.uri')
          .where('cafe.uri', 'in', uris)
          .execute(),
      )
      expect(found).toHaveLength(200)
      expect(node.log).toEqual([])
    })
  },
)
