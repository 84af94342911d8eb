import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { LetterPage } from '../../../ui/territories/newsletter-page.tsx'
import type { Context } from '../../context.ts'
import { toLetterHtml, toLetterMarkdown, toLetterText } from '../../formats/text/newsletter.ts'
import { findDesk, type WebEnv } from '../http/access.ts'
import { allowOwnScript } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findLetter, letterLinks } from './newsletter-data.ts'

const FILES = {
  html: { write: toLetterHtml, type: 'text/html' },
  md: { write: toLetterMarkdown, type: 'text/markdown' },
  txt: { write: toLetterText, type: 'text/plain' },
}

/** The coming two weeks, ready to paste into a mail or a page. */
export function letterRoutes(context: Context) {
  const links = letterLinks(context.config.origin)
  const routes = new Hono<WebEnv>().get(paths.letter, allowOwnScript, async (c) => {
    const { letter, sentAt } = await findLetter(context)
    return c.html(
      <LetterPage
        site={await findSite(context, c)}
        html={toLetterHtml(letter, links)}
        markdown={toLetterMarkdown(letter, links)}
        text={toLetterText(letter, links)}
        sentAt={sentAt}
        signedIn={(await findDesk(c, context)) !== undefined}
      />,
    )
  })
  for (const [ending, { write, type }] of Object.entries(FILES))
    routes.get(`${paths.letter}.${ending}`, async (c) => {
      const { letter } = await findLetter(context)
      return c.body(write(letter, links), 200, {
        'Content-Type': `${type}; charset=utf-8`,
        'Content-Disposition': `attachment; filename="lettre-cafes-ia-${letter.from}.${ending}"`,
      })
    })
  return routes
}
