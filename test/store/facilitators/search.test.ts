import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  FACILITATOR_FIELDS,
  FACILITATOR_TITLES,
  type Facilitator,
  LEVELS,
  TRAININGS,
  visibleTo,
} from '../../../node/domain/facilitators/facilitator.ts'
import { distanceKm } from '../../../node/geo/distance.ts'
import { lookUpPlace } from '../../../node/geo/places.ts'
import { findTerritory, territoryOf } from '../../../node/geo/territories.ts'
import { parentsOf } from '../../../node/geo/territory-family.ts'
import { placeColumns } from '../../../node/routes/facilitators/form.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveFacilitator } from '../../../node/store/facilitators/facilitators.ts'
import {
  type FacilitatorQuery,
  type FoundFacilitator,
  listFacilitators,
} from '../../../node/store/facilitators/search.ts'
import { wordsOf } from '../../../node/store/facilitators/search-entries.ts'
import { ensureFacilitatorEntries } from '../../../node/store/facilitators/search-rebuild.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { foldWords, searchWords } from '../../../node/store/search-index/fold-words.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aFacilitator } from '../../support/facilitator.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const PEOPLE = 400

let db: OpenDatabase
let close: () => Promise<void>
const people: Facilitator[] = []
/** The ids of the servers whose profiles are shown; undefined stands for our own. */
const trusted = new Set<string | undefined>([undefined])

/** Returns pseudo-random numbers, equal at each run. */
let state = 7
const below = (n: number): number => {
  state = (state * 48_271) % 2_147_483_647
  return state % n
}
const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T
const someOf = <T>(values: readonly T[]): T[] => values.filter(() => below(3) === 0)

const NAMES = ['Anaïs', 'Émile', 'Zoé', 'Œuvrard', 'de La Tour', 'Marie-Jeanne', 'Ali', 'Élodie']
const THEMES = ['Emploi et formation', 'école', 'vie privée', 'l’eau', 'art', 'arts | métiers']
const FORMATS = ['débat mouvant', 'atelier', 'Atelier d’écriture', 'jeu']
const TERRITORIES = [
  ...['c-35238', 'c-35051', 'e-243500139', '35', 'r-53', 'c-29019', '29', 'c-26113', 'r-84'],
  ...['c-97411', '974', 'c-75056', 'c-69383', '2A'],
]

const someone = (peerIds: readonly string[]): Facilitator => {
  const id = crypto.randomUUID()
  const territory = findTerritory(oneOf(TERRITORIES))
  const peerId = oneOf([undefined, ...peerIds])
  const uri = `https://${peerId ?? 'node'}.example/animation/${id}`
  return aFacilitator({
    ...{ id, handle: id, uri, url: uri, peerId },
    organizationId: peerId === undefined ? 'organization-1' : undefined,
    name: `${oneOf(NAMES)} ${oneOf(NAMES)}`,
    word: oneOf(FACILITATOR_TITLES),
    ...(territory && placeColumns(territory)),
    radiusKm: oneOf([undefined, 0, 10, 50, 100]),
    formats: someOf(FORMATS),
    themes: someOf(THEMES),
    languages: someOf(['fr', 'en', 'br', 'pt-BR']),
    training: oneOf([undefined, ...TRAININGS]),
    availability: oneOf([undefined, 'Le soir, le samedi']),
    presentation: oneOf([undefined, 'Je lance le débat.', 'Ingénieure à la retraite']),
    photo: undefined,
    level: oneOf(['public', 'public', 'public', ...LEVELS] as const),
    fieldLevels: Object.fromEntries(
      FACILITATOR_FIELDS.flatMap((field) => (below(8) === 0 ? [[field, oneOf(LEVELS)]] : [])),
    ),
    state: oneOf(['published', 'published', 'published', 'unpublished'] as const),
    expiresAt: oneOf([
      now.add({ hours: 24 }),
      now.add({ hours: 9_000 }),
      now.subtract({ hours: 1 }),
    ]),
  })
}

beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
  await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, now)
  const peer = async (name: string, membership: 'member' | 'left') => {
    const actorUri = `https://${name}.example/actors/instance`
    const { id } = await upsertPeer(db, { actorUri, name })
    await setMembership(db, id, membership, now)
    return id
  }
  const member = await peer('membre', 'member')
  trusted.add(member)
  const peerIds = [member, await peer('parti', 'left')]
  await db.transaction().execute(async (trx) => {
    for (let count = 0; count < PEOPLE; count++) {
      const facilitator = someone(peerIds)
      people.push(facilitator)
      await saveFacilitator(trx, facilitator, now)
    }
  })
})
afterAll(() => close())

/** Returns the expected result: each profile alone is compared with the query, as this audience sees it. */
function bruteForce(query: FacilitatorQuery): FoundFacilitator[] {
  const { near } = query
  const kmOf = ({ latitude, longitude }: Facilitator) =>
    near && latitude !== undefined && longitude !== undefined
      ? distanceKm({ latitude, longitude }, near)
      : undefined
  return people
    .filter(({ peerId }) => trusted.has(peerId))
    .flatMap((facilitator) => visibleTo(facilitator, query.audience, now) ?? [])
    .filter((facilitator) => isWanted(facilitator, query, kmOf(facilitator)))
    .map((facilitator) => ({ ...facilitator, ...(near && { distanceKm: kmOf(facilitator) }) }))
    .sort(
      (one, other) =>
        (one.distanceKm ?? 0) - (other.distanceKm ?? 0) ||
        compare(foldWords(one.name).trim(), foldWords(other.name).trim()) ||
        compare(one.id, other.id),
    )
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other))

function isWanted(facilitator: Facilitator, query: FacilitatorQuery, km: number | undefined) {
  const { near, territory, word, training, language, format, theme } = query
  const own = facilitator.territory
  const isNamed = (names: readonly string[], wanted: string | undefined) =>
    wanted === undefined || names.some((name) => foldWords(name).includes(foldWords(wanted)))
  const isAround = () => {
    const theirs = own === undefined ? undefined : findTerritory(own)
    if (!theirs || !territory) return false
    const chain = (one: typeof theirs) => [one.code, ...parentsOf(one).map(({ code }) => code)]
    return chain(theirs).includes(territory.code) || chain(territory).includes(theirs.code)
  }
  const isReached = () =>
    near?.within.some(({ code }) => code === own) ||
    (km !== undefined && km <= Math.max(near?.radiusKm ?? 0, facilitator.radiusKm ?? 0))
  return (
    (!query.isOurs || facilitator.organizationId !== undefined) &&
    (!word || facilitator.word === word) &&
    (!training || facilitator.training === training) &&
    (!language || facilitator.languages.includes(language)) &&
    isNamed(facilitator.formats, format) &&
    isNamed(facilitator.themes, theme) &&
    searchWords(query.q ?? '').every((each) => wordsOf(facilitator).includes(` ${each}`)) &&
    (!territory || isAround()) &&
    (!near || isReached())
  )
}

const nearOf = (typed: string, radiusKm: number) => {
  const answer = lookUpPlace(typed)
  if (answer.kind !== 'commune') throw new Error(`no single town is called ${typed}`)
  const { latitude, longitude } = answer.commune
  return { latitude, longitude, radiusKm, within: territoryOf(answer.commune) }
}

const ASKED: Partial<FacilitatorQuery>[] = [
  {},
  { isOurs: true },
  ...['35000', '29200 Brest', '26150 Die', '97400 Saint-Denis', '75001'].flatMap((typed) =>
    [5, 30, 500].map((radiusKm) => ({ near: nearOf(typed, radiusKm) })),
  ),
  { near: { latitude: 48, longitude: -2, radiusKm: 80, within: [] } },
  ...['c-35238', 'e-243500139', '35', 'r-53', 'r-84', '974', 'c-69383', 'r-11'].map((code) => ({
    territory: findTerritory(code),
  })),
  ...['emploi', 'formation', 'Emploi et formation', 'form', 'art', 'arts metiers', '!', '%'].map(
    (theme) => ({ theme }),
  ),
  ...['atelier', 'débat mouvant', 'mouvant atelier', '_'].map((format) => ({ format })),
  ...['fr', 'FR', 'pt-BR', 'pt', '"', '%'].map((language) => ({ language })),
  ...TRAININGS.map((training) => ({ training })),
  ...FACILITATOR_TITLES.map((word) => ({ word })),
  ...['anais', 'ÉMILE tour', 'oeuvr', 'retraite', 'samedis', 'rien de tel', '% _'].map((q) => ({
    q,
  })),
  { near: nearOf('35000', 30), theme: 'emploi', language: 'fr', q: 'débat' },
  { territory: findTerritory('35'), near: nearOf('35000', 100), training: 'trained' },
]

describe.each(['public', 'network'] as const)('what %s finds', (audience) => {
  test('is what one finds by looking at each profile, in the same order, page by page', async () => {
    let found = 0
    for (const asked of ASKED) {
      const query = { audience, now, limit: 7, ...asked }
      const expected = bruteForce(query)
      const pages: FoundFacilitator[] = []
      let after: string | undefined
      do {
        const page = await listFacilitators(db, { ...query, after })
        expect([asked, page.total]).toEqual([asked, expected.length])
        pages.push(...page.facilitators)
        after = page.next
      } while (after !== undefined)
      expect([asked, pages.map(({ id }) => id)]).toEqual([asked, expected.map(({ id }) => id)])
      expect(pages).toEqual(expected)
      found += expected.length
    }
    expect(found).toBeGreaterThan(PEOPLE)
  })
})

test('entries that were lost are made again, and nobody is found who was not', async () => {
  const read = () =>
    db
      .selectFrom('facilitator_entry')
      .selectAll()
      .orderBy('audience')
      .orderBy('name')
      .orderBy('facilitator_id')
      .execute()
  const before = await read()
  await db.deleteFrom('facilitator_entry').execute()
  await ensureFacilitatorEntries(db)
  expect(await read()).toEqual(before)
})
