export type SitemapEntry = { url: string; changedAt?: Temporal.Instant | undefined }

/**
 * A sitemap (https://www.sitemaps.org/protocol.html) consists of this, its lines, and its foot; it may have 50,000
 * addresses.
 */
export const SITEMAP_HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'

export const SITEMAP_FOOT = '</urlset>\n'

/** Writes the entries of a sitemap (sitemaps.org), one in each line, without the element around them. */
export const toSitemapLines = (entries: readonly SitemapEntry[]): string =>
  entries
    .map(({ url, changedAt }) => {
      const changed = changedAt ? `<lastmod>${changedAt}</lastmod>` : ''
      return `<url><loc>${escapeXml(url)}</loc>${changed}</url>\n`
    })
    .join('')

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
