import { expect, test } from 'vitest'
import { seriesChangeHtml } from '../../../federation/delivery/series/series-text.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { knownStateOf } from '../../../node/domain/cafes/change-message.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { readable } from '../../support/readable.ts'

test('a post about several dates says of each change which dates it is, in whole sentences', () => {
  const changeOf = (days: number, status: Cafe['status']) => {
    const startsAt = Temporal.Instant.from('2027-01-07T17:30:00Z').add({ hours: 24 * days })
    const cafe = aCafe({ startsAt, status: 'scheduled' })
    return { cafe: { ...cafe, status }, before: knownStateOf(cafe) }
  }
  const cancelled = [0, 1, 2, 3, 4, 5].map((day) => changeOf(day, 'cancelled'))
  const postponed = changeOf(7, 'postponed')
  const html = readable(seriesChangeHtml([changeOf(6, 'cancelled'), ...cancelled, postponed]))
  expect(html).toContain('8 dates changent')
  expect(html).toContain('Annulé : pas de café (le jeudi 7 janvier 2027, le ')
  expect(html).toContain('le mardi 12 janvier 2027, et 1 autre date)<br>')
  expect(html).toContain('la nouvelle date n’est pas encore connue (le jeudi 14 janvier 2027)')
})
