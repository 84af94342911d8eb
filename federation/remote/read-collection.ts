import { MOST_EMPTY_PAGES } from '../../node/domain/limits/reading-budget.ts'
import type { Services } from '../services.ts'
import { idOf, isObject, type Json, originOf, toList } from '../wire/json.ts'
import { EgressError } from './egress-error.ts'
import { BudgetSpentError } from './reading-budget.ts'

type Reader = Pick<Services, 'egress' | 'sign' | 'signal' | 'budget'>

/**
 * Reads a collection page by page, only pages on its own server; the next page is fetched while one is handled. An
 * endless list is stopped by the reader's budget, or after a hundred pages in a row without an item.
 *
 * @param from - The address of an OrderedCollection or of one of its pages (ActivityStreams 2.0 §5).
 * @param onPage - Is given a page's items, as written, and the address of the next page, if there is one.
 * @throws EgressError when a page cannot be fetched; BudgetSpentError; the signal's reason as soon as it is aborted.
 */
export async function readCollection(
  reader: Reader,
  from: string,
  onPage: (items: unknown[], next: string | undefined) => Promise<void>,
): Promise<void> {
  let uri: string | undefined = from
  let coming = beginToFetch(reader, from)
  const read = new Set<string>()
  let empty = 0
  while (uri) {
    read.add(uri)
    // A server that stops does not wait for the page that is being fetched: `onPage` has saved where to go on.
    reader.signal.throwIfAborted()
    const page: Json = await coming
    const first: unknown = page.first
    const items = [...toList(page.orderedItems), ...toList(page.items)]
    if (items.length === 0 && isObject(first)) items.push(...toList(first.orderedItems))
    const next: string | undefined = isObject(first)
      ? idOf(first.next)
      : (idOf(page.next) ?? (items.length === 0 ? idOf(first) : undefined))
    const follows: boolean =
      next !== undefined && originOf(next) === originOf(from) && !read.has(next)
    uri = follows ? next : undefined
    empty = items.length === 0 ? empty + 1 : 0
    if (empty > MOST_EMPTY_PAGES) throw new BudgetSpentError('empty')
    reader.budget?.spend({ items: items.length })
    if (uri) coming = beginToFetch(reader, uri)
    await onPage(items, uri)
  }
}

/** Begins to fetch a page. It may fail unnoticed when it is no longer waited for, because the reading stopped. */
function beginToFetch(reader: Reader, uri: string): Promise<Json> {
  const coming = fetchObject(reader, uri)
  coming.catch(() => undefined)
  return coming
}

/**
 * Fetches one object.
 * @throws EgressError when it cannot be fetched, is answered by another server, or is no JSON object.
 */
export async function fetchObject(
  { egress, sign }: Pick<Reader, 'egress' | 'sign'>,
  uri: string,
): Promise<Json> {
  const { url, json } = await egress.getJson(uri, { sign })
  if (originOf(url) !== originOf(uri))
    throw new EgressError('redirect', `${uri} is answered by another server`)
  if (!isObject(json)) throw new EgressError('content_type', `${uri} is no object`)
  return json
}
