import type { Sharp } from 'sharp'
import { drawAnew } from './photo.ts'

/** The most pixels of a logo on paper: 30 mm at 300 dpi. */
const MOST = 360

export type Printable = { bytes: Uint8Array; width: number; height: number }

/** Draws a logo on white, as the PNG that a PDF takes without decoding it; undefined for a file that is no picture. */
export async function toPrintable(bytes: Uint8Array): Promise<Printable | undefined> {
  const drawn = await drawAnew(bytes, printed)
  return 'problem' in drawn ? undefined : drawn
}

async function printed(picture: Sharp): Promise<Printable> {
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .resize({ width: MOST, height: MOST, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png({ palette: false, compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: new Uint8Array(data), width: info.width, height: info.height }
}
