import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import {
  NewsletterPage,
  type NewsletterPageProps,
} from '../../../ui/territories/newsletter-page.tsx'
import type { Context } from '../../context.ts'
import type { Newsletter } from '../../domain/territories/newsletter.ts'
import {
  toNewsletterHtml,
  toNewsletterMarkdown,
  toNewsletterText,
  withoutStyles,
} from '../../formats/text/newsletter.ts'
import { listDepartements, listRegions } from '../../geo/territories.ts'
import { createLongAnswers } from '../cafes/write-cafes.ts'
import { allowOwnScript } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findNewsletter, findNewsletterTerritory, newsletterLinks } from './newsletter-data.ts'

const FILES = {
  html: { write: toNewsletterHtml, type: 'text/html' },
  md: { write: toNewsletterMarkdown, type: 'text/markdown' },
  txt: { write: toNewsletterText, type: 'text/plain' },
}

/** The newsletter of the coming two weeks, of everywhere or of a territory, ready to paste into a mail or a page. */
export function newsletterRoutes(context: Context) {
  const { origin } = context.config
  const answers = createLongAnswers(context)
  const routes = new Hono<WebEnv>().get(paths.newsletter, allowOwnScript, async (c) => {
    const territory = findNewsletterTerritory(c.req.query('territoire') ?? '')
    const links = newsletterLinks(origin, territory)
    const { newsletter, sentAt } = await answers.make(c, () =>
      findNewsletter(context, { territory }),
    )
    const html = toNewsletterHtml(newsletter, links)
    return c.html(
      <NewsletterPage
        site={await findSite(context, c)}
        territory={territory && { code: territory.code, label: labelOfTerritory(territory) }}
        territories={listChoices()}
        contents={contentsOf(newsletter)}
        {...{ html, shown: withoutStyles(html) }}
        markdown={toNewsletterMarkdown(newsletter, links)}
        text={toNewsletterText(newsletter, links)}
        sentAt={sentAt}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })
  for (const [ending, { write, type }] of Object.entries(FILES))
    routes.get(`${paths.newsletter}.${ending}`, async (c) => {
      const territory = findNewsletterTerritory(c.req.query('territoire') ?? '')
      const { newsletter } = await answers.make(c, () => findNewsletter(context, { territory }))
      const name = ['lettre-cafes-ia', territory?.code, newsletter.from].filter(Boolean).join('-')
      return c.body(write(newsletter, newsletterLinks(origin, territory)), 200, {
        'Content-Type': `${type}; charset=utf-8`,
        'Content-Disposition': `attachment; filename="${name}.${ending}"`,
      })
    })
  return routes
}

/** Lists the régions, each with its départements, by the codes of their letters. */
const listChoices = (): NewsletterPageProps['territories'] =>
  listRegions()
    .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'))
    .map(({ code, name }) => ({
      label: name,
      choices: [
        [`r-${code}`, name],
        ...listDepartements()
          .filter(({ region }) => region === code)
          .map((each): [string, string] => [each.code, `${each.name} (${each.code})`]),
      ],
    }))

/** Lists the territories of which a letter tells, with the addresses of their own letters. */
const contentsOf = ({ sections }: Newsletter): NewsletterPageProps['contents'] => {
  const codes = new Map([
    ...listDepartements().map(({ code, name }) => [name, code] as const),
    ...listRegions().map(({ code, name }) => [name, `r-${code}`] as const),
  ])
  return sections.flatMap(({ territory, cafes }) => {
    const code = territory && codes.get(territory)
    return code ? [{ code, label: territory, total: cafes.length }] : []
  })
}
