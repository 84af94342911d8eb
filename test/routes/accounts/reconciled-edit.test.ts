import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashShown, reconcileEdit } from '../../../node/routes/accounts/reconciled-edit.ts'

const NAMES = ['title', 'date', 'venue.id', 'venue.name', 'themes'] as const
const GROUPS = [['venue.id', 'venue.name']]
const aForm = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom('', 'a', 'b', 'c')])),
) as fc.Arbitrary<Record<string, string>>

test('what one person changes and the other does not is theirs; what both change alike is no conflict', () => {
  const shown = hashShown({ title: 'A', summary: 'B', date: 'C', languages: ['fr', 'br'] })
  const typed = { title: 'A2', summary: 'B', date: 'C2', languages: ['br', 'fr'] }
  const current = { title: 'A', summary: 'B2', date: 'C2', languages: ['fr'] }
  expect(reconcileEdit({ shown, typed, current })).toEqual({
    kept: ['summary', 'languages'],
    conflicts: [],
  })
})

test('a field that both change is asked about, and fields that belong together once', () => {
  const shown = hashShown({ 'venue.id': '1', 'venue.name': '' })
  const typed = { 'venue.id': '', 'venue.name': 'Mairie' }
  const current = { 'venue.id': '2', 'venue.name': '' }
  expect(reconcileEdit({ shown, typed, current }, GROUPS)).toEqual({
    kept: [],
    conflicts: ['venue.id'],
  })
})

test('the ends of lines, spaces around and the order of boxes change nothing; no box is an answer, no field is none', () => {
  const shown = hashShown({ text: 'un\ndeux ', boxes: ['a', 'b'], absent: 'x' })
  const same = { text: ' un\r\ndeux', boxes: ['b', 'a'] }
  const current = { text: 'trois', boxes: ['c'], absent: 'y' }
  const kept = ['text', 'boxes', 'absent']
  expect(reconcileEdit({ shown, typed: same, current })).toEqual({ kept, conflicts: [] })
  expect(reconcileEdit({ shown, typed: { text: 'un\ndeux' }, current })).toEqual({
    kept: ['text', 'absent'],
    conflicts: ['boxes'],
  })
})

test('no text is lost: each field has the value of one of both, or is asked about', () => {
  fc.assert(
    fc.property(aForm, aForm, aForm, (base, typed, current) => {
      const { kept, conflicts } = reconcileEdit({ shown: hashShown(base), typed, current }, GROUPS)
      const groupOf = (name: string) => GROUPS.find((group) => group.includes(name)) ?? [name]
      for (const name of NAMES) {
        if (groupOf(name).some((one) => conflicts.includes(one))) continue
        const result = kept.includes(name) ? current[name] : typed[name]
        if (typed[name] !== base[name]) expect(result).toBe(typed[name])
        if (current[name] !== base[name]) expect(result).toBe(current[name])
      }
    }),
  )
})

test('a text that no form wrote says nothing', () => {
  for (const shown of ['', '=', 'a', '*=x', 'a==', 'a=\u0000', 'constructor=x', 'nothing*=x'])
    expect(reconcileEdit({ shown, typed: { a: '1' }, current: { a: '2' } })).toEqual({
      kept: [],
      conflicts: [],
    })
})
