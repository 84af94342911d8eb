import type { Sharp } from 'sharp'
import { drawAnew } from './photo.ts'
import { loadSharp } from './sharp.ts'

/** The most pixels of a logo on paper: 30 mm at 300 dpi. */
const MOST = 360

export type Printable = { bytes: Uint8Array; width: number; height: number }

/** Draws a logo of the operator's as `toPrintable`; undefined for a file that is no picture. */
export async function toPrintableAnew(bytes: Uint8Array): Promise<Printable | undefined> {
  const drawn = await drawAnew(bytes, printed)
  return 'problem' in drawn ? undefined : drawn
}

/** Draws one of our own pictures on white, as the PNG that a PDF takes without decoding it. */
export const toPrintable = async (bytes: Uint8Array): Promise<Printable> =>
  printed((await loadSharp())(bytes))

async function printed(picture: Sharp): Promise<Printable> {
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .resize({ width: MOST, height: MOST, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png({ palette: false, compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: new Uint8Array(data), width: info.width, height: info.height }
}
