import { inTerritoryText } from '../../../ui/locales/french-articles.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Alert } from '../../domain/territories/alert.ts'
import { toNewsletterHtml, toNewsletterText } from '../../formats/text/newsletter.ts'
import { findTerritory } from '../../geo/territories.ts'
import type { NewsletterText } from '../../store/territories/newsletter-readers.ts'
import { readAlertSearch } from './alert-search.ts'
import {
  findNewsletter,
  findNewsletterTerritory,
  type NewsletterAsked,
  newsletterLinks,
} from './newsletter-data.ts'

/** Writes the letter for all who asked for the same as this reader; undefined where it has nothing to say to them. */
export async function findMailedNewsletter(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  { area, search, place }: Pick<Alert, 'area' | 'search' | 'place'>,
  edition: NewsletterAsked['edition'],
): Promise<NewsletterText | undefined> {
  const { origin } = context.config
  const own = findNewsletterTerritory(area.territory ?? '')
  const territory = own ?? findTerritory(area.territory ?? '')
  const { from: _, ...conditions } = search === '' ? { from: undefined } : readAlertSearch(search)
  const query = {
    ...conditions,
    ...(territory && { territory }),
    ...(area.near && { near: area.near }),
  }
  const { newsletter } = await findNewsletter(context, { territory: own, query, edition })
  const { forward, sections, changes } = newsletter
  if (forward.length + sections.length + changes.length === 0) return undefined
  const isEverywhere = !territory && !area.near
  const directory = origin + (territory ? paths.territory(territory.code) : paths.home)
  const links = {
    ...newsletterLinks(origin, own),
    ...(!isEverywhere && { directory, sectionHref: () => directory }),
    where: isEverywhere ? undefined : inTerritoryText(place),
  }
  const plain = toNewsletterText(newsletter, links)
  return {
    subject: `La lettre des cafés IA : ${place}`,
    ...{ plain, html: toNewsletterHtml(newsletter, links) },
  }
}
