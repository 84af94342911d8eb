import { expect, test } from 'vitest'
import { alertMail } from '../../../ui/territories/alert-mails.ts'
import { aCafe } from '../../support/format-cafe.ts'

test('a mail of new cafés names a season once, by its first date, and leaves room for the others', () => {
  const season = Array.from({ length: 40 }, () => aCafe({ title: 'Toute l’année', series: 'un' }))
  const others = Array.from({ length: 21 }, (_, at) => aCafe({ id: `${at}`, title: `Seul ${at}` }))
  const cafes = [...season, ...others]
  const { params } = alertMail({
    ...{ origin: 'https://annuaire.example', siteName: 'Annuaire', place: 'Bretagne', cafes },
  })
  const list = String(params.list)
  expect(list.split('Toute l’année')).toHaveLength(2)
  expect(list).toContain(', et 39\u00a0autres dates\n')
  expect(list).toContain('Seul 18')
  expect(params).toMatchObject({ total: 61, more: 2 })
})
