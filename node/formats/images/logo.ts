import type { Sharp } from 'sharp'
import {
  ICON_SIDE,
  iconName,
  LOGO_FORMATS,
  type LogoFormat,
  logoName,
} from '../../domain/values/logo.ts'
import { drawAnew, type Refused } from './photo.ts'
import { loadSharp } from './sharp.ts'

const LARGE = 512
/** Three times the size that the head of a page shows. */
const SMALL = 132
/** Other software cuts the corners of what it shows, or a circle. */
const ICON_MARGIN = 48

export type DrawnLogo = {
  /** The width of the larger file, in pixels. */
  width: number
  height: number
  /** The widths in ascending order. */
  sizes: number[]
  /** The files, by the end of their names. */
  files: { nameFor: (mediaId: string) => string; bytes: Buffer }[]
}

/**
 * Draws a logo from outside anew (see `drawAnew`); what is transparent stays so, except on the square for other
 * software.
 */
export const encodeLogo = (bytes: Uint8Array): Promise<DrawnLogo | Refused> =>
  drawAnew(bytes, drawLogo)

async function drawLogo(picture: Sharp): Promise<DrawnLogo> {
  const { data, info } = await picture
    .resize({ width: LARGE, height: LARGE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const sharp = await loadSharp()
  const pixels = () => sharp(data, { raw: { width, height, channels } })
  const small = Math.max(1, Math.round(width * Math.min(1, SMALL / Math.max(width, height))))
  const sizes = small < width ? [small, width] : [width]
  const files: DrawnLogo['files'] = []
  for (const size of sizes)
    for (const format of LOGO_FORMATS)
      files.push({
        nameFor: (mediaId) => logoName(mediaId, size, format),
        bytes: await ENCODERS[format](pixels().resize({ width: size })),
      })
  const { isOpaque } = await pixels().stats()
  files.push({ nameFor: iconName, bytes: await drawIcon(pixels(), { width, height, isOpaque }) })
  return { width, height, sizes, files }
}

const ENCODERS: Record<LogoFormat, (image: Sharp) => Promise<Buffer>> = {
  webp: (image) => image.webp({ quality: 88, alphaQuality: 90 }).toBuffer(),
  png: (image) => image.png({ palette: true, quality: 92, compressionLevel: 9 }).toBuffer(),
}

type Shape = { width: number; height: number; isOpaque: boolean }

/**
 * Draws the square on white, since the colour of the page that will show it is unknown; a square logo with its own
 * background fills it.
 */
function drawIcon(image: Sharp, { width, height, isOpaque }: Shape): Promise<Buffer> {
  const ratio = width / height
  const margin = isOpaque && ratio > 0.9 && ratio < 1.1 ? 0 : ICON_MARGIN
  const side = ICON_SIDE - 2 * margin
  return image
    .flatten({ background: WHITE })
    .resize({
      width: side,
      height: side,
      fit: margin === 0 ? 'fill' : 'contain',
      background: WHITE,
    })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: WHITE })
    .png({ palette: true, quality: 92, compressionLevel: 9 })
    .toBuffer()
}

const WHITE = '#ffffff'
