/** How many days ahead the dates of a series become cafés; single dates do, however far they are. */
export type Horizon = {
  /** Of a rule that has no end. */
  endlessDays: number
  /** Of a rule with a last day or a number of dates, and of dates that are listed. */
  finiteDays: number
}

/** People plan what has no end for two months, and know the dates of what has one for a year. */
export const HORIZON: Horizon = { endlessDays: 60, finiteDays: 366 }

/** Returns how far ahead the cafés of series that are planned here are made. */
export const horizonOf = ({ seriesDays }: { seriesDays: number }): Horizon => ({
  ...HORIZON,
  endlessDays: seriesDays,
})

/** The maximum number of dates of one series: one a day for the year, and a few more. */
export const MOST_DATES = 400
