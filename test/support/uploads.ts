import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { type Browser, type Fields, fieldsOf, type Page, readPage } from './browser.ts'
import { isOnPostgres } from './database.ts'
import type { WebServer } from './server.ts'

/** Lists the names of the files of pictures that this server keeps, wherever it does. */
export async function listMedia({ context }: Pick<WebServer, 'context'>): Promise<string[]> {
  if (!isOnPostgres) return readdir(join(context.config.data, 'media'))
  const rows = await context.db.selectFrom('kept_file').select('name').execute()
  return rows.map(({ name }) => name)
}

/** A sender, and the server whose page they use. */
type Sender = { server: Pick<WebServer, 'origin' | 'context'>; browser: Browser }

/** `field` is the input's name. */
export type Upload = { bytes: Uint8Array; name?: string; type?: string; field?: string }

/** Sends a form of the page with one file in its field (`image` unless another is given), as browsers do. */
export async function submitWithImage(
  { server, browser }: Sender,
  action: string,
  { page, fields, file }: { page: Page; fields: Fields; file: Upload },
): Promise<Page> {
  const body = new FormData()
  const { bytes, name: filename = 'photo.jpg', type = 'image/jpeg', field = 'image' } = file
  for (const [name, value] of Object.entries({ ...fieldsOf(page.text, action), ...fields }))
    if (name !== field) for (const text of [value].flat()) body.append(name, text)
  body.append(field, new Blob([Uint8Array.from(bytes)], { type }), filename)
  return post({ server, browser }, action, { body })
}

/** Sends bytes as they are, with the cookies of the browser. */
export async function post(
  { server, browser }: Sender,
  path: string,
  init: RequestInit,
): Promise<Page> {
  const response = await fetch(server.origin + path, {
    ...init,
    method: 'POST',
    redirect: 'manual',
    headers: {
      ...init.headers,
      origin: server.context.config.origin,
      'sec-fetch-site': 'same-origin',
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  return readPage(response)
}

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#3a7' } })

/** Returns a picture of one colour, which suffices where only the shape counts. */
export const jpeg = (width: number, height: number): Promise<Buffer> =>
  flat(width, height).jpeg().toBuffer()

export const imageOfType = (type: 'png' | 'webp' | 'avif' | 'gif' | 'tiff'): Promise<Buffer> =>
  flat(640, 480).toFormat(type).toBuffer()

/** Returns a picture as a telephone writes it: on its side, with place and time of the shot, and a note in XMP. */
export const telephoneJpeg = (): Promise<Buffer> =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background: '#ffffff' } })
    // This is the top of the scene, on the left of a picture that is to be turned to the right.
    .composite([
      {
        input: { create: { width: 400, height: 800, channels: 3, background: '#d00000' } },
        left: 0,
        top: 0,
      },
    ])
    .withExif({
      IFD0: { Make: 'Telephone', Copyright: 'SECRET-OWNER' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 6/1 0/1', GPSLongitude: '1/1 40/1 0/1' },
    })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="SECRET-XMP"/></rdf:RDF></x:xmpmeta>',
    )
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

const pngChunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}

/** Returns a kilobyte that claims to be a picture of this size. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

const GIF_HEADER = 'GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff'
const GIF_FRAME =
  '\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00'

export const gifOfFrames = (frames: number): Buffer =>
  Buffer.from(`${GIF_HEADER}${GIF_FRAME.repeat(frames)};`, 'latin1')

/** Returns a width and a height of a thousand million, and nothing else. */
export const tiffBomb = (): Buffer => {
  const entry = (tag: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(4, 2)
    bytes.writeUInt32LE(1, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const count = Buffer.from([2, 0])
  return Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    count,
    entry(256, 1_000_000_000),
    entry(257, 1_000_000_000),
    Buffer.alloc(4),
  ])
}

const jpegSegment = (marker: number, data: readonly number[]): Buffer =>
  Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data])

/** Returns a Huffman table whose one code, a single 0, means `symbol`. */
const oneCode = (table: number, symbol: number): Buffer =>
  jpegSegment(0xc4, [table, 1, ...Array<number>(15).fill(0), symbol])

/** Returns a grey progressive JPEG of 5600 × 4200 pixels, which are processed once for each of its scans. */
export function jpegOfScans(scans: number): Buffer {
  const [width, height] = [5600, 4200]
  const blocks = (width / 8) * (height / 8)
  /** Each code of 15 bits skips 32,767 blocks; it is a zero and fourteen ones. */
  const skips = Math.ceil(blocks / 32_767)
  const bits = `0${'1'.repeat(14)}`.repeat(skips - 1) + `0${'0'.repeat(14)}`.repeat(2)
  const data = (bits.padEnd(Math.ceil(bits.length / 8) * 8, '1').match(/.{8}/g) ?? [])
    .map((byte) => Number.parseInt(byte, 2))
    .flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]))
  const scan = Buffer.concat([jpegSegment(0xda, [1, 1, 0, 1, 63, 0]), Buffer.from(data)])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xdb, [0, ...Array<number>(64).fill(1)]),
    jpegSegment(0xc2, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]),
    oneCode(0, 0),
    oneCode(0x10, 0xe0),
    jpegSegment(0xda, [1, 1, 0, 0, 0, 0]),
    Buffer.alloc(Math.ceil(blocks / 8)),
    ...Array<Buffer>(scans).fill(scan),
    Buffer.from([0xff, 0xd9]),
  ])
}
