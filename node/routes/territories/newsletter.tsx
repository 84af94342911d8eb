import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { NewsletterPage } from '../../../ui/territories/newsletter-page.tsx'
import type { Context } from '../../context.ts'
import {
  toNewsletterHtml,
  toNewsletterMarkdown,
  toNewsletterText,
} from '../../formats/text/newsletter.ts'
import { createLongAnswers } from '../cafes/write-cafes.ts'
import { allowOwnScript } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findNewsletter, newsletterLinks } from './newsletter-data.ts'

const FILES = {
  html: { write: toNewsletterHtml, type: 'text/html' },
  md: { write: toNewsletterMarkdown, type: 'text/markdown' },
  txt: { write: toNewsletterText, type: 'text/plain' },
}

/** The newsletter of the coming two weeks, ready to paste into a mail or a page. */
export function newsletterRoutes(context: Context) {
  const links = newsletterLinks(context.config.origin)
  const answers = createLongAnswers(context)
  const routes = new Hono<WebEnv>().get(paths.newsletter, allowOwnScript, async (c) => {
    const { newsletter, sentAt } = await answers.make(c, () => findNewsletter(context))
    return c.html(
      <NewsletterPage
        site={await findSite(context, c)}
        html={toNewsletterHtml(newsletter, links)}
        markdown={toNewsletterMarkdown(newsletter, links)}
        text={toNewsletterText(newsletter, links)}
        sentAt={sentAt}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })
  for (const [ending, { write, type }] of Object.entries(FILES))
    routes.get(`${paths.newsletter}.${ending}`, async (c) => {
      const { newsletter } = await answers.make(c, () => findNewsletter(context))
      return c.body(write(newsletter, links), 200, {
        'Content-Type': `${type}; charset=utf-8`,
        'Content-Disposition': `attachment; filename="lettre-cafes-ia-${newsletter.from}.${ending}"`,
      })
    })
  return routes
}
