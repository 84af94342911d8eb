import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { firstDatesOf, instantOf } from '../../../node/domain/series/recurrence.ts'

/** Compares the dates of a season with those of python-dateutil, where Debian's `python3-dateutil` is installed. */

const isThere = spawnSync('python3', ['-c', 'import dateutil']).status === 0

const ZONES = ['Europe/Paris', 'America/Miquelon', 'Pacific/Tahiti', 'Indian/Mayotte']
const HOURS = ['18:30', '02:30']
const RULES = [
  'FREQ=WEEKLY;BYDAY=TH;COUNT=60',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;COUNT=60',
  'FREQ=MONTHLY;BYDAY=1TU;COUNT=14',
  'FREQ=MONTHLY;BYDAY=-1SU;COUNT=14',
  'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=8',
  'FREQ=MONTHLY;BYDAY=TU,TH;BYSETPOS=2,-1;COUNT=20',
  'FREQ=DAILY;INTERVAL=3;COUNT=130',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3',
]
const cases = ZONES.flatMap((timezone) =>
  HOURS.flatMap((hour) => RULES.map((rrule) => ({ timezone, start: `2026-09-06T${hour}`, rrule }))),
)

test.skipIf(!isThere)('a season over both changes of the clocks is that of python-dateutil', () => {
  const input = cases.map((each) => JSON.stringify(each)).join('\n')
  const output = execFileSync('python3', ['test/fixtures/series/dates.py'], { input })
  const theirs = output.toString().trim().split('\n')
  expect(theirs).toHaveLength(cases.length)
  for (const [at, { timezone, ...rule }] of cases.entries()) {
    const dates = firstDatesOf({ ...rule, exclude: [], include: [] })
    const ours = dates.map((date) => instantOf(date, timezone).toString())
    expect(ours, JSON.stringify(cases[at])).toEqual(JSON.parse(theirs[at] ?? ''))
  }
})
