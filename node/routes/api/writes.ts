import { createHash } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { inTransaction, type OpenDatabase } from '../../store/database.ts'
import { findIdempotentAnswer, insertIdempotentAnswer } from '../../store/idempotency.ts'
import type { ApiEnv } from './access.ts'
import { type Refusal, refuse } from './problems.ts'

/** What a write answers: the text of a body with its type, or nothing. */
export type WriteAnswer = {
  status: 200 | 201 | 204
  contentType: string
  body: string
  location?: string | undefined
}

export type Written =
  | { answer: WriteAnswer; refusal?: never }
  | { refusal: Refusal; answer?: never }

/** What a write works in: inside there is only `trx`. */
export type WriteScope = { trx: OpenDatabase; now: Temporal.Instant; isDryRun: boolean }

export const jsonAnswer = (
  status: WriteAnswer['status'],
  value: unknown,
  location?: string,
): WriteAnswer => ({
  status,
  contentType: 'application/json',
  body: value === undefined ? '' : JSON.stringify(value),
  location,
})

/**
 * Runs a write in one transaction with the answer that is kept for its Idempotency-Key, so that a crash leaves both
 * or neither and a second request with the key waits for the first. A dry run is the same, rolled back.
 * `text` is the body as it came: a key stands for one request, word for word.
 */
export async function write(
  c: HonoContext<ApiEnv>,
  context: Context,
  text: string,
  work: (scope: WriteScope) => Promise<Written>,
): Promise<Response> {
  const { db, config } = context
  const isDryRun = isTrue(c.req.query('dryRun'))
  const key = c.req.header('Idempotency-Key')
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
    return refuse(c, config, {
      type: 'bad-request',
      problems: [{ field: 'Idempotency-Key', code: 'invalid' }],
    })
  const tokenId = c.var.writer.token.id
  const requestHash = hashRequest(c, text)

  const perform = async (trx: OpenDatabase): Promise<Written> => {
    const now = context.now()
    const known = key === undefined ? undefined : await findIdempotentAnswer(trx, { tokenId, key })
    if (known && known.requestHash !== requestHash) return { refusal: { type: 'key-reused' } }
    if (known) return { answer: JSON.parse(known.body) as WriteAnswer }
    const written = await work({ trx, now, isDryRun })
    if (isDryRun) throw new RolledBack(written)
    if (written.answer && key !== undefined) {
      const { status } = written.answer
      const body = JSON.stringify(written.answer)
      await insertIdempotentAnswer(trx, { tokenId, key, requestHash, status, body }, now)
    }
    return written
  }

  const written = await inTransaction(db, perform).catch((error: unknown) => {
    if (error instanceof RolledBack) return error.written
    throw error
  })
  if (written.refusal) return refuse(c, config, written.refusal)
  if (!isDryRun) context.wake()
  return toResponse(c, written.answer)
}

/** Carries a dry run's answer out of the transaction that it undoes. */
class RolledBack extends Error {
  override name = 'RolledBack'
  readonly written: Written
  constructor(written: Written) {
    super('a dry run is rolled back')
    this.written = written
  }
}

const isTrue = (value: string | undefined): boolean =>
  value !== undefined && !['', '0', 'false'].includes(value.toLowerCase())

const hashRequest = (c: HonoContext, text: string): string => {
  const { pathname, search } = new URL(c.req.url)
  return createHash('sha256')
    .update(JSON.stringify([c.req.method, pathname, search, text]))
    .digest('base64url')
}

const toResponse = (
  c: HonoContext,
  { status, body, contentType, location }: WriteAnswer,
): Response => {
  const headers = { 'Cache-Control': 'private, no-store', ...(location && { Location: location }) }
  if (status === 204) return c.body(null, 204, headers)
  return c.body(body, status, { 'Content-Type': contentType, ...headers })
}
