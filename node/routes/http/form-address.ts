import type { Hono } from 'hono'

type Routes = Pick<Hono, 'router'>

/**
 * Where a page is for who asks for the address that a form is sent to: somebody reloads the answer to a form, or
 * reads it in another language. It is the nearest page above.
 *
 * @returns a path; undefined where no form is sent to.
 */
export function pageAbove(app: Routes, path: string): string | undefined {
  if (!knows(app, 'POST', path)) return undefined
  let above = path
  while (above !== '/') {
    above = above.slice(0, above.lastIndexOf('/')) || '/'
    if (knows(app, 'GET', above)) return above
  }
  return undefined
}

/** What guards many addresses is registered for all methods, and is no page. */
const knows = ({ router }: Routes, method: string, path: string): boolean =>
  router.match(method, path)[0].some(([[, route]]) => route.method === method)
