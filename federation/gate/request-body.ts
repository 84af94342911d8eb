import type { Readable } from 'node:stream'
import { isActivityType } from '../wire/media-types.ts'
import type { Refusal } from './envelope.ts'

/**
 * The maximum number of bytes of a body: larger than any Event that we know of, and the most that a sender can make us
 * hold.
 */
const MAX_BODY = 256 * 1024

/**
 * Reads the body of a message, or refuses it by its headers or its size. No more bytes are read than must be:
 * Content-Length may lie, and a compressed body is never inflated.
 */
export async function readBody({
  headers,
  body,
}: {
  headers: Headers
  body: Readable | undefined
}): Promise<Buffer | Refusal> {
  const encoding = headers.get('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity')
    return { status: 415, reason: 'the body must not be compressed' }
  if (!isActivityType(headers.get('content-type') ?? undefined))
    return { status: 415, reason: 'the content type must be application/activity+json' }
  const tooLarge = { status: 413, reason: `the body is larger than ${MAX_BODY} bytes` }
  if (Number(headers.get('content-length') ?? 0) > MAX_BODY) return tooLarge
  return body ? readUpTo(body, MAX_BODY, tooLarge) : Buffer.alloc(0)
}

/**
 * Reads the body from the socket's own stream, since web streams keep six kilobytes for each request until the next
 * full garbage collection.
 */
function readUpTo(stream: Readable, most: number, tooLarge: Refusal): Promise<Buffer | Refusal> {
  const { promise, resolve } = Promise.withResolvers<Buffer | Refusal>()
  const chunks: Buffer[] = []
  let size = 0
  const end = (outcome: Buffer | Refusal) => {
    stream.off('data', take).off('end', finish).off('close', fail).pause()
    resolve(outcome)
  }
  const take = (chunk: Buffer) => {
    size += chunk.length
    if (size > most) end(tooLarge)
    else chunks.push(chunk)
  }
  const finish = () => end(Buffer.concat(chunks))
  const fail = () => end({ status: 400, reason: 'the body broke off' })
  stream.on('data', take).on('end', finish).on('close', fail).on('error', fail)
  return promise
}
