import { type CafeTextName, mapCafeTexts } from '../../domain/cafes/cafe-texts.ts'

type TextColumn = {
  /** The header in our tables, which is read in those of others too. */
  name: string
  description: string
  /** Headers that people give it, separated by `|`. */
  others: string
}

/** The columns of the texts of `CAFE_TEXTS`. */
export const TEXT_COLUMNS: Record<CafeTextName, TextColumn> = {
  support: {
    name: 'soutien',
    description: 'Qui finance ou soutient le café.',
    others: 'financement',
  },
}

/** The headers of these columns, as `columns.ts` lists those of all others. */
export const TEXT_HEADERS = mapCafeTexts((name) =>
  [TEXT_COLUMNS[name].name, TEXT_COLUMNS[name].others].join('|'),
)
