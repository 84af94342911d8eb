import { frenchSpaces } from '../../../ui/locales/typography.ts'
import type { Context } from '../../context.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import { createFromBody } from '../../routes/api/cafes/write-cafe.ts'
import { listPastCafes } from '../../store/cafes/past-cafes.ts'
import { findSiteStructure } from '../../store/structures/site-structure.ts'
import type { DemoCafe, DemoPlace, DemoSeries } from './cafes.ts'
import { MORE_CAFES, PAST_CAFES } from './more-cafes.ts'
import type { Pictured } from './pictures.ts'
import { addDemoReports } from './reports.ts'
import { DEMO_RESOURCES, type DemoResource, resourcesFor } from './resources.ts'

/** A server of the demonstration, and a token that may write there. */
type Reached = { origin: string; token: string }

/** A place of the demonstration, and the origin of its directory. */
export type HeldPlace = DemoPlace & { directory: string }

type Asked = { method: string; path: string; body: unknown }

/** How many days before its date a past café was announced. */
const ANNOUNCED_DAYS = 14

/** Publishes resources and announces cafés by the API, like any other program. Returns those that are to have a picture. */
export async function announceDemoCafes(node: Reached, place: HeldPlace): Promise<Pictured[]> {
  for (const resource of DEMO_RESOURCES[place.folder] ?? [])
    await call(node, { method: 'POST', path: '/resources', body: withFrenchSpaces(resource) })
  const pictured: Pictured[] = []
  for (const cafe of [...place.cafes, ...(MORE_CAFES[place.folder] ?? [])]) {
    const cafeId = await announce(node, place, cafe)
    if (cafe.picture) pictured.push({ cafeId, picture: cafe.picture })
  }
  for (const series of place.series ?? [])
    await call(node, { method: 'POST', path: '/series', body: seriesBodyOf(place, series) })
  return pictured
}

/** Announces the café that the directory itself holds online each week. */
export async function announceDemoOnline(hub: Reached): Promise<void> {
  const day = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 2 })
  const body = {
    title: 'Le café en ligne',
    summary: 'Une heure, une question, et tous ceux qui débutent. Caméra éteinte si vous voulez.',
    startsAt: day.toPlainDateTime('13:00').toString(),
    timezone: 'Europe/Paris',
    attendanceMode: 'online',
    onlineUrl: 'https://visio.example/cafe-ia',
    registration: { mode: 'none' },
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=8' },
  }
  await call(hub, { method: 'POST', path: '/series', body })
}

/**
 * Adds past cafés directly, as if they had been announced two weeks before, before the server runs, since the API
 * refuses a past day. It adds none to a folder that was kept. Returns the ids of what it added.
 */
export async function addDemoPast(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  place: HeldPlace,
): Promise<string[]> {
  const organization = await findSiteStructure(db)
  const known = { isOurs: true, after: undefined, limit: 1 }
  if (!organization || (await listPastCafes(db, { ...known, now: now() })).length > 0) return []
  for (const cafe of PAST_CAFES[place.folder] ?? []) {
    const body = bodyOf(place, cafe)
    const announcedAt = Temporal.PlainDateTime.from(body.startsAt)
      .toZonedDateTime(place.timezone)
      .subtract({ days: ANNOUNCED_DAYS })
      .toInstant()
    const scope = { trx: db, now: announcedAt, isDryRun: false }
    const { refusal } = await createFromBody(scope, { organization, config, by: OPERATOR }, body)
    if (refusal) throw new Error(`${place.name}: ${JSON.stringify(refusal)}`)
  }
  const past = await listPastCafes(db, {
    ...known,
    limit: PAST_CAFES[place.folder]?.length ?? 0,
    now: now(),
  })
  await addDemoReports({ db, now }, past)
  return past.map(({ id }) => id)
}

const withFrenchSpaces = ({ title, summary, descriptionMarkdown, ...resource }: DemoResource) => ({
  ...resource,
  ...{ title: frenchSpaces(title), summary: frenchSpaces(summary) },
  descriptionMarkdown: frenchSpaces(descriptionMarkdown),
})

/** Announces a café; returns its id here. */
async function announce(node: Reached, place: HeldPlace, cafe: DemoCafe): Promise<string> {
  const body = bodyOf(place, cafe)
  const created = await call(node, { method: 'POST', path: '/cafes', body })
  const id = String(created.id).split('/').at(-1) ?? ''
  const { later } = cafe
  if (later && 'cancel' in later)
    await call(node, {
      method: 'POST',
      path: `/cafes/${id}/cancel`,
      body: { reason: later.cancel },
    })
  else if (later)
    await call(node, {
      method: 'PUT',
      path: `/cafes/${id}`,
      body: bodyOf(place, { ...cafe, inDays: cafe.inDays + later.moveByDays }),
    })
  await register(node, id, cafe)
  return id
}

/** Registers people at a café, by telephone numbers that nobody has; one of them then cancels. */
async function register(node: Reached, id: string, { people = [], leaving }: DemoCafe) {
  const path = `/cafes/${id}/registrations`
  const gone: string[] = []
  for (const [nth, person] of people.entries()) {
    const phone = `06 39 98 00 ${String(nth + 10)}`
    const made = await call(node, { method: 'POST', path, body: { ...person, phone } })
    if (person.name === leaving) gone.push(`${path}/${String(made.id)}`)
  }
  for (const one of gone) await call(node, { method: 'DELETE', path: one, body: {} })
}

function bodyOf({ timezone, venue, directory }: HeldPlace, cafe: DemoCafe) {
  const isOnline = cafe.body.attendanceMode === 'online'
  return {
    ...cafe.body,
    resources: resourcesFor(cafe.body.format, directory),
    ...{ timezone, startsAt: dayAndHour(cafe.inDays, cafe.at, timezone) },
    ...(!isOnline && { venue: cafe.venue ?? venue }),
  }
}

function seriesBodyOf(place: HeldPlace, series: DemoSeries) {
  const dayIn = (days: number) => dayAndHour(days, series.at, place.timezone).slice(0, 10)
  return {
    ...bodyOf(place, series),
    recurrence:
      'listed' in series
        ? { include: series.listed.map(dayIn) }
        : { rrule: `FREQ=WEEKLY;COUNT=${series.times}`, exclude: series.without.map(dayIn) },
  }
}

const dayAndHour = (inDays: number, at: string, timezone: string): string =>
  Temporal.Now.plainDateISO(timezone).add({ days: inDays }).toPlainDateTime(at).toString()

async function call(
  { origin, token }: Reached,
  { method, path, body }: Asked,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>)
}
