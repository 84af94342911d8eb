import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { toDescription } from '../../node/formats/text/html-text.ts'
import { communeAt, index } from '../../node/geo/commune-table.ts'
import { timezoneOfCommune } from '../../node/geo/territories.ts'
import { BLANK_CAFE } from '../support/blank-cafe.ts'
import { createDraw, createRandom, type Random } from './random.ts'

const WORDS = 20_000
const WORDS_PER_CAFE = 45
/** The days before and after today on which cafés take place. */
const PAST_DAYS = 430
const COMING_DAYS = 300

const SYLLABLES =
  'ba be bi bo bu ca ce ci co cu da de di do du fa fe fi fo fu ga ge gi go la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo chan tion eur ment age ette oir ique'.split(
    ' ',
  )

/** Returns different words of two to five syllables, the same at each call. */
export function makeWords(): string[] {
  const random = createRandom(1)
  const words = new Set<string>()
  while (words.size < WORDS)
    words.add(Array.from({ length: 2 + random.below(4) }, () => random.pick(SYLLABLES)).join(''))
  return [...words]
}

/** The weight of each weekday from Monday, and of each starting hour. */
const DAYS = [6, 15, 20, 24, 14, 19, 2]
const HOURS = new Map([
  [9, 4],
  [9.5, 6],
  [10, 16],
  [10.5, 8],
  [11, 4],
  [12.5, 4],
  [13.5, 5],
  [14, 18],
  [14.5, 9],
  [15, 8],
  [16, 6],
  [17, 8],
  [17.5, 7],
  [18, 22],
  [18.5, 20],
  [19, 9],
  [20, 3],
])

const FORMATS = ['Débat', 'Atelier', 'Démonstration', 'Débat mouvant', 'Café des questions', 'Jeu']
const AUDIENCES = ['Tout public', 'Séniors', 'Jeunes', 'Familles', 'Agents publics']

export type Sender = { peerId: string; origin: string; name: string }

/**
 * Makes cafés from a seed with a realistic distribution: towns by population, hours at which places are open, words by
 * Zipf's law.
 */
function* makeCafes({
  cafes,
  now,
  organizationId,
  senders,
}: {
  cafes: number
  now: Temporal.Instant
  organizationId: string
  senders: readonly Sender[]
}): Generator<Cafe> {
  const words = makeWords()
  const random = createRandom(2)
  const drawWord = createDraw(words.map((_, rank) => 1 / (rank + 2)))
  const towns = index().names.map((_, row) => communeAt(row))
  const drawTown = createDraw(towns.map(({ population }) => population))
  const drawHour = createDraw([...HOURS.values()])
  const hours = [...HOURS.keys()]
  const drawDay = createDraw(DAYS)
  const today = now.toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const weeks = Math.floor((PAST_DAYS + COMING_DAYS) / 7)
  const someWords = (count: number) =>
    Array.from({ length: count }, () => words[drawWord(random)]).join(' ')
  for (let number = 0; number < cafes; number++) {
    const town = towns[drawTown(random)]
    if (!town) continue
    const timezone = timezoneOfCommune(town)
    const day = monday.add({
      days: (random.below(weeks) - Math.floor(PAST_DAYS / 7)) * 7 + drawDay(random),
    })
    const hour = hours[drawHour(random)] ?? 18
    const startsAt = day
      .toZonedDateTime({
        timeZone: timezone,
        plainTime: { hour: Math.floor(hour), minute: (hour % 1) * 60 },
      })
      .toInstant()
    const online = random.next() < 0.08
    const sender = random.next() < 0.02 ? undefined : random.pick(senders)
    const origin = sender?.origin ?? 'https://annuaire.example'
    const uuid = makeUuid(random, number)
    yield {
      ...BLANK_CAFE,
      id: sender ? toShortId(uuid) : uuid,
      uri: `${origin}/cafes/${uuid}`,
      url: `${origin}/cafes/${uuid}`,
      uid: `${uuid}@${origin.slice(8)}`,
      organizationId: sender ? undefined : organizationId,
      peerId: sender?.peerId,
      organizer: {
        uri: `${origin}/actors/cafes`,
        name: sender?.name ?? 'Annuaire',
        url: `${origin}/`,
      },
      publishedAt: startsAt.subtract({ hours: 24 * 20 }),
      updatedAt: startsAt.subtract({ hours: 24 * 14 }),
      title: `Café IA ${someWords(4)}`,
      summary: someWords(8),
      ...toDescription(`<p>${someWords(WORDS_PER_CAFE - 12)}</p>`),
      startsAt,
      endsAt: startsAt.add({ minutes: random.pick([60, 90, 90, 120]) }),
      timezone,
      attendanceMode: online ? 'online' : random.next() < 0.1 ? 'mixed' : 'offline',
      onlineUrl: online ? 'https://visio.example/salle' : undefined,
      openTo: random.next() < 0.03 ? 'reserved' : 'public',
      intentions: random.next() < 0.5 ? ['learn'] : ['try', 'debate'],
      languages: random.next() < 0.02 ? ['fr', 'br'] : ['fr'],
      venue: online
        ? undefined
        : {
            id: undefined,
            name: `Médiathèque ${words[random.below(WORDS)]}`,
            streetAddress: `${1 + random.below(120)} rue ${words[random.below(WORDS)]}`,
            postalCode: town.postcodes[0],
            commune: town.name,
            codeInsee: town.codeInsee,
            departement: town.departement,
            region: town.region,
            latitude: toSent(town.latitude + (random.next() - 0.5) / 25),
            longitude: toSent(town.longitude + (random.next() - 0.5) / 25),
          },
      format: random.next() < 0.7 ? random.pick(FORMATS) : undefined,
      audiences: random.next() < 0.6 ? [random.pick(AUDIENCES)] : [],
      accessibility: random.next() < 0.3 ? ['mi'] : [],
    }
  }
}

/** Returns a coordinate with as many decimals as our wire sends. */
const toSent = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** Returns the same cafés at each call, with their words, the most frequent first. */
export const createCorpus = (options: Parameters<typeof makeCafes>[0]) => ({
  cafes: makeCafes(options),
  words: makeWords(),
})

/** Makes a UUID; they sort in the order in which they are made. */
const makeUuid = (random: Random, number: number): string => {
  const time = (1_760_000_000_000 + number * 60).toString(16).padStart(12, '0')
  const tail = Array.from({ length: 4 }, () => random.below(65_536).toString(16).padStart(4, '0'))
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail[0]?.slice(1)}-8${tail[1]?.slice(1)}-${tail[2]}${tail[3]}0000`
}

/** Makes the id under which a directory keeps a café of another server, in the form of `shortId`. */
const toShortId = (uuid: string): string => uuid.replaceAll('-', '').slice(0, 20)
