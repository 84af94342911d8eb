import type { Lang } from './lang.ts'

const formats = new Map<string, Intl.NumberFormat>()

/**
 * Writes a number with so many decimals at most. A format takes milliseconds to make, so each is made at its first use,
 * and the numbers that need none are written without.
 */
function write(n: number, lang: Lang, maximumFractionDigits = 0): string {
  if (Number.isInteger(n) && n > 0 && n < 1000) return String(n)
  const key = `${lang} ${maximumFractionDigits}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(lang === 'fr' ? 'fr' : 'en-GB', { maximumFractionDigits })
    formats.set(key, format)
  }
  return format.format(n)
}

/** Returns a number as it is written, e.g. `1 200`, with so many decimals at most. */
export const numberText = (n: number, lang: Lang = 'fr', decimals = 0): string =>
  write(n, lang, decimals)

/** Returns a share from 0 to 1 as a percentage, e.g. `62 %`, with so many decimals at most. */
export const percentText = (share: number, lang: Lang = 'fr', decimals = 0): string =>
  `${write(share * 100, lang, decimals)}${lang === 'fr' ? '\u00a0%' : '%'}`

/**
 * Returns the singular or plural form. In French the plural begins at two: 0 café, 1 café, 2 cafés; in English only one
 * is singular.
 */
export function plural(n: number, one: string, many: string, lang: Lang = 'fr'): string {
  const isOne = lang === 'fr' ? Math.abs(n) < 2 : n === 1
  return `${write(n, lang)}\u00a0${isOne ? one : many}`
}

const ABOUT: Record<Lang, { near: string; about: string }> = {
  fr: { near: 'moins de\u00a02\u00a0km', about: 'environ\u00a0' },
  en: { near: 'less than\u00a02\u00a0km', about: 'about\u00a0' },
}

/**
 * Returns a distance in words: `800 m`, `1,2 km`, `12 km`; when the place is only known by its town, `environ 12 km`,
 * never to the hundred metres.
 */
export function distance(km: number, approximate = false, lang: Lang = 'fr'): string {
  if (approximate && km < 2) return ABOUT[lang].near
  const words = approximate ? ABOUT[lang].about : ''
  if (km < 0.95) return `${words}${Math.max(100, Math.round(km * 10) * 100)}\u00a0m`
  return `${words}${write(km, lang, km < 10 && !approximate ? 1 : 0)}\u00a0km`
}

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
