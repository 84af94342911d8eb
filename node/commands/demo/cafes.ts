import type { Need } from '../../domain/registrations/registration.ts'
import type { StructureProfile } from '../../domain/structures/structure-profile.ts'
import type { VenueInput } from '../../geo/venue.ts'
import type { Subject } from './picture.ts'

/** The cafés of the demonstration: made-up places and texts, with dates counted from today. */

export type DemoPlace = {
  folder: string
  name: string
  timezone: string
  venue: Record<string, unknown> & VenueInput
  /** What it says about itself on its home page. */
  profile: Pick<StructureProfile, 'kind' | 'phone' | 'email' | 'presentationMarkdown'>
  cafes: DemoCafe[]
  series?: DemoSeries[]
}

/** A series, whose dates are counted in days from today: each week without some of them, or on listed days. */
export type DemoSeries = Pick<DemoCafe, 'inDays' | 'at' | 'body'> &
  ({ times: number; without: number[] } | { listed: number[] })

/** A body of the API, whose start is given as days from today and an hour. */
export type DemoCafe = {
  inDays: number
  at: string
  /** The venue, where the café is not held at the place itself. */
  venue?: Record<string, unknown> & VenueInput
  /** A change that is made after it was announced. */
  later?: { cancel: string } | { moveByDays: number }
  picture?: Subject
  /** Those who register, in their order; `leaving` cancels once all are there. */
  people?: readonly DemoPerson[]
  leaving?: string
  body: Record<string, unknown>
}

type DemoPerson = { name: string; seats: number; needs?: readonly Need[] }

/** A full café: a family is passed over when two seats become free, which are offered to Colette. */
const GAME_PEOPLE: readonly DemoPerson[] = [
  { name: 'Awa', seats: 2, needs: ['step-free'] },
  { name: 'Pierrot', seats: 1 },
  { name: 'Mme Lenoir', seats: 1, needs: ['large-print'] },
  { name: 'Jo', seats: 3 },
  { name: 'Samir', seats: 1, needs: ['hearing-loop'] },
  { name: 'Yvon', seats: 1 },
  { name: 'Lila', seats: 1 },
  { name: 'Noor', seats: 2 },
  { name: 'Famille Bruni', seats: 4 },
  { name: 'Colette', seats: 2 },
  { name: 'Tom', seats: 1 },
]

const RENNES = {
  name: 'Médiathèque du Canal',
  streetAddress: '12 quai du Canal',
  postalCode: '35000',
  commune: 'Rennes',
  latitude: 48.110812,
  longitude: -1.686321,
}

const DIE = {
  name: 'Le Moulin partagé',
  streetAddress: '4 rue du Viaduc',
  postalCode: '26150',
  commune: 'Die',
  latitude: 44.752913,
  longitude: 5.370418,
}

const SAINT_DENIS = {
  name: 'Bureau de poste du Barachois',
  streetAddress: '60 rue Maréchal-Leclerc',
  postalCode: '97400',
  commune: 'Saint-Denis',
  codeInsee: '97411',
  latitude: -20.877214,
  longitude: 55.449537,
}

export const DEMO_PLACES: DemoPlace[] = [
  {
    folder: 'rennes',
    name: 'Médiathèque du Canal',
    timezone: 'Europe/Paris',
    venue: RENNES,
    profile: {
      kind: 'BIB',
      phone: '02 99 00 00 01',
      email: 'bonjour@canal.example',
      presentationMarkdown:
        'Une médiathèque de quartier, ouverte à tout le monde. Le bâtiment est **accessible en fauteuil**.',
    },
    series: [
      {
        inDays: 6,
        at: '13:30',
        times: 8,
        without: [20],
        body: {
          title: 'L’IA à notre table',
          summary: 'Chaque semaine, une question d’actualité, autour d’un café.',
          intentions: ['debate'],
          format: 'discussion',
          audiences: ['tout public'],
          registration: { mode: 'none', capacity: 15 },
        },
      },
    ],
    cafes: [
      {
        inDays: 2,
        at: '18:30',
        picture: 'briefcase',
        body: {
          title: 'L’IA au travail : amie ou concurrente ?',
          summary:
            'Raconter ce que l’IA change déjà dans nos métiers, et décider de ce que l’on en fait.',
          descriptionMarkdown:
            'On commence par un tour de table **écrit et anonyme**, puis on essaie ensemble deux outils sur un cas réel.\n\nAucune connaissance n’est nécessaire : venez comme vous êtes.',
          intentions: ['learn', 'try', 'debate'],
          format: 'débat mouvant',
          themes: ['travail'],
          audiences: ['adultes'],
          accessibility: ['mi', 'hi'],
          registration: { mode: 'phone', capacity: 15 },
          phone: '02 99 00 00 01',
        },
      },
      {
        inDays: 5,
        at: '10:30',
        later: { cancel: 'L’animatrice est souffrante ; nous proposerons une autre date.' },
        picture: 'image',
        body: {
          title: 'Mes photos, mes données et l’IA',
          summary: 'Ce que deviennent les images que l’on confie à un téléphone.',
          intentions: ['learn'],
          format: 'atelier',
          themes: ['données personnelles'],
          audiences: ['familles'],
          registration: { mode: 'none', capacity: 15 },
        },
      },
      {
        inDays: 12,
        at: '14:00',
        later: { moveByDays: 7 },
        picture: 'cards',
        body: {
          title: 'Aïe Aïe IA, le jeu',
          summary: 'Un jeu de cartes pour parler de ce qui nous fait peur, et de ce qui nous aide.',
          intentions: ['try', 'debate'],
          format: 'jeu',
          themes: ['jeu', 'idées reçues'],
          audiences: ['jeunes', 'seniors'],
          accessibility: ['mi'],
          registration: { mode: 'local', capacity: 12, waitlist: true },
        },
        people: GAME_PEOPLE,
        leaving: 'Noor',
      },
      {
        inDays: 16,
        at: '18:00',
        picture: 'pencil',
        body: {
          title: 'Écrire avec une machine',
          summary: 'Une soirée en salle et en ligne avec une autrice.',
          descriptionMarkdown:
            'La rencontre est retransmise : le lien fonctionne un quart d’heure avant.',
          attendanceMode: 'mixed',
          onlineUrl: 'https://visio.example/ecrire',
          intentions: ['learn', 'debate'],
          format: 'rencontre',
          themes: ['écriture', 'création'],
          registration: {
            mode: 'external',
            url: 'https://inscriptions.example/ecrire',
            capacity: 40,
          },
        },
      },
      {
        inDays: 9,
        at: '09:30',
        body: {
          title: 'Café IA des agents de la ville',
          summary:
            'Entre collègues : ce que l’on attend de ces outils, et ce que l’on n’en veut pas.',
          openTo: 'reserved',
          intentions: ['debate'],
          format: 'échange',
          registration: { mode: 'none', capacity: 12 },
        },
      },
    ],
  },
  {
    folder: 'die',
    name: 'Le Moulin partagé',
    timezone: 'Europe/Paris',
    venue: DIE,
    profile: {
      kind: 'TIERS_LIEUX',
      phone: '04 75 00 00 01',
      email: 'bonjour@moulin.example',
      presentationMarkdown: 'Un ancien moulin, où l’on travaille, bricole et discute.',
    },
    series: [
      {
        inDays: 10,
        at: '18:00',
        listed: [24, 45, 52],
        body: {
          title: 'Les soirées du Moulin',
          summary: 'Quatre soirées pour essayer ensemble, de plus en plus loin.',
          intentions: ['try'],
          format: 'atelier',
          audiences: ['tout public'],
          registration: { mode: 'none', capacity: 12 },
        },
      },
    ],
    cafes: [
      {
        inDays: 1,
        at: '17:30',
        picture: 'leaf',
        body: {
          title: 'L’IA, ça consomme quoi ?',
          summary: 'Mesurer ensemble l’énergie et l’eau que demandent nos questions.',
          intentions: ['learn', 'debate'],
          format: 'débat',
          themes: ['écologie'],
          audiences: ['tout public'],
          registration: { mode: 'none', capacity: 25 },
        },
      },
      {
        inDays: 8,
        at: '10:00',
        picture: 'tools',
        body: {
          title: 'Réparer, comprendre, débrancher',
          summary: 'On ouvre un assistant vocal, et on regarde ce qu’il écoute.',
          intentions: ['try'],
          format: 'atelier',
          themes: ['réparation'],
          audiences: ['familles'],
          registration: { mode: 'none', capacity: 15 },
        },
      },
      {
        inDays: 15,
        at: '13:30',
        body: {
          title: 'Café IA en ligne : questions du mois',
          summary: 'Une heure et demie à distance pour celles et ceux qui animent.',
          attendanceMode: 'online',
          onlineUrl: 'https://visio.example/questions',
          intentions: ['learn', 'debate'],
          format: 'visioconférence',
          themes: ['animation'],
          registration: { mode: 'none' },
        },
      },
      {
        inDays: 23,
        at: '19:00',
        picture: 'ballot',
        body: {
          title: 'Qui décide de ce que l’IA apprend ?',
          summary: 'Projection d’un court film, puis discussion.',
          intentions: ['debate'],
          format: 'projection-débat',
          themes: ['démocratie'],
          audiences: ['adultes'],
          registration: { mode: 'none', capacity: 40 },
        },
      },
    ],
  },
  {
    folder: 'reunion',
    name: 'La Poste du Barachois',
    timezone: 'Indian/Reunion',
    venue: SAINT_DENIS,
    profile: {
      kind: 'LA_POSTE',
      phone: '02 62 00 00 01',
      email: 'bonjour@barachois.example',
      presentationMarkdown: 'Un bureau de poste qui aide à faire ses démarches en ligne.',
    },
    cafes: [
      {
        inDays: 3,
        at: '09:00',
        picture: 'shield',
        body: {
          title: 'Reconnaître une arnaque écrite par une IA',
          summary: 'Des exemples vrais et faux, et les bons réflexes.',
          intentions: ['learn', 'try'],
          format: 'atelier',
          themes: ['arnaques'],
          audiences: ['seniors'],
          accessibility: ['mi', 'vi'],
          registration: { mode: 'none', capacity: 12 },
        },
      },
      {
        inDays: 10,
        at: '15:00',
        picture: 'languages',
        body: {
          title: 'L’IA parle-t-elle créole ?',
          summary: 'Essayer, rire, et comprendre pourquoi certaines langues manquent.',
          languages: ['fr', 'rcf'],
          intentions: ['try', 'debate'],
          format: 'échange',
          themes: ['langues'],
          audiences: ['tout public'],
          registration: { mode: 'none', capacity: 15 },
        },
      },
      {
        inDays: 17,
        at: '09:00',
        picture: 'letter',
        body: {
          title: 'Un courrier difficile : l’IA peut-elle aider ?',
          summary: 'Apportez un courrier que vous n’osez pas écrire.',
          intentions: ['try'],
          format: 'aide individuelle',
          themes: ['démarches'],
          audiences: ['seniors', 'adultes'],
          registration: { mode: 'phone', capacity: 8 },
          phone: '02 62 00 00 02',
        },
      },
    ],
  },
]
