import { once } from 'node:events'
import { loadSharp } from '../../formats/images/sharp.ts'
import type { SheetOrder } from '../../formats/print/print.ts'
import { findProgramFile } from '../../program/project-root.ts'
import { createDrawings } from '../../turns/drawings.ts'
import { createIdleThread } from '../../turns/idle-thread.ts'
import type { PrintOrder } from './print-worker.ts'

/** A sheet takes a twentieth of a second once the thread is there; the rest is for the smallest machines. */
const DEADLINE_MS = 20_000
const MEMORY_MB = 64
/** Somebody who takes a poster looks at the flyer next. */
const IDLE_MS = 30_000
/** The number of sheets that are kept, of some thirty kilobytes each. */
const MOST = 120
/** One sheet is made at a time, for the visitor who holds no place. */
const PLACES = { all: 1, each: 1, queue: 19, waitMs: 20_000 }

const thread = createIdleThread({
  program: findProgramFile('node/routes/kit/print-worker.ts'),
  memoryMb: MEMORY_MB,
  idleMs: IDLE_MS,
})

const findDrawing = createDrawings({ most: MOST, places: PLACES })

/** In which file a sheet is asked for; `preview` is a small picture of it. */
export type PrintAs = 'pdf' | 'png' | 'preview'

/** The width of a preview, for screens with two pixels for one. */
const PREVIEW_PIXELS = 480

/**
 * Prints a sheet in a thread of its own, so that no page waits for it; what was made is kept by its contents (`key`).
 * Its logos are read in the visitor's turn (`ready`).
 * @returns Undefined while this visitor waits for too many sheets, or has waited for too long.
 */
export const printFor = (
  visitor: string,
  key: string,
  ready: () => Promise<SheetOrder>,
  file: PrintAs,
): Promise<Buffer | undefined> =>
  findDrawing(key, visitor, async () => {
    const order = await ready()
    return file === 'pdf' ? run({ order, as: 'pdf' }) : draw(order, file)
  })

async function draw(order: SheetOrder, file: PrintAs): Promise<Buffer> {
  const svg = await run({ order, as: 'svg' })
  const sharp = await loadSharp()
  if (file === 'preview')
    return sharp(svg, { density: 144 })
      .resize({ width: PREVIEW_PIXELS })
      .flatten({ background: '#ffffff' })
      .webp({ quality: 80 })
      .toBuffer()
  return sharp(svg)
    .flatten({ background: '#ffffff' })
    .png({ palette: true, colours: 96, dither: 0, effort: 3, compressionLevel: 6 })
    .toBuffer()
}

async function run(order: PrintOrder): Promise<Buffer> {
  const worker = thread.hire()
  try {
    const answer = once(worker, 'message', { signal: AbortSignal.timeout(DEADLINE_MS) })
    worker.postMessage(order)
    const [bytes] = (await answer) as [Uint8Array]
    thread.rest(worker)
    return Buffer.from(bytes)
  } catch (error) {
    thread.dismiss(worker)
    throw error
  }
}
