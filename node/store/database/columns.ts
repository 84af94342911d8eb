import { Refusal } from '../../domain/values/refusal.ts'

/** How domain values are written in SQL, in one place for every table. */

/** `YYYY-MM-DDTHH:MM:SSZ`: whole seconds, so that text order is time order. By `Date`, which is several times as fast. */
export const toInstantText = (instant: Temporal.Instant): string =>
  `${new Date(instant.epochMilliseconds).toISOString().slice(0, -'.000Z'.length)}Z`

/** `YYYY-MM-DD`, the day by UTC. */
export const toDayText = (instant: Temporal.Instant): string =>
  new Date(instant.epochMilliseconds).toISOString().slice(0, -'T00:00:00.000Z'.length)

/** `YYYY-MM-DDTHH:MM:SS`, as the clock at the place shows it. */
export const toWallText = (time: Temporal.ZonedDateTime): string =>
  time.toPlainDateTime().toString({ smallestUnit: 'second' })

export const fromInstantText = (text: string): Temporal.Instant => Temporal.Instant.from(text)

/** Where there are so many that a text would be too long: seconds since 1970. */
export const toSeconds = (instant: Temporal.Instant): number =>
  Math.floor(instant.epochMilliseconds / 1000)

export const fromSeconds = (seconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(seconds * 1000)

export const orNull = <T>(value: T | undefined): T | null => value ?? null

export const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined

export const instantOrNull = (instant: Temporal.Instant | undefined): string | null =>
  instant ? toInstantText(instant) : null

export const instantOrUndefined = (text: string | null): Temporal.Instant | undefined =>
  text === null ? undefined : fromInstantText(text)

/** A refusal is a JSON text: its key alone, or its key and params. */
export const toRefusalText = (refusal: Refusal): string => JSON.stringify(refusal)

/** What `toRefusalText` wrote; `remote.unexpected` for a key that only another version of the program knows. */
export const fromRefusalText = (text: string): Refusal =>
  Refusal.catch('remote.unexpected').parse(JSON.parse(text))

export const toListText = (items: readonly string[]): string => JSON.stringify(items)

export const fromListText = <T extends string>(text: string): T[] => JSON.parse(text) as T[]
