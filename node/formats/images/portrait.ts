import type { Sharp } from 'sharp'
import { drawAnew, type Refused } from './photo.ts'

export type Portrait = { bytes: Uint8Array; width: number; height: number }

/** The side in pixels, twice that of a card and of a profile. */
const SIDE = 480

/** Draws a small JPEG of a picture from outside anew: only its pixels pass. */
export const drawPortrait = (bytes: Uint8Array): Promise<Portrait | Refused> =>
  drawAnew(bytes, drawSmall)

async function drawSmall(picture: Sharp): Promise<Portrait> {
  const { data, info } = await picture
    .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 78, mozjpeg: true })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}
