import type { Cafe, CafeContent } from '../../domain/cafes/cafe.ts'
import { decideCafe } from '../../domain/cafes/cafe-decision.ts'
import { type CafeInput, parseCafeInput } from '../../domain/cafes/cafe-input.ts'
import type { Venue } from '../../domain/cafes/venue.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { toDescription } from '../../formats/text/html-text.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { timezoneOf } from '../../geo/territories.ts'
import { checkVenue, type PlacedVenue, placeVenue, type VenueInput } from '../../geo/venue.ts'

export type CafeDecision =
  | { input: CafeInput; content: CafeContent; problems?: never; choices?: never }
  /** `choices` are given when the town could be several. */
  | { problems: Problem[]; choices?: Commune[]; input?: never; content?: never }

type Surroundings = {
  current?: Cafe | undefined
  /** Whether it is a draft, which may still lack its place. */
  isDraft?: boolean
  now: Temporal.Instant
}

/**
 * Decides a café that may be stored from what was sent: shape, town and times, in one answer with every problem. The
 * form, the API and imports use it alike. `current` is the stored café when it is edited.
 */
export function decideCafeFromBody(body: unknown, surroundings: Surroundings): CafeDecision {
  const { input, problems } = parseCafeInput(body)
  if (input) return decideCafeFromInput(input, surroundings)
  const others = findOtherProblems(body, problems, surroundings)
  return { ...others, problems: [...problems, ...(others?.problems ?? [])] }
}

/** Finds further problems, as if the fields of wrong shape were left out, so that all are reported at once. */
function findOtherProblems(body: unknown, problems: Problem[], surroundings: Surroundings) {
  const wrong = new Set(problems.map(({ field }) => topOf(field)))
  if (wrong.has('startsAt')) wrong.add('endsAt')
  if (typeof body !== 'object' || body === null) return undefined
  const rest = Object.entries(body).filter(([name]) => !wrong.has(name))
  const { input } = parseCafeInput({ ...STAND_INS, ...Object.fromEntries(rest) })
  if (!input) return undefined
  const decided = decideCafeFromInput(input, surroundings)
  return {
    problems: decided.problems?.filter(({ field }) => !wrong.has(topOf(field))) ?? [],
    ...(decided.choices && { choices: decided.choices }),
  }
}

const STAND_INS = { title: 'Café', startsAt: '2099-12-31T12:00:00Z' }

const topOf = (field: string): string => field.split('.')[0] ?? ''

function decideCafeFromInput(
  input: CafeInput,
  { current, isDraft, now }: Surroundings,
): CafeDecision {
  const place = findVenue(input)
  const venue = 'venue' in place ? place.venue : undefined
  const decided = decideCafe(input, {
    // A town that is not understood is one problem, not two.
    venue: venue ?? ('problems' in place ? UNPLACED : undefined),
    timezone: venue ? timezoneOf(venue.departement) : (current?.timezone ?? timezoneOf(undefined)),
    now,
    current,
    isDraft,
    renderDescription: (markdown) => toDescription(renderMarkdown(markdown)),
  })
  if ('problems' in place)
    return {
      problems: [...(decided.problems ?? []), ...place.problems],
      ...(place.choices && { choices: place.choices }),
    }
  if (!decided.content) return { problems: decided.problems }
  return { input, content: decided.content }
}

const UNPLACED: Venue = {
  id: undefined,
  name: '-',
  streetAddress: undefined,
  postalCode: undefined,
  commune: '-',
  codeInsee: undefined,
  departement: undefined,
  region: undefined,
  latitude: undefined,
  longitude: undefined,
}

function findVenue(
  input: CafeInput,
): { venue: Venue | undefined } | { problems: Problem[]; choices?: Commune[] } {
  if (input.attendanceMode === 'online' || !input.venue) return { venue: undefined }
  const { latitude, longitude, ...venue } = input.venue
  return placeChecked({
    ...venue,
    latitude: latitude ?? undefined,
    longitude: longitude ?? undefined,
  })
}

/** Places a venue, and refuses one whose values contradict each other. */
export function placeChecked(input: VenueInput): PlacedVenue {
  const placed = placeVenue(input)
  const problems = 'venue' in placed ? checkVenue(input, placed.venue) : []
  return problems.length > 0 ? { problems } : placed
}
