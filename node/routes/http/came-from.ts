import { paths } from '../../../ui/paths.ts'

/** The longest address that is read; that of a search has about a hundred characters. */
const MOST = 1000

/** The pages that list cafés, beside the search. */
const LIST = /^\/(?:cafes|carte|(?:territoires|reseaux|structures)\/[^/]+)$/

/**
 * Returns the path and query of our own search or list from which the visitor came, by `Referer`. Browsers send it
 * among our own pages only (`Referrer-Policy: same-origin`), so that no link and no cookie carries what was searched.
 */
export function listCameFrom(referer: string | undefined, origin: string): string | undefined {
  if (!referer?.startsWith(`${origin}/`) || referer.length > MOST || !URL.canParse(referer))
    return undefined
  const { pathname, search } = new URL(referer)
  const isSearch = pathname === paths.home && search !== ''
  return isSearch || LIST.test(pathname) ? pathname + search : undefined
}
