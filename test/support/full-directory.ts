import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { saveCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { aCafe, someCafes } from './some-cafes.ts'

/** The most bytes of a description that a peer may send (`federation/wire/read-event.ts`). */
const DESCRIPTION_BYTES = 64 * 1024

/**
 * Makes the data folder of a directory that has heard of so many cafés, to be given to a server as its `DATA`. Fat ones
 * have the longest text that a peer may send in every field: about 250 kB each with the signed text.
 */
export async function fillDirectory({
  fat,
  ordinary,
  own = 0,
}: {
  fat: number
  ordinary: number
  /** Past cafés of the directory itself, which its exports leave out. */
  own?: number
}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-full-'))
  const db = await openDatabase(join(folder, 'cafe-ia.sqlite'))
  const now = Temporal.Now.instant()
  const origin = 'https://membre.example'
  const peer = await upsertPeer(db, { actorUri: `${origin}/actors/instance`, name: 'Un membre' })
  await setMembership(db, peer.id, 'member', now)
  const cafes = [
    ...Array.from({ length: fat }, (_, index) => fatCafe(index, now)),
    ...someCafes(ordinary, now),
  ].map((cafe) => ({
    ...cafe,
    peerId: peer.id,
    organizationId: undefined,
    publication: 'published' as const,
  }))
  for (let start = 0; start < cafes.length; start += 200)
    await saveAll(db, cafes.slice(start, start + 200))
  await saveOwn(db, own, now)
  await db.destroy()
  return folder
}

async function saveOwn(db: OpenDatabase, count: number, now: Temporal.Instant): Promise<void> {
  const organization = { id: crypto.randomUUID(), slug: 'equipe', name: 'L’équipe' }
  await insertOrganization(db, organization, now)
  const past = someCafes(count, now.subtract({ hours: 24 * 400 }))
  await db.transaction().execute(async (trx) => {
    for (const cafe of past)
      await saveCafe(trx, {
        ...cafe,
        uri: `http://annuaire.example/cafes/${cafe.id}`,
        organizationId: organization.id,
        peerId: undefined,
        publication: 'published',
      })
  })
}

const saveAll = (db: OpenDatabase, cafes: readonly Cafe[]): Promise<void> =>
  db.transaction().execute(async (trx) => {
    for (const cafe of cafes) {
      await saveCafe(trx, cafe)
      const { uri, title, descriptionHtml } = cafe
      const body = JSON.stringify({ id: uri, type: 'Event', name: title, content: descriptionHtml })
      await saveCafeDocument(trx, { uri, body })
    }
  })

const words = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index} ${'mot '.repeat(length)}`.slice(0, length))

/** Paragraphs of a line each, as many as a peer may send. */
const DESCRIPTION = '<p>Une ligne, une deuxième, une troisième et une dernière.</p>'

function fatCafe(index: number, now: Temporal.Instant): Cafe {
  const startsAt = now.add({ hours: 24 * (1 + (index % 20)) }).round('hour')
  return aCafe({
    title: `Café volumineux ${index} ${'mot '.repeat(70)}`.slice(0, 300),
    summary: 'mot '.repeat(50).trim(),
    descriptionHtml: DESCRIPTION.repeat(DESCRIPTION_BYTES / DESCRIPTION.length),
    startsAt,
    endsAt: startsAt.add({ hours: 24 * 30 }),
    statusNote: 'mot '.repeat(125).trim(),
    speakers: words(20, 80),
    themes: words(20, 80),
    audiences: words(20, 80),
    support: 'mot '.repeat(63).trim(),
    organizer: {
      uri: 'https://membre.example/actors/cafes',
      name: 'Un membre '.repeat(30).trim(),
      url: 'https://membre.example/',
    },
    venue: {
      id: undefined,
      name: `Lieu ${index} ${'mot '.repeat(20)}`.trim(),
      streetAddress: 'mot '.repeat(60).trim(),
      postalCode: '35000',
      commune: 'Rennes',
      codeInsee: '35238',
      departement: '35',
      region: '53',
      latitude: 48.11,
      longitude: -1.68,
    },
  })
}
