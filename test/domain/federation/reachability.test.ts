import { describe, expect, test } from 'vitest'
import {
  findCutOff,
  isVisitDue,
  minutesToNextVisit,
  type TrackedServer,
  unreachableNoticeOf,
  withoutCutOff,
} from '../../../node/domain/federation/reachability.ts'

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const HOUR = 60
const DAY = 24 * HOUR
const ago = (minutes: number) => NOW.subtract({ minutes: Math.round(minutes) })

const aServer = (changes: Partial<TrackedServer> = {}): TrackedServer => ({
  origin: 'https://usine.example',
  lastSeenAt: ago(10),
  failingSince: undefined,
  visitedAt: undefined,
  silentSince: undefined,
  hiddenSince: undefined,
  ...changes,
})

describe('when a server is visited', () => {
  test.each([
    { failed: undefined, next: HOUR },
    { failed: 0, next: HOUR },
    { failed: 3 * HOUR, next: HOUR },
    { failed: 12 * HOUR, next: 2 * HOUR },
    { failed: DAY, next: 4 * HOUR },
    { failed: 3 * DAY, next: 12 * HOUR },
    { failed: 6 * DAY, next: DAY },
    { failed: 7 * DAY, next: DAY },
    { failed: 300 * DAY, next: DAY },
  ])('after $failed minutes of failures, again in $next', ({ failed, next }) => {
    expect(minutesToNextVisit(failed)).toBe(next)
    // The failure may be that of our own network, so the peer is asked often and its return is not missed.
    expect(minutesToNextVisit(failed, true)).toBe(failed === undefined ? HOUR : 5)
  })

  test('a healthy one about an hour after it was last heard, whoever spoke', () => {
    expect(isVisitDue(aServer({ lastSeenAt: undefined }), NOW)).toBe(true)
    expect(isVisitDue(aServer({ lastSeenAt: ago(59) }), NOW)).toBe(false)
    expect(isVisitDue(aServer({ lastSeenAt: ago(72) }), NOW)).toBe(true)
    expect(isVisitDue(aServer({ lastSeenAt: ago(300), visitedAt: ago(59) }), NOW)).toBe(false)
  })

  test('after a week of silence at most once a day, not all at the same minute', () => {
    const failing = { failingSince: ago(9 * DAY), lastSeenAt: ago(9 * DAY + 5) }
    const visited = (origin: string, minutes: number) =>
      isVisitDue(aServer({ ...failing, origin, visitedAt: ago(minutes) }), NOW)
    const names = Array.from({ length: 100 }, (_, index) => `https://lieu-${index}.example`)
    expect(names.filter((name) => visited(name, DAY - 1))).toEqual([])
    expect(names.filter((name) => visited(name, 1.2 * DAY))).toEqual(names)
    const half = names.filter((name) => visited(name, 1.1 * DAY)).length
    expect(half).toBeGreaterThan(30)
    expect(half).toBeLessThan(70)
  })

  test('deliveries that fail do not put visits off', () => {
    const server = aServer({ failingSince: ago(1), lastSeenAt: ago(90) })
    expect(isVisitDue(server, NOW)).toBe(true)
  })
})

describe('the notice about a server that does not answer', () => {
  const silent = (failed: number, visited = 5) =>
    unreachableNoticeOf(aServer({ failingSince: ago(failed), visitedAt: ago(visited) }), NOW)

  test.each([
    [3 * DAY - 1, { isMarked: false, isHidden: false }],
    [3 * DAY, { isMarked: true, isHidden: false }],
    [30 * DAY - 1, { isMarked: true, isHidden: false }],
    [30 * DAY, { isMarked: true, isHidden: true }],
  ])('after %i minutes', (failed, expected) => {
    expect(silent(failed)).toEqual(expected)
  })

  test('is none when this server itself was off: the last visit is too old', () => {
    expect(silent(40 * DAY, 31 * HOUR)).toEqual({ isMarked: false, isHidden: false })
    expect(silent(40 * DAY, 41 * DAY)).toEqual({ isMarked: false, isHidden: false })
  })
})

describe('most servers unreachable at once', () => {
  const servers = (failures: (number | undefined)[]) =>
    failures.map((minutes) => ({
      failingSince: minutes === undefined ? undefined : ago(minutes),
    }))

  test.each([
    ['all of three', [50, 40, 30], 50],
    ['three of five', [50, 40, 30, undefined, undefined], 50],
    ['three of six', [50, 40, 30, undefined, undefined, undefined], undefined],
    ['two of two', [50, 40], undefined],
    ['three, one after the other', [900, 600, 300], undefined],
    [
      'all that had answered, though as many were gone for long',
      [9000, 8000, 7000, 50, 40, 30],
      50,
    ],
    ['none', [undefined, undefined, undefined], undefined],
  ])('%s', (_, failures, since) => {
    const expected = since === undefined ? undefined : ago(since)
    expect(findCutOff(servers(failures))?.toString()).toBe(expected?.toString())
  })

  test('the time in which this server was off does not count against the others', () => {
    const cutOff = { from: ago(5 * DAY), until: NOW }
    expect(withoutCutOff(ago(5 * DAY - 30), cutOff).toString()).toBe(NOW.toString())
    expect(withoutCutOff(ago(7 * DAY), cutOff).toString()).toBe(ago(2 * DAY).toString())
  })
})
