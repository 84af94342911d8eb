import { expect, test } from 'vitest'
import {
  choice,
  describe,
  flag,
  instant,
  json,
  leftOut,
  named,
  number,
  optional,
  type RowOf,
  text,
} from '../../../node/store/schema/table.ts'

type Visit = {
  id: string
  beganAt: Temporal.Instant
  seatsLeft: number | undefined
  mode: 'here' | 'online'
  isOpen: boolean
  words: string[]
  note?: string | undefined
  host: { name: string; since: Temporal.Instant | undefined }
  place: { name: string; floor?: number | undefined; isOpen: boolean } | undefined
}

const fields = {
  id: text,
  beganAt: instant,
  seatsLeft: optional(number),
  mode: choice<Visit['mode']>(),
  isOpen: named('open', flag),
  words: json<string[]>(),
  note: leftOut(text),
  host: { prefix: 'host_', fields: { name: text, since: optional(instant) } },
  place: {
    prefix: 'place_',
    presentIf: 'name',
    fields: { name: text, floor: leftOut(number), isOpen: flag },
  },
} as const
const VISIT = describe<Visit>()(fields, { length: ({ id }: Visit) => id.length })

const beganAt = Temporal.Instant.from('2026-12-09T17:30:00Z')
const most: Visit = {
  ...{ id: 'a1', beganAt, seatsLeft: 0, mode: 'here', isOpen: true, words: ['été', '"'] },
  note: 'Par la cour',
  host: { name: 'Léa', since: beganAt },
  place: { name: 'Médiathèque', floor: 2, isOpen: false },
}
const least: Visit = {
  ...{ id: '', beganAt, seatsLeft: undefined, mode: 'online', isOpen: false, words: [] },
  host: { name: '', since: undefined },
  place: undefined,
}

test('each field has its column, named after it or as is said', () => {
  const row: RowOf<typeof VISIT> = VISIT.toRow(most)
  expect(row).toEqual({
    ...{ id: 'a1', began_at: '2026-12-09T17:30:00Z', seats_left: 0, mode: 'here', open: 1 },
    ...{ words: '["été","\\""]', note: 'Par la cour' },
    ...{ host_name: 'Léa', host_since: '2026-12-09T17:30:00Z' },
    ...{ place_name: 'Médiathèque', place_floor: 2, place_is_open: 0, length: 2 },
  })
  expect(Object.keys(row).sort()).toEqual([...VISIT.columns].sort())
})

test('what may be undefined is null, as are all columns of a value that is', () => {
  expect(VISIT.toRow(least)).toMatchObject({
    ...{ seats_left: null, note: null, host_since: null },
    ...{ place_name: null, place_floor: null, place_is_open: null },
  })
})

test('a value is read as it was written, without keys that it had not', () => {
  for (const visit of [most, least]) expect(VISIT.fromRow(VISIT.toRow(visit))).toStrictEqual(visit)
})

test('a field without a line, or with one of another kind, does not compile', () => {
  const { id, ...others } = fields
  const place = { prefix: '', fields: fields.place.fields }
  const wrong = [
    // @ts-expect-error: no line
    () => describe<Visit>()(others),
    // @ts-expect-error: no field
    () => describe<Visit>()({ ...fields, more: text }),
    // @ts-expect-error: a number is no text
    () => describe<Visit>()({ ...fields, id: number }),
    // @ts-expect-error: a text is more than a choice
    () => describe<Visit>()({ ...fields, mode: text }),
    // @ts-expect-error: it may be undefined
    () => describe<Visit>()({ ...fields, seatsLeft: number }),
    // @ts-expect-error: it may not be undefined
    () => describe<Visit>()({ ...fields, id: optional(text) }),
    // @ts-expect-error: the key may be missing
    () => describe<Visit>()({ ...fields, note: optional(text) }),
    // @ts-expect-error: the key may not be missing
    () => describe<Visit>()({ ...fields, seatsLeft: leftOut(number) }),
    // @ts-expect-error: nothing tells whether there is one
    () => describe<Visit>()({ ...fields, place }),
  ]
  expect(wrong).toHaveLength(9)
  const column: string | null = VISIT.toRow(least).place_name
  expect(column).toBeNull()
})
