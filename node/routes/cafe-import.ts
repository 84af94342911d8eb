import type { Config } from '../config.ts'
import type { Cafe, CafeContent } from '../domain/cafe.ts'
import { SUMMARY_MAX, TITLE_MAX } from '../domain/cafe-input.ts'
import {
  type ImportedCafe,
  type ImportedIdentity,
  type ImportedPlace,
  type ImportedTime,
  type ImportRow,
  toInstant,
} from '../domain/import.ts'
import type { Problem } from '../domain/problem.ts'
import { timezoneOf } from '../geo/territories.ts'
import { placeVenue, type VenueInput } from '../geo/venue.ts'
import { findCafeByUid } from '../store/cafes.ts'
import type { OpenDatabase } from '../store/database.ts'
import type { Organization } from '../store/organizations.ts'
import { cancelCafe, createCafe, reviseCafe } from '../store/own-cafes.ts'
import { decideCafeFromBody } from './cafe-decision.ts'
import { organizerOf } from './organizer.ts'

/** What one row does, or would do. */
export type ImportOutcome = 'created' | 'updated' | 'unchanged' | 'cancelled' | 'past' | 'failed'

export type ImportStep = {
  /** 1-based, as in the source. */
  row: number
  outcome: ImportOutcome
  title: string
  /** With its zone; undefined when the row could not be read that far. */
  startsAt: Temporal.ZonedDateTime | undefined
  /** Venue and town, as one line. */
  place: string | undefined
  problems: Problem[]
}

type Import = {
  db: OpenDatabase
  config: Pick<Config, 'origin'>
  organization: Organization
  rows: readonly ImportRow[]
  now: Temporal.Instant
}

/** What the rows would do; nothing is written. */
export async function previewImport({ rows, ...plan }: Import): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for (const row of rows) steps.push((await planRow(row, plan)).step)
  return steps
}

/**
 * Writes what the rows say, each on its own: a row that fails stops no other, and the same rows again change
 * nothing. Call `context.wake()` after it.
 */
export async function applyImport({ rows, ...plan }: Import): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for (const row of rows) {
    const { step, apply } = await planRow(row, plan)
    await apply?.()
    steps.push(step)
  }
  return steps
}

type Plan = Omit<Import, 'rows'>
type Planned = { step: ImportStep; apply?: () => Promise<unknown> }

async function planRow(row: ImportRow, plan: Plan): Promise<Planned> {
  if (row.problems) return { step: failed(row.row, row.raw.slice(0, 120), row.problems) }
  if (row.withdrawn) return planWithdrawal(row.row, row.withdrawn, plan)
  return planCafe(row.row, row.cafe, plan)
}

async function planCafe(row: number, imported: ImportedCafe, plan: Plan): Promise<Planned> {
  const { db, config, organization, now } = plan
  const { uid, recurrenceId, series } = imported
  const identity = { organizationId: organization.id, uid, recurrenceId }
  const current = await findCafeByUid(db, identity)
  const body = bodyOf(imported)
  const decided = decideCafeFromBody(body, { current, now: LONG_AGO })
  if (!decided.content) return { step: failed(row, imported.title, decided.problems) }
  const content = withStatus(decided.content, imported)
  const step = describe(row, content)
  if (Temporal.Instant.compare(content.endsAt, now) < 0)
    return { step: { ...step, outcome: 'past' } }
  if (imported.status === 'cancelled')
    return planCancellation(step, current, imported.statusNote, plan)
  if (current) {
    const isSame = hasContent(current, content)
    return {
      step: { ...step, outcome: isSame ? 'unchanged' : 'updated' },
      ...(!isSame && { apply: () => reviseCafe(db, { id: current.id, content, series }, now) }),
    }
  }
  const publication = imported.status === 'tentative' ? 'draft' : 'published'
  const organizer = organizerOf(config, organization)
  const { origin } = config
  const made = { content, publication, organizer, origin, ...identity, series } as const
  return { step: { ...step, outcome: 'created' }, apply: () => createCafe(db, made, now) }
}

/** What is past is a row left aside, not a mistake: so the rule about new cafés looks from before any of them. */
const LONG_AGO = Temporal.Instant.from('2000-01-01T00:00:00Z')

async function planWithdrawal(
  row: number,
  identity: ImportedIdentity,
  plan: Plan,
): Promise<Planned> {
  const { db, organization, now } = plan
  const current = await findCafeByUid(db, { organizationId: organization.id, ...identity })
  const step = current ? describe(row, current) : { ...failed(row, identity.uid, []) }
  if (current && Temporal.Instant.compare(current.endsAt, now) < 0)
    return { step: { ...step, outcome: 'past' } }
  return planCancellation(step, current, undefined, plan)
}

/** A date that was never announced here needs no cancelling. */
function planCancellation(
  step: ImportStep,
  current: Cafe | undefined,
  reason: string | undefined,
  { db, now }: Plan,
): Planned {
  if (!current || current.status === 'cancelled') return { step: { ...step, outcome: 'unchanged' } }
  return {
    step: { ...step, outcome: 'cancelled' },
    apply: () => cancelCafe(db, { id: current.id, reason }, now),
  }
}

const failed = (row: number, title: string, problems: Problem[]): ImportStep => ({
  row,
  outcome: 'failed',
  title,
  startsAt: undefined,
  place: undefined,
  problems,
})

const describe = (
  row: number,
  {
    title,
    startsAt,
    timezone,
    venue,
  }: Pick<CafeContent, 'title' | 'startsAt' | 'timezone' | 'venue'>,
): ImportStep => ({
  row,
  outcome: 'unchanged',
  title,
  startsAt: startsAt.toZonedDateTimeISO(timezone),
  place: venue && `${venue.name}, ${venue.commune}`,
  problems: [],
})

const hasContent = (cafe: Cafe, content: CafeContent): boolean =>
  Object.entries(content).every(
    ([key, value]) => JSON.stringify(cafe[key as keyof CafeContent]) === JSON.stringify(value),
  )

/** A calendar may postpone or move a café; cancelling is another step, and a date that moves is seen by itself. */
function withStatus(content: CafeContent, { status, statusNote }: ImportedCafe): CafeContent {
  if (status !== 'postponed' && status !== 'moved-online') return content
  return { ...content, status, statusNote }
}

/** An imported row in the words of the API. */
function bodyOf(imported: ImportedCafe): Record<string, unknown> {
  const venue = venueOf(imported.place)
  const timezone = zoneOf(imported, venue)
  const start = toInstant(imported.start, timezone)
  return {
    title: cut(imported.title, TITLE_MAX),
    summary: imported.summary && cut(imported.summary, SUMMARY_MAX),
    descriptionMarkdown: imported.descriptionMarkdown,
    startsAt: start.toString(),
    endsAt: imported.end && toInstant(imported.end, timezone).toString(),
    durationMinutes: imported.end ? undefined : imported.durationMinutes,
    timezone,
    attendanceMode: imported.attendanceMode,
    onlineUrl: imported.onlineUrl,
    openTo: imported.openTo,
    languages: imported.languages,
    support: imported.support,
    phone: imported.phone ?? imported.registration.phone,
    venue,
    format: imported.format,
    themes: imported.themes,
    audiences: imported.audiences,
    accessibility: imported.accessibility,
    registration: {
      mode: imported.registration.mode,
      url: imported.registration.url,
      capacity: imported.capacity,
    },
    // Calendars seldom describe an image, and one without words is not shown to those who cannot see it.
    image: imported.image?.alt ? imported.image : undefined,
  }
}

function venueOf(place: ImportedPlace): VenueInput | undefined {
  const { text, ...parts } = place
  const name = parts.name ?? text ?? parts.commune
  if (!name) return undefined
  return { ...parts, name: cut(name, 100) }
}

/** The clock of the place; of the source where there is no place. */
function zoneOf({ start }: ImportedCafe, input: VenueInput | undefined): string {
  const placed = input && placeVenue(input)
  if (placed && 'venue' in placed) return timezoneOf(placed.venue.departement)
  return sourceZone(start) ?? timezoneOf(undefined)
}

const sourceZone = (time: ImportedTime): string | undefined =>
  time.kind === 'date' || time.timezone === 'UTC' ? undefined : time.timezone

/** At a word where there is one, with a mark that something is missing. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/\s+\S*$/, '')}…`
}
