import { describe, expect, it } from 'vitest'
import { exceptText, rhythmWords, seriesWords } from '../../../node/domain/series/words.ts'

const series = (rrule: string | undefined, include: string[] = [], start = '2026-12-10T18:30') => ({
  rrule,
  include,
  start,
})
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

const RULES: [rule: string, french: string, english: string, start?: string][] = [
  [
    'FREQ=WEEKLY;BYDAY=TH;COUNT=10',
    'tous les jeudis à 18 h 30, dix fois',
    'every Thursday at 6:30 pm, ten times',
  ],
  ['FREQ=WEEKLY', 'tous les jeudis à 18 h 30', 'every Thursday at 6:30 pm'],
  [
    'FREQ=WEEKLY;UNTIL=20270624',
    'tous les jeudis à 18 h 30, jusqu’au 24 juin',
    'every Thursday at 6:30 pm, until 24 June',
  ],
  [
    'FREQ=WEEKLY;UNTIL=20280101T170000Z',
    'tous les jeudis à 18 h 30, jusqu’au 1er janvier 2028',
    'every Thursday at 6:30 pm, until 1 January 2028',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH',
    'un jeudi sur deux à 18 h 30',
    'every other Thursday at 6:30 pm',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=3;BYDAY=TH',
    'un jeudi sur trois à 18 h 30',
    'every three weeks, on Thursday at 6:30 pm',
  ],
  [
    'FREQ=WEEKLY;BYDAY=TU,TH',
    'tous les mardis et jeudis à 18 h 30',
    'every Tuesday and Thursday at 6:30 pm',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,TU',
    'une semaine sur deux, le mardi et le jeudi à 18 h 30',
    'every other week, on Tuesday and Thursday at 6:30 pm',
  ],
  [
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    'du lundi au vendredi à 18 h 30',
    'from Monday to Friday at 6:30 pm',
  ],
  ['FREQ=DAILY', 'tous les jours à 18 h 30', 'every day at 6:30 pm'],
  ['FREQ=DAILY;INTERVAL=2', 'un jour sur deux à 18 h 30', 'every other day at 6:30 pm'],
  [
    'FREQ=MONTHLY;BYDAY=1TU;BYMONTH=1,2,3,4,5,6,7,9,10,11,12',
    'le premier mardi du mois à 18 h 30, sauf en août',
    'the first Tuesday of the month at 6:30 pm, except in August',
  ],
  [
    'FREQ=MONTHLY;BYDAY=1TU;BYMONTH=1,2,3,4,5,6,9,10,11,12',
    'le premier mardi du mois à 18 h 30, sauf en juillet et en août',
    'the first Tuesday of the month at 6:30 pm, except in July and August',
  ],
  [
    'FREQ=MONTHLY;BYDAY=-1SA',
    'le dernier samedi du mois à 18 h 30',
    'the last Saturday of the month at 6:30 pm',
  ],
  [
    'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1',
    'le premier mardi du mois à 18 h 30',
    'the first Tuesday of the month at 6:30 pm',
  ],
  [
    'FREQ=MONTHLY;BYDAY=1TU,3TU',
    'les premier et troisième mardis du mois à 18 h 30',
    'the first and third Tuesday of the month at 6:30 pm',
  ],
  [
    'FREQ=MONTHLY;BYDAY=2TU,-1TH',
    'le deuxième mardi et le dernier jeudi du mois à 18 h 30',
    'the second Tuesday and the last Thursday of the month at 6:30 pm',
  ],
  [
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH;COUNT=1',
    'un mois sur deux, le deuxième jeudi à 18 h 30, une fois',
    'every other month, the second Thursday at 6:30 pm, once',
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'les 1er et 15 de chaque mois à 18 h 30',
    'the 1st and 15th of the month at 6:30 pm',
  ],
  ['FREQ=MONTHLY', 'le 10 de chaque mois à 18 h 30', 'the 10th of the month at 6:30 pm'],
  [
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'le dernier jour de chaque mois à 18 h 30',
    'the last day of the month at 6:30 pm',
  ],
  [
    'FREQ=WEEKLY;BYMONTH=10,11,12',
    'tous les jeudis à 18 h 30, en octobre, en novembre et en décembre',
    'every Thursday at 6:30 pm, in October, November and December',
  ],
  [
    'FREQ=YEARLY',
    'chaque année, le 10 décembre à 18 h 30',
    'every year, on 10 December at 6:30 pm',
  ],
  [
    'FREQ=WEEKLY;COUNT=26',
    'tous les jeudis à 18 h 30, 26 fois',
    'every Thursday at 6:30 pm, 26 times',
  ],
  ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1', 'plusieurs dates à 18 h 30', 'several dates at 6:30 pm'],
  ['FREQ=WEEKLY;BYMONTHDAY=1', 'plusieurs dates à 18 h 30', 'several dates at 6:30 pm'],
  ['FREQ=WEEKLY;BYHOUR=9,18', 'plusieurs dates à 18 h 30', 'several dates at 6:30 pm'],
]

describe('a series in words', () => {
  it.each(RULES)('%s', (rule, french, english, start) => {
    expect(plain(seriesWords(series(rule, [], start)))).toBe(french)
    expect(plain(seriesWords(series(rule, [], start), 'en'))).toBe(english)
  })

  it('names the days of a list, and of a long one the first and the last', () => {
    const list = ['2026-12-17', '2027-01-14']
    expect(plain(seriesWords(series(undefined, list)))).toBe(
      'les 10 et 17 décembre et le 14 janvier à 18 h 30',
    )
    expect(plain(seriesWords(series(undefined, list), 'en'))).toBe(
      '10 and 17 December and 14 January at 6:30 pm',
    )
    const long = [...list, '2027-02-11', '2027-03-11', '2027-04-08']
    expect(plain(seriesWords(series(undefined, long)))).toBe(
      'six dates, du 10 décembre 2026 au 8 avril 2027, à 18 h 30',
    )
  })

  it('adds the days beside the rule, and leaves the end out where only the rhythm is asked', () => {
    const rule = series('FREQ=WEEKLY;COUNT=3', ['2026-12-12'])
    expect(plain(seriesWords(rule))).toBe(
      'tous les jeudis à 18 h 30, trois fois, et le 12 décembre',
    )
    expect(plain(rhythmWords(rule))).toBe('tous les jeudis à 18 h 30')
  })

  it('says on which days it does not take place', () => {
    expect(exceptText([])).toBe('')
    expect(plain(exceptText(['2026-12-24', '2026-12-31', '2027-05-06']))).toBe(
      'sauf les 24 et 31 décembre et le 6 mai',
    )
  })
})
