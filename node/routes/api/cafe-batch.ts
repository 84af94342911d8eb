import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { resolver } from 'hono-openapi'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { type ApiEnv, writersOnly } from './access.ts'
import { BATCH_MAX, isRecord, NDJSON_TYPES, parseJson, readText } from './bodies.ts'
import { deskOf } from './cafe-writes.ts'
import { describeWrite, refusals } from './documentation.ts'
import { langOf, type Refusal, refuse, toProblemJson } from './problems.ts'
import type { RequestLimits } from './request-limits.ts'
import { createFromBody, type Desk, type WrittenCafe, writeByReference } from './write-cafe.ts'
import { type WriteScope, write } from './writes.ts'

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
      const speaker = { lang: langOf(c), origin: config.origin }
      return write(c, context, text.value, async (scope) => {
        const results: LineResult[] = []
        for (const { line, number } of filled) {
          const written = await writeLine(scope, deskOf(c, context), line)
          results.push({ line: number, ...toResult(written, scope, speaker) })
        }
        return { answer: { status: 200, ...toBody(results, wantsJson(c)) } }
      })
    },
  )

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
  speaker: { lang: 'fr' | 'en'; origin: string },
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

function toShortProblem(refusal: Refusal, speaker: { lang: 'fr' | 'en'; origin: string }) {
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
