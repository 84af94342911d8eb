import type { Cafe, CafeStatus } from './cafe.ts'

/** What the team decided about a café of the letter. */
export type LetterChoice = { choice: 'forward' | 'out'; position: number }

/** A café as a letter that went out told of it. */
export type ToldCafe = {
  cafeId: string
  title: string
  url: string
  startsAt: Temporal.Instant
  timezone: string
  status: CafeStatus
}

/** What those who read the last letter must hear: gone, cancelled, without a date, at another hour, online. */
export type LetterChange = {
  told: ToldCafe
  kind: 'cancelled' | 'postponed' | 'rescheduled' | 'moved-online' | 'removed'
  /** As it stands now; undefined when it was removed. */
  cafe: Cafe | undefined
}

type LetterSection = {
  /** A région's name, or undefined for cafés that are online only. */
  region: string | undefined
  cafes: Cafe[]
}

/** The coming cafés to send round: one's own choice first, then by région. */
export type Letter = {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
  /** In the team's order. */
  forward: Cafe[]
  sections: LetterSection[]
  changes: LetterChange[]
}

/** Puts a letter together: nothing that is cancelled or left out, what is put forward once, in the team's order. */
export function composeLetter({
  from,
  until,
  cafes,
  choices,
  changes,
  regionOf,
}: {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
  /** Of these days, soonest first. */
  cafes: readonly Cafe[]
  choices: ReadonlyMap<string, LetterChoice>
  changes: LetterChange[]
  regionOf: (cafe: Cafe) => string | undefined
}): Letter {
  const open = cafes.filter(
    ({ id, status }) =>
      status !== 'cancelled' && status !== 'postponed' && choices.get(id)?.choice !== 'out',
  )
  const placeOf = ({ id }: Cafe) => choices.get(id)?.position ?? 0
  const forward = open
    .filter(({ id }) => choices.get(id)?.choice === 'forward')
    .toSorted((one, other) => placeOf(one) - placeOf(other))
  const groups = Map.groupBy(
    open.filter((cafe) => !forward.includes(cafe)),
    regionOf,
  )
  const sections = [...groups]
    .map(([region, group]) => ({ region, cafes: group }))
    .toSorted((one, other) => compareRegions(one.region, other.region))
  return { from, until, forward, sections, changes }
}

/** By name; what is online only comes last. */
function compareRegions(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined)
    return one === other ? 0 : one === undefined ? 1 : -1
  return one.localeCompare(other, 'fr')
}

/** What became of a café since a letter told of it; undefined when it takes place as was said. */
export function changeSince(told: ToldCafe, cafe: Cafe | undefined): LetterChange | undefined {
  const kind = kindOfChange(told, cafe)
  return kind && { told, kind, cafe }
}

function kindOfChange(told: ToldCafe, cafe: Cafe | undefined): LetterChange['kind'] | undefined {
  if (!cafe) return 'removed'
  if (cafe.status !== told.status && (cafe.status === 'cancelled' || cafe.status === 'postponed'))
    return cafe.status
  if (!cafe.startsAt.equals(told.startsAt)) return 'rescheduled'
  return cafe.status === 'moved-online' && told.status !== 'moved-online'
    ? 'moved-online'
    : undefined
}
