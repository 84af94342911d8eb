import { join } from 'node:path'
import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import { communeAt, index } from '../../node/geo/commune-table.ts'
import { lookUpPlace } from '../../node/geo/places.ts'
import { findTerritory, territoryOf } from '../../node/geo/territories.ts'
import { placeColumns } from '../../node/routes/facilitators/form.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { saveFacilitator } from '../../node/store/facilitators/facilitators.ts'
import { type FacilitatorQuery, listFacilitators } from '../../node/store/facilitators/search.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { formatNumber, percentile, timeProcessor, timeRounds } from './measures.ts'
import { createRandom } from './random.ts'
import { withStage } from './stage.ts'
import { setMuchMemory, settleFile } from './store.ts'
import { createProgress, machineText, markdownTable } from './table.ts'

export type BenchFacilitatorsOptions = {
  people: number
  turns: number
  database: string | undefined
}

const PAGE = 30
const PEOPLE_PER_SERVER = 40
const BATCH = 1000

const FIRST_NAMES =
  'Anaïs Boris Chloé Denis Elsa Farid Gaëlle Hugo Inès Jean Karim Léa Nora Paul Théo'
const LAST_NAMES = 'Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Simon Michel Roux'
const THEMES = ['emploi', 'école', 'vie privée', 'santé', 'création', 'environnement', 'travail']
const FORMATS = ['débat mouvant', 'atelier', 'jeu', 'projection', 'arpentage']

/** Measures every kind of query of a directory's search for people, over generated profiles all over France. */
export const benchFacilitators = ({
  people,
  turns,
  database,
}: BenchFacilitatorsOptions): Promise<void> =>
  withStage(async (folder) => {
    const db = await openDatabase(database ?? join(folder, 'cafe-ia.sqlite'))
    await fill(db, people)
    report(machineText())
    report(await timeKinds(db, turns))
    await db.destroy()
  })

const report = (text: string) => process.stdout.write(`${text}\n\n`)

async function fill(db: OpenDatabase, people: number): Promise<void> {
  const now = Temporal.Now.instant()
  const peerIds: string[] = []
  for (let number = 0; number < people / PEOPLE_PER_SERVER; number++) {
    const actorUri = `https://lieu-${number}.example/actors/instance`
    const peer = await upsertPeer(db, { actorUri, name: `Lieu ${number}` })
    await setMembership(db, peer.id, 'member', now)
    peerIds.push(peer.id)
  }
  const make = createMaker(peerIds, now)
  const progress = createProgress('profiles', people)
  await setMuchMemory(db, true)
  for (let done = 0; done < people; done += BATCH) {
    const until = Math.min(people, done + BATCH)
    await db.transaction().execute(async (trx) => {
      for (let number = done; number < until; number++)
        await saveFacilitator(trx, make(number), now)
    })
    progress.reach(until)
  }
  progress.end()
  await setMuchMemory(db, false)
  await settleFile(db)
}

function createMaker(peerIds: readonly string[], now: Temporal.Instant) {
  const random = createRandom(7)
  const rows = index().names.length
  const name = () => `${random.pick(FIRST_NAMES.split(' '))} ${random.pick(LAST_NAMES.split(' '))}`
  const some = (of: readonly string[]) => of.filter(() => random.below(4) === 0)
  return (number: number): Facilitator => {
    const commune = communeAt(random.below(rows))
    const territory = random.pick(territoryOf(commune))
    const id = `personne-${number}`
    const server = number % peerIds.length
    const uri = `https://lieu-${server}.example/animation/${id}`
    return {
      ...{
        id,
        handle: id,
        alias: undefined,
        uri,
        url: uri,
        actorUri: undefined,
        peerId: peerIds[server],
      },
      ...{ organizationId: undefined, name: name(), word: 'neutre', ...placeColumns(territory) },
      ...{ radiusKm: random.pick([0, 10, 30, 50, 100]), formats: some(FORMATS) },
      ...{ themes: some(THEMES), languages: random.below(9) === 0 ? ['fr', 'br'] : ['fr'] },
      ...{ status: 'mediateur', training: random.pick(['none', 'trained']), trainedOn: undefined },
      availability: 'Le soir et le samedi',
      presentation: `Je suis de ${commune.name}. ${'Je lance le débat, et nous en parlons. '.repeat(9)}`,
      ...{ photo: undefined, contact: 'relay', shownContact: undefined },
      level: random.below(9) === 0 ? 'network' : 'public',
      fieldLevels: random.below(9) === 0 ? { radiusKm: 'network' } : {},
      ...{ directories: [], mandates: [], fediverse: false, state: 'published' },
      ...{ approvedAt: undefined, consentedAt: now, expiresAt: now.add({ hours: 8000 }) },
      ...{ createdAt: now, updatedAt: now },
    }
  }
}

type Question = Omit<FacilitatorQuery, 'audience' | 'now' | 'limit'>

function around(typed: string, radiusKm: number): Question {
  const answer = lookUpPlace(typed)
  if (answer.kind !== 'commune') return {}
  const { latitude, longitude } = answer.commune
  return { near: { latitude, longitude, radiusKm, within: territoryOf(answer.commune) } }
}

const inside = (code: string): Question => ({ territory: findTerritory(code) })

const KINDS: [name: string, question: Question][] = [
  ['everybody, by name', {}],
  ['a commune', inside('c-35238')],
  ['an EPCI', inside('e-243500139')],
  ['a département', inside('35')],
  ['a région', inside('r-11')],
  ['30 km around', around('35000', 30)],
  ['500 km around', around('35000', 500)],
  ['a theme', { theme: 'emploi' }],
  ['a language', { language: 'br' }],
  ['a training', { training: 'trained' }],
  ['words', { q: 'nora débat' }],
  ['words that nobody has', { q: 'xylophone' }],
  ['50 km + theme + language', { ...around('69003', 50), theme: 'emploi', language: 'fr' }],
]

async function timeKinds(db: OpenDatabase, turns: number): Promise<string> {
  const now = Temporal.Now.instant()
  const rows: string[][] = []
  for (const [name, question] of KINDS) {
    const ask = (after?: string) =>
      listFacilitators(db, { audience: 'public', now, limit: PAGE, after, ...question })
    const { total, next } = await ask()
    const samples = await timeRounds(turns, () => ask())
    const processor = await timeProcessor(turns, () => ask())
    const following = next ? await timeProcessor(turns, () => ask(next)) : []
    rows.push([
      name,
      String(total),
      ...[0.5, 0.99].map((share) => formatNumber(percentile(samples, share))),
      ...[0.5, 0.99].map((share) => formatNumber(percentile(processor, share))),
      next ? formatNumber(percentile(following, 0.5)) : '–',
    ])
  }
  return markdownTable(
    [
      `${PAGE} profiles, ms`,
      'found',
      'p50',
      'p99',
      'processor p50',
      'processor p99',
      'next page, processor p50',
    ],
    rows,
  )
}
