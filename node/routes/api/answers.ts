import type { Context as HonoContext } from 'hono'
import { publicText } from '../http/answers.ts'

/** JSON with its entity tag, or 304 when the caller has it already (RFC 9110 §13.1.2). */
export const publicJson = (c: HonoContext, value: unknown): Response =>
  publicText(c, JSON.stringify(value), 'application/json')

/** What one caller alone may see. */
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
