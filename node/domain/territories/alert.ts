/** The area where a person wants to hear of new cafés: a territory, or a circle around a point. */
export type AlertArea =
  | { territory: string; near?: never }
  | { near: { latitude: number; longitude: number; radiusKm: number }; territory?: never }

export type Alert = {
  id: string
  email: string
  area: AlertArea
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
