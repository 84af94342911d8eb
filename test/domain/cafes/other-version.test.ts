import { expect, test } from 'vitest'
import { decideRevisionTime, judgeVersion } from '../../../node/domain/cafes/other-version.ts'
import { aCafe } from '../../support/some-cafes.ts'

/** What becomes of a version that a directory has, by the times of the restore. */

const at = (minute: number) =>
  Temporal.Instant.from('2026-11-30T10:00:00Z').add({ minutes: minute })
/** The backup is of minute 10, the restore of minute 30; a first one was of minute 20. */
const RESTORED = {
  since: at(10),
  ...{ splitAt: at(30).add({ milliseconds: 500 }), at: at(30).add({ milliseconds: 500 }) },
}
const TWICE = { ...RESTORED, splitAt: at(20) }
const here = aCafe({ title: 'Ici' })
const one = (minute: number, changes: object = {}) => ({
  ...here,
  updatedAt: at(minute),
  ...changes,
})
const theirs = (minute: number, changes: object = {}) => one(minute, { title: 'Là', ...changes })
const CANCELLED = { status: 'cancelled' } as const

test.each([
  ['lost with the machine', theirs(15), undefined, RESTORED, 'take'],
  ['changed after the backup', theirs(15), one(5), RESTORED, 'take'],
  ['the same as in the backup', one(5), one(5), RESTORED, 'known'],
  ['older than in the backup, replayed', theirs(3), one(5), RESTORED, 'known'],
  ['changed on both sides', theirs(15), one(35), RESTORED, 'both'],
  [
    'changed on both sides, the first in the second of the backup',
    theirs(10),
    one(35),
    { ...RESTORED, since: at(10).add({ milliseconds: 900 }) },
    'both',
  ],
  ['changed here alone', theirs(5), one(35), RESTORED, 'known'],
  ['changed in the same way', one(15), one(35), RESTORED, 'known'],
  ['what was sent since the restore', theirs(32), one(35), RESTORED, 'known'],
  ['dated after the restore', theirs(50), one(5), RESTORED, 'clock'],
  ['dated after the restore, and not here', theirs(50), undefined, RESTORED, 'clock'],
  [
    'changed before the first of two restores, and here after it',
    theirs(15),
    one(25),
    TWICE,
    'both',
  ],
  ['changed between two restores', theirs(27), one(25), TWICE, 'take'],
  [
    'cancelled by the journal, with its reason',
    one(15, { ...CANCELLED, statusNote: 'Panne' }),
    one(30, CANCELLED),
    RESTORED,
    'take',
  ],
  ['cancelled on both sides', one(15, CANCELLED), one(31, CANCELLED), RESTORED, 'known'],
] as const)('%s', (what, version, known, times, verdict) => {
  expect(judgeVersion({ theirs: version, known, isSigned: true }, times)).toBe(verdict)
  const unsigned = judgeVersion({ theirs: version, known, isSigned: false }, times)
  const isReason = what.endsWith('with its reason')
  expect(unsigned).toBe(verdict === 'known' || isReason ? 'known' : 'key')
})

test('the next revision is later than all that bear a signature of this site', () => {
  const version = {
    cafeId: here.id,
    directory: 'a.example',
    reason: 'clock',
    cafe: theirs(90),
  } as const
  const now = at(40)
  expect(decideRevisionTime(one(35), [version], now).equals(at(90).add({ seconds: 1 }))).toBe(true)
  const unsigned = { ...version, reason: 'key' } as const
  expect(decideRevisionTime(one(35), [unsigned], now).equals(at(40).add({ seconds: 1 }))).toBe(true)
  expect(decideRevisionTime(undefined, [], now).equals(now)).toBe(true)
})
