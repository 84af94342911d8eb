import { monthAndYear } from '../../../../node/domain/values/date-text.ts'
import { plural } from '../../../../node/domain/values/number-text.ts'
import type { seriesFr } from '../../fr/cafes/series.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés', 'en')
const month = (text: string) => monthAndYear(Temporal.PlainYearMonth.from(text), 'en')

export const seriesEn: typeof seriesFr = {
  laterDates: (n) => `and ${plural(n, 'other date', 'other dates', 'en')}`,
  plan: {
    times: 'Once, or on several dates?',
    dates: { one: 'Once only', several: 'Several dates' },
    repeats: {
      weekly: 'Every week',
      fortnightly: 'Every two weeks',
      monthly: (nth) => `Every month, ${nth}`,
      last: (weekday) => `Every month, the last ${weekday}`,
      monthlyUndated: 'Every month, the same weekday',
      lastUndated: 'Every month, the last one of that weekday',
      listed: 'Dates that I choose',
    },
    ends: { date: 'On a date', count: 'After a number of times', open: 'Not decided yet' },
    labels: {
      dates: 'Once, or on several dates?',
      repeats: 'Repeats',
      ends: 'Ends',
      lastDay: 'Last day',
      count: 'Number of times',
      listed: 'The other dates',
      skipMonths: 'Except in',
    },
    hints: {
      dates: '',
      listed: 'The first one is above. The button adds lines.',
      lastDay: 'If you choose “On a date”.',
      count: 'If you choose “After a number of times”. At most 400.',
    },
    skipMonths: 'Except in some months',
    otherDate: (n) => `Date ${n}`,
    show: 'Show the dates',
    total: cafes,
    totalWithin: (n) => `${cafes(n)} within a year`,
    skipped: (n) => plural(n, 'date skipped', 'dates skipped', 'en'),
    isSkipped: 'skipped',
    month,
    toLookAt: (n) => (n === 1 ? 'One date to look at' : `${n} dates to look at`),
    closed: 'Closed on that day',
    closedHint: 'noted in your rooms and addresses',
    holiday: 'Public holiday',
    skip: 'Skip',
    keep: 'Keep',
    lookFirst: 'These are the dates. Nothing has been saved yet: look at them, then publish.',
    publish: 'Publish the series',
    effects: {
      page: 'Each date has its page, and can change alone.',
      horizon: (days) =>
        `The pages appear ${plural(days, 'day', 'days', 'en')} before their date; the directory follows.`,
      whole: 'The pages of all dates appear at once; the directory follows.',
      hour: (hour) => `${hour} stays ${hour}, in summer and in winter.`,
      posts:
        'Your followers get one message now, then one per café, seven days before. Never two on the same day.',
    },
  },
}
