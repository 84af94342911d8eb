import type { ServerResponse } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import {
  findAnnouncedPicture,
  findCafePictureBytes,
} from '../../../node/store/files/cafe-pictures.ts'
import { addToShare, findShare, recountShares } from '../../../node/store/queues/shares.ts'
import { enqueueTask } from '../../../node/store/queues/tasks.ts'
import { type Member, setUpcoming, startHubWithMember, thisSecond } from '../../support/member.ts'
import { peerOf, type Site, until } from '../../support/network.ts'
import { jpegOfScans } from '../../support/uploads.ts'

/** Checks which of the pictures that members announce a directory shows, and which it neither requests nor stores. */

let hub: Site
let member: Member
let stranger: Member
let close: () => Promise<unknown>
beforeAll(async () => {
  ;({ hub, member, stranger, close } = await startHubWithMember())
}, 30_000)
afterAll(() => close())

const sends = (bytes: Uint8Array | string, type: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': type }).end(bytes)
}

const aPhoto = (width: number, height: number, background = '#aa3355') =>
  sharp({ create: { width, height, channels: 3, background } })
    .withExif({ IFD0: { Copyright: 'secret-place' } })
    .jpeg()
    .toBuffer()

const withPicture = (url: string, alt = 'Une tasse') => member.cafe({ image: { url, alt } })

const atHub = async ({ uri }: Pick<Cafe, 'uri'>) =>
  (await findCafeByUri(hub.context.db, uri))?.id ?? ''

const untilCopied = (cafe: Cafe) =>
  until(
    async () =>
      (await findAnnouncedPicture(hub.context.db, await atHub(cafe)))?.isCopied ? true : undefined,
    { what: 'the copy' },
  )

/** Waits until no reading is pending. */
const untilRead = () =>
  until(
    async () => {
      const tasks = await hub.context.db
        .selectFrom('task')
        .select('id')
        .where('kind', '=', 'picture')
        .where('attempts', '=', 0)
        .execute()
      return tasks.length === 0
    },
    { what: 'the readings' },
  )

const pageOf = async (cafe: Cafe) =>
  (await fetch(`${hub.origin}/cafes/${await atHub(cafe)}`)).text()

describe('the picture of a café', () => {
  test('is copied small and clean, shown from the directory with its words, and goes with the café', async () => {
    member.pages.set('/media/one.jpg', sends(await aPhoto(1600, 1000), 'text/plain'))
    const cafe = withPicture(`${member.origin}/media/one.jpg`)
    await member.say(member.activity('Create', cafe))
    await untilCopied(cafe)
    const page = await pageOf(cafe)
    const [figure = ''] = /<figure class="cafe-photo">.*?<\/figure>/su.exec(page) ?? []
    expect(figure).toContain('alt="Une tasse"')
    expect(page).not.toContain(`src="${member.origin}`)
    const list = await (await fetch(`${hub.origin}/cafes`)).text()
    expect(list).toMatch(/<div class="picture"><img class="thumb[^>]*alt=""/u)
    const sources = [...figure.matchAll(/(?:src="|, |srcset=")(\/[^\s"]+)/gu)].map(([, src]) => src)
    expect(sources.length).toBeGreaterThan(1)
    for (const src of new Set(sources)) {
      const answer = await fetch(hub.origin + src?.replaceAll('&amp;', '&'))
      expect(answer.headers.get('content-type')).toBe('image/webp')
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(bytes.includes('secret-place')).toBe(false)
      const { format, width } = await sharp(bytes).metadata()
      expect([format, width]).toEqual(['webp', src?.includes('vignette') ? 240 : 640])
    }
    await member.say(member.activity('Delete', cafe))
    await until(async () => (await atHub(cafe)) === '')
    const rows = await hub.context.db.selectFrom('cafe_picture').select('cafe_id').execute()
    expect(rows).toEqual([])
    expect((await fetch(hub.origin + sources[0]?.replaceAll('&amp;', '&'))).status).toBe(410)
  })

  test('follows what its server says: another one, then none', async () => {
    member.pages.set('/media/red.jpg', sends(await aPhoto(900, 600, '#ff0000'), 'image/jpeg'))
    member.pages.set('/media/blue.jpg', sends(await aPhoto(900, 600, '#0000ff'), 'image/jpeg'))
    const cafe = withPicture(`${member.origin}/media/red.jpg`)
    await member.say(member.activity('Create', cafe))
    await untilCopied(cafe)
    const id = await atHub(cafe)
    const image = { url: `${member.origin}/media/blue.jpg`, alt: 'Une autre' }
    await member.say(member.activity('Update', { ...cafe, image, updatedAt: thisSecond() }))
    await until(async () => {
      const bytes = await findCafePictureBytes(hub.context.db, id, 'small')
      if (!bytes) return undefined
      const { dominant } = await sharp(Buffer.from(bytes)).stats()
      return dominant.b > dominant.r ? true : undefined
    })
    const updatedAt = thisSecond().add({ seconds: 1 })
    await member.say(member.activity('Update', { ...cafe, image: undefined, updatedAt }))
    expect(await findAnnouncedPicture(hub.context.db, id)).toBeUndefined()
    expect(await pageOf(cafe)).not.toContain('cafe-photo')
  })

  test('is copied by the daily reading where that never began', async () => {
    const { db, now, wake } = hub.context
    member.pages.set('/media/early.jpg', sends(await aPhoto(900, 600), 'image/jpeg'))
    const cafe = withPicture(`${member.origin}/media/early.jpg`)
    await member.say(member.activity('Create', cafe))
    await untilCopied(cafe)
    // This is the state of a café that arrived before pictures were copied.
    await db.deleteFrom('cafe_picture').execute()
    setUpcoming(member, [member.event(cafe)])
    const subject = (await peerOf(hub, member))?.id ?? ''
    await enqueueTask(db, { kind: 'reconcile', subject }, now())
    wake()
    await untilCopied(cafe)
    const asked = member.hits('/media/early.jpg')
    await enqueueTask(db, { kind: 'reconcile', subject }, now())
    wake()
    await until(async () => (await db.selectFrom('task').select('id').execute()).length === 0)
    expect(member.hits('/media/early.jpg')).toBe(asked)
  })

  test('is never asked for at another server, nor where its words are missing, nor a drawn card', async () => {
    for (const [url, alt] of [
      [`${stranger.origin}/x.jpg`, 'Ailleurs'],
      ['http://127.0.0.1:1/x.jpg', 'Ici'],
      ['http://169.254.169.254/latest', 'Nuage'],
      [`${member.origin}/media/mute.jpg`, ''],
      [`${member.origin}/cafes/1/carte.png`, 'Carte'],
    ] as const) {
      const cafe = withPicture(url, alt)
      const activity = member.activity('Create', cafe)
      await member.say(activity)
      expect(await findAnnouncedPicture(hub.context.db, await atHub(cafe)), url).toBeUndefined()
    }
    await untilRead()
    expect(stranger.hits('/x.jpg')).toBe(0)
    expect(member.hits('/media/mute.jpg')).toBe(0)
    expect(member.hits('/cafes/1/carte.png')).toBe(0)
  })

  test('is left out where it is none, too large, or elsewhere after all; the café stays', async () => {
    const bomb = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' },
    })
      .png({ compressionLevel: 9 })
      .toBuffer()
    stranger.pages.set('/theirs.jpg', sends(await aPhoto(900, 600), 'image/jpeg'))
    const answers: Record<string, (response: ServerResponse) => void> = {
      '/media/theirs.jpg': (response) =>
        void response.writeHead(302, { location: `${stranger.origin}/theirs.jpg` }).end(),
      '/media/scans.jpg': sends(jpegOfScans(1500), 'image/jpeg'),
      '/media/page.jpg': sends('<script>alert(1)</script>', 'image/jpeg'),
      '/media/drawing.svg': sends(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        'image/svg+xml',
      ),
      '/media/bomb.png': sends(bomb, 'image/png'),
      '/media/cut.jpg': sends((await aPhoto(900, 600)).subarray(0, 300), 'image/jpeg'),
      '/media/endless.jpg': sends(Buffer.alloc(6 * 1024 * 1024, 0xff), 'image/jpeg'),
      '/media/away.jpg': (response) =>
        void response.writeHead(302, { location: 'http://169.254.169.254/x' }).end(),
      '/media/gone.jpg': (response) => void response.writeHead(410).end(),
    }
    for (const [path, page] of Object.entries(answers)) {
      member.pages.set(path, page)
      const cafe = withPicture(member.origin + path, path)
      await member.say(member.activity('Create', cafe))
      await until(() => member.hits(path) > 0, { what: path })
      await untilRead()
      const id = await atHub(cafe)
      expect(id, path).not.toBe('')
      expect((await findAnnouncedPicture(hub.context.db, id))?.isCopied, path).toBe(false)
      expect(await pageOf(cafe), path).not.toContain('cafe-photo')
      expect((await fetch(`${hub.origin}/cafes/${id}/photo.webp`)).status, path).toBe(404)
    }
  })

  test('is of its domain’s room, and not copied where half of that is used', async () => {
    const { db } = hub.context
    const host = new URL(member.origin).host
    const used = () => findShare(db, 'bytes', host)
    await recountShares(db)
    member.pages.set('/media/charged.jpg', sends(await aPhoto(1600, 1000), 'image/jpeg'))
    const cafe = withPicture(`${member.origin}/media/charged.jpg`)
    await member.say(member.activity('Create', cafe))
    await untilCopied(cafe)
    const before = await used()
    // `recountShares` runs each night.
    await recountShares(db)
    expect(await used()).toBe(before)
    await member.say(member.activity('Delete', cafe))
    await until(async () => (await atHub(cafe)) === '')
    expect(before - (await used())).toBeGreaterThan(1000)
    const half = hub.context.config.shares.megabytes * 1024 * 1024 * 0.5
    await addToShare(db, 'bytes', { host, amount: half })
    member.pages.set('/media/late.jpg', sends(await aPhoto(900, 600), 'image/jpeg'))
    const late = withPicture(`${member.origin}/media/late.jpg`)
    await member.say(member.activity('Create', late))
    await untilRead()
    expect(await atHub(late)).not.toBe('')
    expect(member.hits('/media/late.jpg')).toBe(0)
  })
})
