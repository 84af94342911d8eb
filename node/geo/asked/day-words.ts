import { comparableName } from '../names.ts'

/**
 * A day that was typed with a place: one of the periods that a search offers under « Quand ? », a weekday from 1 for
 * Monday, a number of days from today, or a day of a month.
 */
export type AskedDay =
  | { period: 'aujourdhui' | 'ce-week-end' | 'cette-semaine' | 'ce-mois' }
  | { weekday: number }
  | { inDays: number }
  | { day: number; month: number }

const WEEKDAYS = 'lundi mardi mercredi jeudi vendredi samedi dimanche'.split(' ')
const MONTHS =
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(' ')

const WORDS: [RegExp, (match: RegExpExecArray) => AskedDay][] = [
  [/aujourd hui|ce soir|maintenant/, () => ({ period: 'aujourdhui' })],
  [/apres demain/, () => ({ inDays: 2 })],
  [/demain(?: soir)?/, () => ({ inDays: 1 })],
  [/(?:(?:ce|le) )?week ?end/, () => ({ period: 'ce-week-end' })],
  [/cette semaine/, () => ({ period: 'cette-semaine' })],
  [/ce mois(?: ci)?/, () => ({ period: 'ce-mois' })],
  [
    RegExp(`(?:(?:ce|le) )?(${WEEKDAYS.join('|')})(?: prochain| soir| matin| apres midi)?`),
    ([, name = '']) => ({ weekday: WEEKDAYS.indexOf(name) + 1 }),
  ],
  [
    RegExp(`(?:(?:le|du) )?(\\d{1,2}|1er) (${MONTHS.join('|')})(?: 20\\d\\d)?`),
    ([, day = '', month = '']) => ({
      day: Number.parseInt(day, 10),
      month: MONTHS.indexOf(month) + 1,
    }),
  ],
]

/**
 * Splits a place, as `comparableName` reads it, from the day before or behind it: « Rennes samedi », « demain à Lyon ».
 * The place is empty when only a day was typed; undefined where there is no day.
 */
export function splitDay(text: string): { place: string; day: AskedDay } | undefined {
  const words = comparableName(text)
  for (const [pattern, toDay] of WORDS) {
    const behind = RegExp(`(?:^| )(?:${pattern.source})$`).exec(words)
    if (behind) return { place: words.slice(0, behind.index), day: toDay(behind) }
    const before = RegExp(`^(?:${pattern.source}) `).exec(words)
    if (before) return { place: words.slice(before[0].length), day: toDay(before) }
  }
  return undefined
}
