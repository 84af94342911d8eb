import { expect, test } from 'vitest'
import { makeColumns } from '../../node/geo/build-columns.ts'
import { communeAt, countCommunes } from '../../node/geo/commune-table.ts'
import { readColumns } from '../../node/geo/data-file.ts'
import { findDepartement } from '../../node/geo/territories.ts'

test('the columns say what the table of communes says', () => {
  expect(readColumns()).toEqual(makeColumns())
})

test('a commune is in the région of its département', () => {
  const elsewhere = Array.from({ length: countCommunes() }, (_, row) => communeAt(row)).filter(
    ({ departement, region }) => findDepartement(departement)?.region !== region,
  )
  expect(elsewhere).toEqual([])
})
