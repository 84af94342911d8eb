import { NAMES } from '../values/date-names.ts'
import type { Lang } from '../values/lang.ts'

type Day = Pick<Temporal.PlainDate, 'day' | 'month'>

/** The parts of the sentences that say a series, in one language. */
type Phrases = {
  and: string
  at: string
  except: string
  until: string
  several: string
  workdays: string
  daily: (interval: number) => string
  /** Each of these weekdays. */
  each: (names: readonly string[]) => string
  /** These weekdays of every so many weeks. */
  someWeeks: (interval: number, names: readonly string[]) => string
  /** Days of every so many months; whether they are days of the month rather than weekdays. */
  ofMonth: (interval: number, days: string, areNumbers: boolean) => string
  monthDays: (days: readonly number[]) => string
  oneOf: (ordinal: string, weekday: string) => string
  someOf: (ordinals: readonly string[], weekday: string) => string
  yearly: (interval: number, day: string) => string
  inMonths: (names: readonly string[]) => string
  between: (count: number, first: string, last: string) => string
  /** Days of one month, that of `of`. */
  ofOneMonth: (days: readonly number[], of: Day) => string
}

const NUMBERS: Record<Lang, readonly string[]> = {
  fr: 'zéro une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(
    ' ',
  ),
  en: 'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'.split(
    ' ',
  ),
}

/** Returns a number in words up to sixteen, in figures above. */
const numberWord = (n: number, lang: Lang): string => NUMBERS[lang][n] ?? String(n)

/** Returns `dix fois`, `ten times`. */
export function timesText(count: number, lang: Lang): string {
  if (lang === 'fr') return `${numberWord(count, lang)}\u00a0fois`
  return count === 1 ? 'once' : `${numberWord(count, lang)} times`
}

const ORDINALS: Record<Lang, Record<number, string>> = {
  fr: {
    ...{ 1: 'premier', 2: 'deuxième', 3: 'troisième', 4: 'quatrième', 5: 'cinquième' },
    ...{ [-1]: 'dernier', [-2]: 'avant-dernier' },
  },
  en: {
    ...{ 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' },
    ...{ [-1]: 'last', [-2]: 'last but one' },
  },
}

/** Returns which of a month: `premier`, `dernier`. */
export const ordinalOf = (nth: number, lang: Lang): string => ORDINALS[lang][nth] ?? String(nth)

/** Joins texts as a sentence does: `a, b et c`. */
export function listText(texts: readonly string[], lang: Lang): string {
  const last = texts.at(-1) ?? ''
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${PHRASES[lang].and} ${last}`
}

const dayNumber = (day: number): string => (day === 1 ? '1er' : String(day))

const fr = (names: readonly string[]): string => listText(names, 'fr')
const en = (names: readonly string[]): string => listText(names, 'en')
const plurals = (names: readonly string[]): string => fr(names.map((name) => `${name}s`))

export const PHRASES: Record<Lang, Phrases> = {
  fr: {
    and: 'et',
    at: 'à',
    except: 'sauf',
    until: 'jusqu’au',
    several: 'plusieurs dates',
    workdays: 'du lundi au vendredi',
    daily: (interval) =>
      interval === 1 ? 'tous les jours' : `un jour sur ${numberWord(interval, 'fr')}`,
    each: (names) => `tous les ${plurals(names)}`,
    someWeeks: (interval, names) =>
      names.length === 1
        ? `un ${names[0]} sur ${numberWord(interval, 'fr')}`
        : `une semaine sur ${numberWord(interval, 'fr')}, ${fr(names.map((name) => `le ${name}`))}`,
    ofMonth: (interval, days, areNumbers) =>
      interval > 1
        ? `un mois sur ${numberWord(interval, 'fr')}, ${days}`
        : `${days} ${areNumbers ? 'de chaque mois' : 'du mois'}`,
    monthDays: (days) => {
      const said = days.map((day) => (day === -1 ? 'le dernier jour' : `le ${dayNumber(day)}`))
      const isPlain = days.length > 1 && !days.includes(-1)
      return isPlain ? `les ${fr(days.map(dayNumber))}` : fr(said)
    },
    oneOf: (ordinal, weekday) => `le ${ordinal} ${weekday}`,
    someOf: (ordinals, weekday) => `les ${fr(ordinals)} ${weekday}s`,
    yearly: (interval, day) =>
      interval === 1
        ? `chaque année, le ${day}`
        : `une année sur ${numberWord(interval, 'fr')}, le ${day}`,
    inMonths: (names) => fr(names.map((name) => `en ${name}`)),
    between: (count, first, last) =>
      `${numberWord(count, 'fr')}\u00a0dates, du ${first} au ${last},`,
    ofOneMonth: (days, { month }) =>
      `${days.length > 1 ? 'les' : 'le'} ${fr(days.map(dayNumber))}\u00a0${NAMES.fr.months[month - 1]}`,
  },
  en: {
    and: 'and',
    at: 'at',
    except: 'except',
    until: 'until',
    several: 'several dates',
    workdays: 'from Monday to Friday',
    daily: (interval) =>
      interval === 1
        ? 'every day'
        : interval === 2
          ? 'every other day'
          : `every ${numberWord(interval, 'en')} days`,
    each: (names) => `every ${en(names)}`,
    someWeeks: (interval, names) =>
      interval === 2 && names.length === 1
        ? `every other ${names[0]}`
        : interval === 2
          ? `every other week, on ${en(names)}`
          : `every ${numberWord(interval, 'en')} weeks, on ${en(names)}`,
    ofMonth: (interval, days) =>
      interval > 1
        ? `every ${interval === 2 ? 'other month' : `${numberWord(interval, 'en')} months`}, ${days}`
        : `${days} of the month`,
    monthDays: (days) =>
      `the ${en(days.map((day) => (day === -1 ? 'last day' : englishOrdinal(day))))}`,
    oneOf: (ordinal, weekday) => `the ${ordinal} ${weekday}`,
    someOf: (ordinals, weekday) => `the ${en(ordinals)} ${weekday}`,
    yearly: (interval, day) =>
      interval === 1
        ? `every year, on ${day}`
        : `every ${numberWord(interval, 'en')} years, on ${day}`,
    inMonths: (names) => `in ${en(names)}`,
    between: (count, first, last) => `${numberWord(count, 'en')} dates, from ${first} to ${last},`,
    ofOneMonth: (days, { month }) =>
      `${days.length > 1 ? `${en(days.map(String))}` : days[0]}\u00a0${NAMES.en.months[month - 1]}`,
  },
}

/** Returns `1st`, `22nd`, `15th`. */
function englishOrdinal(n: number): string {
  const isTeen = n % 100 > 10 && n % 100 < 14
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}
