import type { Context as HonoContext } from 'hono'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import { textOf } from '../../../ui/search/choices.ts'
import { type CountedCafe, CountedCafesPage } from '../../../ui/territories/counted-cafes-page.tsx'
import {
  ANNOUNCED,
  type CountedValues,
  countedHref,
} from '../../../ui/territories/counted-values.ts'
import type { Context } from '../../context.ts'
import { type Cafe, startsAtPlace } from '../../domain/cafes/cafe.ts'
import { monthAndYear, plainDate } from '../../domain/values/date-text.ts'
import { readDay } from '../../domain/values/days.ts'
import { isKind } from '../../domain/values/structure-kinds.ts'
import { findTerritory } from '../../geo/territories.ts'
import { findNetwork } from '../../store/networks/networks.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { readCursor } from '../../store/search/cursor.ts'
import { countReported, findParticipants } from '../../store/search/reported-counts.ts'
import { searchCafes } from '../../store/search/search.ts'
import { findCountedAt } from '../../store/territories/statistics.ts'
import { ofListedSites } from '../cafes/cards.ts'
import { readMonth } from '../cafes/list-page.tsx'
import { findSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

const PAGE_SIZE = 50
const TEXT_MAX = 200

/** Shows the cafés that a figure counts, as of its last count. */
export async function countedCafesAnswer(context: Context, c: HonoContext<WebEnv>) {
  const { db, now } = context
  const values = readCountedValues((name) => c.req.query(name))
  const cursor = readCursor(c.req.query('curseur') ?? '', 'recent')
  const query = {
    ...toCountedQuery(values, (await findCountedAt(db)) ?? now()),
    ...ofListedSites(context),
    ...{ cursor, order: 'recent', limit: PAGE_SIZE, isBrief: true },
  } satisfies CafeQuery
  const { items, next } = await searchCafes(db, query)
  const reported = await findParticipants(
    db,
    items.map(({ id }) => id),
  )
  const site = await findSite(context, c)
  return c.html(
    <CountedCafesPage
      site={site}
      values={values}
      filters={await listFilters(context, values, messagesFor(site.lang))}
      cafes={items.map((cafe) => toCounted(cafe, reported))}
      counts={cursor ? undefined : await countReported(db, query)}
      nextHref={next && countedHref({ ...values, curseur: next })}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

function toCounted(found: Cafe, reported: ReadonlyMap<string, number>): CountedCafe {
  const cafe = toPrintedCafe(found)
  return {
    ...{ href: paths.cafe(cafe.id), title: cafe.title, where: cafe.venue?.commune },
    organizer: cafe.organizer.name,
    day: startsAtPlace(cafe).toPlainDate(),
    participations: reported.get(cafe.id),
  }
}

/**
 * Reads the parameters of the address; a value that no figure links to is ignored.
 *
 * @internal
 */
export function readCountedValues(parameter: (name: string) => string | undefined): CountedValues {
  const choice = (name: keyof CountedValues, isOffered: (value: string) => boolean) => {
    const value = (parameter(name) ?? '').trim().slice(0, TEXT_MAX)
    return value !== '' && isOffered(value) ? value : ''
  }
  const isDay = (value: string) => value.startsWith('2') && readDay(value) !== undefined
  const days = { du: choice('du', isDay), au: choice('au', isDay) }
  return {
    bilan: choice('bilan', (value) => value === '1'),
    premiers: choice('premiers', (value) => value === '1'),
    annules: choice('annules', (value) => value === '1'),
    annonces: choice('annonces', (value) => ANNOUNCED.some((each) => each === value)),
    depuis: choice('depuis', (value) => readMonth(value) !== undefined),
    mois: choice('mois', (value) => readMonth(value) !== undefined),
    ...(days.du && days.au && days.du <= days.au ? days : { du: '', au: '' }),
    territoire: choice('territoire', (value) => findTerritory(value) !== undefined),
    hors: choice('hors', (value) => value === '75'),
    type: choice('type', isKind),
    format: choice('format', () => true),
    reseau: choice('reseau', () => true),
  }
}

/**
 * Returns the search of what a figure counted at this time.
 *
 * @internal
 */
export function toCountedQuery(values: CountedValues, countedAt: Temporal.Instant): CafeQuery {
  const month = readMonth(values.mois)
  const days =
    values.du === ''
      ? undefined
      : { from: Temporal.PlainDate.from(values.du), until: Temporal.PlainDate.from(values.au) }
  const first = month?.toPlainDate({ day: 1 })
  const period = days ?? (first && { from: first, until: first.add({ months: 1 }) })
  const territory = findTerritory(values.territoire)
  const since = readMonth(values.depuis)
  const announced = ANNOUNCED.find((each) => each === values.annonces)
  return {
    ...{ from: period?.from ?? since?.toPlainDate({ day: 1 }), until: period?.until },
    openTo: 'all',
    ...(values.annules === '' && !announced && { overBy: countedAt }),
    ...(territory && { territory }),
    ...(isKind(values.type) && { kinds: [values.type] }),
    ...(values.format && { format: values.format }),
    ...(values.reseau && { network: values.reseau }),
    counted: {
      ...{ month, days, outside: values.hors || undefined },
      ...{ isReported: values.bilan === '1', isFirst: values.premiers === '1' },
      isCancelled: values.annules === '1',
      ...{ since, announced: announced && { at: countedAt, which: announced } },
    },
  }
}

/** Returns in words what narrows the list. */
async function listFilters(
  { db }: Pick<Context, 'db'>,
  values: CountedValues,
  t: Messages,
): Promise<string[]> {
  const w = t.statistics.cafes.filters
  const announced = ANNOUNCED.find((each) => each === values.annonces)
  const [month, since] = [readMonth(values.mois), readMonth(values.depuis)]
  const dayText = (day: string) => plainDate(Temporal.PlainDate.from(day), t.lang)
  const territory = findTerritory(values.territoire)
  const network = values.reseau && (await findNetwork(db, { slug: values.reseau }))
  return [
    values.bilan && w.reported,
    values.premiers && w.first,
    values.annules && w.cancelled,
    announced && w.announced[announced],
    since && w.since(monthAndYear(since, t.lang)),
    month && w.month(monthAndYear(month, t.lang)),
    values.du && w.days(dayText(values.du), dayText(values.au)),
    territory && labelOfTerritory(territory),
    values.hors && w.outside,
    values.type && textOf('kind', values.type, t),
    values.format,
    network ? network.name : values.reseau,
  ].filter((text): text is string => Boolean(text))
}
