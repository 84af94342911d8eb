import { sql } from 'kysely'
import type { Address } from '../../domain/structures/structure-profile.ts'
import { Refusal } from '../../domain/values/refusal.ts'
import type { AddressColumns } from '../schema/address.ts'

/** How domain values are written in SQL, in one place for every table. */

/** Returns the name of a table, a column or a trigger as SQL takes any name. */
export const toIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Returns an instant as `YYYY-MM-DDTHH:MM:SSZ`, in whole seconds, so that the order of texts is that of times. It uses
 * `Date`, which is several times as fast as Temporal.
 */
export const toInstantText = (instant: Temporal.Instant): string =>
  `${new Date(instant.epochMilliseconds).toISOString().slice(0, -'.000Z'.length)}Z`

/** Returns the day in UTC as `YYYY-MM-DD`. */
export const toDayText = (instant: Temporal.Instant): string =>
  new Date(instant.epochMilliseconds).toISOString().slice(0, -'T00:00:00.000Z'.length)

/** Returns the wall time as `YYYY-MM-DDTHH:MM:SS`. */
export const toWallText = (time: Temporal.ZonedDateTime): string =>
  time.toPlainDateTime().toString({ smallestUnit: 'second' })

/** Converts a column of time; throws RangeError where it is no instant, which the schema should have prevented. */
export const fromInstantText = (text: string): Temporal.Instant => Temporal.Instant.from(text)

/** Returns an instant in seconds since 1970, for tables with so many that texts would take too much room. */
export const toSeconds = (instant: Temporal.Instant): number =>
  Math.floor(instant.epochMilliseconds / 1000)

/** When a café begins, in seconds since 1970, as the indexes of cafés by peer and by commune have it. */
export const startsAtSeconds = sql<number>`unixepoch(cafe.starts_at)`
/** When a café ends, as the index of cafés by organizer has it. */
export const endsAtSeconds = sql<number>`unixepoch(cafe.ends_at)`

/** Converts a column of whole seconds since 1970. */
export const fromSeconds = (seconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(seconds * 1000)

/** Converts undefined, which the domain uses, to null, which SQL uses. */
export const orNull = <T>(value: T | undefined): T | null => value ?? null

/** Converts null, which SQL uses, to undefined, which the domain uses. */
export const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined

/** Converts an optional instant to the text of its column, in the form of `toInstantText`. */
export const instantOrNull = (instant: Temporal.Instant | undefined): string | null =>
  instant ? toInstantText(instant) : null

/** Converts an optional column of time; throws like `fromInstantText`. */
export const instantOrUndefined = (text: string | null): Temporal.Instant | undefined =>
  text === null ? undefined : fromInstantText(text)

/** Returns a refusal as JSON text: its key alone, or its key and parameters. */
export const toRefusalText = (refusal: Refusal): string => JSON.stringify(refusal)

/** Reads what `toRefusalText` wrote; `remote.unexpected` for a key that only another version of the program knows. */
export const fromRefusalText = (text: string): Refusal =>
  Refusal.catch('remote.unexpected').parse(JSON.parse(text))

/** Converts a list of texts to its column, which holds a JSON array. */
export const toListText = (items: readonly string[]): string => JSON.stringify(items)

/**
 * Converts a column that holds a JSON array of texts. The type of the items is not checked: the column holds what
 * `toListText` wrote.
 */
export const fromListText = <T extends string>(text: string): T[] => JSON.parse(text) as T[]

/** Converts an address to its columns, all of them null where there is no address. */
export const toAddressColumns = (address: Address | undefined): AddressColumns => ({
  street_address: orNull(address?.streetAddress),
  postal_code: orNull(address?.postalCode),
  commune: orNull(address?.commune),
  code_insee: orNull(address?.codeInsee),
  departement: orNull(address?.departement),
  region: orNull(address?.region),
})

/** Returns the address in a row; undefined where there is none. */
export const toAddress = (row: AddressColumns): Address | undefined =>
  row.commune === null
    ? undefined
    : {
        streetAddress: orUndefined(row.street_address),
        postalCode: orUndefined(row.postal_code),
        commune: row.commune,
        codeInsee: orUndefined(row.code_insee),
        departement: orUndefined(row.departement),
        region: orUndefined(row.region),
      }

/**
 * The columns of a peer's café that are empty where they have the value of most cafés, so that more rows fit in a page.
 * A café of our own has them in full, as has a row that an earlier program wrote.
 */
const USUAL = {
  timezone: 'Europe/Paris',
  languages: '["fr"]',
  speakers: '[]',
  themes: '[]',
  audiences: '[]',
  accessibility: '[]',
} as const

type Usual = keyof typeof USUAL

/** Returns what a column of a café says. */
export const fullValueOf = <Name extends Usual>(row: Record<Name, string>, name: Name): string =>
  row[name] || USUAL[name]

/** Returns a row that is about to be written, with nothing where a peer's café has the usual value. */
export function withoutUsual<Row extends Record<Usual, string> & { peer_id: string | null }>(
  row: Row,
): Row {
  if (row.peer_id === null) return row
  const names = Object.keys(USUAL) as Usual[]
  const left = names.filter((name) => row[name] === USUAL[name]).map((name) => [name, ''])
  return { ...row, ...Object.fromEntries(left) }
}

/** The condition that a café takes place on its date, or took place: it is neither cancelled nor postponed (`isOff`). */
export const takesPlace = sql<boolean>`cafe.status not in ('cancelled', 'postponed')`
