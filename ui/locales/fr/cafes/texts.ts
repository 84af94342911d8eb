import type { CafeTextName } from '../../../../node/domain/cafes/cafe-texts.ts'

/** The names of the texts of `CAFE_TEXTS`, on the page and in the form, and their hints in the form. */
export const cafeTextsFr = {
  labels: { support: 'Soutien' } satisfies Record<CafeTextName, string>,
  hints: {
    support: 'Chapeau, participation libre, mécène… Un café IA reste gratuit.',
  } satisfies Partial<Record<CafeTextName, string>>,
}
