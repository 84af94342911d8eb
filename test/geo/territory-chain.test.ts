import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { findAnsweringReferent } from '../../node/domain/referents/referent.ts'
import { communeAt, index } from '../../node/geo/commune-table.ts'
import { readDataFile } from '../../node/geo/data-file.ts'
import { listDepartements } from '../../node/geo/territories.ts'
import { chainOf } from '../../node/geo/territory-chain.ts'

const codesOf = (code: string) => chainOf(code).map((territory) => territory.code)

test.each([
  ['c-35238', ['c-35238', 'e-243500139', '35', 'r-53']],
  ['35238', ['c-35238', 'e-243500139', '35', 'r-53']],
  ['c-75111', ['c-75111', 'c-75056', 'e-200054781', '75', 'r-11']],
  ['35', ['35', 'r-53']],
  ['r-53', ['r-53']],
  // This commune does not exist: its digits name the département.
  ['35999', ['35', 'r-53']],
  ['97499', ['974', 'r-04']],
  ['nulle-part', []],
  ['', []],
])('%s is looked for at %j', (code, chain) => {
  expect(codesOf(code)).toEqual(chain)
})

/** Returns every INSEE code that has ever led to a page. */
function everyCode(): string[] {
  const today = index().names.map((_, row) => communeAt(row).codeInsee)
  const former = gunzipSync(readDataFile('former-communes.tsv.gz')).toString('utf8').trimEnd()
  return [...today, ...former.split('\n').map((line) => line.split('\t')[0] ?? '')]
}

test('whoever answers for its département is found from every commune of France, today’s and former ones', () => {
  const inOffice = listDepartements().map(({ code }) => ({ territory: code }))
  const codes = everyCode()
  expect(codes.length).toBeGreaterThan(36_000)
  const unanswered = codes.filter(
    (code) => findAnsweringReferent(codesOf(code), inOffice) === undefined,
  )
  expect(unanswered).toEqual([])
})

test('the narrowest answers; with nobody along the way it is the team', () => {
  const referents = ['r-53', '35', 'e-243500139'].map((territory) => ({ territory }))
  const chain = codesOf('c-35238')
  expect(findAnsweringReferent(chain, referents)?.territory).toBe('e-243500139')
  expect(findAnsweringReferent(chain, referents.slice(0, 2))?.territory).toBe('35')
  expect(findAnsweringReferent(chain, referents.slice(0, 1))?.territory).toBe('r-53')
  expect(findAnsweringReferent(chain, [{ territory: '56' }])).toBeUndefined()
})
