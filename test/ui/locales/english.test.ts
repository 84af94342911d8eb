import { describe, expect, test } from 'vitest'
import { whenText } from '../../../node/domain/cafes/cafe-text.ts'
import {
  clock,
  dayHeading,
  longDate,
  monthAndYear,
  plainDate,
  relativePast,
  shortDate,
  sincePast,
  timeRange,
  zoneName,
} from '../../../node/domain/values/date-text.ts'
import { distance, plural } from '../../../node/domain/values/number-text.ts'
import { userTextLang } from '../../../ui/components/user-text.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { readable } from '../../support/readable.ts'
import { aCafe, NOW } from '../gallery/sample.ts'

const zdt = (text: string) => Temporal.ZonedDateTime.from(text)
const start = zdt('2026-12-01T18:30[Europe/Paris]')

test.each([
  ['fr', 'fr'],
  ['en', 'en-GB'],
] as const)('numbers are written as those who read %s write them', (lang, locale) => {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const numbers = [...Array(1100).keys(), -0, -1, -12, 0.4, 1.5, 12_345, 1_000_000, NaN]
  for (const n of numbers) expect(plural(n, 'x', 'x', lang)).toBe(`${format.format(n)}\u00a0x`)
  expect(distance(9.96, false, lang)).toBe('10\u00a0km')
  expect(distance(3, false, lang)).toBe('3\u00a0km')
})

describe('in English', () => {
  test('a date has no comma and no ordinal', () => {
    expect(readable(longDate(start, 'en'))).toBe('Tuesday 1 December 2026')
    expect(readable(shortDate(start, 'en'))).toBe('Tue 1 Dec 2026')
    expect(readable(plainDate(start, 'en'))).toBe('1 December 2026')
    expect(readable(monthAndYear(start, 'en'))).toBe('December 2026')
    const today = Temporal.PlainDate.from('2026-11-30')
    expect(readable(dayHeading(start, today, 'en'))).toBe('tomorrow, Tuesday 1 December')
  })

  test.each([
    ['00:00', 'midnight'],
    ['00:05', '12:05 am'],
    ['09:00', '9 am'],
    ['12:00', 'midday'],
    ['12:30', '12:30 pm'],
    ['18:30', '6:30 pm'],
    ['23:59', '11:59 pm'],
  ])('%s is %s', (time, words) => {
    expect(readable(clock(Temporal.PlainTime.from(time), 'en'))).toBe(words)
  })

  test('a café’s time has its clock', () => {
    expect(readable(whenText(aCafe(), 'en'))).toBe(
      'Thursday 3 December 2026, 6:30 pm – 8 pm, Paris time',
    )
    expect(readable(timeRange(start, start.add({ hours: 8 }), 'en'))).toBe(
      '6:30 pm – Wednesday 2 December, 2:30 am',
    )
    expect(zoneName('Indian/Reunion', 'en')).toBe('Réunion time')
    expect(zoneName('America/Toronto', 'en')).toMatch(/ Time$/)
  })

  test.each([
    [{ seconds: 20 }, 'just now', 'for a moment'],
    [{ minutes: 1 }, '1 minute ago', 'for 1 minute'],
    [{ hours: 2, minutes: 50 }, '2 hours ago', 'for 2 hours'],
    [{ hours: 73 }, '3 days ago', 'for 3 days'],
    [{ hours: 24 * 70 }, '2 months ago', 'for 2 months'],
    [{ hours: 24 * 364 }, '11 months ago', 'for 11 months'],
    [{ hours: 24 * 400 }, '1 year ago', 'for 1 year'],
  ])('%o ago is “%s”, “%s”', (ago, past, since) => {
    expect(readable(relativePast(NOW.subtract(ago), NOW, 'en'))).toBe(past)
    expect(readable(sincePast(NOW.subtract(ago), NOW, 'en'))).toBe(since)
  })

  test('only one is one, and figures have commas', () => {
    const cafes = [0, 1, 2, 1200].map((n) => readable(plural(n, 'café', 'cafés', 'en')))
    expect(cafes).toEqual(['0 cafés', '1 café', '2 cafés', '1,200 cafés'])
    expect(readable(distance(1.23, false, 'en'))).toBe('1.2 km')
    expect(readable(distance(12.4, true, 'en'))).toBe('about 12 km')
    expect(readable(distance(0.4, true, 'en'))).toBe('less than 2 km')
  })
})

test.each([
  [[], undefined, 'fr'],
  [['fr'], undefined, 'fr'],
  [['en', 'fr'], undefined, 'fr'],
  [['fsl'], undefined, 'fr'],
  [['en'], 'en', undefined],
  [['fsl', 'br'], 'br', 'br'],
])(
  'what was typed for a café in %o is marked %s in a French page, %s in an English one',
  (languages, inFrench, inEnglish) => {
    expect(userTextLang({ languages }, messagesFor('fr'))).toBe(inFrench)
    expect(userTextLang({ languages }, messagesFor('en'))).toBe(inEnglish)
  },
)
