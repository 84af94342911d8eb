import type { Cafe } from '../cafes/cafe.ts'

/** A group of questions as a list shows it: its newest wording, and in how many cafés it came up among those asked for. */
export type ShownQuestion = {
  id: string
  text: string
  theme: string | undefined
  cafes: number
  lastOn: Temporal.PlainDate
  /** The town of the café where it came up last. */
  lastAt: string | undefined
}

/** A group of questions on its own page. */
export type QuestionGroup = ShownQuestion & {
  departements: number
  firstOn: Temporal.PlainDate
  /** The different ways in which it was asked, those of most cafés first. */
  wordings: { wording: string; text: string; cafes: number; isApart: boolean }[]
}

/** What there is to choose from: themes by how often they came up, all months, the latest first. */
export type QuestionChoices = { total: number; themes: string[]; months: string[] }

/** A question as it was asked at one café, for tables. */
export type AskedQuestion = {
  /** The id of its group. */
  group: string
  text: string
  theme: string | undefined
  cafe: Cafe
  /** The day of the café, by the clock of its place. */
  askedOn: string
  participants: number | undefined
  firstTimers: number | undefined
  format: string | undefined
}
