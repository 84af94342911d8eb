import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { readStylesheet } from '../../node/routes/site/assets.ts'

export const GALLERY_STYLE = readStylesheet()
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'"

/** Pages whose names begin in this way are served with a policy that lets our scripts run, as a search is. */
export const SCRIPTED = 'scripts/'

export type GalleryServer = {
  /** The address at which the page of that name is shown. */
  addressOf: (name: string) => string
  close: () => void
}

/** Serves the pages of a gallery by their names, under the same policy as our server. */
export async function serveGallery(pages: ReadonlyMap<string, string>): Promise<GalleryServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/').slice(1)
    const [type, body] = find(pages, path)
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': type,
      'Content-Security-Policy': path.startsWith(SCRIPTED)
        ? `${POLICY}; script-src 'self'`
        : POLICY,
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    addressOf: (name) => `${origin}/${encodeURIComponent(name)}`,
    close: () => server.close(),
  }
}

/**
 * Replaces the page that is shown by one of the gallery; the stylesheet stays: a new one would come late, and colours
 * would change slowly. What a test brought into the window stays too, which takes a fraction of opening each page.
 */
export const showInPlace = (page: Page, html: string): Promise<void> =>
  page.evaluate(async (html) => {
    const { documentElement: next, head, body } = new DOMParser().parseFromString(html, 'text/html')
    const { documentElement: shown } = document
    for (const { name } of [...shown.attributes]) shown.removeAttribute(name)
    for (const { name, value } of next.attributes) shown.setAttribute(name, value)
    const others = ':scope > :not([rel="stylesheet"])'
    for (const element of document.head.querySelectorAll(others)) element.remove()
    document.head.append(...head.querySelectorAll(others))
    document.body.replaceWith(body)
    const pictures = [...document.images].filter(
      ({ loading, complete }) => loading !== 'lazy' && !complete,
    )
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)))
    await document.fonts.ready
    window.scrollTo(0, 0)
  }, html)

function find(
  pages: ReadonlyMap<string, string>,
  path: string,
): [type: string, body: string | undefined] {
  if (path === 'public/style.css') return ['text/css', GALLERY_STYLE]
  const script = /^public\/(.*\.js)$/.exec(path)?.[1]
  if (script) return ['text/javascript', readScript(script)]
  return ['text/html; charset=utf-8', pages.get(path.replace(SCRIPTED, ''))]
}

const readScript = (name: string): string => {
  const suggestions = 'accessible-autocomplete.min.js'
  const file =
    name === suggestions
      ? import.meta.resolve(`accessible-autocomplete/dist/${suggestions}`)
      : new URL(`../../ui/public/${name}`, import.meta.url)
  return readFileSync(new URL(file), 'utf8')
}
