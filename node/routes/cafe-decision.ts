import type { Cafe, CafeContent } from '../domain/cafe.ts'
import { type CafeInput, decideCafe, parseCafeInput } from '../domain/cafe-input.ts'
import type { Problem } from '../domain/problem.ts'
import type { Venue } from '../domain/venue.ts'
import { renderMarkdown } from '../formats/markdown.ts'
import type { Commune } from '../geo/commune-table.ts'
import { timezoneOf } from '../geo/territories.ts'
import { placeVenue } from '../geo/venue.ts'

export type CafeDecision =
  | { input: CafeInput; content: CafeContent; problems?: never; choices?: never }
  /** `choices` when the town could be several. */
  | { problems: Problem[]; choices?: Commune[]; input?: never; content?: never }

/**
 * From what was sent to a café that may be stored: shape, town, times, in one answer with every problem. The same
 * for the form, the API and imports. `current` is the café as it stands, for an edit.
 */
export function decideCafeFromBody(
  body: unknown,
  { current, now }: { current?: Cafe | undefined; now: Temporal.Instant },
): CafeDecision {
  const { input, problems } = parseCafeInput(body)
  if (!input) return { problems }
  const place = findVenue(input)
  const venue = 'venue' in place ? place.venue : undefined
  const decided = decideCafe(input, {
    // A town that is not understood is one problem, not two.
    venue: venue ?? ('problems' in place ? UNPLACED : undefined),
    timezone: venue ? timezoneOf(venue.departement) : (current?.timezone ?? timezoneOf(undefined)),
    now,
    current,
    renderMarkdown,
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
  return placeVenue({
    ...venue,
    latitude: latitude ?? undefined,
    longitude: longitude ?? undefined,
  })
}
