import { createHash } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { writeAddedCafes } from '../../store/cafes/cafes.ts'
import type { OpenDatabase } from '../../store/database/database.ts'
import { tryOut } from '../../store/database/gathered-rows.ts'
import { runStep } from '../../store/database/locks.ts'
import { findIdempotentAnswer, saveIdempotentAnswer } from '../../store/queues/idempotency.ts'
import type { ApiEnv } from './access.ts'
import type { SentPictures } from './cafes/pictures.ts'
import { isFlagSet } from './parameters.ts'
import { type Refusal, refuse } from './problems.ts'

/** The answer of a write: the text of a body with its type, or nothing. */
export type WriteAnswer = {
  status: 200 | 201 | 204
  contentType: string
  body: string
  location?: string | undefined
  /** The entity tag of the café that was written. */
  etag?: string | undefined
}

export type Written =
  | { answer: WriteAnswer; refusal?: never }
  | { refusal: Refusal; answer?: never }

/** What a write works with; inside the transaction there is only `trx`. */
export type WriteScope = {
  trx: OpenDatabase
  now: Temporal.Instant
  isDryRun: boolean
  /** The header If-Match: the object to change must be of this revision (RFC 9110 §13.1.1). */
  ifMatch?: string | undefined
  /** The pictures that the request names, which were fetched before the transaction. */
  pictures?: SentPictures | undefined
}

/** Makes an answer with a value as JSON; without a body where the value is undefined. */
export const jsonAnswer = (
  status: WriteAnswer['status'],
  value: unknown,
  { location, etag }: Pick<WriteAnswer, 'location' | 'etag'> = {},
): WriteAnswer => ({
  status,
  contentType: 'application/json',
  body: value === undefined ? '' : JSON.stringify(value),
  location,
  etag,
})

/**
 * Runs a write in one transaction with the answer that is stored for its Idempotency-Key, so that a crash leaves both
 * or neither and a second request with the key waits for the first. A dry run is the same, rolled back. `text` is the
 * body as it came, since a key stands for one request, byte for byte.
 */
export async function write(
  c: HonoContext<ApiEnv>,
  context: Context,
  text: string,
  work: (scope: WriteScope) => Promise<Written>,
  { addsCafes = false }: { addsCafes?: boolean } = {},
): Promise<Response> {
  const asked = readKey(c, text)
  if (asked.refusal) return refuse(c, context.config, asked.refusal)
  const isDryRun = hasDryRun(c)
  const written = await inStep(
    context,
    { isDryRun, addsCafes },
    async (scope): Promise<Written> => {
      const known = await findKnown(scope, asked.key)
      if (known?.refusal) return known
      if (known) return { answer: JSON.parse(known.body) as WriteAnswer }
      const written = await work({ ...scope, ifMatch: c.req.header('If-Match') })
      if (written.answer) {
        const { status } = written.answer
        await saveAnswer(scope, asked.key, { status, body: JSON.stringify(written.answer) })
      }
      return written
    },
  )
  if (written.refusal) return refuse(c, context.config, written.refusal)
  if (!isDryRun) context.wake()
  return toResponse(c, written.answer)
}

/** A key that the caller chose for this very request; undefined when it chose none. */
export type RequestKey = { tokenId: string; key: string; requestHash: string } | undefined

/**
 * Reads the header `Idempotency-Key` of a write: the key with the hash of this request, undefined where there is none,
 * or a refusal where it is not 1 to 255 visible ASCII characters.
 */
export function readKey(
  c: HonoContext<ApiEnv>,
  text: string,
): { key: RequestKey; refusal?: never } | { refusal: Refusal } {
  const key = c.req.header('Idempotency-Key')
  if (key === undefined) return { key: undefined }
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    return {
      refusal: { type: 'bad-request', problems: [{ field: 'Idempotency-Key', code: 'invalid' }] },
    }
  return { key: { tokenId: c.var.writer.token.id, key, requestHash: hashRequest(c, text) } }
}

const hashRequest = (c: HonoContext, text: string): string => {
  const { pathname, search } = new URL(c.req.url)
  return createHash('sha256')
    .update(JSON.stringify([c.req.method, pathname, search, text]))
    .digest('base64url')
}

/**
 * Finds the stored answer of an earlier request with this key; undefined for a first request or one without a key.
 * Another request with the same key is refused.
 */
export async function findKnown(
  { trx }: WriteScope,
  key: RequestKey,
): Promise<{ status: number; body: string; refusal?: never } | { refusal: Refusal } | undefined> {
  const known = key && (await findIdempotentAnswer(trx, key))
  if (known && known.requestHash !== key.requestHash) return { refusal: { type: 'key-reused' } }
  return known
}

/** Stores the answer to a request with a key, in the transaction of what it did; does nothing without a key. */
export async function saveAnswer(
  { trx, now }: WriteScope,
  key: RequestKey,
  answer: { status: number; body: string },
): Promise<void> {
  if (key) await saveIdempotentAnswer(trx, { ...key, ...answer }, now)
}

/** Returns whether the request asks with `dryRun` that nothing be stored; other values than a flag's were refused. */
export const hasDryRun = (c: HonoContext): boolean => isFlagSet(c.req.query('dryRun'))

/**
 * Does a step of a write, alone or with others in one transaction: all of it or nothing is stored, and of a dry run
 * nothing.
 * @param step.addsCafes - Whether it adds cafés or edits single ones, so that those that others added may still wait.
 */
export async function inStep<T>(
  { db, now }: Pick<Context, 'db' | 'now'>,
  step: { isDryRun: boolean; size?: number; addsCafes?: boolean },
  work: (scope: WriteScope) => Promise<T>,
): Promise<T> {
  const { isDryRun, size = 1, addsCafes = false } = step
  return runStep(
    db,
    async (trx) => {
      if (!addsCafes) await writeAddedCafes(trx)
      const begin = () => work({ trx, now: now(), isDryRun })
      return isDryRun ? tryOut(trx, begin) : begin()
    },
    { size },
  )
}

/** Makes the response of an answer, which no cache keeps. */
export const toResponse = (
  c: HonoContext,
  { status, body, contentType, location, etag }: WriteAnswer,
): Response => {
  const headers = {
    'Cache-Control': 'private, no-store',
    ...(location && { Location: location }),
    ...(etag && { ETag: etag }),
  }
  if (status === 204) return c.body(null, 204, headers)
  return c.body(body, status, { 'Content-Type': contentType, ...headers })
}
