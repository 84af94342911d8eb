import { tagOf } from './answers.ts'
import { chooseEncoding, compress, decompress, type Encoding } from './compression.ts'

/** What a page is good for: what is said in the database, and the minute, since pages say what is past. */
export type Moment = { version: number; minute: number }

export type CachedPage = Moment & {
  headers: Record<string, string>
  /** As it was made, until it is ready in an encoding: kept beside it, it would take ten times as much. */
  made: Uint8Array<ArrayBuffer> | undefined
  /** Ready to be sent, in each encoding that somebody wanted. */
  answers: Map<Encoding | 'identity', Answer>
}

export type Answer = {
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
  /** Undefined: as it is, wanted so or too small. */
  encoding: Encoding | undefined
}

/** Asked again each time, and sent again only when it changed: no one else may go on showing what was cancelled. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate'

/** What a kept answer holds besides its bytes, roughly. */
const HEAD_BYTES = 2000

/** What was answered, if it is the same for everybody: a success that no route keeps out of caches. */
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

/** One tag for all encodings of a text is a weak one (RFC 9110 §8.8.1). */
const weakly = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`)

const withEncoding = (vary: string | undefined): string =>
  vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding'

/** Below this, compressing saves less than a packet. */
const WORTH_COMPRESSING = 600

/** The page in the encoding that is wanted, which it then has. */
export async function prepare(page: CachedPage, accepted: string | undefined): Promise<Answer> {
  const wanted = chooseEncoding(accepted)
  const bytes = page.made ?? (await unpack(page))
  const encoding = bytes.byteLength < WORTH_COMPRESSING ? undefined : wanted
  const body = encoding ? await compress(bytes, encoding, 'light') : bytes
  const answer = {
    body,
    headers: {
      ...page.headers,
      'Content-Length': String(body.byteLength),
      ...(encoding && { 'Content-Encoding': encoding }),
    },
    encoding,
  }
  page.answers.set(wanted ?? 'identity', answer)
  page.made = undefined
  return answer
}

/** The text out of any of its answers. */
async function unpack({ answers }: CachedPage): Promise<Uint8Array<ArrayBuffer>> {
  const [answer] = answers.values()
  if (!answer) throw new Error('a page is kept with an answer')
  const { body, encoding } = answer
  return encoding ? decompress(body, encoding) : body
}

/** Bytes, with its key. */
export const sizeOf = (key: string, { answers }: CachedPage): number =>
  new Set(answers.values().map(({ body }) => body))
    .values()
    .reduce((sum, body) => sum + body.byteLength, key.length * 2 + HEAD_BYTES)
