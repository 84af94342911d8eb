import { expect, test } from 'vitest'
import { findPublicHoliday } from '../../../node/domain/series/public-holidays.ts'
import known from '../../fixtures/public-holidays.json' with { type: 'json' }

/** What the package date-holidays 3.37.0 says, by département and year. */
test.each(Object.entries(known))(
  'the public holidays of %s are those of date-holidays',
  (code, years) => {
    for (const [year, dates] of Object.entries(years)) {
      const first = new Temporal.PlainDate(Number(year), 1, 1)
      const days = Array.from({ length: first.daysInYear }, (_, at) =>
        first.add({ days: at }).toString(),
      )
      const ours = days.filter((day) => findPublicHoliday(day, code)).map((day) => day.slice(5))
      expect(ours.join(' '), year).toBe(dates)
    }
  },
)
