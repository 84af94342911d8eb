import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  type Newsletter,
  type NewsletterChoice,
  toNewsletter,
} from '../../domain/territories/newsletter.ts'
import { changeSince, type SentCafe } from '../../domain/territories/newsletter-change.ts'
import type { NewsletterLinks } from '../../formats/text/newsletter.ts'
import { findRegion, listRegions } from '../../geo/territories.ts'
import { findPublicCafe } from '../../store/search/search.ts'
import { listWithoutDescriptions } from '../../store/search/search-pages.ts'
import { findLastNewsletter, listNewsletterChoices } from '../../store/territories/newsletters.ts'

/** Number of days of which one letter tells. */
export const NEWSLETTER_DAYS = 14
/** The maximum number of cafés of a région in a letter, as many as people read; the région's page has all. */
const MOST_PER_REGION = 15
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

/** Finds the letter of the next two weeks, as it is now. */
export async function findNewsletter({
  db,
  now,
}: Pick<Context, 'db' | 'now'>): Promise<FoundNewsletter> {
  const from = now().toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const until = from.add({ days: NEWSLETTER_DAYS - 1 })
  const query = { from: now(), until, openTo: 'public' } as const
  const { cafes } = await listWithoutDescriptions(db, query, MOST_CAFES)
  const choices = await listNewsletterChoices(db)
  const last = await findLastNewsletter(db)
  const stillListed = (last?.cafes ?? []).filter(
    ({ startsAt }) => Temporal.Instant.compare(startsAt, now()) > 0,
  )
  const changes = await Promise.all(
    stillListed.map(async (sent) =>
      changeSince(sent, await findPublicCafe(db, { id: sent.cafeId })),
    ),
  )
  const newsletter = toNewsletter({
    from,
    until,
    cafes,
    choices,
    changes: changes.filter((change) => change !== undefined),
    regionOf: ({ venue }) => (venue?.region ? findRegion(venue.region)?.name : undefined),
  })
  return { newsletter, cafes, choices, sentAt: last?.sentAt, stillListed }
}

/**
 * Returns the absolute links of a newsletter and how many cafés it shows of a région; cafés without a région are those
 * online.
 */
export const newsletterLinks = (origin: string): NewsletterLinks => ({
  directory: `${origin}/`,
  most: MOST_PER_REGION,
  regionHref: (name) => {
    const region = listRegions().find((each) => each.name === name)
    return origin + (region ? paths.territory(`r-${region.code}`) : `${paths.home}?mode=en-ligne`)
  },
})
