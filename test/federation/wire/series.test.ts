import { expect, test } from 'vitest'
import { readSeries, toSeriesTerms } from '../../../federation/wire/series.ts'

const EVENT = 'https://lieu.example/cafes/1'
const URI = 'https://lieu.example/series/1'
const START = '2027-01-07T18:30'

test('what an Event says of its series is read back as it was', () => {
  for (const recurrence of [
    {
      start: START,
      rrule: 'FREQ=WEEKLY;BYDAY=TH',
      exclude: ['2027-01-14'],
      include: ['2027-01-20'],
    },
    { start: START, rrule: undefined, exclude: [], include: ['2027-02-01T10:00', '2027-03-01'] },
    { start: START, rrule: 'FREQ=MONTHLY;BYDAY=1TU;COUNT=10', exclude: [], include: [] },
  ]) {
    const said = { uri: URI, recurrence, date: '2027-01-21T18:30' }
    expect(readSeries(toSeriesTerms(said), EVENT)).toEqual(said)
  }
})

test('an address elsewhere is no series, and a rule that nobody can read is none', () => {
  const refused: unknown[] = [
    'https://ailleurs.example/series/1',
    'urn:x',
    '',
    7,
    {},
    null,
    'x'.repeat(300),
  ]
  for (const series of refused) expect(readSeries({ series }, EVENT)).toBeUndefined()
  const many = Array(401).fill('20270114').join(',')
  for (const recurrence of [
    undefined,
    '',
    'RRULE:FREQ=WEEKLY',
    'DTSTART:20270230T183000',
    'DTSTART:20270107T183000\nRRULE:FREQ=SECONDLY',
    'DTSTART:20270107T183000\nRRULE:FREQ=WEEKLY;UNTIL=20279999',
    'DTSTART:20270107T183000\nRRULE:FREQ=WEEKLY;X-UNTIL=20270201;UNTIL=20279999',
    'DTSTART:20270107T183000\nRRULE:FREQ=WEEKLY;UNT\u0131L=20279999',
    `DTSTART:20270107T183000\nRRULE:FREQ=WEEKLY;${'BYDAY=MO;'.repeat(100)}`,
    `DTSTART:20270107T183000\nEXDATE:${many}`,
    'DTSTART:20270107T183000\nRDATE:demain',
    'DTSTART:99990107T183000',
    '\n'.repeat(100_000),
    { DTSTART: '20270107T183000' },
  ])
    expect(readSeries({ series: URI, recurrence }, EVENT)).toEqual({
      uri: URI,
      recurrence: undefined,
      date: undefined,
    })
})
