import { spawnSync } from 'node:child_process'
import jsqr from 'jsqr'
import sharp from 'sharp'

// Its types are those of a module, its file is CommonJS.
const readCode = jsqr as unknown as typeof jsqr.default

/** Returns what the QR code in a picture says, read by a second library; undefined where it finds none. */
export async function scan(picture: Uint8Array): Promise<string | undefined> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return readCode(new Uint8ClampedArray(data), info.width, info.height)?.data
}

/** Debian's poppler-utils. */
const PRINTER = 'pdftoppm'

/** Returns what the QR code on the first page of a PDF says once it is printed; undefined where nothing can print it. */
export async function scanPrinted(pdf: Uint8Array): Promise<string | undefined> {
  const options = ['-r', '150', '-png', '-singlefile', '-']
  const { status, stdout } = spawnSync(PRINTER, options, { input: pdf, maxBuffer: 2 ** 26 })
  return status === 0 ? scan(stdout) : undefined
}
