import { cleanText, LINE_MAX } from '../text/clean-text.ts'

/** Words to compare: lower case, without accents, typographic apostrophes straight, spaces single. */
export const toPlainWords = (text: string): string =>
  cleanText(text.replaceAll(/[\u00a0\u202f]/g, ' '), LINE_MAX)
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('’', "'")
    .replaceAll(/[œŒ]/g, 'oe')
    .toLowerCase()
