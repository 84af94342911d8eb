import { Hono, type Context as HonoContext } from 'hono'
import { describeCafe } from '../../../ui/cafes/cafe-page.tsx'
import { EMBED_NAMES, type EmbedOptions, embedQuery } from '../../../ui/data/embed-options.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { imageOf } from '../../domain/cafes/shared-image.ts'
import { escapeHtml } from '../../domain/values/escape-html.ts'
import { findPublicCafe } from '../../store/search/search.ts'
import { openReads, publicText } from '../http/answers.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'

const ADDRESS_MAX = 2000
const TEXT_MAX = 200
/** The size of a frame, in pixels, where a smaller one is not asked for. */
const WIDTH = 600
const HEIGHT = 600
/** How long other sites may keep an answer, in seconds: a café may be cancelled. */
const CACHE_AGE_S = 3600

/**
 * What another site shows of a café or of a search, of which somebody pasted the address (oEmbed 1.0 §2.3): a café is
 * a link with a picture, a search is a frame of the cafés to come.
 */
export const oembedRoutes = (context: Context) =>
  new Hono().use(paths.oembed, openReads).get(paths.oembed, async (c) => {
    // §2.3.4: 501 for a format that is not given, 404 for an address without an answer.
    if ((c.req.query('format') || 'json') !== 'json') return c.text('json', 501)
    const asked = (c.req.query('url') ?? '').slice(0, ADDRESS_MAX)
    const url = URL.canParse(asked) ? new URL(asked) : undefined
    if (url?.origin !== context.config.origin) return c.notFound()
    const shown = url.pathname === paths.home ? toFrame(c, url) : await findLink(c, context, url)
    if (!shown) return c.notFound()
    const { name, origin } = await findSite(context, c)
    const site = { provider_name: name, provider_url: origin }
    const answer = { version: '1.0', ...shown, ...site, cache_age: CACHE_AGE_S }
    return publicText(c, JSON.stringify(answer), 'application/json')
  })

/** Makes the frame of a search, at most as large as asked. */
function toFrame(c: HonoContext, { origin, searchParams }: URL) {
  const title = messagesFor(languageOf(c)).data.embed.frameHeading
  const options = Object.fromEntries(
    EMBED_NAMES.map((name) => [name, (searchParams.get(name) ?? '').trim().slice(0, TEXT_MAX)]),
  ) as EmbedOptions
  const width = atMost(WIDTH, c.req.query('maxwidth'))
  const height = atMost(HEIGHT, c.req.query('maxheight'))
  const src = escapeHtml(`${origin}${paths.embedFrame}${embedQuery(options)}`)
  const html = `<iframe src="${src}" title="${escapeHtml(title)}" width="${width}" height="${height}" loading="lazy"></iframe>`
  return { type: 'rich', title, html, width, height }
}

const atMost = (size: number, asked: string | undefined): number =>
  /^[1-9]\d{0,4}$/.test(asked ?? '') ? Math.min(size, Number(asked)) : size

/** Finds the café of an address that everybody may see; undefined where there is none. */
async function findLink(c: HonoContext, { db, config, now }: Context, { pathname }: URL) {
  const [folder, id, ...rest] = pathname.slice(1).split('/')
  const isOfCafe = folder === 'cafes' && id !== undefined && rest.length === 0
  const cafe = isOfCafe ? await findPublicCafe(db, { id }) : undefined
  if (cafe?.publication !== 'published') return undefined
  const { url, width, height } = imageOf(cafe, config.origin)
  return {
    type: 'link',
    title: describeCafe(cafe, now(), messagesFor(languageOf(c))),
    author_name: cafe.organizer.name,
    author_url: cafe.organizer.url,
    ...(width &&
      height && { thumbnail_url: url, thumbnail_width: width, thumbnail_height: height }),
  }
}
