import type { Context as HonoContext } from 'hono'
import { accepts } from 'hono/accepts'
import { z } from 'zod'
import type { Context } from '../../../context.ts'
import type { Lang } from '../../../domain/values/lang.ts'
import { giveWay, giveWayHolding } from '../../../turns/turns.ts'
import { preferredLanguage } from '../../http/language.ts'
import type { ApiEnv } from '../access.ts'
import { BATCH_MAX, NDJSON_TYPES, parseJson, readText, toSizeRefusal } from '../bodies.ts'
import { describeSchema, refusals } from '../documentation.ts'
import { type Refusal, refuse, toProblemJson } from '../problems.ts'
import { type Chosen, chooseStructure } from '../structures.ts'
import {
  findKnown,
  hasDryRun,
  inStep,
  type RequestKey,
  readKey,
  saveAnswer,
  toResponse,
  type WriteScope,
} from '../writes.ts'
import { adminOf } from './cafe-writes.ts'
import { receivePictures, type SentPictures } from './pictures.ts'
import type { Admin } from './write-cafe.ts'

export const LINES_MAX = 1000
/**
 * The maximum number of line breaks: an empty line may come between any two and at the end, but a body of nothing else
 * would have millions of lines.
 */
const MOST_BREAKS = 2 * LINES_MAX
const NDJSON = 'application/x-ndjson'

const LineResult = z
  .object({
    line: z.int().describe('From 1'),
    status: z.int().describe('201 announced, 200 changed, 204 deleted, or why not'),
    id: z.string().nullable().optional(),
    reference: z.string().nullable().optional(),
    title: z.string().optional().describe('What is wrong'),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'LineResult' })
type LineResult = z.output<typeof LineResult>

/** The result for one line, or why nothing was written. */
type WrittenLine =
  | { status: 200 | 201 | 204; id?: string | null; reference: string | null; refusal?: never }
  | { refusal: Refusal }
/** Writes one line, already parsed, in the step's transaction. */
export type WriteLine = (scope: WriteScope, admin: Admin, body: unknown) => Promise<WrittenLine>

/** The answers of every batch. */
export const BATCH_RESPONSES = {
  200: {
    description: 'One result a line',
    content: {
      [NDJSON]: { schema: describeSchema(LineResult) },
      'application/json': { schema: describeSchema(z.object({ results: z.array(LineResult) })) },
    },
  },
  ...refusals(400, 401, 413, 415, 422),
}

/** Describes for OpenAPI a body of NDJSON; `lines` says what each line is. */
export const batchBody = (lines: string) => ({
  required: true,
  content: { [NDJSON]: { schema: { type: 'string' as const, description: lines } } },
})

/**
 * Reads the lines of the body, writes each, and answers with the result of each.
 * @param how.namesStructure - Whether the field `structure` of a line says for which structure it is.
 */
export async function writeBatch(
  c: HonoContext<ApiEnv>,
  context: Context,
  write: WriteLine,
  { namesStructure = false }: { namesStructure?: boolean } = {},
): Promise<Response> {
  const { config } = context
  const text = await readText(c, { types: NDJSON_TYPES, max: BATCH_MAX })
  if (text.refusal) return refuse(c, config, text.refusal)
  const all = text.value.split(/\r?\n/, MOST_BREAKS + 2)
  if (all.length > MOST_BREAKS + 1) return refuse(c, config, toSizeRefusal('lines', LINES_MAX))
  const lines = all.map((line, index) => ({ line, number: index + 1 }))
  const filled = lines.filter(({ line }) => line.trim() !== '')
  if (filled.length === 0)
    return refuse(c, config, {
      type: 'bad-request',
      problems: [{ field: '', code: 'required' }],
    })
  if (filled.length > LINES_MAX) return refuse(c, config, toSizeRefusal('lines', LINES_MAX))
  const asked = readKey(c, text.value)
  if (asked.refusal) return refuse(c, config, asked.refusal)
  const progress = await writeLines(context, {
    lines: filled,
    admin: adminOf(c, context),
    key: asked.key,
    isDryRun: hasDryRun(c),
    speaker: { lang: preferredLanguage(c), origin: config.origin },
    ...{ write, namesStructure },
  })
  if (progress.refusal) return refuse(c, config, progress.refusal)
  return toResponse(c, { status: 200, ...toBody(progress.results, wantsJson(c)) })
}

type Speaker = { lang: Lang; origin: string }
type Line = { line: string; number: number }

/** Number of lines that are written in one transaction. */
const STEP = 20

/** The status stored under an Idempotency-Key while lines remain, so that an interrupted batch goes on where it was. */
const UNFINISHED = 202

type Batch = {
  lines: readonly Line[]
  admin: Admin
  key: RequestKey
  isDryRun: boolean
  speaker: Speaker
  write: WriteLine
  namesStructure: boolean
}

type Step = { results: LineResult[]; refusal?: never } | { refusal: Refusal; results?: never }

/**
 * Writes the lines a few at a time, each step in one transaction with the results so far. Two requests at once under
 * one key share the work. After a step that fails, its lines are written one by one, so that those before the faulty one
 * stay.
 * @throws The error of a line that fails by itself.
 */
async function writeLines(context: Context, batch: Batch): Promise<Step> {
  const { lines, isDryRun } = batch
  let results: LineResult[] = []
  let size = STEP
  while (results.length < lines.length) {
    try {
      const step = await writeStep(context, batch, { before: results, size })
      if (step.refusal) return step
      results = step.results
    } catch (error) {
      if (size === 1) throw error
      size = 1
    }
    if (!isDryRun) context.wake()
    await giveWay()
  }
  return { results }
}

/** The name of a field may be written with escapes, each of which begins in this way (RFC 8259 §7). */
const MAY_NAME = /"(?:image|structure)"|\\u/

/** What is found before the transaction of some lines. */
type Prepared = {
  /** The structure that a line names, with the rest of it, by its number. */
  chosen: ReadonlyMap<number, Chosen>
  /** The pictures that the lines name, by the id of their structure. */
  pictures: ReadonlyMap<string, SentPictures>
}

/** Finds the structures that these lines name, and fetches their pictures. */
async function prepareLines(
  context: Context,
  { admin, isDryRun, namesStructure }: Batch,
  due: readonly Line[],
): Promise<Prepared> {
  const own = admin.organization
  const chosen = new Map<number, Chosen>()
  const bodies = new Map<string, unknown[]>()
  for (const { line, number } of due.filter((one) => MAY_NAME.test(one.line))) {
    const { value, refusal } = parseJson(line)
    if (refusal) continue
    const found: Chosen = namesStructure
      ? await chooseStructure(context, own, value)
      : { organization: own, body: value }
    chosen.set(number, found)
    if (found.refusal) continue
    const { id } = found.organization
    bodies.set(id, [...(bodies.get(id) ?? []), found.body])
  }
  const pictures = new Map<string, SentPictures>()
  for (const [organizationId, some] of bodies)
    pictures.set(organizationId, await receivePictures(context, { organizationId, isDryRun }, some))
  return { chosen, pictures }
}

async function writeStep(
  context: Context,
  batch: Batch,
  { before, size }: { before: LineResult[]; size: number },
): Promise<Step> {
  const { lines, key, isDryRun } = batch
  const due = lines.slice(before.length, before.length + size)
  const prepared = await prepareLines(context, batch, due)
  return inStep(context, { isDryRun, size }, async (scope): Promise<Step> => {
    const known = await findKnown(scope, key)
    if (known?.refusal) return known
    const sofar = known ? (JSON.parse(known.body) as LineResult[]) : before
    // Another request under this key wrote more meanwhile; this one goes on after that.
    if (sofar.length !== before.length) return { results: sofar }
    const results = [...sofar]
    for (const one of due) {
      results.push({ line: one.number, ...(await writeOne(scope, batch, one, prepared)) })
      await giveWayHolding()
    }
    const status = results.length < lines.length ? UNFINISHED : 200
    await saveAnswer(scope, key, { status, body: JSON.stringify(results) })
    return { results }
  })
}

async function writeOne(
  scope: WriteScope,
  { admin, speaker, write }: Batch,
  { line, number }: Line,
  prepared: Prepared,
): Promise<Omit<LineResult, 'line'>> {
  const { value, refusal } = parseJson(line)
  if (refusal) return toShortProblem(refusal, speaker)
  const chosen = prepared.chosen.get(number) ?? { organization: admin.organization, body: value }
  if (chosen.refusal) return toShortProblem(chosen.refusal, speaker)
  const { organization, body } = chosen
  const pictures = prepared.pictures.get(organization.id)
  const written = await write({ ...scope, pictures }, { ...admin, organization }, body)
  return 'status' in written ? written : toShortProblem(written.refusal, speaker)
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
