import type { FetchedFile, Validators } from '../../node/context.ts'
import { toRefusal } from '../remote/failure-reason.ts'
import type { Egress, GetAnswer } from '../services.ts'
import { findArrays } from '../wire/json-arrays.ts'
import { findAgenda } from './find-agenda.ts'

const MAX_BYTES = 5 * 1024 * 1024
/** Limits of the pages of 300 events, as OpenAgenda gives them, and of the milliseconds for all of them. */
const MAX_PAGES = 20
const MAX_MS = 30_000

type Services = { egress: Pick<Egress, 'get'> }
type Answer = FetchedFile | { outcome: 'unchanged' }

/** Fetches a calendar, a table or an agenda at an address that a person typed. */
export async function fetchCalendar(services: Services, url: string): Promise<FetchedFile> {
  const answer = await fetchCalendarAgain(services, url, undefined)
  // The request was not conditional, so this answer (304) is not valid.
  if (answer.outcome === 'unchanged') return { outcome: 'refused', reason: 'remote.unexpected' }
  return answer
}

/** Fetches it again, if it has changed since `known` was given for it. */
export async function fetchCalendarAgain(
  { egress }: Services,
  url: string,
  known: Validators | undefined,
): Promise<Answer> {
  const get = (page: string, headers: Record<string, string>) =>
    egress.get(page, {
      accept: 'text/calendar, text/csv;q=0.9, application/json;q=0.8, */*;q=0.1',
      maxBytes: MAX_BYTES,
      headers,
    })
  try {
    const { address, headers: keyed } = await findAgenda(
      egress,
      url.replace(/^webcals?:/i, 'https:'),
    )
    const answer = await get(address, { ...keyed, ...conditionsOf(known) })
    const { status, headers } = answer
    if (status === 304 && known) return { outcome: 'unchanged' }
    if (status !== 200) return refuseStatus(answer)
    const contentType = headers['content-type'] ?? ''
    const first = await readPage(answer.bytes)
    if (first?.after) {
      // The key is not for another server to which the agenda redirects.
      const isSameServer = new URL(answer.url).origin === new URL(address).origin
      return await fetchPages(first, answer.url, (page) => get(page, isSameServer ? keyed : {}))
    }
    const validators = { etag: short(headers.etag), lastModified: short(headers['last-modified']) }
    return { outcome: 'fetched', bytes: answer.bytes, contentType, validators }
  } catch (error) {
    const reason = toRefusal(error)
    if (reason === undefined) throw error
    return { outcome: 'refused', reason }
  }
}

function refuseStatus({ status, headers }: GetAnswer): FetchedFile {
  const reason = { key: 'remote.status_code', params: { status } } as const
  return { outcome: 'refused', reason, retryAfter: readRetryAfter(headers['retry-after']) }
}

/**
 * Fetches all pages as one agenda. Where the agenda does not end, or a page fails, the whole fails. The events are not
 * parsed: five megabytes of them would keep requests waiting, and the reader of the file has a thread for it.
 */
async function fetchPages(
  first: Page,
  address: string,
  get: (url: string) => Promise<GetAnswer>,
): Promise<FetchedFile> {
  const begun = performance.now()
  const parts: Buffer[] = []
  let size = 0
  let page = first
  for (let count = 1; ; count++) {
    if (page.events) parts.push(Buffer.from(parts.length > 0 ? ',' : ''), page.events)
    size += (page.events?.length ?? 0) + 1
    if (size > MAX_BYTES - EMPTY.length) return { outcome: 'refused', reason: 'remote.too_big' }
    if (!page.after || !page.events) break
    if (count === MAX_PAGES) return { outcome: 'refused', reason: 'remote.too_big' }
    if (performance.now() - begun > MAX_MS) return { outcome: 'refused', reason: 'remote.timeout' }
    const after = readAfter(page.after)
    if (!after) return { outcome: 'refused', reason: 'remote.unexpected' }
    const next = new URL(address)
    for (const name of ['after', 'after[]']) next.searchParams.delete(name)
    for (const value of after) next.searchParams.append('after[]', value)
    const answer = await get(next.href)
    if (answer.status !== 200) return refuseStatus(answer)
    const read = await readPage(answer.bytes)
    if (!read) return { outcome: 'refused', reason: 'remote.unexpected' }
    page = read
  }
  const bytes = Buffer.concat([EMPTY.subarray(0, -2), ...parts, EMPTY.subarray(-2)])
  return { outcome: 'fetched', bytes, contentType: 'application/json' }
}

const EMPTY = Buffer.from('{"events":[]}')

/**
 * The texts between the brackets of `events`, and of `after`, which gives the next page. Undefined where there are
 * none.
 */
type Page = { events: Buffer | undefined; after: Buffer | undefined }

/**
 * Reads a page.
 * @returns undefined for what is no page of an agenda.
 */
async function readPage(bytes: Buffer): Promise<Page | undefined> {
  const { events, after } = await findArrays(bytes, ['events', 'after'])
  return events && { events: contentOf(events), after: after && contentOf(after) }
}

function contentOf(array: Buffer): Buffer | undefined {
  const content = array.subarray(1, -1)
  return /\S/.test(content.toString('latin1')) ? content : undefined
}

const AFTER_BYTES = 1000

/** Reads `1764160200000, 12`, each value for a parameter of its own; undefined where one is neither text nor number. */
function readAfter(after: Buffer): string[] | undefined {
  if (after.length > AFTER_BYTES) return undefined
  try {
    const values: unknown[] = JSON.parse(`[${after}]`)
    const isPlain = values.every((value) => ['string', 'number'].includes(typeof value))
    return isPlain ? values.map(String) : undefined
  } catch {
    return undefined
  }
}

/** Returns the headers of a conditional request (RFC 9110 §13.1): If-None-Match, If-Modified-Since. */
const conditionsOf = (known: Validators | undefined): Record<string, string> => ({
  ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
  ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
})

/** Returns a validator that may be stored and sent back: of printable characters, and no longer than real ones. */
const short = (value: string | undefined): string | undefined =>
  value !== undefined && /^[\x20-\x7e]{1,250}$/.test(value) ? value : undefined

/** Reads Retry-After in seconds (RFC 9110 §10.2.3); a date is not read. */
const readRetryAfter = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined
