import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { type ApiEnv, requireWriter } from './access.ts'
import { BATCH_RESPONSES, batchBody, LINES_MAX, type WriteLine, writeBatch } from './batch.ts'
import { isRecord } from './bodies.ts'
import { describeWrite } from './documentation.ts'
import type { RequestLimits } from './request-limits.ts'
import { createFromBody, writeByReference } from './write-cafe.ts'

/** Many cafés at once: each line is one, the good ones are kept. */
export const cafeBatch = (context: Context, limits: RequestLimits) =>
  new Hono<ApiEnv>().post(
    '/cafes/batch',
    describeWrite({
      id: 'writeCafes',
      summary: `Announce or change up to ${LINES_MAX} cafés`,
      description:
        'NDJSON: a `CafeInput` a line. A line with a `reference` that is known changes that café. The good lines are kept, whatever the others are; one result a line, as NDJSON or, with `Accept: application/json`, in `results`.',
      body: batchBody('One `CafeInput` a line'),
      responses: BATCH_RESPONSES,
    }),
    requireWriter(context, limits, 'batch'),
    (c) => writeBatch(c, context, writeCafe),
  )

const writeCafe: WriteLine = async (scope, admin, body) => {
  const reference = isRecord(body) ? body.reference : undefined
  const written =
    typeof reference === 'string' && reference !== ''
      ? await writeByReference(scope, admin, reference, body)
      : await createFromBody(scope, admin, body)
  if (written.refusal) return written
  const { outcome, cafe } = written
  const isUnborn = outcome === 'created' && scope.isDryRun
  return {
    status: outcome === 'created' ? 201 : 200,
    id: isUnborn ? null : cafe.uri,
    reference: cafe.reference ?? null,
  }
}
