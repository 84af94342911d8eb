import type { LeafletWords } from '../../node/domain/kit/leaflet-words.ts'
import type { SheetDate, SheetWords } from '../../node/domain/kit/sheet-words.ts'

/** What stands on the sheets of an ordinary café. */
export const SHEET_WORDS: SheetWords & { date: SheetDate } = {
  ...{ lang: 'fr', title: 'L’IA au travail : amie ou concurrente ?' },
  movement: { name: 'Café IA', logo: undefined },
  ...{ accent: '#0b6355', accentSoft: '#e2f0ec', open: 'Ouvert à toutes et à tous' },
  ...{ free: 'Gratuit', entry: 'sans inscription' },
  entryLines: ['Sans inscription.', 'Venez comme vous êtes.'],
  date: { weekday: 'samedi', day: '28', month: 'novembre', hour: '10 h 30', until: 'à 12 h' },
  ...{ change: undefined, series: undefined },
  when: 'samedi 28 novembre 2026, 10 h 30 – 12 h',
  ...{ shortDay: 'sam. 28 nov.', longDay: 'samedi 28 novembre' },
  ...{ place: 'Médiathèque du Canal', town: 'Rennes' },
  address: ['8, quai du Canal', 'Métro Les Saules'],
  access: ['Accès en fauteuil roulant'],
  go: {
    lead: 'Programme, accès, changements :',
    address: 'cafes-canal.example/c/k7m2x9qd',
    href: 'https://cafes-canal.example/c/k7m2x9qd',
    code: 'Code à scanner : cafes-canal.example/c/k7m2x9qd',
    phone: 'ou 02 99 00 00 00',
  },
  back: [
    { heading: 'De quoi on parle', text: 'On commence par une question simple. '.repeat(8) },
    {
      heading: 'Un café IA, c’est quoi ?',
      text: 'Une conversation, ni cours ni vente. '.repeat(4),
    },
    { heading: 'Comment ça se passe', ticks: Array(4).fill('Écouter, c’est participer aussi.') },
    { heading: 'L’aide au numérique d’abord', text: 'Dites-le en arrivant. '.repeat(6) },
  ],
  way: 'Y aller',
  host: { name: 'Médiathèque du Canal', logo: undefined },
  ...{ with: 'Avec', partners: [], credit: 'Dessins : Café IA', scan: 'Scannez, ou tapez' },
  printed:
    'Affiche du 14 novembre 2026. Imprimée par nos soins, ne pas jeter sur la voie publique.',
}

const OLD = 'samedi 28 novembre, 10 h 30'
const REASON = 'La salle n’est pas disponible.'
const NOT_ANY = {
  heading: 'Nouvelle date à venir',
  sentence: 'Elle sera dite à l’adresse ci-dessous. Et avant cela :',
}
const OTHERS = [
  {
    when: 'sam. 28 nov. 2026, 15 h',
    title: 'Aïe Aïe IA, le jeu',
    place: 'La Fabrique, Cesson-Sévigné',
  },
  { when: 'sam. 5 déc. 2026, 10 h', title: 'É'.repeat(140), place: 'Le Comptoir, Liffré' },
]
const DATES = ['1er', '8', '15', '22', '29', '5'].map((day) => ({
  ...{ month: 'oct.', day },
  ...(day === '22' && { off: 'vacances scolaires' }),
}))

/** The same with what is long, missing or odd; each is still a good poster. */
export const ODD_WORDS: Record<string, SheetWords> = Object.fromEntries(
  Object.entries<Partial<SheetWords>>({
    'an ordinary café': {},
    'a long title, place and address': {
      title:
        'Comment reconnaître une image, une voix ou une vidéo fabriquée par une intelligence artificielle avant de la partager avec toute la maison ?',
      place: 'Centre social et culturel intercommunal des Tilleuls',
      town: 'La Chapelle-aux-Filtzméens',
      address: Array.from(
        { length: 12 },
        (_, line) => `Bâtiment ${line}, deuxième étage, porte de droite`,
      ),
    },
    'wide capitals': { title: 'W'.repeat(140), place: 'M'.repeat(100), town: 'Œ'.repeat(60) },
    'a word without an end': { title: `anti${'constitutionnellement'.repeat(9)}` },
    'emoji, Arabic and Hebrew': { title: '🤖☕ مقهى الذكاء בית קפה', place: '🏛️', town: '東京' },
    'a long address of the site': {
      go: {
        ...SHEET_WORDS.go,
        address: `${'mediatheque-intercommunale.'.repeat(3)}example/c/k7m2x9qd`,
        href: `https://${'mediatheque-intercommunale.'.repeat(3)}example/c/k7m2x9qd`,
      },
    },
    'no place, no end, no telephone': {
      ...{ place: 'Lieu à venir', town: undefined, address: [], access: [] },
      date: { ...SHEET_WORDS.date, until: undefined },
      go: { ...SHEET_WORDS.go, phone: undefined },
    },
    'a café that ends days later': {
      date: { ...SHEET_WORDS.date, day: '1er', until: 'au mercredi 30 septembre 2026, 12 h 30' },
    },
    'English days': {
      lang: 'en',
      date: { ...SHEET_WORDS.date, weekday: 'Wednesday', month: 'September', hour: '10:30 am' },
    },
    'another date': {
      change: { label: 'Nouvelle date', old: OLD, reason: REASON, above: 'Reporté au' },
    },
    'a postponed café': {
      change: { label: 'Reporté', old: OLD, reason: undefined, above: undefined },
      date: { ...NOT_ANY, others: OTHERS },
    },
    'a cancelled café with a long reason': {
      change: { label: 'Annulé', old: OLD, reason: 'Parce que '.repeat(25), above: undefined },
      date: { ...NOT_ANY, others: [] },
    },
    'a series': { series: { often: 'Tous les jeudis', dates: DATES } },
    'a series with a long rule': {
      series: { often: 'Le premier mardi et le troisième jeudi du mois, sauf en août', dates: [] },
    },
  }).map(([name, words]) => [name, { ...SHEET_WORDS, ...words }]),
)

/** The programme of a month with many towns. */
export const LEAFLET_WORDS: LeafletWords = {
  ...{ lang: 'fr', title: 'Les cafés IA en Ille-et-Vilaine', month: 'décembre 2026' },
  ...{ movement: SHEET_WORDS.movement, accent: '#0b6355', accentSoft: '#e2f0ec' },
  lead: '16 rencontres gratuites pour parler ensemble de l’intelligence artificielle.',
  towns: Array.from({ length: 30 }, (_, town) => ({
    name: `Saint-Something-${town}-sur-Vilaine`,
    cafes: Array.from({ length: 1 + (town % 4) }, () => ({
      ...{ when: 'mar. 1er déc., 9 h 30', place: 'Bureau de poste, place des Marronniers' },
      title: town % 2 === 0 ? 'Reconnaître une arnaque' : 'Un titre long '.repeat(10),
    })),
  })),
  go: {
    text: 'Tous les cafés, à jour.',
    address: 'cafes-ia.example/territoires/35',
    href: 'https://cafes-ia.example/territoires/35',
    code: 'Code à scanner',
  },
  ...{ printed: 'Liste du 30 novembre 2026.', credit: 'Dessins : Café IA' },
}
