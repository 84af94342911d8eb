import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { SITEMAP_FOOT, SITEMAP_HEAD, toSitemapLines } from '../../formats/web/sitemap.ts'
import { listInhabited } from '../../geo/territory-family.ts'
import { readOwnPages } from '../../store/cafes/own-pages.ts'
import { createLongAnswers } from '../cafes/write-cafes.ts'
import { gatherText, publicText } from '../http/answers.ts'
import { compressWhenAsked } from '../http/compression.ts'
import { describeSite } from '../http/site.ts'
import { publicPages } from './site-map.tsx'

/** A sitemap holds 50,000 addresses; the pages that are no cafés fit into the rest. */
const CAFES_MAX = 49_000

/** The administration is not to be indexed. */
const ROBOTS = ['User-agent: *', 'Disallow: /administration', 'Allow: /']

const EXPIRES_AFTER_DAYS = 180

/** The files for search engines, and for people who found a vulnerability. */
export const crawlerRoutes = (context: Context) => {
  const { db, config, now } = context
  const { origin } = config
  const answers = createLongAnswers(context)
  return new Hono()
    .get('/robots.txt', (c) =>
      publicText(
        c,
        [...ROBOTS, '', `Sitemap: ${origin}/sitemap.xml`, ''].join('\n'),
        'text/plain; charset=utf-8',
      ),
    )
    .get('/sitemap.xml', compressWhenAsked, async (c) => {
      const site = await describeSite(context)
      const pages = publicPages(site).map(({ href }) => ({ url: origin + href }))
      const toPages = ({ region, departements }: ReturnType<typeof listInhabited>[number]) =>
        [region, ...departements].map(({ code }) => ({ url: origin + paths.territory(code) }))
      const territories = context.isDirectory ? listInhabited().flatMap(toPages) : []
      async function* writeLines() {
        yield SITEMAP_HEAD
        yield toSitemapLines([...pages, ...territories])
        for await (const cafes of readOwnPages(db, CAFES_MAX))
          yield toSitemapLines(
            cafes.map(({ id, updatedAt }) => ({
              url: origin + paths.cafe(id),
              changedAt: updatedAt,
            })),
          )
        yield SITEMAP_FOOT
      }
      const text = await answers.make(c, () => gatherText(writeLines()))
      return publicText(c, text, 'application/xml; charset=utf-8')
    })
    .get('/.well-known/security.txt', (c) => {
      // It must be less than a year (RFC 9116 §2.5.5), and is the same all day, so that it is not sent twice.
      const today = now().toZonedDateTimeISO('UTC').startOfDay()
      const expires = today.add({ days: EXPIRES_AFTER_DAYS }).toInstant()
      const lines = [
        `Contact: ${origin}${paths.contact}`,
        `Expires: ${expires}`,
        'Preferred-Languages: fr, en',
        `Canonical: ${origin}/.well-known/security.txt`,
        '',
      ]
      return publicText(c, lines.join('\n'), 'text/plain; charset=utf-8')
    })
}
