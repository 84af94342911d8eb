import type { Lang } from './lang.ts'

const inLang = (maximumFractionDigits: number): Record<Lang, Intl.NumberFormat> => ({
  fr: new Intl.NumberFormat('fr', { maximumFractionDigits }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits }),
})
const decimal = inLang(1)
const whole = inLang(0)

/**
 * Returns the singular or plural form. In French the plural begins at two: 0 café, 1 café, 2 cafés; in English only one
 * is singular.
 */
export function plural(n: number, one: string, many: string, lang: Lang = 'fr'): string {
  const isOne = lang === 'fr' ? Math.abs(n) < 2 : n === 1
  return `${whole[lang].format(n)}\u00a0${isOne ? one : many}`
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
  return `${words}${(km < 10 && !approximate ? decimal : whole)[lang].format(km)}\u00a0km`
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
