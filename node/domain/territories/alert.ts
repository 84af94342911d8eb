/** The area where a person wants to hear of new cafés: a territory, or a circle around a point. */
export type AlertArea =
  | { territory: string; near?: never }
  | { near: { latitude: number; longitude: number; radiusKm: number }; territory?: never }

/**
 * The conditions of a search that an alert remembers beside its place, by the names of their parameters. Days and the
 * order say nothing about cafés to come, and a café online has no place.
 */
export const ALERT_CONDITIONS = [
  ...(['q', 'intention', 'format', 'public', 'acces', 'type', 'langue'] as const),
  ...(['organisateur', 'structure', 'reseau'] as const),
]

/** The choices of the radius around a town in kilometres, those of a search. */
export const ALERT_RADII = [5, 10, 20, 30, 50, 100, 200]

/** The radius in kilometres around a town where nothing says another one. */
export const ALERT_RADIUS = 30

/** What an alert is asked for: a place as the search has it, and conditions. */
export type AlertAsked = {
  readonly [name in
    | (typeof ALERT_CONDITIONS)[number]
    | 'ou'
    | 'rayon'
    | 'territoire'
    | 'rythme']?: string
}

/** `new`: a mail when cafés are announced, one a day at most. `weekly`: the letter, each week. */
export const ALERT_RHYTHMS = ['new', 'weekly'] as const
export type AlertRhythm = (typeof ALERT_RHYTHMS)[number]

/** The area of a letter of everywhere, where others have the code of their territory. */
export const EVERYWHERE = 'FR'

export type Alert = {
  id: string
  email: string
  area: AlertArea
  /** The further conditions of the search that is remembered, as parameters of its address; empty for every café. */
  search: string
  rhythm: AlertRhythm
  /** The area in words, e.g. `Ille-et-Vilaine (35)` or `Rennes (35), 30 km`. */
  place: string
  confirmedAt: Temporal.Instant | undefined
  expiresAt: Temporal.Instant
}

/** Returns the area as text: two requests with the same key are one alert. */
export function areaKey(area: AlertArea): string {
  if (area.territory !== undefined) return area.territory
  const { latitude, longitude, radiusKm } = area.near
  return `${latitude.toFixed(2)},${longitude.toFixed(2)},${radiusKm}`
}

/** Rounds a coordinate to about a kilometre, since nobody's exact position is needed. */
export const roundDegrees = (degrees: number): number => Math.round(degrees * 100) / 100
