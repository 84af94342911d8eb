import { afterEach, beforeEach, expect, test } from 'vitest'
import { agreementState, type Side } from '../../../node/domain/agreements/agreement.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { findAgreement, listAgreements } from '../../../node/store/agreements/agreements.ts'
import { saveStatement } from '../../../node/store/agreements/statements.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { reindexSomeCafes } from '../../../node/store/networks/cafes.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { listPendingChanges } from '../../../node/store/queues/changes.ts'
import { countCafes } from '../../../node/store/search/search.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { listStructures } from '../../../node/store/structures/structures.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const NOON = Temporal.Instant.from('2026-11-25T11:00:00Z')
const at = (seconds: number) => NOON.add({ seconds })
const structureUri = 'https://node.example/actors/cafes'

let db: OpenDatabase
let close: () => Promise<void>
let networkUri: string
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
  await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, NOON)
  const home = {
    organizationId: 'organization-1',
    origin: 'https://node.example',
    actorUri: 'https://node.example/actors/instance',
  }
  const description = { name: 'La Poste', presentation: '', website: undefined }
  networkUri = (await declareNetwork(db, { description, home, by: OPERATOR }, NOON)).uri
})
afterEach(() => close())

type Word = [Side, boolean, number]

const key = () => ({ kind: 'member-of', subjectUri: structureUri, objectUri: networkUri }) as const

const keep = ([side, isYes, second]: Word) =>
  saveStatement(db, { ...key(), side, isYes, at: at(second) }, NOON)

const permutations = (words: Word[]): Word[][] =>
  words.length < 2
    ? [words]
    : words.flatMap((word, index) =>
        permutations(words.toSpliced(index, 1)).map((rest) => [word, ...rest]),
      )

test.each<[string, Word[]]>([
  [
    'in-force',
    [
      ['subject', true, 1],
      ['object', true, 2],
    ],
  ],
  [
    'ended',
    [
      ['subject', true, 1],
      ['object', true, 2],
      ['subject', false, 3],
    ],
  ],
  [
    'invited',
    [
      ['subject', true, 1],
      ['object', false, 2],
      ['object', true, 3],
    ],
  ],
  [
    'in-force',
    [
      ['subject', true, 1],
      ['object', false, 2],
      ['object', true, 3],
      ['subject', true, 4],
    ],
  ],
])('%s, in whatever order the words come and however often', async (state, words) => {
  for (const order of permutations(words)) {
    await db.deleteFrom('agreement').execute()
    for (const word of [...order, ...order]) await keep(word)
    const found = await findAgreement(db, key())
    expect([order, found?.state]).toEqual([order, state])
    expect(found && agreementState(found)).toBe(state)
    const row = await db.selectFrom('agreement').select('active').executeTakeFirst()
    expect(Number(row?.active)).toBe(state === 'in-force' ? 1 : 0)
    const members = { kind: 'member-of', objectUri: networkUri } as const
    const listed = await listAgreements(db, members, { state: state as 'in-force' })
    expect(listed.items).toHaveLength(1)
  }
})

test('a name is given once, and another network of that name has a number', async () => {
  const home = { organizationId: 'organization-1', origin: 'https://node.example', actorUri: 'x' }
  const description = { name: 'La Poste', presentation: '', website: undefined }
  expect((await declareNetwork(db, { description, home, by: OPERATOR }, NOON)).slug).toBe(
    'la-poste-2',
  )
})

test('many cafés of a structure that joins are found some at a time; of one that left none at once', async () => {
  for (let number = 0; number < 250; number++) await saveCafe(db, aCafe())
  const found = () => countCafes(db, { from: NOON, network: 'la-poste' })
  await keep(['subject', true, 1])
  await keep(['object', true, 2])
  const changes = await listPendingChanges(db, at(3600), 10)
  expect(changes.map(({ change }) => change)).toContainEqual({
    type: 'network-cafes',
    structureUri,
    after: '',
  })
  expect(await found()).toBe(0)
  const first = await reindexSomeCafes(db, { structureUri, after: '' })
  expect(first.cafes).toHaveLength(200)
  expect(await found()).toBe(200)
  const rest = await reindexSomeCafes(db, { structureUri, after: first.next ?? '' })
  expect([rest.cafes.length, rest.next]).toEqual([50, undefined])
  expect(await found()).toBe(250)
  await keep(['object', false, 3])
  expect(await found()).toBe(0)
})

test('a structure’s cafés are counted as its network’s are: what is cancelled is neither to come nor held', async () => {
  const ended = { startsAt: at(-86_400), endsAt: at(-80_000) }
  for (const change of [
    {},
    { status: 'cancelled' as const },
    ended,
    { ...ended, status: 'cancelled' as const },
  ])
    await saveCafe(db, aCafe({ startsAt: at(86_400), endsAt: at(90_000), ...change }))
  const { items } = await listStructures(db, { now: NOON, limit: 5 })
  expect(items.map(({ toCome, held }) => [toCome, held])).toEqual([[1, 1]])
})
