import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PUBLIC, REPORT_CONTEXT } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'
import { fromReportNote } from '../../../federation/wire/reports/report-note.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Report } from '../../../node/domain/reports/report.ts'
import { readReportInput } from '../../../node/domain/reports/report-input.ts'
import { listJournal } from '../../../node/store/accounts/acts.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { createCafe } from '../../../node/store/cafes/own-cafes.ts'
import { listHiddenElsewhere } from '../../../node/store/directory/hidden-elsewhere.ts'
import { enqueueTask } from '../../../node/store/queues/tasks.ts'
import { decideShown } from '../../../node/store/referents/decide-shown.ts'
import {
  addressOfQuestion,
  addressOfReport,
  findPartText,
} from '../../../node/store/reports/hidden-parts.ts'
import { deleteOwnReport, saveOwnReport } from '../../../node/store/reports/own-reports.ts'
import { listQuestions } from '../../../node/store/reports/questions.ts'
import { findReport } from '../../../node/store/reports/reports.ts'
import { findPublicReport } from '../../../node/store/reports/shown-reports.ts'
import { listUncountedReports, saveCounted } from '../../../node/store/reports/uncounted-reports.ts'
import { findParticipants } from '../../../node/store/search/reported-counts.ts'
import { deleteCafes } from '../../../node/store/search-index/write-cafes.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { type Member, startMember, thisSecond } from '../../support/member.ts'
import { type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { readable } from '../../support/readable.ts'

/** What a place tells of its café reaches the directory, and nobody tells of somebody else's. */

const by = { kind: 'team', name: 'Camille' } as const
const begun = () => thisSecond().subtract({ hours: 3 })

describe('at a directory', () => {
  let hub: Site
  let node: Site
  let liar: Member
  let cafe: Cafe

  beforeAll(async () => {
    ;({ hub, node } = await startPair())
    liar = await startMember(hub)
    const { db, now, wake } = node.context
    const { id: organizationId = '' } = (await findSiteStructure(db)) ?? {}
    const startsAt = begun()
    const content = ownCafe({ startsAt, endsAt: startsAt.add({ minutes: 90 }) })
    const organizer = {
      ...{ uri: `${node.origin}/actors/cafes`, name: 'Lieu', url: `${node.origin}/` },
    }
    cafe = await createCafe(
      db,
      { content, organizationId, organizer, origin: node.origin, publication: 'published', by },
      now(),
    )
    wake()
    await until(() => here(cafe))
  })
  afterAll(async () => {
    await Promise.all([hub.close(), node.close(), liar.close()])
  })

  const here = (of: Cafe) => findCafeByUri(hub.context.db, of.uri)
  const known = async (of: Cafe): Promise<Report | undefined> =>
    findReport(hub.context.db, (await here(of))?.id ?? '')

  async function report(body: object): Promise<Report> {
    const read = readReportInput(body)
    if (read.problems) throw new Error(JSON.stringify(read.problems))
    const { db, now, wake } = node.context
    const told = { cafeId: cafe.id, told: read.input, seen: undefined, by }
    const saved = await saveOwnReport(db, told, now())
    if (saved.outcome !== 'saved') throw new Error(saved.outcome)
    wake()
    return saved.report
  }

  test('a report is received, changed, shown on the café’s page, and deleted for ever', async () => {
    const words = { text: 'Une belle soirée.', next: 'Rendez-vous en janvier.' }
    const questions = ['Qui décide ?', { text: 'Et l’eau ?', theme: 'environnement' }]
    const { uri = '' } = await report({ participants: 23, firstTimers: 8, questions, ...words })
    await until(() => known(cafe))
    expect(await known(cafe)).toMatchObject({
      ...{ uri, participants: 23, firstTimers: 8, isCounted: true, words: undefined },
      questions: [{ text: 'Qui décide ?' }, { text: 'Et l’eau ?', theme: 'environnement' }],
    })
    const page = async (site: Site, id = '') =>
      readable(await (await fetch(`${site.origin}/cafes/${id}`)).text())
    const id = (await here(cafe))?.id
    expect(await page(hub, id)).toContain('23 personnes, dont 8 pour la première fois')
    expect(await page(node, cafe.id)).toContain('Et l’eau ?')
    expect(await page(node, cafe.id)).not.toContain('Une belle soirée.')
    await report({ participants: 24, ...words, publish: ['text'] })
    await until(async () => (await known(cafe))?.participants === 24)
    expect(await page(hub, id)).toContain('Une belle soirée.')
    const { status, json } = await node.get(uri)
    expect([status, json]).toMatchObject([200, { type: 'Note', inReplyTo: cafe.uri }])
    await deleteOwnReport(node.context.db, { cafeId: cafe.id, by }, node.context.now())
    node.context.wake()
    await until(async () => (await known(cafe)) === undefined)
    expect((await node.get(uri)).status).toBe(404)
    const late = await report({ participants: 9 })
    expect(late.uri).not.toBe(uri)
    await until(async () => (await known(cafe))?.participants === 9)
  })

  test('who reads a place later reads its reports too, and nothing of those that are deleted', async () => {
    const { db, now, wake } = hub.context
    const { id = '', peerId = '' } = (await here(cafe)) ?? {}
    await deleteCafes(db, [id])
    expect(await here(cafe)).toBeUndefined()
    await enqueueTask(db, { kind: 'backfill', subject: peerId, requester: 'team' }, now())
    wake()
    await until(async () => (await known(cafe))?.participants === 9)
    const { text } = await node.get(`${node.origin}/actors/cafes/outbox?page=first`)
    expect(text).toContain('reports/')
    expect(text).not.toContain('Une belle soirée.')
  })

  const note = (of: Cafe, some: Json = {}): Json => ({
    '@context': REPORT_CONTEXT,
    id: `${new URL(of.uri).origin}/cafes/x/reports/${randomUUID()}`,
    type: 'Note',
    attributedTo: of.organizer.uri,
    inReplyTo: of.uri,
    to: [PUBLIC],
    ...{ published: thisSecond().toString(), held: true, participants: 12 },
    ...some,
  })
  const say = (type: string, object: unknown) =>
    liar.say({
      '@context': REPORT_CONTEXT,
      id: `${liar.origin}/activities/${randomUUID()}`,
      ...{ type, actor: liar.feed.uri, to: [PUBLIC], object },
    } as Json)
  const pastCafe = async (change: Partial<Cafe> = {}) => {
    const startsAt = begun()
    const of = liar.cafe({ startsAt, endsAt: startsAt.add({ minutes: 60 }) }, change)
    await liar.say(liar.activity('Create', of))
    await until(() => here(of))
    return of
  }
  const settled = () => untilAtRest(hub)

  test('nobody tells of the café of somebody else, nor of one to come or that is off', async () => {
    const before = await known(cafe)
    await say('Create', note(cafe, { id: `${liar.origin}/cafes/x/reports/1` }))
    await say('Create', note(cafe, { attributedTo: liar.feed.uri }))
    await say('Delete', { id: before?.uri, type: 'Tombstone' })
    const coming = liar.cafe()
    await liar.say(liar.activity('Create', coming))
    await until(() => here(coming))
    await say('Create', note(coming))
    const off = await pastCafe({ status: 'cancelled' })
    await say('Create', note(off))
    await settled()
    expect(await known(cafe)).toEqual(before)
    expect([await known(coming), await known(off)]).toEqual([undefined, undefined])
  })

  test('what is not public, absurd or older is not believed, and an Update after the Delete neither', async () => {
    const of = await pastCafe()
    await say('Create', note(of, { to: [liar.feed.uri] }))
    await say('Create', note(of, { participants: 1e9 }))
    await say('Create', note(of, { participants: -1 }))
    await settled()
    expect(await known(of)).toBeUndefined()
    const questions = [
      { name: 'Que dit Mme Martin ?' },
      { name: '<b>Qui ?</b>' },
      { name: 'Qui décide ?' },
      ...Array(10_000).fill({ name: 'Encore ?' }),
    ].slice(0, 100)
    const told = note(of, { questions })
    await say('Create', told)
    await until(() => known(of))
    expect((await known(of))?.questions.map(({ text }) => text)).toEqual([
      'Qui décide ?',
      'Encore ?',
    ])
    await say('Update', { ...told, participants: 90, updated: '2020-01-01T00:00:00Z' })
    await settled()
    expect(await known(of)).toMatchObject({ participants: 12 })
    await say('Delete', { id: told.id, type: 'Tombstone' })
    await until(async () => (await known(of)) === undefined)
    await say('Update', { ...told, updated: thisSecond().add({ minutes: 1 }).toString() })
    await settled()
    expect(await known(of)).toBeUndefined()
  })

  test('the address of one report is not that of another, nor of a café', async () => {
    const [one, other] = [await pastCafe(), await pastCafe()]
    const told = note(one)
    expect(await say('Create', told)).toBe(202)
    await until(() => known(one))
    expect(await say('Create', note(other, { id: told.id }))).toBe(202)
    await say('Create', note(other, { id: one.uri }))
    await settled()
    expect(await known(other)).toBeUndefined()
  })

  test('a number beyond belief is kept, and not counted', async () => {
    const of = await pastCafe()
    await say('Create', note(of, { participants: 100_000 }))
    await until(() => known(of))
    expect(await known(of)).toMatchObject({ participants: 100_000, isCounted: false })
  })

  test('the team lets a number count that was kept back; it stays so until another one is told', async () => {
    const { db, now } = hub.context
    const of = await pastCafe()
    const told = note(of, { participants: 90_000 })
    await say('Create', told)
    await until(() => known(of))
    const cafeId = (await here(of))?.id ?? ''
    const waiting = async () => (await listUncountedReports(db, 9)).map((one) => one.cafeId)
    expect(await waiting()).toContain(cafeId)
    expect(await saveCounted(db, { cafeId, participants: 12, by }, now())).toBe(false)
    expect(await saveCounted(db, { cafeId, participants: 90_000, by }, now())).toBe(true)
    expect(await waiting()).not.toContain(cafeId)
    expect((await findParticipants(db, [cafeId])).get(cafeId)).toBe(90_000)
    const updated = thisSecond().add({ minutes: 1 }).toString()
    await say('Update', { ...told, format: 'débat', updated })
    await until(async () => (await known(of))?.format === 'débat')
    expect(await known(of)).toMatchObject({ isCounted: true })
    expect(await listJournal(db, { act: 'report-counted', limit: 1 })).toMatchObject([
      { title: of.title, who: 'Camille' },
    ])
  })

  test('a hidden report or question is nowhere, also told anew, and its place reads why', async () => {
    const { db, now } = hub.context
    const told = { participants: 9, questions: ['Qui décide ?', 'Et l’eau ?'] }
    await report(told)
    await until(async () => (await known(cafe))?.questions.length === 2)
    const local = (await here(cafe)) ?? expect.fail('no café')
    const decide = async (uri: string, shown: boolean, reason = '') => {
      const kind = uri.endsWith('#bilan') ? 'report' : 'question'
      expect(await decideShown(db, { kind, uri, shown, reason, by }, now())).toBe(true)
      hub.context.wake()
    }
    const asked = async () =>
      (await listQuestions(db, { limit: 50, offset: 0 })).map(({ text }) => text)
    const shown = async () => (await findPublicReport(db, local))?.questions.map(({ text }) => text)
    const counted = async () => (await findParticipants(db, [local.id])).size
    const atPlace = async () =>
      listHiddenElsewhere(node.context.db, {
        organizationId: cafe.organizationId ?? '',
        now: node.context.now(),
      })

    const question = addressOfQuestion(cafe.uri, 'Qui décide ?')
    await decide(question, false, 'Elle vise quelqu’un.')
    expect(await asked()).not.toContain('Qui décide ?')
    expect(await asked()).toContain('Et l’eau ?')
    expect(await shown()).toEqual(['Et l’eau ?'])
    await until(async () => (await atPlace()).length === 1)
    const [hidden] = await atPlace()
    expect(hidden).toMatchObject({ cafeId: cafe.id, reason: 'Elle vise quelqu’un.' })
    expect(await findPartText(node.context.db, hidden ?? expect.fail())).toBe('Qui décide ?')

    await deleteOwnReport(node.context.db, { cafeId: cafe.id, by }, node.context.now())
    node.context.wake()
    await until(async () => (await known(cafe)) === undefined)
    await report({ ...told, questions: ['qui décide', 'Et l’eau ?'] })
    await until(() => known(cafe))
    expect(await shown()).toEqual(['Et l’eau ?'])

    const whole = addressOfReport(cafe.uri)
    expect(await counted()).toBe(1)
    await decide(whole, false, 'Ce nombre est inventé.')
    expect([await shown(), await counted(), await asked()]).toEqual([
      undefined,
      0,
      expect.not.arrayContaining(['Et l’eau ?']),
    ])
    await report({ ...told, participants: 10 })
    await until(async () => (await known(cafe))?.participants === 10)
    expect(await counted()).toBe(0)
    await until(async () => (await atPlace()).length === 2)
    expect(await listJournal(db, { act: 'report-hidden', limit: 1 })).toMatchObject([
      { title: cafe.title, reason: 'Ce nombre est inventé.' },
    ])

    await decide(whole, true)
    await decide(question, true)
    expect([await shown(), await counted()]).toEqual([told.questions, 1])
    await until(async () => (await atPlace()).length === 0)
  })
})

test.each([
  ['another origin', { inReplyTo: 'https://b.example/cafes/1' }],
  ['no number', { participants: undefined }],
  ['a number as text', { participants: '12' }],
  ['no café', { inReplyTo: undefined }],
])('a report with %s is none', (_what, some) => {
  const note = {
    ...{ id: 'https://a.example/r/1', inReplyTo: 'https://a.example/cafes/1', held: true },
    ...{ attributedTo: 'https://a.example/actors/cafes', participants: 12, ...some },
  }
  expect(fromReportNote(note as Json, thisSecond())).toBeUndefined()
})
