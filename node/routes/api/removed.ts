import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { readTime } from '../../domain/cafes/cafe-input.ts'
import { listRemoved, type RemovedCursor } from '../../store/directory/removed-objects.ts'
import type { ApiEnv } from './access.ts'
import { publicJson } from './answers.ts'
import { describeRead, jsonOf, queryParameters, refusals } from './documentation.ts'
import { refuse } from './problems.ts'

const PAGE_SIZE = 500

const RemovedParameters = z.object({
  since: z.string().optional().describe('An instant or a date (UTC): what was deleted since'),
  cursor: z.string().optional().describe('From `next`: the page that follows'),
})

const RemovedPageJson = z
  .object({
    items: z.array(z.object({ id: z.string(), deletedAt: z.iso.datetime() })),
    next: z.string().nullable().describe('Address of the page that follows'),
  })
  .meta({ id: 'RemovedPage' })

/** What whoever keeps a copy must forget. */
export const removedReads = ({ db, config }: Context) =>
  new Hono<ApiEnv>().get(
    '/removed',
    describeRead({
      id: 'listRemoved',
      summary: 'Deleted cafés, in the order of their deletion',
      parameters: queryParameters(RemovedParameters),
      responses: { 200: jsonOf(RemovedPageJson, 'A page of ids'), ...refusals(400) },
    }),
    async (c) => {
      const since =
        c.req
          .query('since')
          ?.trim()
          .replace(/ (\d{2}:?\d{2})$/, '+$1') || undefined
      const sinceInstant = since === undefined ? undefined : readTime(since, 'UTC')
      const cursor = c.req.query('cursor') || undefined
      const after = cursor === undefined ? undefined : readRemovedCursor(cursor)
      const problems = [
        ...(since && !sinceInstant ? [{ field: 'since', code: 'not_a_date' } as const] : []),
        ...(cursor && !after ? [{ field: 'cursor', code: 'invalid' } as const] : []),
      ]
      if (problems.length > 0) return refuse(c, config, { type: 'bad-request', problems })
      const { items, next } = await listRemoved(db, {
        since: sinceInstant,
        after,
        limit: PAGE_SIZE,
      })
      return publicJson(c, {
        items: items.map(({ uri, deletedAt }) => ({ id: uri, deletedAt: deletedAt.toString() })),
        next: next
          ? `${config.origin}/api/v1/removed?${new URLSearchParams({ cursor: writeRemovedCursor(next) })}`
          : null,
      })
    },
  )

const writeRemovedCursor = ({ deletedAt, uri }: RemovedCursor): string =>
  Buffer.from(`${deletedAt} ${uri}`).toString('base64url')

function readRemovedCursor(text: string): RemovedCursor | undefined {
  const [, deletedAt, uri] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z) (\S{1,2000})$/.exec(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) ?? []
  return deletedAt !== undefined && uri !== undefined ? { deletedAt, uri } : undefined
}
