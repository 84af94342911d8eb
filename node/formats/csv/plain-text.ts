import { cleanText, LINE_MAX } from '../text/clean-text.ts'

/** Reduces a text for comparison: lower case, without accents, with straight apostrophes and single spaces. */
export const toPlainWords = (text: string): string =>
  cleanText(text.replaceAll(/[\u00a0\u202f]/g, ' '), LINE_MAX)
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('’', "'")
    .replaceAll(/[œŒ]/g, 'oe')
    .toLowerCase()
