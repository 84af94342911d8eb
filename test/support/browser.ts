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

  async function send(path: string, init: RequestInit): Promise<Page> {
    const headers = new Headers(init.headers)
    // The connection is not kept open: the server closes an idle one after a time on the clock, while fetch counts half
    // a second for each turn of its own timer, so that on a busy machine it would write to one that is closing
    // (ECONNRESET).
    headers.set('connection', 'close')
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(origin + path, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      setCookies.push(line)
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name === undefined) continue
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return readPage(response)
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
