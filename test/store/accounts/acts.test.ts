import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Author } from '../../../node/domain/cafes/edit.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import {
  appendEdit,
  deleteOldActs,
  listAudit,
  listEdits,
  listJournal,
} from '../../../node/store/accounts/acts.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
beforeAll(async () => {
  server = await startWeb()
})
afterAll(() => server.stop())

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const inDays = (days: number) => now.add({ hours: days * 24 })
const changes = [{ name: 'title', before: 'Un titre' }]

test('of a program the last act of each kind is kept, of a person each', async () => {
  const { db } = server.context
  const subject = { type: 'cafe', id: 'read' } as const
  const calendar: Author = { kind: 'calendar', name: 'agenda.example' }
  const person: Author = { kind: 'team', name: 'Camille' }
  for (const [hours, by] of [calendar, person, calendar, person, calendar].entries())
    for (const act of ['changed', 'cancelled'] as const)
      await appendEdit(db, { by, subject, act, changes }, now.add({ hours }))
  const edits = await listEdits(db, subject, 99)
  expect(edits.map(({ who, act }) => `${who} ${act}`)).toEqual([
    'agenda.example cancelled',
    'agenda.example changed',
    'Camille cancelled',
    'Camille changed',
    'Camille cancelled',
    'Camille changed',
  ])
})

test('what is done under a mandate is one act: a year in the history of the café, three in the journal', async () => {
  const { db } = server.context
  const subject = { type: 'cafe', id: 'announced' } as const
  const by: Author = { kind: 'referent', name: 'Andrée', territory: '35' }
  const said = { about: 'Un café', reason: 'La salle est inondée' }
  await appendEdit(db, { by, subject, act: 'cancelled', changes, ...said }, now)
  const journal = () => listJournal(db, { territories: ['35'], limit: 9 })
  expect(await listEdits(db, subject, 9)).toMatchObject([{ who: 'Andrée', changes }])
  expect(await journal()).toMatchObject([{ act: 'cafe-situation', title: 'Un café' }])
  expect(await listJournal(db, { territories: ['22'], limit: 9 })).toEqual([])
  expect(await listAudit(db, 9)).toEqual([])

  await deleteOldActs(db, inDays(RETENTION_DAYS.edit))
  expect(await listEdits(db, subject, 9)).toEqual([])
  expect(await journal()).toMatchObject([{ act: 'cafe-situation', reason: said.reason }])
  const rows = db.selectFrom('act').selectAll().where('subject', '=', 'cafe announced')
  expect(JSON.stringify(await rows.execute())).not.toMatch('Un titre')

  await deleteOldActs(db, inDays(RETENTION_DAYS.journal))
  expect(await journal()).toEqual([])
})
