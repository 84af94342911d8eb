import { runAsLongWork } from '../../turns/turns.ts'

/** How long a reader may take; times are in milliseconds. */
export type ReadingPace = {
  /** How long the stream waits for the reader in all, however little it reads. */
  grace: number
  /** The reader gets one more second for each so many bytes. */
  bytesPerSecond: number
}

/**
 * The pace of the slowest line on which a page can still be read; a reader that reads nothing is cut after half a
 * minute.
 */
const PACE: ReadingPace = { grace: 30_000, bytesPerSecond: 8 * 1024 }

/**
 * Streams texts as the body of an answer, each produced as long work when the reader asks for it. The stream ends with
 * the texts, when the reader has gone, or with an error when it reads too slowly.
 */
export function createPacedStream(
  texts: AsyncGenerator<string>,
  { grace, bytesPerSecond }: ReadingPace = PACE,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let patience = grace
  let waitingSince: number | undefined
  let timer: NodeJS.Timeout | undefined

  const end = () => clearTimeout(timer)
  /** Charges the reader for the time between a chunk and its request for the next one. */
  const hurry = () => {
    clearTimeout(timer)
    if (waitingSince !== undefined) patience -= performance.now() - waitingSince
    waitingSince = undefined
  }
  const waitForReader = (bytes: number, giveUp: () => void) => {
    patience += (bytes * 1000) / bytesPerSecond
    waitingSince = performance.now()
    timer = setTimeout(giveUp, Math.max(0, patience))
  }

  return new ReadableStream({
    pull: async (controller) => {
      hurry()
      try {
        // A pull that enqueues nothing would not be called again, so empty texts are skipped here.
        for (;;) {
          const { done, value } = await runAsLongWork(() => texts.next())
          if (done) {
            end()
            return controller.close()
          }
          if (value === '') continue
          const bytes = encoder.encode(value)
          controller.enqueue(bytes)
          return waitForReader(bytes.byteLength, () => {
            end()
            void texts.return(undefined)
            controller.error(new Error('the reader takes too long'))
          })
        }
      } catch (error) {
        end()
        throw error
      }
    },
    cancel: async () => {
      end()
      await texts.return(undefined)
    },
  })
}
