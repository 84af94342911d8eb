import { setImmediate } from 'node:timers/promises'
import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { resolver } from 'hono-openapi'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/lang.ts'
import { preferredLanguage } from '../language.ts'
import { type ApiEnv, writersOnly } from './access.ts'
import { BATCH_MAX, isRecord, NDJSON_TYPES, parseJson, readText } from './bodies.ts'
import { deskOf } from './cafe-writes.ts'
import { describeWrite, refusals } from './documentation.ts'
import { type Refusal, refuse, toProblemJson } from './problems.ts'
import type { RequestLimits } from './request-limits.ts'
import { createFromBody, type Desk, type WrittenCafe, writeByReference } from './write-cafe.ts'
import {
  asksDryRun,
  findKnown,
  inStep,
  keepAnswer,
  type RequestKey,
  readKey,
  toResponse,
  type WriteScope,
} from './writes.ts'

const LINES_MAX = 1000
const NDJSON = 'application/x-ndjson'

const LineResult = z
  .object({
    line: z.int().describe('From 1'),
    status: z.int().describe('201 announced, 200 changed, or why not'),
    id: z.string().nullable().optional(),
    reference: z.string().nullable().optional(),
    title: z.string().optional().describe('What is wrong'),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'LineResult' })
type LineResult = z.output<typeof LineResult>

/** Many cafés at once: each line is one, the good ones are kept. */
export const cafeBatch = (context: Context, limits: RequestLimits) =>
  new Hono<ApiEnv>().post(
    '/cafes/batch',
    describeWrite({
      id: 'writeCafes',
      summary: `Announce or change up to ${LINES_MAX} cafés`,
      description:
        'NDJSON: a `CafeInput` a line. A line with a `reference` that is known changes that café. The good lines are kept, whatever the others are; one result a line, as NDJSON or, with `Accept: application/json`, in `results`.',
      body: {
        required: true,
        content: {
          [NDJSON]: { schema: { type: 'string', description: 'One `CafeInput` a line' } },
        },
      },
      responses: {
        200: {
          description: 'One result a line',
          content: {
            [NDJSON]: { schema: resolver(LineResult) },
            'application/json': { schema: resolver(z.object({ results: z.array(LineResult) })) },
          },
        },
        ...refusals(400, 401, 413, 415, 422),
      },
    }),
    writersOnly(context, limits, 'batch'),
    async (c) => {
      const { config } = context
      const text = await readText(c, { types: NDJSON_TYPES, max: BATCH_MAX })
      if (text.refusal) return refuse(c, config, text.refusal)
      const lines = text.value.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }))
      const filled = lines.filter(({ line }) => line.trim() !== '')
      if (filled.length === 0)
        return refuse(c, config, {
          type: 'bad-request',
          problems: [{ field: '', code: 'required' }],
        })
      if (filled.length > LINES_MAX) return refuse(c, config, { type: 'too-large' })
      const asked = readKey(c, text.value)
      if (asked.refusal) return refuse(c, config, asked.refusal)
      const speaker = { lang: preferredLanguage(c), origin: config.origin }
      const progress = await writeLines(context, {
        lines: filled,
        desk: deskOf(c, context),
        key: asked.key,
        isDryRun: asksDryRun(c),
        speaker,
      })
      if (progress.refusal) return refuse(c, config, progress.refusal)
      return toResponse(c, { status: 200, ...toBody(progress.results, wantsJson(c)) })
    },
  )

type Speaker = { lang: Lang; origin: string }
type Line = { line: string; number: number }

/** Lines between which other visitors get their turn. */
const STEP = 20

/** Kept under an Idempotency-Key while lines remain, so that a batch cut short goes on where it was. */
const UNFINISHED = 202

type Step = { results: LineResult[]; refusal?: never } | { refusal: Refusal; results?: never }

/**
 * Writes the lines a few at a time, each step in one transaction with what was said of it so far. Two requests at once
 * under one key share the work.
 */
async function writeLines(
  context: Context,
  batch: {
    lines: readonly Line[]
    desk: Desk
    key: RequestKey
    isDryRun: boolean
    speaker: Speaker
  },
): Promise<Step> {
  const { lines, desk, key, isDryRun, speaker } = batch
  let results: LineResult[] = []
  while (results.length < lines.length) {
    const before = results
    const step = await inStep(context, isDryRun, async (scope): Promise<Step> => {
      const known = await findKnown(scope, key)
      if (known?.refusal) return known
      const sofar = known ? (JSON.parse(known.body) as LineResult[]) : before
      const after = [...sofar]
      for (const { line, number } of lines.slice(sofar.length, sofar.length + STEP)) {
        const written = await writeLine(scope, desk, line)
        after.push({ line: number, ...toResult(written, scope, speaker) })
      }
      const status = after.length < lines.length ? UNFINISHED : 200
      await keepAnswer(scope, key, { status, body: JSON.stringify(after) })
      return { results: after }
    })
    if (step.refusal) return step
    results = step.results
    if (!isDryRun) context.wake()
    await setImmediate()
  }
  return { results }
}

async function writeLine(scope: WriteScope, desk: Desk, line: string): Promise<WrittenCafe> {
  const { value: body, refusal } = parseJson(line)
  if (refusal) return { refusal }
  const reference = isRecord(body) ? body.reference : undefined
  return typeof reference === 'string' && reference !== ''
    ? writeByReference(scope, desk, reference, body)
    : createFromBody(scope, desk, body)
}

function toResult(
  written: WrittenCafe,
  scope: WriteScope,
  speaker: Speaker,
): Omit<LineResult, 'line'> {
  if (written.refusal) return toShortProblem(written.refusal, speaker)
  const { outcome, cafe } = written
  const isUnborn = outcome === 'created' && scope.isDryRun
  return {
    status: outcome === 'created' ? 201 : 200,
    id: isUnborn ? null : cafe.uri,
    reference: cafe.reference ?? null,
  }
}

function toShortProblem(refusal: Refusal, speaker: Speaker) {
  const { type: _, ...problem } = toProblemJson(refusal, speaker)
  return problem
}

const wantsJson = (c: Parameters<typeof accepts>[0]): boolean =>
  accepts(c, {
    header: 'Accept',
    supports: [NDJSON, 'application/json'],
    default: NDJSON,
  }) === 'application/json'

const toBody = (results: readonly LineResult[], asJson: boolean) =>
  asJson
    ? { contentType: 'application/json', body: JSON.stringify({ results }) }
    : { contentType: NDJSON, body: results.map((result) => `${JSON.stringify(result)}\n`).join('') }
