import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../../context.ts'
import { decideDeletion } from '../../../domain/cafes/edit.ts'
import { decideStatusChange, NOTE_MAX } from '../../../domain/cafes/status-change.ts'
import { type ApiEnv, requireWriter } from '../access.ts'
import { isRecord } from '../bodies.ts'
import { describeWrite } from '../documentation.ts'
import { toProblems } from '../problems.ts'
import type { RequestLimits } from '../request-limits.ts'
import { BATCH_RESPONSES, batchBody, LINES_MAX, type WriteLine, writeBatch } from './batch.ts'
import { createFromBody, findOwnCafe, saveProgramEdit, writeByReference } from './write-cafe.ts'

/** Writes many cafés at once: each line is one, and the valid ones are kept. */
export const cafeBatch = (context: Context, limits: RequestLimits) =>
  new Hono<ApiEnv>().post(
    '/cafes/batch',
    describeWrite({
      id: 'writeCafes',
      scope: 'cafes',
      summary: `Announce or change up to ${LINES_MAX} cafés`,
      description:
        'NDJSON: a `CafeInput` a line. A line with a `reference` that is known changes that café; `{"action":"cancel","reference":"…","note":"…"}` cancels it, `{"action":"delete","reference":"…"}` deletes it (or by `id`). The good lines are kept, whatever the others are. After a cut the batch may be sent again: with the same `Idempotency-Key` it goes on where it was, and lines with a `reference` change what they announced. One result a line, as NDJSON or, with `Accept: application/json`, in `results`.',
      body: batchBody('One `CafeInput` a line'),
      responses: BATCH_RESPONSES,
    }),
    requireWriter(context, limits, { scope: 'cafes', what: 'batch' }),
    (c) => writeBatch(c, context, writeCafe, { namesStructure: true }),
  )

/** A line that announces nothing, but changes the status of the café of this key or id, or deletes it. */
const ActionLine = z.strictObject(
  {
    action: z.enum(['cancel', 'delete'], 'not_a_choice'),
    reference: z.string('invalid').optional(),
    id: z.string('invalid').optional(),
    note: z.string('invalid').max(NOTE_MAX, 'too_long').nullish(),
    reason: z.string('invalid').max(NOTE_MAX, 'too_long').nullish(),
  },
  'invalid',
)

const actOnCafe: WriteLine = async (scope, admin, body) => {
  const parsed = ActionLine.safeParse(body)
  if (!parsed.success) return { refusal: { type: 'invalid', problems: toProblems(parsed.error) } }
  const { action, reference, id, note, reason } = parsed.data
  if (!reference && !id)
    return { refusal: { type: 'invalid', problems: [{ field: 'reference', code: 'required' }] } }
  const found = await findOwnCafe(scope, admin, { reference, id })
  if (found.refusal) return found
  const { cafe } = found
  const said = { id: cafe.uri, reference: cafe.reference ?? null }
  if (action === 'delete') {
    const deleted = await saveProgramEdit(scope, admin, { cafe, decide: decideDeletion })
    return deleted.refusal ? deleted : { status: 204, ...said }
  }
  if (cafe.publication !== 'published')
    return { refusal: { type: 'conflict', conflict: 'unpublished' } }
  const why = note || reason || undefined
  const cancelled = await saveProgramEdit(scope, admin, {
    ...{ cafe, reason: why },
    decide: (current) => decideStatusChange(current, { statusChange: 'cancelled', note: why }),
  })
  return cancelled.refusal ? cancelled : { status: 200, ...said }
}

const writeCafe: WriteLine = async (scope, admin, body) => {
  if (isRecord(body) && body.action !== undefined) return actOnCafe(scope, admin, body)
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
