import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../federation/wire/json.ts'
import { addProof } from '../../federation/wire/proof.ts'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import { planRestoration } from '../../node/jobs/plan-readings.ts'
import { listEdits } from '../../node/store/accounts/acts.ts'
import {
  confirmClaims,
  listClaims,
  rejectClaims,
} from '../../node/store/backup/claimed-erasures.ts'
import { listOtherVersions, settleVersion } from '../../node/store/backup/other-versions.ts'
import {
  endWaiting,
  findRestoration,
  isClosed,
  saveRestoration,
  settleDirectory,
} from '../../node/store/backup/restoration.ts'
import { listAwaitedHosts, planUnsentEdits } from '../../node/store/backup/unsent-edits.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { toInstantText } from '../../node/store/database/columns.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { IS_FULL } from '../support/full.ts'
import { CAFE, until } from '../support/network.ts'
import {
  type Answer,
  LATER,
  minutesAgo,
  PATH,
  type RestoredPlace,
  startRestoredPlace,
} from './kit/restored-place.ts'

/** A restored place asks a lying directory what was deleted since its backup. */

const tombstone = (id: unknown, formerType = 'Event', deleted: unknown = LATER) => ({
  ...{ id, type: 'Tombstone', formerType, deleted },
})

describe('a directory that lies to a restored place', () => {
  let restored: RestoredPlace
  let place: RestoredPlace['place']
  let liar: RestoredPlace['liar']
  let join: RestoredPlace['join']
  let page: RestoredPlace['page']
  let ask: RestoredPlace['ask']
  let signAs: RestoredPlace['signAs']
  beforeAll(async () => {
    restored = await startRestoredPlace()
    ;({ place, liar, join, page, ask, signAs } = restored)
  }, 30_000)
  afterEach(async () => {
    const { db, now } = place.context
    const { items } = await listClaims(db, { limit: 1000 })
    await rejectClaims(db, { claims: items, by: OPERATOR }, now())
  })
  afterAll(() => restored.close())

  const claims = async () => (await listClaims(place.context.db, { limit: 1000 })).items
  const isShown = async (uri: string) =>
    (await fetch(uri, { headers: { accept: 'text/html' } })).status === 200

  test('can name nothing but cafés and profiles of this place', async () => {
    const mine = await place.publish()
    const { json } = await place.call('POST', '/cafes', {
      title: 'Brouillon',
      publication: 'draft',
    })
    const outcome = await ask(
      page(() => [
        ...[null, 1, 'x', [], {}, { type: 'Tombstone' }, tombstone(null), tombstone({ id: 1 })],
        tombstone('https://ailleurs.example/cafes/1'),
        tombstone(`${mine}#x`),
        tombstone(mine.toUpperCase()),
        tombstone(`${place.origin}/cafes/${randomUUID()}`),
        tombstone(json.id),
        tombstone(mine, 'Event', 'hier'),
        tombstone(mine, 'Event', { at: LATER }),
        { ...tombstone(mine), type: 'Delete' },
        { ...tombstone(mine), type: 'Profile', updated: LATER },
      ]),
    )
    expect(outcome).toMatchObject({ state: 'answered' })
    expect(await claims()).toEqual([])
    expect(await isShown(mine)).toBe(true)
    expect(await isClosed(place.context.db)).toBe(false)
  })

  test('can hide everything and delete nothing, and the team shows it again', async () => {
    const uris = await Promise.all(Array.from({ length: 12 }, () => place.publish()))
    const { db, now } = place.context
    const readCafes = () => db.selectFrom('cafe').selectAll().orderBy('id').execute()
    const before = await readCafes()
    await ask(page(() => uris.map((uri) => tombstone(uri))))
    const claimed = await claims()
    expect(claimed.map(({ subject }) => `${place.origin}/cafes/${subject}`).sort()).toEqual(
      uris.sort(),
    )
    expect(await Promise.all(uris.map(isShown))).not.toContain(true)
    const by = { kind: 'team', name: 'Andrée' } as const
    await rejectClaims(db, { claims: claimed, by }, now())
    expect(await Promise.all(uris.map(isShown))).not.toContain(false)
    const [{ subject: id = '' } = {}] = claimed
    expect(await listEdits(db, { type: 'cafe', id }, 9)).toMatchObject([
      { act: 'published', who: 'Andrée' },
      { act: 'changed', kind: 'directory', who: new URL(liar.origin).host },
      { act: 'created', kind: 'token' },
    ])
    const after = await readCafes()
    // To be hidden and shown again are changes, whose number and times are others.
    const withoutTime = (rows: typeof before) =>
      rows.map((row) => ({ ...row, updated_at: '', change_number: 0, changed_at: 0 }))
    expect(withoutTime(after)).toEqual(withoutTime(before))
    expect(await db.selectFrom('deletion').selectAll().execute()).toEqual([])
  })

  test('can hide a café that the backup has as planned, which is gone for ever or planned again', async () => {
    const { db, now } = place.context
    const plan = async () => {
      const publishAt = `${CAFE.startsAt.slice(0, 10)}T08:00`
      const { json } = await place.call('POST', '/cafes', { ...CAFE, publishAt })
      return String(json.id)
    }
    const [gone, kept] = [await plan(), await plan()]
    await ask(page(() => [tombstone(gone), tombstone(kept)]))
    const claimed = await claims()
    const decided = (uri: string) => ({
      claims: claimed.filter(({ subject }) => uri.endsWith(subject)),
      by: OPERATOR,
    })
    await confirmClaims(db, decided(gone), now())
    expect((await fetch(gone)).status).toBe(410)
    await rejectClaims(db, decided(kept), now())
    expect(await findCafeByUri(db, kept)).toMatchObject({
      ...{ publication: 'scheduled', publishedAt: undefined },
    })
  })

  describe('and gives texts', () => {
    /** Signs, as this place did before it was lost, another state of a café at this time. */
    async function sign(uri: string, change: object, updated: Temporal.Instant) {
      const { db } = place.context
      const read = await fetch(uri, { headers: { accept: 'application/activity+json' } })
      const { proof: _, ...document } = (await read.json()) as Json
      const key = await db
        .selectFrom('actor_key')
        .selectAll()
        .where('actor', '=', 'cafes')
        .where('algorithm', '=', 'ed25519')
        .executeTakeFirstOrThrow()
      const privateKey = createPrivateKey(key.private_pem)
      const signer = { privateKey, verificationMethod: key.key_id }
      const changed = { ...document, ...change, updated: updated.toString() }
      return addProof(changed, signer, updated)
    }
    /** A café as a backup of five minutes ago has it. */
    async function publishBefore(): Promise<string> {
      const uri = await place.publish()
      await until(async () => (await findCafeDocument(place.context.db, uri)) !== undefined)
      await setTime(uri, minutesAgo(5))
      return uri
    }
    const setTime = (uri: string, at: Temporal.Instant) =>
      place.context.db
        .updateTable('cafe')
        .set({ updated_at: toInstantText(at) })
        .where('uri', '=', uri)
        .execute()
    /** Removes a café as if the backup did not have it. */
    async function lose(uri: string) {
      const { db } = place.context
      await db.deleteFrom('cafe').where('uri', '=', uri).execute()
      await db.deleteFrom('gone_row').execute()
    }
    const versions = async () => (await listOtherVersions(place.context.db, { limit: 1000 })).items
    afterEach(() => place.context.db.deleteFrom('other_version').execute())
    async function edit(uri: string, title: string) {
      const { pathname } = new URL(uri)
      const { json } = await place.call('GET', pathname)
      const { status } = await place.call('PUT', pathname, { ...CAFE, title, uid: json.uid })
      expect(status).toBe(200)
    }
    /** What the place has signed and told of a café. */
    const toldOf = async (uri: string) => (await findCafeDocument(place.context.db, uri)) ?? ''
    async function endWaitingButAsk() {
      const { db, now, wake } = place.context
      await db.transaction().execute(endWaiting)
      await planUnsentEdits(db, now())
      wake()
    }
    const titleOf = async (uri: string) =>
      (await findCafeByUri(place.context.db, uri))?.title ?? undefined

    test('can give back only what this place signed of its own cafés', async () => {
      const lost = await publishBefore()
      const known = await publishBefore()
      const texts = [
        await sign(lost, { name: 'Perdu' }, minutesAgo(3)),
        await sign(known, { name: 'Changé depuis' }, minutesAgo(3)),
      ]
      const forged = [
        { ...texts[1], name: 'Faux', updated: minutesAgo(1).toString() },
        { ...texts[1], proof: undefined },
        await sign(
          known,
          { attributedTo: `${liar.origin}/actors/cafes`, name: 'Faux' },
          minutesAgo(2),
        ),
        await sign(known, { id: `${place.origin}/lieux/x`, name: 'Faux' }, minutesAgo(2)),
        await sign(known, { id: `${place.origin}/cafes/../x`, name: 'Faux' }, minutesAgo(2)),
      ]
      await lose(lost)
      const outcome = await ask(page(() => [...forged, ...texts, ...texts]))
      expect(outcome).toMatchObject({ state: 'answered', taken: 2, refused: 2 })
      expect(await titleOf(lost)).toBe('Perdu')
      expect(await titleOf(known)).toBe('Changé depuis')
      const [mine] = await place.context.db
        .selectFrom('cafe')
        .select(['organization_id', 'peer_id', 'reference'])
        .where('uri', '=', lost)
        .execute()
      expect(mine).toMatchObject({ peer_id: null, organization_id: expect.any(String) })
      // The address answers with the very text.
      const again = await fetch(lost, { headers: { accept: 'application/activity+json' } })
      expect(await again.json()).toEqual(texts[0])
    })

    test('cannot put back what is older, or newer than the restore, or what was deleted here', async () => {
      const older = await publishBefore()
      const later = await publishBefore()
      const deleted = await publishBefore()
      const texts = [
        await sign(older, { name: 'Plus vieux' }, minutesAgo(6)),
        await sign(later, { name: 'À venir' }, Temporal.Now.instant().add({ minutes: 30 })),
        await sign(deleted, { name: 'Supprimé' }, minutesAgo(2)),
      ]
      expect((await place.call('DELETE', new URL(deleted).pathname)).status).toBeLessThan(300)
      expect(await ask(page(() => texts))).toMatchObject({ taken: 0, refused: 0 })
      // A date after the restore says that a clock is wrong: the team decides.
      expect(await versions()).toMatchObject([{ reason: 'clock', cafe: { title: 'À venir' } }])
      for (const uri of [older, later]) expect(await titleOf(uri)).not.toMatch(/vieux|venir/)
      expect(await titleOf(deleted)).toBeUndefined()
    })

    test('gives back ten thousand cafés of which the backup knows nothing, each once', {
      timeout: 600_000,
    }, async () => {
      // Either is more than one reading may take: it goes on where it was.
      const [many, size] = IS_FULL ? [10_000, 50] : [180, 1]
      const [model, now] = [await publishBefore(), minutesAgo(3)]
      const text = JSON.stringify(await sign(model, { name: 'Revenu' }, now))
      const texts: Json[] = []
      for (let index = 0; index < many; index++) {
        const { proof: _, ...document } = JSON.parse(
          text.replaceAll(model.slice(-36), randomUUID()),
        ) as Json
        texts.push(await signAs('cafes', document, now))
      }
      const { db, now: clock, wake } = place.context
      const hurry = async () => {
        const due_at = toInstantText(clock())
        await db.updateTable('task').set({ due_at }).where('lease_until', 'is', null).execute()
        wake()
      }
      const hurrying = setInterval(() => void hurry(), 500)
      const began = performance.now()
      const outcome = await ask((response, query) => {
        const from = Number(query.get('page') ?? 0)
        const next = `${liar.origin}${PATH}?page=${from + size}`
        const items = () => texts.slice(from, from + size)
        page(items, from + size < many ? { next } : {})(response, query)
      })
      clearInterval(hurrying)
      const seconds = (performance.now() - began) / 1000
      if (IS_FULL) process.stdout.write(`${many} cafés came back in ${seconds.toFixed(1)} s\n`)
      expect(outcome).toMatchObject({ state: 'answered', taken: many, refused: 0 })
      const mine = db.selectFrom('cafe').select('uri').where('title', '=', 'Revenu')
      expect((await mine.execute()).length).toBe(many)
      await db.deleteFrom('cafe').where('title', '=', 'Revenu').execute()
    })

    test('leaves what was changed on both sides as it is here, and tells nobody before the team has chosen', async () => {
      const { db, now } = place.context
      const uri = await publishBefore()
      const text = await sign(uri, { name: 'Changé avant la panne' }, minutesAgo(2))
      await edit(uri, 'Changé depuis la remise')
      await setTime(uri, Temporal.Now.instant().add({ seconds: 30 }))
      await ask(page(() => [text]))
      expect(await titleOf(uri)).toBe('Changé depuis la remise')
      const [version] = await versions()
      expect(version).toMatchObject({ reason: 'both', cafe: { title: 'Changé avant la panne' } })
      await edit(uri, 'Changé encore')
      await sleep(1_500)
      expect(await toldOf(uri)).not.toContain('Changé encore')
      // Both are replaced by what the team chooses, whose date is later than theirs.
      const choice = { cafeId: version?.cafeId ?? '', by: OPERATOR, changesOf: () => [] }
      const stale = { ...choice, directory: undefined, seen: '2026-01-01T00:00:00Z' }
      expect(await settleVersion(db, stale, now())).toBe('stale')
      const seen = (await findCafeByUri(db, uri))?.updatedAt.toString() ?? ''
      expect(await settleVersion(db, { ...stale, seen }, now())).toBe('settled')
      await planUnsentEdits(db, now())
      place.context.wake()
      await until(async () => (await toldOf(uri)).includes('Changé encore'), { within: 15_000 })
      expect(await settleVersion(db, { ...stale, seen }, now())).toBe('gone')
    }, 40_000)

    test('gives back a café that a lost key has signed only once the team has read it', async () => {
      const { db, now } = place.context
      const [lost, known] = [await publishBefore(), await publishBefore()]
      const lostKey = generateKeyPairSync('ed25519').privateKey
      const method = `${place.origin}/actors/cafes#ed25519-key-20261128000000000`
      const byLostKey = async (uri: string, name: string, updated: Temporal.Instant) => {
        const { proof: _, ...document } = await sign(uri, { name }, updated)
        return addProof(document, { privateKey: lostKey, verificationMethod: method }, updated)
      }
      const texts = [
        await byLostKey(lost, 'Perdu', minutesAgo(3)),
        await byLostKey(
          known,
          'Changé par une clé perdue',
          Temporal.Now.instant().add({ minutes: 40 }),
        ),
      ]
      await lose(lost)
      expect(await ask(page(() => [...texts, ...texts]))).toMatchObject({ taken: 0, refused: 0 })
      expect(await titleOf(lost)).toBeUndefined()
      const waiting = await versions()
      expect(waiting.map(({ reason, cafe }) => `${reason} ${cafe.title}`).sort()).toEqual([
        'key Changé par une clé perdue',
        'key Perdu',
      ])
      for (const { cafeId, directory, cafe, known: here } of waiting) {
        const seen = here?.updatedAt.toString() ?? ''
        const choice = { cafeId, directory, seen, by: OPERATOR, changesOf: () => [] }
        expect(await settleVersion(db, choice, now())).toBe('settled')
        expect(await titleOf(cafe.uri)).toBe(cafe.title)
      }
      // A date that nobody of this site has signed binds it to nothing.
      const { updatedAt } = (await findCafeByUri(db, known)) ?? {}
      expect(updatedAt && now().until(updatedAt).total('minutes')).toBeLessThan(5)
      place.context.wake()
      await until(async () => (await toldOf(lost)).includes('Perdu'))
    }, 30_000)

    test('is told of no edit before it has answered, and others are told at once who need not wait', async () => {
      const { db } = place.context
      const uri = await publishBefore()
      expect(await ask((response) => response.writeHead(500).end())).toMatchObject({
        problem: 'unreachable',
      })
      await sleep(1_000)
      await edit(uri, 'Changé sans attendre')
      await endWaitingButAsk()
      expect(await listAwaitedHosts(db)).toEqual([new URL(liar.origin).host])
      await until(async () => (await toldOf(uri)).includes('Changé sans attendre'), {
        within: 15_000,
      })
      const text = await sign(uri, { name: 'Changé avant la panne' }, minutesAgo(2))
      liar.pages.set(PATH, (response) => page(() => [text])(response, new URLSearchParams()))
      await db.updateTable('task').set({ due_at: '2020-01-01T00:00:00Z' }).execute()
      place.context.wake()
      await until(async () => (await versions()).length > 0)
      await until(async () => (await listAwaitedHosts(db)).length === 0)
    }, 40_000)

    test('gives back two dates of one series, which have one UID', async () => {
      const [first, second] = [await publishBefore(), await publishBefore()]
      const uid = 'serie@agenda.example'
      const texts = [
        await sign(first, { name: 'Première date', uid }, minutesAgo(2)),
        await sign(
          second,
          {
            name: 'Seconde date',
            uid,
            startTime: '2030-05-06T18:00:00+02:00',
            endTime: '2030-05-06T20:00:00+02:00',
          },
          minutesAgo(2),
        ),
      ]
      await lose(first)
      await lose(second)
      expect(await ask(page(() => texts))).toMatchObject({ state: 'answered', taken: 2 })
      expect([await titleOf(first), await titleOf(second)]).toEqual([
        'Première date',
        'Seconde date',
      ])
    })

    test('is asked for all that an earlier restore had not learned', async () => {
      const { db } = place.context
      const uri = await publishBefore()
      const text = await sign(uri, { name: 'Changé avant la première panne' }, minutesAgo(3))
      await ask((response) => response.writeHead(500).end())
      const before = await findRestoration(db)
      await sleep(1_000)
      await edit(uri, 'Changé entre les deux pannes')
      // The second backup was made after the first restore.
      const at = Temporal.Now.instant()
      const uris = [`${liar.origin}/actors/instance`]
      await saveRestoration(db, { since: at, at, isLost: false, isClosed: false, uris })
      const after = await findRestoration(db)
      expect([after?.since, after?.splitAt].map(String)).toEqual(
        [before?.since, before?.splitAt].map(String),
      )
      liar.pages.set(PATH, (response) => page(() => [text])(response, new URLSearchParams()))
      await planRestoration(place.context)
      await until(async () => (await versions()).length > 0)
      expect(await titleOf(uri)).toBe('Changé entre les deux pannes')
    }, 30_000)

    test('cannot show what another directory says was deleted, whichever answers first', async () => {
      const { db, now } = place.context
      const [first, second] = [await publishBefore(), await publishBefore()]
      const texts = [
        await sign(first, { name: 'Un' }, minutesAgo(2)),
        await sign(second, { name: 'Deux' }, minutesAgo(2)),
      ]
      await lose(first)
      await lose(second)
      const other = 'https://autre.example/actors/instance'
      await join(other)
      await ask(
        page(() => [tombstone(first)]),
        [other],
      )
      await ask(
        page(() => texts),
        [other],
      )
      expect(await isShown(first)).toBe(false)
      expect(await isShown(second)).toBe(true)
      await ask(
        page(() => [tombstone(second)]),
        [other],
      )
      expect(await isShown(second)).toBe(false)
      const waiting = await claims()
      expect(waiting.map(({ name }) => name).sort()).toEqual(['Deux', 'Un'])
      await rejectClaims(db, { claims: waiting, by: OPERATOR }, now())
      expect(await isShown(first)).toBe(true)
      await settleDirectory(db, { uri: other, state: 'unable' })
    })
  })

  test('is asked from the beginning after a second restore, whatever was under way in the backup', async () => {
    const { db, now } = place.context
    const uri = await place.publish()
    const cursor = `${liar.origin}${PATH}?since=2026-01-01T00:00:00Z&texts=`
    const subject = `${liar.origin}/actors/instance`
    await enqueueTask(db, { kind: 'restoration', subject, cursor }, now().add({ hours: 1 }))
    await ask(page((query) => (query.has('texts') ? [] : [tombstone(uri)])))
    expect(await isShown(uri)).toBe(false)
  })

  test('can hide a profile, of which nothing is deleted', async () => {
    const { db, now } = place.context
    const { host } = new URL(liar.origin)
    const publish = (name: string, directories: string[]) =>
      publishTestFacilitator(place, { level: 'public', name, directories })
    const known = await publish('Camille', [host])
    const elsewhere = await publish('Dominique', ['autre.example'])
    const earlier = now()
      .subtract({ hours: 24 * 400 })
      .toString()
    const asked: string[] = []
    const person = (uri: string, deleted = LATER) => tombstone(uri, 'Profile', deleted)
    const about = (items: unknown[]) =>
      page((query) => {
        asked.push(...(query.get('facilitators') ?? '').split(','))
        return query.has('facilitators') ? items : []
      })
    await ask(about([person(elsewhere.uri), person(known.uri, earlier)]))
    expect(asked).toContain(known.handle)
    expect(asked).not.toContain(elsewhere.handle)
    expect(await claims()).toEqual([])

    await ask(about([person(known.uri)]))
    const [claim] = await claims()
    expect(claim).toMatchObject({ kind: 'facilitator', subject: known.id, name: 'Camille' })
    expect(await findFacilitatorByUri(db, known.uri)).toMatchObject({
      ...{ state: 'unpublished', presentation: known.presentation },
    })
    expect((await findFacilitatorByUri(db, elsewhere.uri))?.state).toBe('published')
    await confirmClaims(db, { claims: claim ? [claim] : [], by: OPERATOR }, now())
    expect(await findFacilitatorByUri(db, known.uri)).toBeUndefined()
  })

  test('that answers without end is not read any further, and the place opens', {
    timeout: 60_000,
  }, async () => {
    let pages = 0
    const outcome = await ask((response, query) => {
      pages += 1
      const next = `${liar.origin}${PATH}?since=2026-01-01T00:00:00Z&page=${pages}`
      page(() => [tombstone(`${place.origin}/cafes/${randomUUID()}`)], { next })(response, query)
    })
    expect(outcome).toEqual({
      ...{ uri: `${liar.origin}/actors/instance`, state: 'unable', problem: 'endless' },
      ...{ servers: 0, taken: 0, refused: 0, words: 0, aside: 0, followers: 'unable' },
    })
    expect(pages).toBeLessThan(200)
    expect(await isClosed(place.context.db)).toBe(false)
  })

  test.each<[string, 'unreachable' | 'unknown', Answer]>([
    ['a page for people', 'unreachable', (response) => response.end('<p>Bonjour')],
    ['500', 'unreachable', (response) => response.writeHead(500).end()],
    ['that it does not know who asks', 'unknown', (response) => response.writeHead(401).end()],
    [
      'another server’s word',
      'unreachable',
      (response) => response.writeHead(302, { location: `${place.origin}/actors/cafes` }).end(),
    ],
  ])('that answers %s makes the place wait and say so', async (_, problem, answer) => {
    expect(await ask(answer)).toMatchObject({ state: 'waiting', problem })
    expect(await isClosed(place.context.db)).toBe(true)
  })

  test('that has an earlier version cannot answer, and the place opens', async () => {
    expect(await ask((response) => response.writeHead(404).end())).toMatchObject({
      state: 'unable',
    })
    expect(await isClosed(place.context.db)).toBe(false)
  })
})
