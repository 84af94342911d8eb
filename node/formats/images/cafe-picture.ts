import type { Sharp } from 'sharp'
import { COPY_WIDTHS } from '../../domain/values/image.ts'
import { drawAnew, type Refused } from './photo.ts'
import { loadSharp } from './sharp.ts'

type Drawn = { small: Uint8Array; large: Uint8Array; width: number; height: number }

/** The greatest ratio of height to width. */
const MOST_TALL = 1.25

/** Draws a picture of another server anew as two small WebP: only its pixels pass. */
export const drawCafePicture = (bytes: Uint8Array): Promise<Drawn | Refused> =>
  drawAnew(bytes, drawBoth)

async function drawBoth(picture: Sharp): Promise<Drawn> {
  const [narrow, wide] = COPY_WIDTHS
  const { data, info } = await picture
    .resize({
      ...{ width: wide, height: Math.round(wide * MOST_TALL) },
      ...{ fit: 'inside', withoutEnlargement: true },
    })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const sharp = await loadSharp()
  const pixels = () => sharp(data, { raw: { width, height, channels } })
  const webp = (image: Sharp) => image.webp({ quality: 60, effort: 4 }).toBuffer()
  return {
    small: await webp(pixels().resize({ width: narrow, withoutEnlargement: true })),
    large: await webp(pixels()),
    ...{ width, height },
  }
}
