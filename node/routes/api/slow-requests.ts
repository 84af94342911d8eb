import type { IncomingMessage } from 'node:http'
import { Context as HonoContext } from 'hono'
import { isForPrograms } from '../http/middleware.ts'
import { refuse } from './problems.ts'

/** What is answered (408) when the body of a request does not arrive: to a program as a problem (RFC 9457), else bare. */
export function refuseSlow(
  { url = '/', headers }: IncomingMessage,
  config: { origin: string },
): Response {
  if (!isForPrograms(url)) return new Response(null, { status: 408 })
  const language = headers['accept-language']
  const request = new Request(config.origin, {
    headers: language === undefined ? {} : { 'accept-language': language },
  })
  return refuse(new HonoContext(request), config, { type: 'too-slow' })
}
