import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isMediaName } from '../../node/domain/values/image.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import { announce, CAFE, signInByLink } from '../support/admin.ts'
import type { Browser } from '../support/browser.ts'
import { MEASURED } from '../support/measured.ts'
import { startWeb, type WebServer } from '../support/server.ts'
import {
  gifOfFrames,
  jpeg,
  jpegOfScans,
  pngBomb,
  post,
  submitWithImage,
  telephoneJpeg,
  tiffBomb,
  type Upload,
} from '../support/uploads.ts'

const NEW = '/administration/cafes/nouveau'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const send = async (file: Upload) =>
  submitWithImage({ server, browser }, NEW, {
    page: await browser.get(NEW),
    fields: { ...CAFE, 'image.alt': 'Une table', save: 'publish' },
    file,
  })

const folder = () => server.context.config.data
const mediaFiles = () => readdir(join(folder(), 'media')).catch(() => [])

describe('W05: the name of a file that is sent', () => {
  test.each([
    '../../x.jpg',
    '..\\..\\x.jpg',
    'C:\\x.jpg',
    'x.php',
    `${'n'.repeat(300)}.jpg`,
    'x\0.jpg',
    'image.svg',
  ])('%j is never used: the name is random, inside the folder', async (name) => {
    const before = await readdir(folder())
    const answer = await send({ bytes: await jpeg(600, 400), name })
    expect(answer.status).toBe(303)
    const files = await mediaFiles()
    expect(files.length).toBeGreaterThan(3)
    expect(files.filter((file) => !isMediaName(file))).toEqual([])
    const after = await readdir(folder())
    expect(after.filter((entry) => !before.includes(entry))).toEqual(['media'])
  })

  test('nothing but our own names is read from the folder, however it is asked for', async () => {
    await send({ bytes: await jpeg(600, 400) })
    for (const path of [
      '/media/',
      '/media/..%2ftest.sqlite',
      '/media/%2e%2e/test.sqlite',
      '/media/test.sqlite',
      '/media/.',
      `/media/${'0'.repeat(32)}-480.jpg`,
      `/media/${'0'.repeat(32)}-480.svg`,
      `/media/${'0'.repeat(32)}-480.jpg.part`,
    ])
      expect([path, (await browser.get(path)).status]).toEqual([
        path,
        path.includes('%2f') ? 400 : 404,
      ])
  })
})

describe('W06: pictures that unpack into too much', () => {
  test.each([
    ['a PNG of 30,000 × 30,000 in a kilobyte', () => pngBomb(30_000, 30_000)],
    ['a GIF of a hundred thousand frames', () => gifOfFrames(100_000)],
    ['a TIFF of a thousand million columns', () => tiffBomb()],
    ['a PNG just beyond 24 million pixels', () => pngBomb(6001, 4000)],
    ['a PNG of ten lines of 2,400,000 points', () => pngBomb(2_400_000, 10)],
    ['a JPEG that is gone through 1,500 times', () => jpegOfScans(1500)],
  ])('%s is refused in less than a second, for little memory', MEASURED, async (_, make) => {
    const bytes = make()
    const before = process.memoryUsage.rss()
    const start = performance.now()
    const answer = await send({ bytes })
    expect(performance.now() - start).toBeLessThan(1000)
    expect([413, 422]).toContain(answer.status)
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 ** 2)
    expect(await mediaFiles()).toEqual([])
  })

  test('more than ten megabytes are refused while they come, whatever the length that was said', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 ** 2)),
    })
    const answer = await post({ server, browser }, NEW, {
      body: endless,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('Cette image est trop grande')
    const large = Buffer.concat([await jpeg(600, 400), Buffer.alloc(10 * 1024 ** 2)])
    expect((await send({ bytes: large })).status).toBe(422)
    expect(await mediaFiles()).toEqual([])
  })

  test('SVG, text and what is cut in the middle are no pictures, whatever they are called', async () => {
    const photo = await jpeg(600, 400)
    for (const bytes of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.from('<?php echo 1 ?>'),
      photo.subarray(0, photo.length - 200),
      photo.subarray(0, 4),
    ]) {
      const answer = await send({ bytes, name: 'photo.jpg', type: 'image/jpeg' })
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('id="image-erreur"')
      expect(answer.text).not.toContain('<script>')
    }
    expect(await mediaFiles()).toEqual([])
  })
})

describe('W07: what a telephone writes into its pictures', () => {
  test('no file that is served says where, when or by what it was taken; the right side is up', async () => {
    const photo = await telephoneJpeg()
    expect((await sharp(photo).metadata()).exif).toBeDefined()
    expect(photo.includes('SECRET-OWNER') && photo.includes('SECRET-XMP')).toBe(true)
    await send({ bytes: photo })
    const files = await mediaFiles()
    expect(files.length).toBeGreaterThan(3)
    for (const name of files) {
      const response = await fetch(`${server.origin}/media/${name}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      const { exif, xmp, iptc, icc, orientation, width, height } = await sharp(bytes).metadata()
      expect([name, exif, xmp, iptc, icc, orientation]).toEqual([
        name,
        ...Array<undefined>(5).fill(undefined),
      ])
      for (const trace of ['SECRET', 'Exif\0', 'ns.adobe.com', 'GPS', 'ICC_PROFILE'])
        expect([name, bytes.includes(trace)]).toEqual([name, false])
      if (name.includes('1200x630')) continue
      expect(height).toBeGreaterThan(width)
      const [top, bottom] = await Promise.all(
        [0, height - 10].map((top) =>
          sharp(bytes)
            .extract({ left: width >> 1, top, width: 10, height: 10 })
            .raw()
            .toBuffer(),
        ),
      )
      expect([top?.[0], top?.[1]].map((value) => (value ?? 0) > 128)).toEqual([true, false])
      expect([bottom?.[0], bottom?.[1]].map((value) => (value ?? 0) > 128)).toEqual([true, true])
    }
  })

  test('what is served cannot be anything else than a picture', async () => {
    await send({ bytes: await jpeg(600, 400) })
    for (const name of await mediaFiles()) {
      const { headers } = await fetch(`${server.origin}/media/${name}`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain('sandbox')
      expect(headers.get('cache-control')).toContain('immutable')
      const format = name.split('.').at(-1)
      expect(headers.get('content-type')).toBe(`image/${format === 'jpg' ? 'jpeg' : format}`)
    }
  })
})

test('a picture of another structure is not taken by its number', async () => {
  const { db } = server.context
  await db
    .insertInto('organization')
    .values({
      id: 'other',
      slug: 'other',
      name: 'Autre',
      search_text: ' autre',
      created_at: '2026-11-25T09:00:00Z',
    })
    .execute()
  const media = 'ab'.repeat(16)
  await db
    .insertInto('media')
    .values({
      id: media,
      organization_id: 'other',
      ...{ width: 600, height: 400, sizes: '[600]', created_at: '2026-11-25T09:00:00Z' },
    })
    .execute()
  const id = await announce(browser, { 'image.media': media, 'image.alt': 'Une table' })
  expect((await findCafe(db, id))?.image).toBeUndefined()
})
