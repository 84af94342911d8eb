import type { Dispatcher } from 'undici'
import type {
  Egress,
  GetAnswer,
  GetOptions,
  PostAnswer,
  PostOptions,
  RestingHosts,
} from '../services.ts'
import { ACTIVITY_ACCEPT, essenceOf, isActivityType } from '../wire/media-types.ts'
import { parseStrictJson } from '../wire/strict-json.ts'
import type { ConnectionOptions, Connections } from './connections.ts'
import { type EgressCode, EgressError } from './egress-error.ts'
import { parseTarget, problemOf } from './targets.ts'

/**
 * The deadline of a whole call, redirects and reading included, so that a slow peer costs no more (Mastodon
 * CVE-2023-36461).
 */
const DEADLINE_MS = 10_000
/** Only the status of the answer to a delivery counts; its text gets the second that is left. */
const POST_TEXT_MS = 1_000
const POST_MS = DEADLINE_MS - POST_TEXT_MS
const MAX_BYTES = 1024 * 1024
/** The maximum number of bytes that are read of the answer to a delivery, which is only ever shown to the operator. */
const MAX_POST_ANSWER = 64 * 1024
const MAX_REDIRECTS = 3
const REDIRECTS = [301, 302, 303, 307, 308]

export type EgressOptions = Omit<ConnectionOptions, 'patienceMs'> & {
  userAgent: string
  /** Is told which hosts answered and which did not. */
  hosts?: Pick<RestingHosts, 'failed' | 'answered'> | undefined
  now?: (() => Temporal.Instant) | undefined
}

/**
 * Creates the only door to addresses that somebody else chose: it resolves names itself, refuses addresses that are not
 * public unless `allow` has them, and limits time, sizes and redirects. The calls throw EgressError.
 */
export function createEgress(options: EgressOptions): Egress {
  const { allow, userAgent, hosts, now = Temporal.Now.instant } = options
  // The HTTP client is large, so it is loaded only when the first request is made.
  let connections: Promise<Connections> | undefined
  const connect = () => {
    connections ??= import('./connections.ts').then(({ createConnections }) =>
      createConnections({ ...options, patienceMs: DEADLINE_MS }),
    )
    return connections
  }

  /**
   * Notes how the first host of a call did. A host that another one redirects to is never blamed: the other one chooses
   * the moment, the address and how much of the deadline is left.
   */
  async function noting<T>(call: (reach: (target: URL) => void) => Promise<T>): Promise<T> {
    const begun = now()
    let first: string | undefined
    let isElsewhere = false
    const reach = ({ host }: URL) => {
      first ??= host
      if (!isElsewhere && host !== first) hosts?.answered(first)
      isElsewhere ||= host !== first
    }
    try {
      const answer = await call(reach)
      if (first !== undefined && !isElsewhere) hosts?.answered(first)
      return answer
    } catch (error) {
      const isInactive = error instanceof EgressError && ['timeout', 'network'].includes(error.code)
      if (first !== undefined && !isElsewhere && isInactive) hosts?.failed(first, begun)
      throw error
    }
  }

  const get = (url: string | URL, options: GetOptions): Promise<GetAnswer> =>
    noting((reach) => getFrom(url, options, reach))

  async function getFrom(
    url: string | URL,
    options: GetOptions,
    reach: (target: URL) => void,
  ): Promise<GetAnswer> {
    return withDeadline(options.deadlineMs, async (signal) => {
      let target = parseTarget(url, allow)
      reach(target)
      for (let hop = 0; ; hop++) {
        const sameOrigin = hop === 0 || target.origin === new URL(url).origin
        const headers = await requestHeaders(target, options, sameOrigin)
        const answer = await (await connect()).send(target, { method: 'GET', headers, signal })
        const next = redirectOf(answer, target)
        if (!next) return readAnswer(answer, target, options)
        if (hop >= MAX_REDIRECTS)
          throw new EgressError('redirect', `${target.host} redirects too often`)
        target = parseTarget(next, allow)
        reach(target)
      }
    })
  }

  async function getJson(url: string | URL, options: Partial<GetOptions> = {}) {
    const answer = await get(url, { accept: ACTIVITY_ACCEPT, ...options })
    const { host } = new URL(answer.url)
    if (answer.status < 200 || answer.status > 299)
      throw new EgressError('status', `${host} answered ${answer.status}`, answer.status)
    if (!options.types && !isActivityType(answer.headers['content-type']))
      throw new EgressError('content_type', `${host} did not answer with ActivityPub JSON`)
    try {
      return { url: answer.url, json: parseStrictJson(answer.text), text: answer.text }
    } catch {
      throw new EgressError('content_type', `${host} answered with broken JSON`)
    }
  }

  const post = (url: string | URL, options: PostOptions): Promise<PostAnswer> =>
    noting(async (reach) => {
      const target = parseTarget(url, allow)
      reach(target)
      const connections = await connect()
      const call = {
        headers: { ...options.headers, ...ownHeaders() },
        body: options.body,
        statusMs: options.deadlineMs ?? POST_MS,
        ...{ textMs: POST_TEXT_MS, mostBytes: MAX_POST_ANSWER },
      }
      const answer = await connections.post(target, call).catch((error) => {
        throw toEgressError(error)
      })
      return { ...answer, headers: recordOf(answer.headers) }
    })

  const ownHeaders = () => ({ 'user-agent': userAgent, 'accept-encoding': 'identity' })

  async function requestHeaders(target: URL, options: GetOptions, sameOrigin: boolean) {
    const headers = { accept: options.accept }
    const signed = options.sign
      ? await options.sign({ method: 'GET', url: target, headers })
      : headers
    return { ...(sameOrigin && options.headers), ...signed, ...ownHeaders() }
  }

  return {
    get,
    getJson,
    post,
    check: (url) => problemOf(url, allow)?.message,
    close: async () => (await connections)?.close(),
  }
}

function redirectOf(answer: Dispatcher.ResponseData, from: URL): URL | undefined {
  const location = answer.headers.location
  if (!REDIRECTS.includes(answer.statusCode) || location === undefined) return undefined
  answer.body.destroy()
  if (typeof location !== 'string' || !URL.canParse(location, from))
    throw new EgressError('redirect', `${from.host} redirects to no address`)
  const next = new URL(location, from)
  if (next.protocol !== from.protocol)
    throw new EgressError('redirect', `${from.host} redirects to another scheme`)
  return next
}

async function readAnswer(
  answer: Dispatcher.ResponseData,
  target: URL,
  { types, maxBytes = MAX_BYTES }: GetOptions,
): Promise<GetAnswer> {
  const headers = recordOf(answer.headers)
  const refuse = (code: EgressCode, message: string) => {
    answer.body.destroy()
    return new EgressError(code, `${target.host} ${message}`)
  }
  const good = answer.statusCode >= 200 && answer.statusCode <= 299
  const encoding = headers['content-encoding'] ?? 'identity'
  if (good && types && !types.includes(essenceOf(headers['content-type'])))
    throw refuse('content_type', 'answered with another type of content')
  if (encoding !== 'identity') throw refuse('content_type', 'compressed what was asked for plain')
  if (Number(headers['content-length'] ?? 0) > maxBytes)
    throw refuse('too_big', 'answered too much')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > maxBytes) throw refuse('too_big', 'answered too much')
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const text = new TextDecoder().decode(bytes)
  return { url: target.href, status: answer.statusCode, headers, bytes, text }
}

/**
 * Answers the caller in time even while its request waits for one of the two connections; the signal then aborts
 * whatever was begun.
 */
async function withDeadline<T>(
  deadlineMs = DEADLINE_MS,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const late = new EgressError('timeout', `no whole answer within ${deadlineMs / 1000} s`)
  const { promise: deadline, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    controller.abort(late)
    reject(late)
  }, deadlineMs)
  try {
    return await Promise.race([work(controller.signal), deadline])
  } catch (error) {
    throw controller.signal.aborted ? late : toEgressError(error)
  } finally {
    clearTimeout(timer)
  }
}

function toEgressError(error: unknown): EgressError {
  if (error instanceof EgressError) return error
  const { code, message } = error as { code?: unknown; message?: unknown }
  const slow = code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT'
  return new EgressError(slow ? 'timeout' : 'network', String(message || code || error))
}

function recordOf(headers: Dispatcher.ResponseData['headers']) {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), [value].flat().join(', ')]],
    ),
  ) as Record<string, string>
}
