import type { Context as HonoContext } from 'hono'
import type { Context } from '../../node/context.ts'
import { findNetworkEnd } from '../../node/store/networks/networks.ts'
import { gone } from './answers.ts'

const ADDRESS = /^\/(?:actors\/reseau-|reseaux\/)([^/]+)$/

/** Answers 410 where a network that has ended had its page or its account; undefined at any other address. */
export async function goneNetwork(
  { db, config, isDirectory }: Context,
  c: HonoContext,
): Promise<Response | undefined> {
  const { pathname } = new URL(c.req.raw.url)
  const slug = ADDRESS.exec(pathname)?.[1]
  const isAccount = pathname.startsWith('/actors/')
  if (slug === undefined || (isAccount && !isDirectory)) return undefined
  const end = await findNetworkEnd(db, slug)
  if (!end) return undefined
  return isAccount
    ? gone(end, `${config.origin}${pathname}`, 'Group')
    : gone(end, end.uri, 'Organization')
}
