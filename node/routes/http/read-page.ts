import type { Context as HonoContext } from 'hono'
import { LIST_WORDS_MAX, type ListQuery } from '../../../ui/admin/list.tsx'

const LAST_PAGE = 10_000

/** Reads the number of a page from its address; the first where that is none. */
export function readPage(value: string | undefined): number {
  const isNumber = /^[1-9]\d{0,4}$/.test(value ?? '')
  return isNumber ? Math.min(Number(value), LAST_PAGE) : 1
}

/**
 * Reads what an address asks of a list of the administration: `?q=&etat=&page=`. `names` has the value of `etat` for
 * each state; an address that names none asks for the usual one.
 */
export function readListQuery<State extends string>(
  c: HonoContext,
  names: Record<State, string>,
  usual: State,
): ListQuery<State> {
  const asked = c.req.query('etat')
  const states = Object.keys(names) as State[]
  return {
    words: (c.req.query('q') ?? '').trim().slice(0, LIST_WORDS_MAX),
    state: states.find((state) => names[state] === asked) ?? usual,
    page: readPage(c.req.query('page')),
  }
}
