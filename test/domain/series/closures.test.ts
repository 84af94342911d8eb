import { expect, test } from 'vitest'
import { findClosure, readClosures } from '../../../node/domain/series/closures.ts'

test.each([
  ['24/12/2026 au 03/01/2027 : fin d’année', '2026-12-24', '2027-01-03', 'fin d’année'],
  ['du 1/7/2027 au 31/8/2027', '2027-07-01', '2027-08-31', undefined],
  ['2027-05-07', '2027-05-07', '2027-05-07', undefined],
  ['le 07/05/2027 pont de l’Ascension', '2027-05-07', '2027-05-07', 'pont de l’Ascension'],
])('a closure is read as it is written: %s', (line, from, until, reason) => {
  expect(readClosures(` ${line}\r\n\n`)).toEqual({ closures: [{ from, until, reason }] })
})

test.each(['lundi', '31/02/2027', '03/01/2027 au 24/12/2026', '24/12/2026 au'])(
  'what is no closure is said: %s',
  (line) => {
    expect(readClosures(`01/01/2027\n${line}`).wrong).toBe(line)
  },
)

test('a day is in a closure from the first to the last', () => {
  const { closures } = readClosures('24/12/2026 au 03/01/2027')
  expect(
    ['2026-12-23', '2026-12-24', '2027-01-03', '2027-01-04'].map(
      (day) => findClosure(closures, day) !== undefined,
    ),
  ).toEqual([false, true, true, false])
})
