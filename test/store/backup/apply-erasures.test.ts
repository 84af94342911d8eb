import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { decideDeletion, OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { insertAccount } from '../../../node/store/accounts/accounts.ts'
import { saveEdit } from '../../../node/store/accounts/saved-edit.ts'
import { changeRole } from '../../../node/store/accounts/team.ts'
import { applyErasures } from '../../../node/store/backup/apply-erasures.ts'
import { appendErasures, readErasures } from '../../../node/store/backup/erasure-journal.ts'
import { writeSnapshot } from '../../../node/store/backup/snapshot.ts'
import { findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { inTransaction, type OpenDatabase } from '../../../node/store/database/database.ts'
import { findTombstone } from '../../../node/store/directory/deletions.ts'
import { setCafeFacilitators } from '../../../node/store/facilitators/cafe-facilitators.ts'
import { saveFacilitator } from '../../../node/store/facilitators/facilitators.ts'
import { isAlwaysNamed, saveNamingAnswer } from '../../../node/store/facilitators/namings.ts'
import { listLedUris } from '../../../node/store/facilitators/recipients.ts'
import { deleteFlagWords } from '../../../node/store/flags/forget-flags.ts'
import {
  addManager,
  isNetworkManager,
  removeManager,
} from '../../../node/store/networks/managers.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import {
  deleteRegistration,
  listRegistrations,
} from '../../../node/store/registrations/registrations.ts'
import type { Seating } from '../../../node/store/registrations/seating.ts'
import {
  addRegistration,
  endRegistration,
  shareSeats,
} from '../../../node/store/registrations/seats.ts'
import { deleteReport, findReport, saveReport } from '../../../node/store/reports/reports.ts'
import {
  createResource,
  findOwnResource,
  OWN_RESOURCE,
} from '../../../node/store/resources/resources.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { aFacilitator } from '../../support/facilitator.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { aReport } from '../../support/report.ts'

/** Checks what a restored database shows of changes that were made after the backup. */

const NOW = Temporal.Instant.from('2026-11-25T03:00:00Z')
const ORGANIZATION = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }

let folder: string
let database: TestDatabase
let db: OpenDatabase
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-erasures-'))
  database = await createTestDatabase(folder)
  db = await openDatabase(database.address)
  await insertOrganization(db, ORGANIZATION, NOW)
})
afterEach(async () => {
  await db.destroy()
  await database.remove()
  await rm(folder, { recursive: true, force: true })
})

const backUp = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await writeSnapshot({ database: database.address, path, mediaFolder: folder })
  return path
}

/** Applies the journal of erasures to a backup and returns what `read` finds in it. */
async function restored<T>(path: string, read: (db: OpenDatabase) => Promise<T>): Promise<T> {
  await appendErasures(db, folder)
  const copy = await openDatabase(path)
  try {
    const isGone = await readErasures(copy, [folder], NOW)
    if (isGone) await applyErasures(copy, isGone, NOW)
    return await read(copy)
  } finally {
    await copy.destroy()
  }
}

test('what a person no longer says of themselves is not shown again; what they said last is', async () => {
  const profile = aFacilitator({
    organizationId: ORGANIZATION.id,
    photo: undefined,
    presentation: 'Je suis suivie à l’hôpital.',
    updatedAt: NOW,
  })
  await saveFacilitator(db, profile, NOW)
  const contact = { email: 'camille@chez-elle.example', confirmed_at: null, is_adult_at: null }
  await db
    .insertInto('facilitator_contact')
    .values({ facilitator_id: profile.id, ...contact })
    .execute()
  const older = await backUp('older')
  const updatedAt = NOW.add({ seconds: 1 })
  await saveFacilitator(db, { ...profile, presentation: 'J’aime le thé.', updatedAt }, NOW)
  const newer = await backUp('newer')
  const read = (copy: OpenDatabase) =>
    copy.selectFrom('facilitator').select(['state', 'presentation']).executeTakeFirst()
  expect(await restored(older, read)).toMatchObject({ state: 'unpublished' })
  expect(await restored(newer, read)).toEqual({
    state: 'published',
    presentation: 'J’aime le thé.',
  })
})

test('who administers no more does not again; who does again stays', async () => {
  const accounts = []
  for (const name of ['stays', 'lowered', 'again'])
    accounts.push(
      await insertAccount(
        db,
        {
          email: `${name}@cafes.example`,
          organizationId: ORGANIZATION.id,
          role: 'administrator',
        },
        NOW,
      ),
    )
  const [, lowered, again] = accounts.map(({ id }) => ({
    accountId: id,
    organizationId: ORGANIZATION.id,
  }))
  if (!lowered || !again) throw new Error('no accounts')
  const path = await backUp('older')
  await changeRole(db, { ...lowered, role: 'editor' })
  await changeRole(db, { ...again, role: 'editor' })
  await changeRole(db, { ...again, role: 'administrator' })
  const roles = await restored(path, (copy) =>
    copy
      .selectFrom('role')
      .innerJoin('account', 'account.id', 'role.account_id')
      .select(['account.email', 'role.role'])
      .orderBy('account.email')
      .execute(),
  )
  expect(roles).toEqual([
    { email: 'again@cafes.example', role: 'administrator' },
    { email: 'lowered@cafes.example', role: 'editor' },
    { email: 'stays@cafes.example', role: 'administrator' },
  ])
})

test('who no longer looks after a network does not again, with an account that goes on', async () => {
  const { id, slug } = { id: 'network-1', slug: 'reseau' }
  await db
    .insertInto('network')
    .values({
      ...{ id, slug, name: 'Réseau', uri: 'https://cafes.example/reseaux/reseau' },
      ...{ actor_uri: 'https://cafes.example/actors/instance', organization_id: ORGANIZATION.id },
      ...{ website: null, peer_id: null, ended_at: null, presentation: '' },
      ...{ created_at: '2026-11-01T00:00:00Z', updated_at: '2026-11-01T00:00:00Z' },
    })
    .execute()
  const email = 'reseau@cafes.example'
  await insertAccount(db, { email, organizationId: ORGANIZATION.id, role: 'editor' }, NOW)
  const { accountId } = await addManager(db, { networkId: id, email }, NOW)
  const older = await backUp('older')
  await removeManager(db, { networkId: id, accountId })
  await addManager(db, { networkId: id, email }, NOW.add({ hours: 1 }))
  const newer = await backUp('newer')
  const read = (copy: OpenDatabase) => isNetworkManager(copy, accountId)
  expect(await restored(older, read)).toBe(false)
  expect(await restored(newer, read)).toBe(true)
})

test('who has erased a registration, or cancelled it, does not come again, and gives the seat back', async () => {
  const startsAt = NOW.add({ hours: 240 })
  const registration = { mode: 'local', url: undefined, capacity: 5, seatsLeft: 5, waitlist: true }
  const cafe = {
    ...ownCafe({ startsAt, endsAt: startsAt.add({ hours: 2 }), registration } as Partial<Cafe>),
    organizationId: ORGANIZATION.id,
  }
  await saveCafe(db, cafe)
  const asked = {
    side: 'onsite',
    seats: 1,
    phone: undefined,
    actorUri: undefined,
    needs: [],
  } as const
  const by = { source: 'team', isByAdult: false, formToken: undefined } as const
  const inSeats = (work: (seating: Seating) => Promise<unknown>) =>
    shareSeats({ db, now: () => NOW }, cafe.id, work)
  const add = (name: string) =>
    inSeats((seating) =>
      addRegistration(seating, { ...asked, ...by, name, email: `${name}@mail.example` }),
    )
  for (const name of ['stays', 'cancels', 'erases']) await add(name)
  const path = await backUp('older')
  await inSeats(async (seating) => {
    const of = (name: string) => seating.open.find((one) => one.name === name) ?? expect.fail()
    const [cancels, erases] = [of('cancels'), of('erases')]
    await endRegistration(seating, cancels)
    await endRegistration(seating, erases)
    await deleteRegistration(seating.trx, erases.id)
  })
  const read = async (copy: OpenDatabase) => ({
    people: (await listRegistrations(copy, cafe.id)).map(({ name, state }) => [name, state]),
    seatsLeft: (await findCafe(copy, cafe.id))?.registration.seatsLeft,
  })
  expect(await restored(path, read)).toEqual({
    people: [
      ['stays', 'confirmed'],
      ['cancels', 'cancelled'],
    ],
    seatsLeft: 4,
  })
})

test('a report that was deleted is not there again; of one that was changed, nobody reads what it said', async () => {
  const [one, other] = ['a', 'b'].map((id) => ({
    ...ownCafe({}),
    ...{ id, uri: `https://mediatheque.example/cafes/${id}`, uid: `${id}@mediatheque.example` },
    organizationId: ORGANIZATION.id,
  }))
  const reports = [one, other].map((cafe) =>
    aReport({ cafeId: cafe?.id ?? '', organizationId: ORGANIZATION.id, isTextPublic: true }),
  )
  for (const cafe of [one, other]) if (cafe) await saveCafe(db, cafe)
  for (const report of reports) await saveReport(db, report)
  const path = await backUp('reports.sqlite')
  const [deleted, changed] = reports
  await deleteReport(db, deleted?.cafeId ?? '')
  if (changed) await saveReport(db, { ...changed, questions: [], updatedAt: NOW })
  const left = await restored(path, async (copy) => [
    await findReport(copy, deleted?.cafeId ?? ''),
    await findReport(copy, changed?.cafeId ?? ''),
  ])
  expect(left).toEqual([undefined, { ...changed, questions: [], isTextPublic: false }])
})

test('who took back that a café names them is not named again; who said yes again is', async () => {
  const person = aFacilitator({ organizationId: ORGANIZATION.id, photo: undefined, updatedAt: NOW })
  await saveFacilitator(db, person, NOW)
  const contact = { email: 'camille@chez-elle.example', confirmed_at: null, is_adult_at: null }
  await db
    .insertInto('facilitator_contact')
    .values({ facilitator_id: person.id, ...contact })
    .execute()
  const cafes = ['refused', 'again', 'stays'].map((id) => ({
    ...ownCafe({}),
    ...{ id, uri: `https://mediatheque.example/cafes/${id}`, uid: `${id}@mediatheque.example` },
    organizationId: ORGANIZATION.id,
  }))
  for (const cafe of cafes) {
    await saveCafe(db, cafe)
    const named = { cafeId: cafe.id, facilitatorIds: [person.id] }
    await inTransaction(db, (trx) => setCafeFacilitators(trx, named, NOW))
  }
  await saveNamingAnswer(db, person.id, { answer: 'always' }, NOW)
  const path = await backUp('namings')
  await saveNamingAnswer(db, person.id, { answer: 'ask' }, NOW)
  for (const cafeId of ['refused', 'again'])
    await saveNamingAnswer(db, person.id, { cafeId, answer: 'no' }, NOW)
  await saveNamingAnswer(db, person.id, { cafeId: 'again', answer: 'yes' }, NOW)
  const read = async (copy: OpenDatabase) => ({
    led: [...(await listLedUris(copy, person.id))].map((uri) => uri.split('/').at(-1)).sort(),
    isAlways: await isAlwaysNamed(copy, person.id),
  })
  expect(await restored(path, read)).toEqual({ led: ['again', 'stays'], isAlways: false })
})

test('what was flagged and then erased stays erased, and a resource that was deleted answers so', async () => {
  const resource = await createResource(
    db,
    {
      content: {
        ...{ title: 'Le débat', summary: 'Une heure', kind: 'debate', audiences: [] },
        ...{ groupMin: undefined, groupMax: undefined, minutes: undefined, material: [] },
        ...{ needsComputer: false, level: 'beginner', language: 'fr', licence: 'CC-BY-4.0' },
        ...{ author: 'Sacha', themes: [], descriptionMarkdown: undefined, descriptionHtml: '' },
        link: undefined,
      },
      home: {
        organizationId: ORGANIZATION.id,
        origin: 'https://mediatheque.example',
        owner: { uri: 'https://mediatheque.example/actors/cafes', name: ORGANIZATION.name },
      },
      by: OPERATOR,
    },
    NOW,
  )
  const at = NOW.toString()
  await db
    .insertInto('flag_case')
    .values({
      ...{ id: 'case', kind: 'resource', uri: resource.uri, name: resource.title, reason: 'other' },
      ...{ total: 2, opened_at: at, due_at: at, is_for_team: 1, answer: '' },
    })
    .execute()
  for (const id of ['erased', 'stays'])
    await db
      .insertInto('flag')
      .values({
        ...{ id, case_id: 'case', reason: 'other', at, host: null },
        ...{ words: 'Je connais cette personne.', email: `${id}@mail.example` },
      })
      .execute()
  const path = await backUp('flags')
  await deleteFlagWords(db, 'erased')
  const edit = { by: OPERATOR, seen: undefined, id: resource.id, decide: decideDeletion }
  await saveEdit(db, OWN_RESOURCE, edit, NOW)
  const read = async (copy: OpenDatabase) => ({
    flags: await copy.selectFrom('flag').select(['id', 'words', 'email']).orderBy('id').execute(),
    resource: await findOwnResource(copy, { id: resource.id }),
    isGone: (await findTombstone(copy, resource.uri, 'resource')) !== undefined,
  })
  expect(await restored(path, read)).toEqual({
    flags: [
      { id: 'erased', words: '', email: null },
      { id: 'stays', words: 'Je connais cette personne.', email: 'stays@mail.example' },
    ],
    resource: undefined,
    isGone: true,
  })
})
