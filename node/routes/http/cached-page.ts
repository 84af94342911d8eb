import { tagOf } from './answers.ts'
import { chooseEncoding, compress, decompress, type Encoding, QUICK_FIRST } from './compression.ts'

/** The time for which a page is valid: the version of what is stored, and the minute, since pages say what is past. */
export type Moment = { version: number; minute: number }

export type CachedPage = Moment & {
  headers: Record<string, string>
  /**
   * The page as it was made, until it is ready in an encoding; kept beside it, it would take ten times as much memory.
   */
  made: Uint8Array<ArrayBuffer> | undefined
  /** The answers that are ready to be sent, in each encoding that was asked for. */
  answers: Map<Encoding | 'identity', Answer>
}

export type Answer = {
  /**
   * One character for each byte (ISO 8859-1): Node writes such a text and the headers as one, which takes a tenth less
   * time than bytes beside a text.
   */
  body: string
  headers: Record<string, string>
  /** The same headers as Node writes them soonest: names and values in turn. */
  head: string[]
  /** Undefined when it is not compressed, because it was asked for so or is too small. */
  encoding: Encoding | undefined
}

/**
 * The page is asked for again each time, and sent again only when it has changed, since no cache may go on showing what
 * was cancelled.
 */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate'

/** The approximate size of a cached answer's metadata, in bytes. */
const HEAD_BYTES = 2000

/** Reads an answer, if it is the same for everybody: a success that no route excludes from caches. */
export async function readPage(
  response: Response,
  moment: Moment,
): Promise<CachedPage | undefined> {
  const { headers, status } = response
  const control = headers.get('Cache-Control')
  if (status !== 200 || headers.has('Set-Cookie') || /no-store|private/.test(control ?? ''))
    return undefined
  const bytes = new Uint8Array(await response.arrayBuffer())
  const { etag, 'content-length': _, ...others } = Object.fromEntries(headers)
  return {
    ...moment,
    made: bytes,
    headers: {
      ...others,
      ETag: weakly(etag ?? tagOf(bytes)),
      'cache-control': control ?? CACHE_CONTROL,
      vary: withEncoding(others.vary),
    },
    answers: new Map(),
  }
}

/** Returns a weak tag: one that is the same for all encodings of a text must be weak (RFC 9110 §8.8.1). */
const weakly = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`)

const withEncoding = (vary: string | undefined): string =>
  vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding'

/** Below this size, compressing saves less than a packet. */
const WORTH_COMPRESSING = 600

/** Returns the encoding in which a page is sent, by `Accept-Encoding`. */
export const encodingFor = (accepted: string | undefined): Encoding | 'identity' =>
  chooseEncoding(accepted, QUICK_FIRST) ?? 'identity'

/** Prepares the page in the encoding that is asked for, which it then keeps. */
export async function prepare(page: CachedPage, accepted: string | undefined): Promise<Answer> {
  const wanted = encodingFor(accepted)
  const bytes = page.made ?? (await unpack(page))
  const isPacked = wanted !== 'identity' && bytes.byteLength >= WORTH_COMPRESSING
  const encoding = isPacked ? wanted : undefined
  const packed = encoding ? await compress(bytes, encoding, 'light') : bytes
  const body = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('latin1')
  const headers = {
    ...page.headers,
    'Content-Length': String(body.length),
    ...(encoding && { 'Content-Encoding': encoding }),
  }
  const answer = { body, headers, head: Object.entries(headers).flat(), encoding }
  page.answers.set(wanted, answer)
  page.made = undefined
  return answer
}

/** Decompresses the text of one of its answers. */
async function unpack({ answers }: CachedPage): Promise<Uint8Array<ArrayBuffer>> {
  const [answer] = answers.values()
  if (!answer) throw new Error('a page is kept with an answer')
  const bytes = bytesOf(answer)
  return answer.encoding ? decompress(bytes, answer.encoding) : bytes
}

/** Returns the body of an answer as bytes. */
export const bytesOf = ({ body }: Answer): Buffer<ArrayBuffer> => Buffer.from(body, 'latin1')

/** Returns the bytes that a page takes, with its key. */
export const sizeOf = (key: string, { answers }: CachedPage): number =>
  new Set(answers.values().map(({ body }) => body))
    .values()
    .reduce((sum, body) => sum + body.length, key.length * 2 + HEAD_BYTES)
