import { expect, test } from 'vitest'
import { leafletWords } from '../../ui/kit/leaflet-words.ts'
import { aCafe } from '../support/some-cafes.ts'

test('a programme has the dates of a series in one line, where they differ in their day alone', () => {
  const series = 'https://lieu.example/series/1'
  const on = (day: string, hour = '12:30', change: object = {}) => {
    const startsAt = Temporal.Instant.from(`2026-12-${day}T${hour}:00Z`)
    const endsAt = startsAt.add({ minutes: 90 })
    return aCafe({ id: day, series, title: 'À notre table', startsAt, endsAt, ...change })
  }
  const cafes = [
    on('03'),
    on('05', '12:30', { title: 'Une autre fois', series: undefined }),
    on('10'),
    on('12', '12:30', { title: 'Une autre fois', series: undefined }),
    on('17', '17:30'),
    on('24'),
  ]
  const { towns } = leafletWords(
    {
      ...{
        lang: 'fr',
        title: 'Les cafés IA',
        hasMore: false,
        cafes,
        address: 'https://a.example/',
      },
      month: Temporal.PlainYearMonth.from('2026-12'),
      now: Temporal.Instant.from('2026-12-01T08:00:00Z'),
    },
    { movement: 'Café IA', accent: '#000', accentSoft: '#fff' } as never,
  )
  expect(
    towns.flatMap(({ cafes }) => cafes.map(({ when }) => when.replaceAll(/\s/gu, ' '))),
  ).toEqual([
    'jeu. 3, 10, 24 déc., 13 h 30',
    'sam. 5 déc., 13 h 30',
    'sam. 12 déc., 13 h 30',
    'jeu. 17 déc., 18 h 30',
  ])
})
