import { inTerritoryText } from '../../../ui/locales/french-articles.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  type Newsletter,
  type NewsletterChoice,
  type NewsletterQuestion,
  toNewsletter,
} from '../../domain/territories/newsletter.ts'
import {
  changeSince,
  type NewsletterChange,
  type SentCafe,
} from '../../domain/territories/newsletter-change.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { NewsletterLinks } from '../../formats/text/newsletter.ts'
import {
  findDepartement,
  findRegion,
  findTerritory,
  listRegions,
  type Territory,
} from '../../geo/territories.ts'
import { listQuestions } from '../../store/reports/questions.ts'
import { listNewResources } from '../../store/resources/chosen-resources.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { findAmong } from '../../store/search/removed.ts'
import { listPublicCafes } from '../../store/search/search.ts'
import { listWithoutDescriptions } from '../../store/search/search-pages.ts'
import {
  findLastNewsletter,
  findOpening,
  listNewsletterChoices,
  type SentNewsletter,
  saveSentNewsletter,
} from '../../store/territories/newsletters.ts'

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

/** Of which cafés a letter tells, and which letter it is. */
export type NewsletterAsked = {
  territory?: NewsletterTerritory | undefined
  /** The further conditions of a reader: a place, a theme. */
  query?: Partial<CafeQuery> | undefined
  /** A letter that was sent, with the one before it; undefined for the next one, as it is now. */
  edition?: { letter: SentNewsletter; before: SentNewsletter | undefined } | undefined
}

/** Finds the letter of the next two weeks, of everywhere, of one territory, or of what a reader asked for. */
export async function findNewsletter(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { territory, query = {}, edition }: NewsletterAsked = {},
): Promise<FoundNewsletter> {
  const from = dayInParis(now())
  const until = from.add({ days: NEWSLETTER_DAYS - 1 })
  const asked: CafeQuery = { openTo: 'public', territory, ...query, from: now(), until }
  const found = await listWithoutDescriptions(db, asked, MOST_CAFES)
  const cafes = found.cafes.map(toPrintedCafe)
  const choices = await listNewsletterChoices(db, edition?.letter.id)
  const last = edition ? edition.before : await findLastNewsletter(db)
  const stillListed = (last?.cafes ?? []).filter(
    ({ startsAt }) => Temporal.Instant.compare(startsAt, now()) > 0,
  )
  const since = last?.sentAt ?? now().subtract({ hours: 24 * HEARD.days })
  const newsletter = toNewsletter({
    ...{ from, until, cafes, choices, sectionOf: sectionOf(territory, query) },
    changes: await listChanges(db, { stillListed, territory, query }),
    opening: edition ? edition.letter.opening : (await findOpening(db)).text,
    questions: await listNewsletterQuestions(db, { territory: query.territory ?? territory, from }),
    resources: await listNewResources(db, { from: since, until: now() }),
  })
  return { newsletter, cafes, choices, sentAt: last?.sentAt, stillListed }
}

/** Sends the letter as it is now: what it says is kept, so that the next one says what has changed, and its readers get it. */
export async function sendNewsletter({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  const { newsletter, stillListed } = await findNewsletter({ db, now })
  const cafes = [...newsletter.forward, ...newsletter.sections.flatMap((section) => section.cafes)]
  const changed = new Set(newsletter.changes.map(({ sent }) => sent.cafeId))
  const quiet = stillListed.filter(({ cafeId }) => !changed.has(cafeId))
  await saveSentNewsletter(db, { cafes, stillListed: quiet }, now())
}

/** Lists what became of the cafés of which the letter before told. */
async function listChanges(
  db: Context['db'],
  {
    stillListed,
    territory,
    query = {},
  }: Pick<NewsletterAsked, 'territory' | 'query'> & { stillListed: readonly SentCafe[] },
): Promise<NewsletterChange[]> {
  const told = stillListed.map(({ cafeId }) => cafeId)
  const known = await listPublicCafes(db, told, codesOf(territory))
  const isLimited = Object.keys(query).length > 0
  const wanted = isLimited ? await findAmong(db, { ...query, from: undefined }, told) : undefined
  return stillListed
    .map((sent) => changeSince(sent, known.get(sent.cafeId)))
    .filter((change) => change !== undefined)
    .filter(({ cafe, sent }) => (wanted ? wanted.has(sent.cafeId) : isIn(territory, cafe)))
}

/** The number of questions of a letter, and of how many days before it they are; a first letter tells of as many. */
const HEARD = { questions: 5, days: 30 }

const listNewsletterQuestions = (
  db: Context['db'],
  { territory, from }: { territory: Territory | undefined; from: Temporal.PlainDate },
): Promise<NewsletterQuestion[]> =>
  listQuestions(db, {
    ...{ territory, from: from.subtract({ days: HEARD.days }) },
    ...{ limit: HEARD.questions, offset: 0 },
  })

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

/** Returns how a letter is divided: that of everywhere by région, that of a place by département. */
const sectionOf =
  (territory: NewsletterTerritory | undefined, { near, territory: within }: Partial<CafeQuery>) =>
  ({ venue }: Cafe): string | undefined =>
    (territory ?? near ?? within)
      ? venue?.departement && findDepartement(venue.departement)?.name
      : venue?.region && findRegion(venue.region)?.name

/** Returns the absolute links of a newsletter; cafés without a territory are those online. */
export function newsletterLinks(origin: string, territory?: NewsletterTerritory): NewsletterLinks {
  const pages = {
    questionHref: (id: string) => origin + paths.question(id),
    resourceHref: (slug: string) => origin + paths.resource(slug),
  }
  if (territory) {
    const href = origin + paths.territory(territory.code)
    const where = inTerritoryText(territory.name)
    const most = territory.kind === 'region' ? MOST.several : MOST.one
    return { directory: href, most, sectionHref: () => href, where, ...pages }
  }
  return {
    directory: `${origin}/`,
    ...pages,
    most: MOST.several,
    sectionHref: (name) => {
      const region = listRegions().find((each) => each.name === name)
      return origin + (region ? paths.territory(`r-${region.code}`) : `${paths.home}?mode=en-ligne`)
    },
  }
}
