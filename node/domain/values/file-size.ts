import type { Lang } from './lang.ts'

const UNITS: Record<Lang, readonly string[]> = {
  fr: ['octets', 'ko', 'Mo', 'Go'],
  en: ['bytes', 'kB', 'MB', 'GB'],
}

/** Returns a file size, e.g. `640 octets`, `12 ko`, `1,2 Mo`. Units are thousands, not 1024. */
export function fileSize(bytes: number, lang: Lang = 'fr'): string {
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  const maximumFractionDigits = power > 0 && value < 10 ? 1 : 0
  const words = value.toLocaleString(lang === 'fr' ? 'fr' : 'en-GB', { maximumFractionDigits })
  return `${words}\u00a0${UNITS[lang][power]}`
}
