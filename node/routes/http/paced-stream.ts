/** What a reader may take to read: times in milliseconds. */
export type ReadingPace = {
  /** To wait for the reader in all, whatever it reads. */
  grace: number
  /** Besides, as long as it reads so fast. */
  bytesPerSecond: number
}

/** As slow as the slowest line that still reads a page; who does not read at all is cut after half a minute. */
const PACE: ReadingPace = { grace: 30_000, bytesPerSecond: 8 * 1024 }

/**
 * Texts as the body of an answer: read from as fast as the caller takes them, and no faster. Ends with the texts, when
 * the caller is gone, or with an error when it takes too long to read; `onEnd` is called once in any of these cases.
 */
export function pacedStream(
  texts: AsyncGenerator<string>,
  onEnd: () => void,
  { grace, bytesPerSecond }: ReadingPace = PACE,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let patience = grace
  let waitingSince: number | undefined
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  const end = () => {
    clearTimeout(timer)
    if (!isOver) onEnd()
    isOver = true
  }
  /** Between a chunk and the wish for the next it is the reader that takes its time. */
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
        // A pull that gives nothing is not called again.
        for (;;) {
          const { done, value } = await texts.next()
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
