import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Why the HTTP parser gave a request up before any code could read it. */
type UnreadReason = 'bad-request' | 'headers-too-large' | 'too-large' | 'too-slow'

/** Reasons by the code of `clientError`; any other is a request that is not HTTP. */
const REASONS: Record<string, UnreadReason> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
}

/**
 * Answers the requests that Node's parser refuses by itself (400, 408, 413, 431) with a text instead of a bare status
 * line, and closes the connection. An answer that is being sent on it ends first, and is the last, since what is
 * written beside it would be read as a part of it.
 * @param refuse - Makes the answer, for a reason and the languages that the request asks for, as far as it came.
 */
export function answerUnreadRequests(
  server: Server,
  refuse: (reason: UnreadReason, acceptLanguage: string | undefined) => Response,
): void {
  const latest = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => latest.set(request.socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return socket.destroy(error)
    const response = latest.get(socket)
    if (response && !response.writableFinished) {
      if (response.req.complete) return response.once('finish', () => socket.destroy(error))
      if (response.headersSent) return socket.destroy(error)
    }
    const acceptLanguage = findLanguages(error.rawPacket)
    const answer = refuse(REASONS[error.code ?? ''] ?? 'bad-request', acceptLanguage)
    void answer.text().then((text) => {
      const headers = [
        ...answer.headers,
        ['connection', 'close'],
        ['content-length', Buffer.byteLength(text)],
      ]
      const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(
        `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join('')}\r\n${text}`,
        () => socket.destroy(),
      )
    })
  })
}

const NAME = 'accept-language:'

/** Finds the languages in a head that no parser has read, where they are plain enough to be read. */
function findLanguages(packet: Buffer | undefined): string | undefined {
  const lines = (packet?.toString('latin1') ?? '').split('\r\n')
  const line = lines.find((each) => each.slice(0, NAME.length).toLowerCase() === NAME)
  const value = line?.slice(NAME.length).trim()
  return value && /^[\w,;=.* -]{1,200}$/.test(value) ? value : undefined
}
