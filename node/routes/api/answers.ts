import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { publicText } from '../http/answers.ts'

/** Answers with JSON and its entity tag, or with 304 when the caller has it already (RFC 9110 §13.1.2). */
export const publicJson = (c: HonoContext, value: unknown): Response =>
  publicText(c, JSON.stringify(value), 'application/json')

/** Returns the entity tag of a café of one's own, which changes with each revision, since `updatedAt` does. */
export const revisionTag = ({ updatedAt }: Pick<Cafe, 'updatedAt'>): string =>
  `"r${Math.floor(updatedAt.epochMilliseconds / 1000).toString(36)}"`

/** Answers with JSON that is for this caller alone, so that no cache may keep it. */
export const privateJson = (
  c: HonoContext,
  value: unknown,
  status: 200 | 201 = 200,
  headers: Record<string, string> = {},
): Response =>
  c.body(JSON.stringify(value), status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'private, no-store',
    ...headers,
  })

/** Returns the address of this request under the public origin, with these parameters; empty ones are left out. */
export function writeAddress(
  c: HonoContext,
  { config }: Pick<Context, 'config'>,
  parameters: Record<string, string>,
): string {
  const { pathname, searchParams } = new URL(c.req.url)
  for (const [name, value] of Object.entries(parameters))
    if (value === '') searchParams.delete(name)
    else searchParams.set(name, value)
  return `${config.origin}${pathname}?${searchParams}`
}
