import type { ServerResponse } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEgress } from '../../federation/remote/egress.ts'
import { restorePictures } from '../../node/commands/backup/recovered-pictures.ts'
import { type RemotePeer, startRemotePeer } from '../support/remote-peer.ts'
import { startWeb, type WebServer } from '../support/server.ts'
import { listMedia } from '../support/uploads.ts'

/** A directory lies about the pictures of a place that has lost its own. */

let web: WebServer
let liar: RemotePeer
const egress = createEgress({ allow: 'all', proxy: undefined, userAgent: 'test' })
beforeAll(async () => {
  web = await startWeb()
  liar = await startRemotePeer(1)
})
afterAll(() => Promise.allSettled([web.stop(), liar.close(), egress.close()]))

const pictured = (name: string) => ({
  uri: `${web.origin}/cafes/${name}`,
  picture: { address: `${web.origin}/media/${name}.jpg`, alt: `Ce que montre ${name}` },
})

const recover = (names: readonly string[]) =>
  restorePictures(web.context, egress, {
    ...{ directory: liar.origin, organizer: `${web.origin}/actors/cafes` },
    ...{ organizationId: web.organization.id, cafes: names.map(pictured) },
  })

const sends = (body: Uint8Array | string, type: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': type }).end(body)
}

test('what is no picture, too large or elsewhere is gone, and only pixels of the rest are kept', async () => {
  const photo = await sharp({ create: { width: 640, height: 336, channels: 3, background: 'red' } })
    .withExif({ IFD0: { Copyright: 'a secret place' } })
    .webp()
    .toBuffer()
  liar.pages.set('/good.webp', sends(photo, 'image/webp'))
  liar.pages.set('/page.webp', sends('<script>alert(1)</script>', 'image/webp'))
  liar.pages.set('/endless.webp', sends(Buffer.alloc(3 * 1024 ** 2, 0xff), 'image/webp'))
  liar.pages.set('/moved.webp', (response: ServerResponse) => {
    response.writeHead(302, { location: `${web.origin}/healthz` }).end()
  })
  const elsewhere = await startRemotePeer(2)
  elsewhere.pages.set('/good.webp', sends(photo, 'image/webp'))
  const image = (url: unknown) => ({ url, alt: 'ce que dit l’annuaire' })
  const items = [
    ...['good', 'page', 'endless', 'moved', 'missing'].map((name) => ({
      id: pictured(name).uri,
      image: image(`${liar.origin}/${name}.webp`),
    })),
    { id: pictured('elsewhere').uri, image: image(`${elsewhere.origin}/good.webp`) },
    { id: pictured('file').uri, image: image('file:///etc/passwd') },
    { id: pictured('number').uri, image: image(7) },
    ...[null, 7, [], { id: null }, { id: pictured('none').uri, image: null }],
  ]
  liar.pages.set('/api/v1/cafes', { items, next: null })
  const names = ['good', 'page', 'endless', 'moved', 'missing', 'elsewhere', 'file', 'number']
  const found = await recover(names)
  expect([...found.keys()]).toEqual([pictured('good').uri])
  expect(found.get(pictured('good').uri)).toMatchObject({ alt: 'Ce que montre good', width: 640 })
  expect(elsewhere.requests).toHaveLength(0)
  const kept = await listMedia(web)
  expect(kept.length).toBeGreaterThan(0)
  await elsewhere.close()
})

test.each<[string, object | ((response: ServerResponse) => void)]>([
  ['words', sends('Bonjour', 'text/plain')],
  ['an error', (response: ServerResponse) => void response.writeHead(500).end()],
  ['no list', { items: 'x' }],
])('a directory that answers %s has no copies', async (_, answer) => {
  liar.pages.set('/api/v1/cafes', answer)
  expect((await recover(['good'])).size).toBe(0)
})

test('a list without an end is read as far as there are cafés', async () => {
  let pages = 0
  liar.pages.set('/api/v1/cafes', (response: ServerResponse) => {
    pages += 1
    const next = `${liar.origin}/api/v1/cafes?cursor=${pages}`
    response.end(JSON.stringify({ items: [], next }))
  })
  await recover(['good'])
  expect(pages).toBe(2)
})
