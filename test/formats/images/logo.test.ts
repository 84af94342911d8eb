import sharp from 'sharp'
import { expect, test } from 'vitest'
import { encodeLogo } from '../../../node/formats/images/logo.ts'
import { imageOfType, pngBomb } from '../../support/uploads.ts'

/** Returns a red disc on a transparent ground. */
const disc = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#0000' } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="40" height="40"><circle cx="20" cy="20" r="20" fill="#d00"/></svg>',
        ),
      },
    ])
    .withExif({ IFD0: { Copyright: 'SECRET-OWNER' } })
    .png()
    .toBuffer()

async function encoded(bytes: Uint8Array) {
  const logo = await encodeLogo(bytes)
  if ('problem' in logo) throw new Error(logo.problem)
  return logo
}

test('a logo is kept in two sizes and two formats, what is transparent stays so, nothing else of the file', async () => {
  const { width, height, sizes, files } = await encoded(await disc(900, 300))
  expect([width, height, sizes]).toEqual([512, 171, [132, 512]])
  expect(files).toHaveLength(5)
  for (const { nameFor, bytes } of files) {
    expect([nameFor('m'), bytes.includes('SECRET')]).toEqual([nameFor('m'), false])
    const { isOpaque } = await sharp(bytes).stats()
    expect([nameFor('m'), isOpaque]).toEqual([nameFor('m'), nameFor('m') === 'm-icon.png'])
  }
})

test('networks get a square: a wide logo whole on white, a square one with its own ground to the edges', async () => {
  const iconOf = async (bytes: Uint8Array) => {
    const { files } = await encoded(bytes)
    return files.find(({ nameFor }) => nameFor('m') === 'm-icon.png')?.bytes
  }
  const corner = async (icon: Buffer | undefined) => {
    const { data, info } = await sharp(icon)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    return [info.width, info.height, data[0], data[1], data[2]]
  }
  expect(await corner(await iconOf(await disc(900, 300)))).toEqual([400, 400, 255, 255, 255])
  const square = sharp({ create: { width: 300, height: 300, channels: 3, background: '#102030' } })
  expect(await corner(await iconOf(await square.png().toBuffer()))).toEqual([400, 400, 16, 32, 48])
})

test('a small logo is never made larger', async () => {
  expect((await encoded(await disc(60, 40))).sizes).toEqual([60])
})

test('a drawing (SVG), a TIFF and a bomb are refused', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  expect(await encodeLogo(svg)).toEqual({ problem: 'image_unreadable' })
  expect(await encodeLogo(await imageOfType('tiff'))).toEqual({ problem: 'image_unreadable' })
  expect(await encodeLogo(pngBomb(30_000, 30_000))).toEqual({ problem: 'image_too_large' })
})
