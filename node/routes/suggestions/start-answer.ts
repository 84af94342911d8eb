import type { StartAnswer, StartHelper } from '../../../ui/suggestions/start-answer.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { facilitatorPageId } from '../../domain/facilitators/facilitator-page.ts'
import type { ResourceAudience } from '../../domain/resources/resource.ts'
import { findPublicHoliday } from '../../domain/series/public-holidays.ts'
import type { StartAudience } from '../../domain/suggestions/start.ts'
import type { Point } from '../../geo/distance.ts'
import { type Territory, territoryOf, timezoneOfCommune } from '../../geo/territories.ts'
import { listFacilitators } from '../../store/facilitators/search.ts'
import { findFirstResource } from '../../store/resources/chosen-resources.ts'
import { countUses } from '../../store/resources/used-resources.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { searchCafes } from '../../store/search/search.ts'
import { toListed } from '../cafes/cards.ts'
import { findOwnOnline } from '../series/own-online.ts'
import { findShownAnswering } from '../territories/referents.ts'

/** The circles in kilometres in which a café, or a person, is looked for, one after the other. */
const CIRCLES = [30, 100]

/** Of the people in reach the nearest to whom one can write is looked for among so many. */
const PEOPLE = 10

/** A day is proposed between five and nine weeks from now, so that there is time to prepare. */
const FREE = { fromWeek: 5, untilWeek: 9, radiusKm: 25, cafes: 100 }

/** Where a first café would be held; both parts are undefined where everywhere is meant. */
export type StartPlace = { point: Point | undefined; territory: Territory | undefined }

type Own = Pick<Context, 'db' | 'now'>

/** Finds who helps there, what one can go and see first, and a day on which nothing else is announced near. */
export async function findStartAnswer(
  context: Own,
  { point, territory, audience }: StartPlace & { audience: StartAudience },
): Promise<Omit<StartAnswer, 'place' | 'audience'>> {
  const circles = point
    ? CIRCLES.map((radiusKm) => ({ near: { ...point, radiusKm } }))
    : [territory ? { territory } : {}]
  const near = await findNear(context, circles)
  return {
    territory: territory?.code,
    helpers: await findHelpers(context, { point, territory }),
    online: (await findOwnOnline(context)) ?? (await findOnline(context)),
    resource: await findResource(context, audience),
    near: near && (await toListed(context.db, [near]))[0],
    free:
      point && territory?.kind === 'commune' ? await findFreeDay(context, territory) : undefined,
  }
}

/** For whom a resource is, of those who come to a first café. */
const RESOURCE_FOR: Record<StartAudience, ResourceAudience | undefined> = {
  ...{ tous: undefined, ados: 'teens', aines: 'seniors', familles: 'families' },
}

async function findResource(
  { db, now }: Own,
  audience: StartAudience,
): Promise<StartAnswer['resource']> {
  const found = await findFirstResource(db, RESOURCE_FOR[audience])
  if (!found) return undefined
  const uses = await countUses(db, [found.uri], now())
  return { ...found, uses: uses.get(found.uri) ?? 0 }
}

const findNext = async ({ db, now }: Own, query: Partial<CafeQuery>): Promise<Cafe | undefined> =>
  (await searchCafes(db, { from: now(), isHeld: true, isBrief: true, limit: 1, ...query })).items[0]

async function findNear(
  context: Own,
  circles: readonly Pick<CafeQuery, 'near' | 'territory'>[],
): Promise<Cafe | undefined> {
  for (const where of circles) {
    const found = await findNext(context, { ...where, mode: 'offline' })
    if (found) return found
  }
  return undefined
}

async function findOnline(context: Own): Promise<StartAnswer['online']> {
  const cafe = await findNext(context, { mode: 'online' })
  const [listed] = cafe ? await toListed(context.db, [cafe]) : []
  return listed && { cafe: listed.cafe, href: listed.href }
}

/** Lists the referents who answer for the place, then the nearest person who leads cafés and reads messages. */
async function findHelpers(
  context: Own,
  { point, territory }: StartPlace,
): Promise<readonly StartHelper[]> {
  const { referents } = territory
    ? await findShownAnswering(context, territory.code)
    : { referents: [] }
  const [first] = referents
  return [
    ...(first ? [{ kind: 'referent', referent: first } as const] : []),
    ...(await findFacilitator(context, { point, territory })),
  ]
}

async function findFacilitator(
  { db, now }: Own,
  { point, territory }: StartPlace,
): Promise<StartHelper[]> {
  const commune = territory?.kind === 'commune' ? territory.commune : undefined
  const near = point && {
    ...point,
    radiusKm: CIRCLES[0] ?? 0,
    within: commune ? territoryOf(commune) : [],
  }
  const { facilitators } = await listFacilitators(db, {
    audience: 'public',
    now: now(),
    limit: PEOPLE,
    ...(near ? { near } : { territory }),
  })
  const found = facilitators.find(({ contact }) => contact !== 'none')
  if (!found) return []
  const { name, word, distanceKm } = found
  return [{ kind: 'facilitator', name, word, id: facilitatorPageId(found), distanceKm }]
}

/** Finds a Thursday that is no public holiday and on which nobody announces a café near the town. */
async function findFreeDay(
  { db, now }: Own,
  { commune }: Extract<Territory, { kind: 'commune' }>,
): Promise<Temporal.PlainDate | undefined> {
  const today = now().toZonedDateTimeISO(timezoneOfCommune(commune)).toPlainDate()
  const from = today.add({ weeks: FREE.fromWeek })
  const until = today.add({ weeks: FREE.untilWeek })
  const near = { ...commune, radiusKm: FREE.radiusKm }
  const query = { near, from, until, openTo: 'all', isHeld: true, isBrief: true } as const
  const { items, next } = await searchCafes(db, { ...query, limit: FREE.cafes })
  // Where there are more than were read, nothing is known of the last days.
  if (next !== undefined) return undefined
  const taken = new Set(
    items.map(({ startsAt, timezone }) =>
      startsAt.toZonedDateTimeISO(timezone).toPlainDate().toString(),
    ),
  )
  const days = Array.from({ length: from.until(until).days }, (_, at) => from.add({ days: at }))
  return days.find(
    (day) =>
      day.dayOfWeek === 4 &&
      !taken.has(day.toString()) &&
      findPublicHoliday(day.toString(), commune.departement) === undefined,
  )
}
