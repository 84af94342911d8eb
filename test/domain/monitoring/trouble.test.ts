import { expect, test } from 'vitest'
import {
  findFullDay,
  type HourMeasure,
  listDays,
  listIncidents,
} from '../../../node/domain/monitoring/measure.ts'
import {
  type AlertState,
  decideAlerts,
  isCertificateEnding,
  isDiskNearlyFull,
  type Trouble,
} from '../../../node/domain/monitoring/trouble.ts'

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const after = (minutes: number) => NOW.add({ minutes })

/** Looks every ten minutes as the job does, and tells what is due; returns what was told and when, in minutes. */
function watch(troubleAt: (minute: number) => boolean, until: number): [number, string][] {
  const told: [number, string][] = []
  let states: AlertState[] = []
  for (let minute = 0; minute <= until; minute += 10) {
    const seen: Trouble[] = troubleAt(minute) ? ['sending-late'] : []
    const { begun, over, known } = decideAlerts(states, seen, after(minute))
    if (begun.length > 0) told.push([minute, 'begun'])
    if (over.length > 0) told.push([minute, 'over'])
    states = known.map((each) => ({
      ...each,
      ...(begun.includes(each) && { toldAt: after(minute) }),
      ...(over.includes(each) && { overAt: after(minute) }),
    }))
  }
  return told
}

test('a trouble is told once when it has lasted, and once when it is over', () => {
  expect(watch((minute) => minute < 3 * 24 * 60, 5 * 24 * 60)).toEqual([
    [10, 'begun'],
    [3 * 24 * 60 + 50, 'over'],
  ])
})

test('what passes at once is told to nobody, and what comes and goes is told once a day', () => {
  expect(watch((minute) => minute === 0, 600)).toEqual([])
  const flapping = watch((minute) => minute % 180 < 60, 3 * 24 * 60)
  expect(flapping.length).toBeLessThanOrEqual(2 * 4)
  expect(watch((minute) => minute % 40 < 20, 600)).toEqual([[10, 'begun']])
})

test('a clock that was wrong silences nothing for ever', () => {
  const wrong = NOW.add({ hours: 24 * 365 })
  const over = { trouble: 'little-disk', since: wrong, seenAt: wrong } as const
  const { known } = decideAlerts([{ ...over, toldAt: wrong, overAt: wrong }], ['little-disk'], NOW)
  expect(known).toMatchObject([{ since: NOW, toldAt: undefined }])
})

test.each([
  [{ usedBytes: 89e9, totalBytes: 100e9, freeBytes: 11e9 }, false],
  [{ usedBytes: 90e9, totalBytes: 100e9, freeBytes: 10e9 }, true],
  // What is kept for root is not free.
  [{ usedBytes: 88e9, totalBytes: 100e9, freeBytes: 7e9 }, true],
  [{ usedBytes: 1e9, totalBytes: 1.4e9, freeBytes: 0.4e9 }, true],
])('a disk %j is nearly full: %s', (disk, isFull) => {
  expect(isDiskNearlyFull(disk)).toBe(isFull)
})

test.each([
  [90, 11, false],
  [90, 9, true],
  [90, -1, true],
  // Certificates of six days are renewed two days before their end.
  [6, 2, false],
  [6, 0.5, true],
])('a certificate of %d days that ends in %d is near its end: %s', (days, left, isEnding) => {
  const until = NOW.add({ hours: left * 24 })
  const from = until.subtract({ hours: days * 24 })
  expect(isCertificateEnding({ from, until }, NOW)).toBe(isEnding)
})

const anHour = (daysAgo: number, changes: Partial<HourMeasure>): HourMeasure => ({
  hour: NOW.subtract({ hours: 24 * daysAgo }),
  ...{ sent: 1, resent: 0, givenUp: 0, failures: 0, waiting: 0, lateMinutes: 0 },
  ...{ memoryBytes: 1e8, diskUsedBytes: 50e9, diskTotalBytes: 100e9 },
  ...{ backupAt: undefined, isCopyFailing: false, ...changes },
})

test('a day says whether its backup was made, copied, missing, or is not known', () => {
  const at = (daysAgo: number) => NOW.subtract({ hours: 24 * daysAgo + 6 })
  const hours = [
    anHour(3, { backupAt: at(3) }),
    anHour(2, { backupAt: at(3) }),
    anHour(0, { backupAt: at(0), isCopyFailing: true }),
  ]
  const days = listDays(hours, { days: 5, now: NOW })
  expect(days.map(({ backup }) => backup)).toEqual([
    ...['unknown', 'made', 'missing', 'unknown', 'not-copied'],
  ])
  expect(days.map(({ sent }) => sent)).toEqual([0, 1, 1, 0, 1])
})

test.each([
  [10, 1e9, '2027-01-04'],
  [10, 0, undefined],
  [10, -1e9, undefined],
  // Five days say little.
  [5, 1e9, undefined],
])('with %d days that add %d bytes each, the disk is full on %s', (days, each, day) => {
  const hours = Array.from({ length: days }, (_, index) =>
    anHour(index, { diskUsedBytes: 50e9 - each * index }),
  )
  const found = findFullDay(listDays(hours, { days: 30, now: NOW }), 0.9)
  expect(found?.toString()).toBe(day)
})

test('an incident is a day with hours in which the site was off, late or failing, and the present hour is none', () => {
  const at = (hoursAgo: number, changes: Partial<HourMeasure> = {}) => ({
    ...anHour(0, changes),
    hour: NOW.subtract({ hours: hoursAgo }),
  })
  const hours = [at(6), at(5, { lateMinutes: 40 }), at(4, { failures: 1 }), at(3)]
  expect(listIncidents(hours, NOW)).toEqual([
    expect.objectContaining({ kind: 'failing', hours: 1 }),
    expect.objectContaining({ kind: 'late', hours: 1 }),
  ])
  expect(listIncidents([at(30), at(3)], NOW)[0]).toMatchObject({ kind: 'off' })
  expect(listIncidents([], NOW)).toEqual([])
})
