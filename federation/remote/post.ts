import type { Dispatcher } from 'undici'
import { EgressError } from './egress-error.ts'

export type PostRequest = {
  headers: Record<string, string>
  body: string | Uint8Array
  /** How long the status of the answer may take, the wait for a connection included. */
  statusMs: number
  /** How long the text that follows the status may take. */
  textMs: number
  /** The maximum number of bytes that are read of that text. */
  mostBytes: number
}

export type PostResponse = {
  status: number
  headers: Dispatcher.ResponseData['headers']
  text: string
}

const decoder = new TextDecoder()

/**
 * Posts a body and reads what arrives of the answer. The status already says what counts, so a text that breaks off,
 * never ends or is too long changes nothing. It handles the parts of the answer itself, since the stream and the signal
 * that undici's `request` makes for each call take longer than sending a short one.
 * @throws EgressError `timeout` where no status came in time, and the errors of undici.
 */
export function postBy(
  dispatcher: Dispatcher,
  target: URL,
  { headers, body, statusMs, textMs, mostBytes }: PostRequest,
): Promise<PostResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<PostResponse>()
  let controller: Dispatcher.DispatchController | undefined
  let late: EgressError | undefined
  let answer: Omit<PostResponse, 'text'> | undefined
  const chunks: Buffer[] = []
  let size = 0

  const giveUp = () => {
    late = new EgressError('timeout', `no whole answer within ${statusMs / 1000} s`)
    reject(late)
    controller?.abort(late)
  }
  let timer = setTimeout(giveUp, statusMs)

  function end(error?: Error): void {
    clearTimeout(timer)
    const text = decoder.decode(Buffer.concat(chunks).subarray(0, mostBytes))
    if (answer) resolve({ ...answer, text })
    else reject(error)
  }

  function endEarly(): void {
    end()
    controller?.abort(new Error('the rest of the answer is not read'))
  }

  const { origin, pathname, search } = target
  dispatcher.dispatch(
    { origin, path: pathname + search, method: 'POST', headers, body },
    {
      // A request that waited for a connection for too long is not begun.
      onRequestStart: (begun) => {
        controller = begun
        if (late) begun.abort(late)
      },
      onResponseStart: (_, status, received) => {
        if (status < 200) return
        answer = { status, headers: received }
        clearTimeout(timer)
        timer = setTimeout(endEarly, textMs)
      },
      onResponseData: (_, chunk) => {
        chunks.push(chunk)
        size += chunk.length
        if (size >= mostBytes) endEarly()
      },
      onResponseEnd: () => end(),
      onResponseError: (_, error) => end(error),
    },
  )
  return promise
}
