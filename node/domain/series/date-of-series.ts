import type { Recurrence, WallTime } from './recurrence.ts'

/** What the Event of one date says of its series. */
export type DateOfSeries = {
  /** The address of the series, on the origin of the Event. */
  uri: string
  /** When the series takes place; undefined where the Event does not say it, or not in a form that can be read. */
  recurrence: Recurrence | undefined
  /** Which of its dates this is, also where it was moved. */
  date: WallTime | undefined
}

/** A series of ours or of another server, as pages show it beside its dates. */
export type SeriesOutline = Pick<DateOfSeries, 'uri'> & {
  recurrence: Recurrence
  /** The IANA zone by whose clock it repeats. */
  timezone: string
}
