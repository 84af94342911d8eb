import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../../context.ts'
import type { CafeQuery } from '../../../store/search/cafe-query.ts'
import {
  type ChangedPlace,
  findMark,
  isStillKnown,
  type Mark,
  readMark,
  type Since,
  writeMark,
} from '../../../store/search/changed-cafes.ts'
import type { FixedDates } from '../../../store/search/former.ts'
import { listRemoved } from '../../../store/search/removed.ts'
import type { ApiEnv } from '../access.ts'
import { publicJson, writeAddress } from '../answers.ts'
import { describeRead, jsonOf, queryParameters, refusals } from '../documentation.ts'
import { refuse } from '../problems.ts'
import { PAGE_PARAMETERS, readExportSearch } from './export-search.ts'
import { type ReadParameters, readSince, SearchParameters } from './parameters.ts'

const PAGE_SIZE = 500

const RemovedParameters = z.object({
  since: z
    .string()
    .optional()
    .describe(
      'What has left since: the mark in an address `removed` or `changes`, or a date or date and time by the clock of this server. Everything that is known by default',
    ),
  cursor: z.string().optional().describe('From `next`: the page that follows'),
  ...SearchParameters.omit({ order: true, limit: true, cursor: true, updatedSince: true }).shape,
})

const RemovedPageJson = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        deletedAt: z.iso
          .datetime()
          .describe('When it left, by the clock of this server; not always because it was deleted'),
      }),
    ),
    next: z.string().nullable().describe('Address of the page that follows'),
    changes: z.string().describe('Address to ask next time, once all pages are read'),
  })
  .meta({ id: 'RemovedPage' })

/** The list of what was deleted, for readers that keep a copy and must delete it too. */
export const removedReads = (context: Context) =>
  new Hono<ApiEnv>().get(
    '/removed',
    describeRead({
      id: 'listRemoved',
      summary: 'Cafés that a search no longer finds',
      description:
        'Ids of cafés that were in sight here, changed since, and are not found by the search with the same parameters as `/cafes` (those to come and open to everyone by default): deleted, hidden, over, reserved, of a server that left or is blocked. A café that never was in the search is left out: by its territory, structure, network, format, public, language or way of attending, by who may come, and by its days where `from` and `until` are given as dates. Words (`q`) are not compared, since those that a café had before are not kept: with `q` the list is that of the same search without it, so that it has ids that the copy never had, and lacks none. One that is back is among the changes of `/cafes` again. A page may be empty and have a next one.',
      parameters: queryParameters(RemovedParameters),
      alsoTaken: [...PAGE_PARAMETERS, 'mark'],
      responses: { 200: jsonOf(RemovedPageJson, 'A page of ids'), ...refusals(400, 410) },
    }),
    async (c) => answerRemoved(c, context),
  )

async function answerRemoved(c: HonoContext<ApiEnv>, context: Context): Promise<Response> {
  const { db, config } = context
  const { since: sinceTexts, cursor: cursors, ...asked } = c.req.queries()
  const [sinceText] = sinceTexts?.filter((text) => text.trim() !== '') ?? []
  const [cursor] = cursors?.filter((text) => text !== '') ?? []
  const since = readSince(sinceText)
  const after = cursor === undefined ? undefined : readPlace(cursor)
  const read = readExportSearch(c, context.now(), asked)
  const problems = [
    ...(sinceText && !since ? [{ field: 'since', code: 'not_a_date' } as const] : []),
    ...(cursor && !after ? [{ field: 'cursor', code: 'invalid' } as const] : []),
    ...('problems' in read ? read.problems : []),
  ]
  if (problems.length > 0 || 'problems' in read)
    return refuse(c, config, { type: 'bad-request', problems })
  if (since && !(await isStillKnown(db, since))) return refuse(c, config, { type: 'mark-unknown' })
  const mark = writeMark(await markOf(c, context))
  const { items, next } = await listRemoved(db, read.query, {
    since: since ?? Temporal.Instant.fromEpochMilliseconds(0),
    after,
    limit: PAGE_SIZE,
    dates: fixedDatesOf(read.query, readExportSearch(c, context.now().add(MUCH_LATER), asked)),
  })
  return publicJson(c, {
    items: items.map(({ uri, at }) => ({ id: uri, deletedAt: at.toString() })),
    next: next ? writeAddress(c, context, { mark, cursor: writePlace(next) }) : null,
    changes: writeAddress(c, context, { mark: '', cursor: '', since: mark }),
  })
}

/** After so long an address that says its days by « now » finds other ones. */
export const MUCH_LATER = { hours: 24 * 400 }

/** Returns the dates that the address itself gives: those that are the same when it is read at another time. */
export function fixedDatesOf({ from, until }: CafeQuery, later: ReadParameters): FixedDates {
  if ('problems' in later) return {}
  const isSame = (one: CafeQuery['from'], other: CafeQuery['from']) => String(one) === String(other)
  return {
    from: isSame(from, later.query.from) ? from : undefined,
    until: isSame(until, later.query.until) ? until : undefined,
  }
}

/** Writes a position in the pages of what left a search. */
export const writePlace = ({ part, place, uri }: ChangedPlace): string =>
  Buffer.from(`${part} ${place} ${uri}`).toString('base64url')

/** Reads the position of a page: its order is that of numbers or of seconds; then that of sources. */
export function readPlace(text: string): ChangedPlace | undefined {
  const [, part, place = '', uri = ''] =
    /^(listing|source) (\S{0,40}) (\S{0,2000})$/.exec(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) ?? []
  if (part === 'source') return OF_SOURCE.test(place) ? { part, place, uri } : undefined
  return part === 'listing' && /^\d{0,15}$/.test(place) ? { part, place, uri } : undefined
}

const OF_SOURCE = /^(?:\d{1,15}@[\d-]{10}T[\d:]{8}Z)?$/

/**
 * How a reader that keeps a copy continues. The mark of an answer is read before its cafés, and is passed on with the
 * addresses of its further pages: what changes while they are read comes after it.
 */
type Followed = {
  /** The parameters for the address of the next page. */
  pages: Record<string, string>
  addresses: { changes?: string; removed?: string }
}

/** The parameters that pages of one search do not share. */
export const OF_ONE_PAGE = [
  ...['cursor', 'curseur', 'mark', 'limit', 'order', 'tri', 'updatedSince', 'since'],
  ...['total', 'mine', 'fields'],
]

/**
 * Follows the changes of a search; nothing for one that does not ask for changes, and undefined where the mark is none
 * of this server's.
 */
export async function followChanges(
  c: HonoContext,
  context: Pick<Context, 'db' | 'config'>,
  since: Since | undefined,
): Promise<Followed | undefined> {
  if (!since) return { pages: {}, addresses: {} }
  const isKnown = await isStillKnown(context.db, since)
  const isTime = since instanceof Temporal.Instant
  if (!isKnown && !isTime) return undefined
  const mark = writeMark(await markOf(c, context))
  // A reader that begins with a date long ago has none of the entries that were deleted here.
  const removedSince = isKnown ? (c.req.query('updatedSince') ?? mark) : mark
  const removed = writeAddress(c, context, { ...without(OF_ONE_PAGE), since: removedSince })
  return {
    pages: { mark },
    addresses: {
      changes: writeAddress(c, context, { cursor: '', curseur: '', mark: '', updatedSince: mark }),
      removed: removed.replace(/\/cafes(?=\?)/, '/removed'),
    },
  }
}

/** Returns the mark of the first page, which its further pages carry; for the first page, the current one. */
async function markOf(c: HonoContext, { db }: Pick<Context, 'db'>): Promise<Mark> {
  const given = readMark(c.req.query('mark') ?? '')
  return given && (await isStillKnown(db, given)) ? given : findMark(db)
}

const without = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, '']))
