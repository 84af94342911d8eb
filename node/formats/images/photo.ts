import type { Metadata, Sharp } from 'sharp'
import { sharedCrop } from '../../domain/cafes/shared-image.ts'
import {
  type FocalPoint,
  IMAGE_FORMATS,
  type ImageFormat,
  SHARED_HEIGHT,
  SHARED_WIDTH,
} from '../../domain/values/image.ts'
import { hasMoreScansThan } from './jpeg-scans.ts'
import { loadSharp } from './sharp.ts'

/** The maximum number of bytes of an upload. */
export const PHOTO_BYTES = 10 * 1024 ** 2
/** The maximum number of pixels, those of a good telephone; libvips would accept eleven times as many. */
const MAX_PIXELS = 24_000_000
/**
 * The maximum number of pixels of formats that are decoded as a whole, AVIF and interlaced PNG, where others come line
 * by line: 24 million pixels took the server to 530 MB, more with more than eight bits a colour. With half of them, or
 * a quarter, it stays at 330 MB; the largest JPEG takes 250 MB.
 */
const WHOLE_PIXELS = MAX_PIXELS / 2
/**
 * The longest side, that of the widest panoramas. What is decoded line by line costs as much as a line: a PNG of
 * 2,400,000 × 10 pixels, of 70 kB, took the server to 1.3 GB.
 */
const LONGEST_SIDE = 20_000
/** The maximum number of scans. Cameras and programs write a progressive JPEG in about ten, mozjpeg in about twenty. */
const MAX_SCANS = 50
/** The maximum number of frames, of which only the first is kept; a picture that a person chose has fewer. */
const MAX_FRAMES = 500
const WIDTHS = [480, 720, 960]
/**
 * The longest side of files that we write. Encoding AVIF takes thirty bytes a pixel, so a portrait is not wider than
 * needed.
 */
const MAX_SIDE = 1600
const SECONDS = 10

type PhotoFile = { width: number; format: ImageFormat; bytes: Buffer }

export type Photo = {
  /** The width of the widest file, in pixels, the right way up. */
  width: number
  height: number
  /** The widths in ascending order. */
  sizes: number[]
  files: PhotoFile[]
}

export type Refused = { problem: 'image_unreadable' | 'image_too_large' }

/** One picture is drawn at a time: ten simultaneous uploads take the memory of one. */
let queue: Promise<unknown> = Promise.resolve()

/**
 * Draws a picture from outside anew in our sizes and formats. Only its pixels pass, the right way up and in sRGB: no
 * EXIF, location, thumbnail, profile or comment (CVE-2023-36460 and similar ones are in those).
 */
export const encodePhoto = (bytes: Uint8Array): Promise<Photo | Refused> =>
  drawAnew(bytes, drawPhoto)

/**
 * Gives the first picture of a file from outside, the right way up, to `draw`; a file that is no picture is refused.
 */
export function drawAnew<Drawn>(
  bytes: Uint8Array,
  draw: (picture: Sharp) => Promise<Drawn>,
): Promise<Drawn | Refused> {
  const drawn = queue.then(() => drawChecked(bytes, draw))
  queue = drawn.catch(() => undefined)
  return drawn
}

async function drawChecked<Drawn>(
  bytes: Uint8Array,
  draw: (picture: Sharp) => Promise<Drawn>,
): Promise<Drawn | Refused> {
  if (bytes.byteLength > PHOTO_BYTES) return { problem: 'image_too_large' }
  if (!isPhoto(bytes) || hasMoreScansThan(bytes, MAX_SCANS)) return { problem: 'image_unreadable' }
  try {
    const { pages = 1, depth, width, height, ...kind } = await (await open(bytes)).metadata()
    if (pages > MAX_FRAMES || Math.max(width, height) > LONGEST_SIDE)
      return { problem: 'image_too_large' }
    const most = depth === 'uchar' ? WHOLE_PIXELS : WHOLE_PIXELS / 2
    if (isUnpackedWhole(kind) && width * height > most) return { problem: 'image_too_large' }
    return await draw((await open(bytes)).autoOrient().timeout({ seconds: SECONDS }))
  } catch (error) {
    return { problem: isTooLarge(error) ? 'image_too_large' : 'image_unreadable' }
  }
}

const isUnpackedWhole = ({ format, isProgressive }: Pick<Metadata, 'format' | 'isProgressive'>) =>
  format === 'heif' || (format === 'png' && isProgressive === true)

async function drawPhoto(picture: Sharp): Promise<Photo> {
  const { data, info } = await picture
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const sizes = [...WIDTHS.filter((size) => size < width), width]
  const files: PhotoFile[] = []
  const sharp = await loadSharp()
  for (const size of sizes) {
    const pixels = sharp(data, { raw: { width, height, channels } }).resize({ width: size })
    for (const format of IMAGE_FORMATS)
      files.push({ width: size, format, bytes: await ENCODERS[format](pixels.clone()) })
  }
  return { width, height, sizes, files }
}

/** Opens a picture. Only the header is read before anything is decoded: a decompression bomb shows its size there. */
async function open(bytes: Uint8Array): Promise<Sharp> {
  const sharp = await loadSharp()
  const limits = { limitInputPixels: MAX_PIXELS, sequentialRead: true, pages: 1 }
  return sharp(bytes, { ...limits, failOn: 'error' })
}

const ENCODERS: Record<ImageFormat, (image: Sharp) => Promise<Buffer>> = {
  // Effort 2 gives half the size of a JPEG in the time that a person waits.
  avif: (image) => image.avif({ quality: 50, effort: 2 }).toBuffer(),
  webp: (image) => image.webp({ quality: 76, effort: 3 }).toBuffer(),
  jpg: (image) => image.jpeg({ quality: 78, mozjpeg: true }).toBuffer(),
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && /pixel limit|dimension/i.test(error.message)

/** Cuts the 1200 × 630 part that links and posts show out of one of our own files. */
export async function cropShared(bytes: Uint8Array, focalPoint: FocalPoint): Promise<Buffer> {
  const { width, height } = await (await open(bytes)).metadata()
  return (await open(bytes))
    .extract(sharedCrop({ width, height }, focalPoint))
    .resize({ width: SHARED_WIDTH, height: SHARED_HEIGHT, fit: 'fill' })
    .jpeg({ quality: 80, mozjpeg: true })
    .toBuffer()
}

/**
 * Returns whether it is a photo by its first bytes, as the decoders above know them; its name and its declared type
 * mean nothing.
 */
function isPhoto(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    /^GIF8[79]a/.test(head) ||
    /^RIFF....WEBP/s.test(head) ||
    /^.{4}ftyp(?:avif|avis|mif1|msf1|heic|heix|heim|heis)/s.test(head)
  )
}
