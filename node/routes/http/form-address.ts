import type { Hono } from 'hono'

type Routes = Pick<Hono, 'router'>

/**
 * Returns the page for somebody who opens the address to which a form is sent, because they reload the answer to a
 * form, or read it in another language. It is the nearest page above.
 *
 * @returns A path; undefined where no form is sent to, and where a page is that did not find what it was asked for.
 */
export function pageAbove(app: Routes, path: string): string | undefined {
  if (!knows(app, 'POST', path) || knows(app, 'GET', path)) return undefined
  let above = path
  while (above !== '/') {
    above = above.slice(0, above.lastIndexOf('/')) || '/'
    if (knows(app, 'GET', above)) return above
  }
  return undefined
}

/**
 * Returns whether a page is at this address; what guards many addresses is registered for all methods, and is no page.
 */
const knows = ({ router }: Routes, method: string, path: string): boolean =>
  router.match(method, path)[0].some(([[, route]]) => route.method === method)
