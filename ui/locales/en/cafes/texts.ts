import type { CafeTextName } from '../../../../node/domain/cafes/cafe-texts.ts'

/** The names of the texts of `CAFE_TEXTS`, on the page and in the form, and their hints in the form. */
export const cafeTextsEn = {
  labels: { support: 'Support' } satisfies Record<CafeTextName, string>,
  hints: {
    support: 'Passing the hat, free contributions, a sponsor… A Café IA stays free of charge.',
  } satisfies Partial<Record<CafeTextName, string>>,
}
