import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { hasMoreScansThan } from '../../../node/formats/images/jpeg-scans.ts'
import { cropShared, encodePhoto } from '../../../node/formats/images/photo.ts'
import { gifOfFrames, imageOfType, jpeg, jpegOfScans } from '../../support/uploads.ts'

async function encoded(bytes: Uint8Array) {
  const photo = await encodePhoto(bytes)
  if ('problem' in photo) throw new Error(photo.problem)
  return photo
}

describe('a picture from outside', () => {
  test('is kept in four widths and three formats, each what it says', async () => {
    const photo = await encoded(await jpeg(2000, 1000))
    expect([photo.width, photo.height, photo.sizes]).toEqual([1600, 800, [480, 720, 960, 1600]])
    expect(photo.files).toHaveLength(12)
    for (const { width, format, bytes } of photo.files) {
      const found = await sharp(bytes).metadata()
      expect([found.width, found.height]).toEqual([width, width / 2])
      expect(found.format).toBe({ avif: 'heif', webp: 'webp', jpg: 'jpeg' }[format])
      expect(found.space).toBe('srgb')
    }
  })

  test('is never made larger than it was', async () => {
    const photo = await encoded(await jpeg(700, 300))
    expect(photo.sizes).toEqual([480, 700])
  })

  test.each(['png', 'webp', 'avif', 'gif'] as const)('may be a %s', async (type) => {
    expect((await encoded(await imageOfType(type))).width).toBe(640)
  })

  test('an AVIF, which is unpacked whole, may have half as many points as a JPEG', async () => {
    const size = { width: 6000, height: 2010, channels: 3 as const, background: '#3a7' }
    const flat = sharp({ create: size })
    expect(await encodePhoto(await flat.clone().avif({ effort: 0 }).toBuffer())).toEqual({
      problem: 'image_too_large',
    })
    expect((await encoded(await flat.jpeg().toBuffer())).width).toBe(1600)
  })

  test('so may a PNG that comes in passes over the whole picture, and half of that in 16 bits', async () => {
    const size = { width: 3000, height: 2010, channels: 3 as const, background: '#3a7' }
    const deep = sharp({ create: size }).toColourspace('rgb16')
    const passes = await deep.clone().png({ progressive: true }).toBuffer()
    expect(await encodePhoto(passes)).toEqual({ problem: 'image_too_large' })
    expect((await encoded(await deep.png().toBuffer())).width).toBe(1600)
  })

  test('no side is longer than that of a panorama, however short the other one is', async () => {
    const lines = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#3a7' } })
        .png()
        .toBuffer()
    expect((await encoded(await lines(20_000, 9))).width).toBe(1600)
    for (const picture of [await lines(20_001, 9), await lines(9, 20_001)])
      expect(await encodePhoto(picture)).toEqual({ problem: 'image_too_large' })
  })

  test('of several pictures in one file the first is kept', async () => {
    expect((await encoded(gifOfFrames(3))).sizes).toEqual([1])
  })

  test('a progressive JPEG has as many scans as programs write, not as many as fit in', async () => {
    const progressive = sharp(await jpeg(2000, 1000)).jpeg({ mozjpeg: true, progressive: true })
    expect((await encoded(await progressive.toBuffer())).width).toBe(1600)
    expect(await encodePhoto(jpegOfScans(60))).toEqual({ problem: 'image_unreadable' })
  })

  test('the scans of a thumbnail, and what stands after the end, are not counted', () => {
    const picture = jpegOfScans(2)
    const thumbnail = Buffer.concat([
      Buffer.from([0xff, 0xe1, 0x01, 0x02]),
      Buffer.alloc(256, 0xda),
    ])
    thumbnail.fill(Buffer.from([0xff, 0xda]), 4)
    const whole = Buffer.concat([picture.subarray(0, 2), thumbnail, picture.subarray(2), picture])
    // There are three scans: the first holds the constant parts (DC).
    expect([2, 3].map((most) => hasMoreScansThan(whole, most))).toEqual([true, false])
    expect(hasMoreScansThan(Buffer.alloc(1000, Buffer.from([0xff, 0xda])), 0)).toBe(false)
  })

  test('what is transparent becomes white, as on paper', async () => {
    const clear = { width: 500, height: 500, channels: 4 as const, background: '#00000000' }
    const { files } = await encoded(await sharp({ create: clear }).png().toBuffer())
    const bytes = files.find(({ format }) => format === 'jpg')?.bytes
    const { channels } = await sharp(bytes).stats()
    expect(channels.map(({ min }) => min > 250)).toEqual([true, true, true])
  })

  test('a TIFF, an SVG and words are none', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    for (const bytes of [await imageOfType('tiff'), svg, Buffer.from('bonjour'), Buffer.alloc(0)])
      expect(await encodePhoto(bytes)).toEqual({ problem: 'image_unreadable' })
  })
})

test('the part that links show is cut where the organiser said to look', async () => {
  const red = { create: { width: 900, height: 300, channels: 3 as const, background: '#e00000' } }
  const photo = await sharp({
    create: { width: 900, height: 1500, channels: 3, background: '#ffffff' },
  })
    .composite([{ input: red, left: 0, top: 0 }])
    .jpeg()
    .toBuffer()
  const rednessOf = async (bytes: Buffer) => {
    const { channels } = await sharp(bytes).stats()
    return (channels[0]?.mean ?? 0) - (channels[1]?.mean ?? 0)
  }
  const top = await cropShared(photo, [0, 0.67])
  const { width, height } = await sharp(top).metadata()
  expect([width, height]).toEqual([1200, 630])
  expect(await rednessOf(top)).toBeGreaterThan(100)
  expect(await rednessOf(await cropShared(photo, [0, -0.67]))).toBeLessThan(5)
})
