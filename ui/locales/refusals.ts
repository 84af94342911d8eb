import type { Lang } from '../../node/domain/values/lang.ts'
import { refusalsEn } from './en/refusals.ts'

const patterns = Object.entries(refusalsEn).map(([french, english]) => ({
  pattern: new RegExp(`^${french.split('{}').map(RegExp.escape).join('(.+)')}$`, 'u'),
  english,
}))

/** A sentence of the program, as the visitor reads it; one that is not known (a stranger's) stays as it is. */
export function refusalIn(lang: Lang, sentence: string): string {
  if (lang === 'fr') return sentence
  const plain = sentence.replace(/[\u00a0\u202f]/gu, ' ')
  for (const { pattern, english } of patterns) {
    const found = pattern.exec(plain)
    if (!found) continue
    const parts = found.slice(1)
    return english.replaceAll('{}', () => parts.shift() ?? '')
  }
  return sentence
}
