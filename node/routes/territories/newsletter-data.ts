import { inTerritoryText } from '../../../ui/locales/french-articles.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  type Newsletter,
  type NewsletterChoice,
  toNewsletter,
} from '../../domain/territories/newsletter.ts'
import { changeSince, type SentCafe } from '../../domain/territories/newsletter-change.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { NewsletterLinks } from '../../formats/text/newsletter.ts'
import {
  findDepartement,
  findRegion,
  findTerritory,
  listRegions,
  type Territory,
} from '../../geo/territories.ts'
import { listPublicCafes } from '../../store/search/search.ts'
import { listWithoutDescriptions } from '../../store/search/search-pages.ts'
import { findLastNewsletter, listNewsletterChoices } from '../../store/territories/newsletters.ts'

/** Number of days of which one letter tells. */
export const NEWSLETTER_DAYS = 14
/** The maximum number of cafés of a section of a letter, as many as people read; its territory's page has all. */
const MOST = { several: 15, one: 30 }
const MOST_CAFES = 3000

export type FoundNewsletter = {
  newsletter: Newsletter
  /** The cafés of these days, cancelled and left out ones included, soonest first; without their descriptions. */
  cafes: Cafe[]
  choices: ReadonlyMap<string, NewsletterChoice>
  sentAt: Temporal.Instant | undefined
  /** The upcoming cafés of which earlier letters told. */
  stillListed: SentCafe[]
}

/** The territories that have a letter of their own. */
export type NewsletterTerritory = Extract<Territory, { kind: 'region' | 'departement' }>

/** Finds the région or département by the code of its page; undefined where there is none, for the letter of all. */
export function findNewsletterTerritory(code: string): NewsletterTerritory | undefined {
  const territory = findTerritory(code)
  return territory?.kind === 'region' || territory?.kind === 'departement' ? territory : undefined
}

/** Finds the letter of the next two weeks, as it is now, of everywhere or of one territory. */
export async function findNewsletter(
  { db, now }: Pick<Context, 'db' | 'now'>,
  territory?: NewsletterTerritory,
): Promise<FoundNewsletter> {
  const from = dayInParis(now())
  const until = from.add({ days: NEWSLETTER_DAYS - 1 })
  const query = { from: now(), until, openTo: 'public', territory } as const
  const found = await listWithoutDescriptions(db, query, MOST_CAFES)
  const cafes = found.cafes.map(toPrintedCafe)
  const choices = await listNewsletterChoices(db)
  const last = await findLastNewsletter(db)
  const stillListed = (last?.cafes ?? []).filter(
    ({ startsAt }) => Temporal.Instant.compare(startsAt, now()) > 0,
  )
  const told = stillListed.map(({ cafeId }) => cafeId)
  const known = await listPublicCafes(db, told, codesOf(territory))
  const changes = stillListed.map((sent) => changeSince(sent, known.get(sent.cafeId)))
  const newsletter = toNewsletter({
    from,
    until,
    cafes,
    choices,
    changes: changes
      .filter((change) => change !== undefined)
      .filter(({ cafe }) => isIn(territory, cafe)),
    sectionOf: sectionOf(territory),
  })
  return { newsletter, cafes, choices, sentAt: last?.sentAt, stillListed }
}

const codesOf = (territory: NewsletterTerritory | undefined) => {
  if (territory === undefined) return {}
  return territory.kind === 'region'
    ? { region: territory.region.code }
    : { departement: territory.departement.code }
}

/** Returns whether a letter of the territory tells of a café; what was removed has no place any more. */
const isIn = (territory: NewsletterTerritory | undefined, cafe: Cafe | undefined): boolean =>
  territory === undefined ||
  (territory.kind === 'region'
    ? cafe?.venue?.region === territory.region.code
    : cafe?.venue?.departement === territory.departement.code)

/** Returns how a letter is divided: that of everywhere by région, that of a territory by département. */
const sectionOf =
  (territory: NewsletterTerritory | undefined) =>
  ({ venue }: Cafe): string | undefined =>
    territory
      ? venue?.departement && findDepartement(venue.departement)?.name
      : venue?.region && findRegion(venue.region)?.name

/** Returns the absolute links of a newsletter; cafés without a territory are those online. */
export function newsletterLinks(origin: string, territory?: NewsletterTerritory): NewsletterLinks {
  if (territory) {
    const href = origin + paths.territory(territory.code)
    const where = inTerritoryText(territory.name)
    const most = territory.kind === 'region' ? MOST.several : MOST.one
    return { directory: href, most, sectionHref: () => href, where }
  }
  return {
    directory: `${origin}/`,
    most: MOST.several,
    sectionHref: (name) => {
      const region = listRegions().find((each) => each.name === name)
      return origin + (region ? paths.territory(`r-${region.code}`) : `${paths.home}?mode=en-ligne`)
    },
  }
}
