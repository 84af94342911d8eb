import { sql } from 'kysely'
import type { Address } from '../../domain/structures/structure-profile.ts'
import { ADDRESS, type AddressColumns } from '../schema/address.ts'
import { instant, optional, refusal } from '../schema/table.ts'

/** How domain values are written in SQL, in one place for every table. */

/** Returns the name of a table, a column or a trigger as SQL takes any name. */
export const toIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Returns an instant as the text of its column, `YYYY-MM-DDTHH:MM:SSZ` in whole seconds. */
export const toInstantText = instant.toColumn

/** Returns the day in UTC as `YYYY-MM-DD`. */
export const toDayText = (instant: Temporal.Instant): string =>
  new Date(instant.epochMilliseconds).toISOString().slice(0, -'T00:00:00.000Z'.length)

/** Converts a column of time; throws RangeError where it is no instant, which the schema should have prevented. */
export const fromInstantText = instant.fromColumn

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

const optionalInstant = optional(instant)

/** Converts an optional instant to the text of its column, in the form of `toInstantText`. */
export const instantOrNull = optionalInstant.toColumn

/** Converts an optional column of time; throws like `fromInstantText`. */
export const instantOrUndefined = optionalInstant.fromColumn

/** Returns a refusal as JSON text. */
export const toRefusalText = refusal.toColumn

/** Converts a list of texts to its column, which holds a JSON array. */
export const toListText = (items: readonly string[]): string => JSON.stringify(items)

/**
 * Converts a column that holds a JSON array of texts. The type of the items is not checked: the column holds what
 * `toListText` wrote.
 */
export const fromListText = <T extends string>(text: string): T[] => JSON.parse(text) as T[]

/** Converts an address to its columns, all of them null where there is no address. */
export const toAddressColumns = (address: Address | undefined): AddressColumns =>
  ADDRESS.toRow({ address })

/** Returns the address in a row; undefined where there is none. */
export const toAddress = (row: AddressColumns): Address | undefined => ADDRESS.fromRow(row).address

/** The condition that a café takes place on its date, or took place: it is neither cancelled nor postponed (`isOff`). */
export const takesPlace = sql<boolean>`cafe.status not in ('cancelled', 'postponed')`
