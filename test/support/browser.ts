import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** A browser without scripts: it keeps its cookies, follows its own links, and fills in the forms that a page has. */
export type Browser = {
  get: (path: string, headers?: Record<string, string>) => Promise<Page>
  head: (path: string) => Promise<Page>
  /** Sends the form whose action is `path`, with its hidden fields, as the page that was read last shows it. */
  submit: (page: Page, action: string, fields?: Fields) => Promise<Page>
  /** Sends fields as they are, for forged requests. */
  post: (path: string, fields: Fields, headers?: Record<string, string>) => Promise<Page>
  cookies: Map<string, string>
  /** Every Set-Cookie header so far. */
  setCookies: string[]
}

export type Fields = Record<string, string | string[]>

export type Page = { status: number; headers: Headers; text: string; location: string | null }

/** Opens a browser; `pageOrigin` is given where the server is known by another origin than it listens on. */
export function openBrowser(origin: string, pageOrigin = origin): Browser {
  const cookies = new Map<string, string>()
  const setCookies: string[] = []

  async function send(path: string, asked: Asked): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...asked.headers, ...(cookie && { cookie }) }
    const page = await exchange(new URL(origin + path), { ...asked, headers })
    for (const line of page.headers.getSetCookie()) {
      setCookies.push(line)
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name === undefined) continue
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return page
  }

  const post: Browser['post'] = (path, fields, headers = {}) =>
    send(path, {
      method: 'POST',
      headers: { origin: pageOrigin, 'sec-fetch-site': 'same-origin', ...headers },
      body: toForm(fields),
    })

  return {
    cookies,
    setCookies,
    get: (path, headers = {}) => send(path, { headers }),
    head: (path) => send(path, { method: 'HEAD' }),
    post,
    submit: (page, action, fields = {}) =>
      post(action, { ...fieldsOf(page.text, action), ...fields }, originAfter(page)),
  }
}

type Asked = { method?: string; headers?: Record<string, string>; body?: URLSearchParams }

/** What `fetch` says of itself. Nothing is compressed, which the tests of compression ask for themselves. */
const OF_FETCH = {
  accept: '*/*',
  'accept-language': '*',
  'sec-fetch-mode': 'cors',
  'user-agent': 'node',
}

/**
 * Sends a request on a connection of its own, in less than half of the time that `fetch` takes for it. It is not kept
 * open: the server closes an idle one after a time on the clock, and on a busy machine the next request would be written
 * to one that is closing (ECONNRESET).
 */
async function exchange(url: URL, { method = 'GET', headers, body }: Asked): Promise<Page> {
  const named = new Headers({ ...OF_FETCH, ...headers, connection: 'close' })
  if (body && !named.has('content-type'))
    named.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8')
  const sent = request(url, { method, headers: Object.fromEntries(named), agent: false })
  sent.end(body?.toString())
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  // A server that answers before it has read all may close the connection.
  sent.on('error', () => undefined)
  const received = new Headers()
  for (const [name, values = []] of Object.entries(answer.headersDistinct))
    for (const value of values) received.append(name, value)
  return {
    status: answer.statusCode ?? 0,
    headers: received,
    text: await text(answer),
    location: received.get('location'),
  }
}

/** Reads an answer as a page. */
export const readPage = async (response: Response): Promise<Page> => ({
  status: response.status,
  headers: response.headers,
  text: await response.text(),
  location: response.headers.get('location'),
})

/**
 * Returns the Origin header of a form: a page that sends no referrer sends its forms from `null` (Fetch standard,
 * §3.2.7).
 */
const originAfter = ({ headers }: Page): Record<string, string> =>
  headers.get('referrer-policy') === 'no-referrer' ? { origin: 'null' } : {}

function toForm(fields: Fields): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const text of [value].flat()) form.append(name, text)
  return form
}

/** Returns the fields that a form of the page would send if nothing was changed. */
export function fieldsOf(html: string, action: string): Fields {
  const forms = html.match(/<form\b[^>]*>.*?<\/form>/gs) ?? []
  const tagOf = (form: string) => form.slice(0, form.indexOf('>'))
  const there = forms.filter((form) => attribute(tagOf(form), 'action') === action)
  // A list is searched at the address to which a form of its page is sent.
  const form = there.find((form) => attribute(tagOf(form), 'method') === 'post') ?? there[0]
  if (!form) throw new Error(`no form sends to ${action}`)
  const fields: Record<string, string[]> = {}
  const add = (name: string | undefined, value: string) => {
    if (name) fields[name] = [...(fields[name] ?? []), value]
  }
  const id = attribute(form.slice(0, form.indexOf('>')), 'id')
  const elsewhere = html
    .match(/<input\b[^>]*>/g)
    ?.filter((tag) => id && attribute(tag, 'form') === id)
  for (const tag of [...(form.match(/<input\b[^>]*>/g) ?? []), ...(elsewhere ?? [])]) {
    const type = attribute(tag, 'type') ?? 'text'
    const isChoice = type === 'radio' || type === 'checkbox'
    if (!isChoice || /\schecked\b/.test(tag))
      add(attribute(tag, 'name'), attribute(tag, 'value') ?? '')
  }
  for (const [, attributes = '', text = ''] of form.matchAll(
    /<textarea\b([^>]*)>(.*?)<\/textarea>/gs,
  ))
    add(attribute(attributes, 'name'), decodeEntities(text))
  for (const [, attributes = '', options = ''] of form.matchAll(
    /<select\b([^>]*)>(.*?)<\/select>/gs,
  )) {
    const chosen = /<option\b[^>]*\sselected\b[^>]*>/.exec(options)?.[0]
    add(attribute(attributes, 'name'), (chosen && attribute(chosen, 'value')) ?? '')
  }
  return fields
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decodeEntities(found)
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

const decodeEntities = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
