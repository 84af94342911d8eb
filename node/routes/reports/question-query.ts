import type { Territory } from '../../geo/territories.ts'
import type { QuestionQuery } from '../../store/reports/questions.ts'
import { readTerritoryText } from '../search/territory-input.ts'

const TEXT_MAX = 100

/** What a page asks for, as it was typed. */
type QuestionValues = { q: string; theme: string; territoire: string; mois: string }

export type ReadQuestions = {
  values: QuestionValues
  query: QuestionQuery
  territory: Territory | undefined
  /** The territories that the text may mean where it is not one; none where nothing has that name. */
  territories: Territory[] | undefined
}

/** Reads the parameters of a page; a month that is none is left out. */
export function readQuestions(parameter: (name: string) => string | undefined): ReadQuestions {
  const text = (name: string) => (parameter(name) ?? '').trim().slice(0, TEXT_MAX)
  const month = readMonth(text('mois'))
  const values = {
    ...{ q: text('q'), theme: text('theme'), territoire: text('territoire') },
    mois: month?.toString() ?? '',
  }
  const { territory, choices } = readTerritoryText(values.territoire)
  const isPlaced = values.territoire === '' || territory !== undefined
  return {
    values,
    territory,
    territories: isPlaced ? undefined : choices,
    query: {
      words: values.q,
      theme: values.theme || undefined,
      territory,
      ...(month && daysOf(month)),
    },
  }
}

/** Reads a month such as `2026-11`; undefined for anything else. */
export function readMonth(text: string): Temporal.PlainYearMonth | undefined {
  return /^20\d\d-(?:0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainYearMonth.from(text) : undefined
}

/** Returns the first day of a month and that of the next one. */
export const daysOf = (month: Temporal.PlainYearMonth) => ({
  from: month.toPlainDate({ day: 1 }),
  before: month.add({ months: 1 }).toPlainDate({ day: 1 }),
})
