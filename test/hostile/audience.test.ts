import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest'
import { isOnPostgres } from '../support/database.ts'
import { activity, anEvent, CONTEXT } from '../support/hostile-stage.ts'
import { type ManyAuthors, openManyAuthors } from '../support/many-authors.ts'

/** An object that is not addressed to everybody is never shown to everybody, whatever way it came. */

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const FRIENDS = 'https://friends.example/followers'
/** One role is enough on PostgreSQL, since SQL decides alike for both. */
const ROLES = isOnPostgres ? (['hub'] as const) : (['hub', 'node'] as const)
const CAFE_IA = { tag: [{ type: 'Hashtag', name: '#CafeIA' }] }
const later = (minutes: number) =>
  Temporal.Now.instant().add({ minutes }).toString({ smallestUnit: 'second' })

const PRIVATE_WAYS: [string, object][] = [
  ['to followers only', { to: [FRIENDS] }],
  ['to followers, one text', { to: FRIENDS, cc: null }],
  ['to nobody', { to: [], cc: [] }],
  ['in copy to followers', { cc: [FRIENDS] }],
  ['in blind copy only', { bcc: [PUBLIC] }],
  ['to an audience', { audience: PUBLIC }],
  ['to something like Public', { to: ['public', `${PUBLIC}/x`, 'as:public', 'Public '] }],
  ['to an object without an id', { to: [{ type: 'Collection' }] }],
]

const PUBLIC_WAYS: [string, object][] = [
  ['to Public', { to: [PUBLIC] }],
  ['to Public, one text', { to: PUBLIC }],
  ['in copy to Public', { to: [FRIENDS], cc: [PUBLIC] }],
  ['to as:Public', { to: 'as:Public' }],
  ['to Public, by its short name', { cc: ['Public'] }],
  ['to Public as an object', { to: [{ id: PUBLIC }] }],
]

const PLACES = [
  '/',
  '/cafes',
  '/agenda.ics',
  '/agenda.atom',
  '/api/v1/cafes',
  '/export/cafes.csv',
  '/export/cafes.json',
  '/export/cafes.ndjson',
  '/export/cafes.jsonld',
]

describe.each(ROLES)('a café that reaches a %s', (role) => {
  let stage: ManyAuthors
  const cafe = (words: Record<string, unknown>) =>
    anEvent(stage.group, { ...CAFE_IA, to: undefined, ...words })
  const had: Record<string, unknown>[] = []
  beforeAll(async () => {
    stage = await openManyAuthors(role, ({ group }) => {
      const listed = (words: Record<string, unknown>) =>
        anEvent(group, { '@context': CONTEXT, ...CAFE_IA, to: undefined, ...words })
      had.push(
        listed({ name: 'Liste : pour tout le monde', to: PUBLIC }),
        listed({ name: 'Liste : secret', to: FRIENDS }),
        activity(group, 'Create', {
          to: FRIENDS,
          object: listed({ name: 'Liste : secret par son activité' }),
        }),
      )
      return had
    })
  })
  afterEach(() => stage.checkHealth())
  afterAll(() => stage?.close())

  const say = async (type: string, object: object, change: object = {}) => {
    const { group } = stage
    expect(await stage.say(group, activity(group, type, { object, ...change }))).toBe(202)
    await stage.settle()
  }

  /** Returns the text of all public pages. */
  async function readPages(): Promise<string> {
    const answers = await Promise.all(PLACES.map((path) => fetch(stage.server.origin + path)))
    return (await Promise.all(answers.map((answer) => answer.text()))).join('\n')
  }

  const expectRefused = async (name: string, way: () => Promise<void>) => {
    const refused = stage.counted('inbox:refused')
    await way()
    expect(stage.counted('inbox:refused')).toBe(refused + 1)
    expect(stage.server.query('select id from cafe where title = ?', name)).toEqual([])
    expect(stage.server.query('select id from change where body like ?', `%${name}%`)).toEqual([])
  }

  it.each(PRIVATE_WAYS)('%s is refused and counted', async (way, addressing) => {
    const name = `Secret ${way}`
    await expectRefused(name, () => say('Create', cafe({ name, ...addressing })))
    await expectRefused(name, () => say('Update', cafe({ name, ...addressing })))
    // Some software addresses the activity only.
    await expectRefused(name, () => say('Create', cafe({ name }), addressing))
    // The addressing of the café itself has precedence over that of its activity.
    await expectRefused(name, () => say('Create', cafe({ name, ...addressing }), { to: PUBLIC }))
    expect(await readPages()).not.toContain(name)
  })

  it('in blind copy, which its server has taken out, is refused and counted', async () => {
    const name = 'Secret en copie cachée'
    for (const type of ['Create', 'Update']) {
      await expectRefused(name, () => say(type, cafe({ name })))
      await expectRefused(name, () => say(type, cafe({ name }), { to: null, cc: null }))
    }
  })

  it.each(PUBLIC_WAYS)('%s is shown', async (way, addressing) => {
    const ofItself = cafe({ name: `Ouvert ${way}`, ...addressing })
    await say('Create', ofItself)
    expect(stage.find(ofItself.id)).toMatchObject({ hidden_reason: null })
    const byActivity = cafe({ name: `Ouvert par activité ${way}` })
    await say('Create', byActivity, addressing)
    expect(stage.find(byActivity.id)).toMatchObject({ hidden_reason: null })
  })

  test('is refused and counted when it is announced and not addressed to Public', async () => {
    const object = cafe({ name: 'Secret annoncé', to: FRIENDS })
    stage.serve(object)
    await expectRefused('Secret annoncé', () => say('Announce', object.id as unknown as object))
  })

  test('is left out of a list where it is not addressed to Public', () => {
    const shown = stage.titles().filter((title) => title.startsWith('Liste'))
    expect(shown).toEqual(['Liste : pour tout le monde'])
  })

  test('is removed everywhere once it is no longer addressed to Public, and is back once it is again', async () => {
    const object = cafe({ name: 'Café retiré', to: PUBLIC })
    await say('Create', object)
    const id = stage.find(object.id)?.id
    expect(await readPages()).toContain('Café retiré')
    const withdrawn = { ...object, name: 'Devenu secret', to: FRIENDS, updated: later(5) }
    await say('Update', withdrawn)
    expect(await readPages()).not.toMatch(/Café retiré|Devenu secret/)
    expect((await fetch(`${stage.server.origin}/cafes/${id}`)).status).toBe(404)
    expect((await fetch(`${stage.server.origin}/cafes/${id}.ics`)).status).toBe(404)
    // Messages that are late, repeated or out of order do not restore an older state.
    await say('Create', object)
    await say('Update', { ...object, updated: later(4) })
    await say('Update', withdrawn)
    expect(await readPages()).not.toMatch(/Café retiré|Devenu secret/)
    await say('Update', { ...object, name: 'Café revenu', to: PUBLIC, updated: later(10) })
    expect(await readPages()).toContain('Café revenu')
    expect(stage.find(object.id)?.id).toBe(id)
  })

  test('is removed also when the withdrawal has no date and it was changed since it was published', async () => {
    const object = cafe({ name: 'Retiré sans date', to: PUBLIC, updated: later(5) })
    await say('Create', object)
    await say('Update', { ...object, to: FRIENDS, updated: undefined })
    expect(await readPages()).not.toContain('Retiré sans date')
    await say('Create', object)
    expect(await readPages()).not.toContain('Retiré sans date')
  })

  test('is removed when only its own address says so, and it is announced again', async () => {
    const object = cafe({ name: 'Retiré chez lui', to: PUBLIC })
    await say('Create', object)
    stage.serve({ ...object, to: FRIENDS })
    await say('Announce', object.id as unknown as object)
    expect(await readPages()).not.toContain('Retiré chez lui')
  })
})
