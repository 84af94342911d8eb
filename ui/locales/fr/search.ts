import { plural } from '../../../node/domain/values/number-text.ts'
import { inTerritoryText, ofName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'
import { departementsText } from './departements.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés')

/** A filtered search may have left other cafés out, which the sentence says. */
const ofSearch = (isNarrowed: boolean): string => (isNarrowed ? ' de cette recherche' : '')

/** The texts of search results and of what to do with them. */
export const findFr = typesetFrench({
  title: {
    all: 'Cafés IA',
    past: 'Cafés IA passés',
    near: (title: string, km: number, place: string) =>
      `${title} à moins de ${km} km ${place ? ofName(place) : 'de ce point'}`,
    inTerritory: (title: string, territory: string) => `${title} ${inTerritoryText(territory)}`,
    by: (name: string) => `organisés par ${name}`,
    intention: {
      apprendre: 'pour apprendre',
      experimenter: 'pour expérimenter',
      debattre: 'pour débattre',
    } as {
      readonly [value: string]: string
    },
    openTo: {
      reserve: 'réservés à un public précis',
      tous: 'ouverts à tout le monde ou réservés',
    } as {
      readonly [value: string]: string
    },
    when: {
      aujourdhui: 'aujourd’hui',
      'ce-week-end': 'ce week-end',
      'cette-semaine': 'cette semaine',
      '7-jours': 'dans les 7 jours',
      'ce-mois': 'ce mois-ci',
    } as { readonly [value: string]: string },
    on: (day: string) => `le ${day}`,
    between: (from: string, until: string) => `du ${from} au ${until}`,
    from: (day: string) => `à partir du ${day}`,
    until: (day: string) => `jusqu’au ${day}`,
  },
  toCome: (n: number) => `${n === 0 ? 'Aucun café' : cafes(n)} à venir.`,
  within: (found: string, territory: string) => `${found} ${inTerritoryText(territory)}`,
  beside: (town: string) => `un point près ${ofName(town)}`,
  filter: 'Filtrer',
  quickFilters: 'Filtres',
  quick: { begin: 'Débuter', access: 'Accessible' },
  show: 'Voir les cafés',
  remove: 'retirer',
  facets: {
    intention: 'On vient pour',
    audience: 'Pour qui',
    accessibility: 'Accueil adapté',
    language: 'Langue',
  },
  anyIntention: 'Toutes les envies',
  anyLanguage: 'Toutes les langues',
  audienceHint: 'Par exemple : séniors, jeunes',
  past: 'Chercher parmi les cafés passés',
  wrongDates: 'Dates à corriger',
  others: (
    { total, isMore, areCancelled }: { total: number; isMore: boolean; areCancelled: boolean },
    name: string,
  ) => {
    const [one, many] = areCancelled
      ? ['autre café annulé', 'autres cafés annulés']
      : ['autre café', 'autres cafés']
    return `et ${isMore ? 'plus de ' : ''}${plural(total, one, many)} ${ofName(name)} ce jour-là`
  },
  suggestions: {
    format: (value: string) => `chercher sans le format « ${value} »`,
    audience: (value: string) => `chercher sans le public « ${value} »`,
    kind: (value: string) => `chercher sans le type de structure « ${value} »`,
    language: (value: string) => `chercher sans la langue « ${value} »`,
    intention: (value: string) => `chercher sans l’envie « ${value} »`,
    territory: (value: string) => `chercher sans le territoire « ${value} »`,
    network: (value: string) => `chercher sans le réseau « ${value} »`,
    place: (value: string) => `chercher sans le lieu « ${value} »`,
    accessibility: 'chercher sans l’accueil adapté',
    openTo: 'chercher les cafés ouverts à tout le monde',
    organizer: 'chercher les cafés de tous les organisateurs',
    past: 'chercher parmi les cafés à venir',
  },
  map: 'Voir sur la carte',
  files: {
    'cafes.ics': 'Agenda',
    'cafes.atom': 'Lecteur de flux',
    'feed.json': 'Lecteur de flux, en JSON',
  },
  aroundMe: {
    button: 'Autour de moi',
    wait: 'Un instant…',
    failed: 'Votre position n’est pas connue. Écrivez une commune ou un code postal.',
    none: 'Aucun lieu de ce nom',
  },
})

/** The texts of a directory's links besides its list. */
export const exploreFr = typesetFrench({
  copy: 'Copier',
  heading: 'Partout en France',
  inDepartements: (codes: readonly string[]) => `Il y en a dans ${departementsText(codes)}.`,
  allTerritories: 'Tous les territoires',
  more: 'Dans l’annuaire aussi',
  follow: 'Être au courant des prochains',
  all: 'Tous les cafés à venir',
  isYours: 'Et si c’était chez vous ?',
  isYoursText:
    'Une salle, quelques chaises, une question : c’est assez pour commencer. Trois façons de l’annoncer, de la plus simple à la plus autonome.',
  toOrganise: 'Organiser un café',
  find: 'Trouver un café',
  quick: 'Sans rien écrire',
  structures: 'Les structures qui accueillent',
  statistics: 'Les chiffres',
  newsletter: 'La lettre des cafés à venir',
  embed: 'La liste des cafés sur votre site',
  page: (territory: string) => `La page des cafés ${inTerritoryText(territory)}`,
})

/** The texts of the search form, on every page that has it. */
export const searchFr = typesetFrench({
  title: 'Trouver un café IA',
  titleHome: 'Parlons de l’IA, autour d’un café',
  lead: 'Des rencontres gratuites, près de chez vous, pour comprendre et débattre ensemble de l’intelligence artificielle.',
  toCome: (n: number) => `${n === 0 ? 'Aucun café' : cafes(n)} à venir.`,
  form: 'Rechercher un café',
  where: 'Où ?',
  whereHint: 'Code postal, ville, territoire, lieu…',
  radius: 'Rayon',
  km: (n: number) => `${n} km`,
  when: 'Quand ?',
  around: (place: string) => `Autour ${ofName(place)}`,
  order: 'Dans quel ordre ?',
  anywhere: 'Partout',
  change: 'Modifier',
  anyDay: 'Toutes les dates',
  today: 'Aujourd’hui',
  weekend: 'Ce week-end',
  thisWeek: 'Cette semaine',
  week: '7 jours',
  month: 'Ce mois-ci',
  more: 'Plus d’options',
  from: 'Du',
  until: 'Au',
  datesHint: 'Remplace « Quand ? »',
  quoted: (q: string) => `« ${q} »`,
  texts: 'Mots',
  wordsHint: 'Par exemple : emploi, école, images',
  mode: 'Sur place ou en ligne',
  anyMode: 'Tous les cafés',
  submit: 'Chercher',
  next: 'Les prochains cafés',
  found: (n: number, more: boolean, place: string, radiusKm: number | undefined) =>
    `${more ? 'Plus de ' : ''}${cafes(n)}${near(place, radiusKm)}`,
  besidesCancelled: (held: string, n: number) => `${held}, et ${plural(n, 'annulé', 'annulés')}`,
  none: ({ when, place, radiusKm, isNarrowed }: NothingFound) =>
    when && !isNarrowed
      ? `Rien ${when}${near(place, radiusKm)}`
      : `Aucun café${ofSearch(isNarrowed)}${when ? ` ${when}` : ''}${near(place, radiusKm)}`,
  byDate: 'Les plus proches dans le temps',
  byDistance: 'Les plus près d’abord',
  sortByDate: 'Trier par date',
  sortByDistance: 'Trier par distance',
  cancelled: (n: number): string => (n === 1 ? 'Le café annulé' : 'Les cafés annulés'),
  groups: {
    later: 'Un autre jour, au même endroit',
    farther: 'Plus loin',
    laterFarther: 'Plus loin, un autre jour',
    online: 'En ligne',
    laterOnline: 'En ligne, un autre jour',
    next: 'Les prochains cafés, partout',
  },
  groupAll: {
    later: 'Toutes les dates',
    farther: '',
    laterFarther: '',
    online: 'Tous les cafés en ligne',
    laterOnline: 'Tous les cafés en ligne',
    next: '',
  },
  nearestAt: (km: string, place: string) =>
    place ? `Le plus proche est à ${km} ${ofName(place)}.` : `Le plus proche est à ${km}.`,
  within: (km: number, place: string) =>
    `Les cafés à moins de ${km} km ${place ? ofName(place) : 'de ce point'}`,
  alsoPossible: 'Vous pouvez aussi :',
  steps: {
    heading: 'Et ensuite ?',
    calendar: 'Dans mon agenda',
    follow: (territory: string) => `Suivre les cafés ${inTerritoryText(territory)}`,
    followAll: 'Suivre les cafés',
    request: 'J’aimerais un café ici',
    share: 'Envoyer cette page',
  },
  whatNow: 'Vous pouvez :',
  allDates: 'chercher à toutes les dates',
  allModes: 'chercher les cafés sur place comme en ligne',
  noWords: (q: string) => `chercher sans les mots « ${q} »`,
  onlineInstead: 'voir les cafés en ligne',
  everywhere: 'voir tous les cafés à venir',
  noneAnywhere: 'Aucun café n’est annoncé pour le moment. Revenez bientôt.',
  otherTowns: (count: number) => `et ${plural(count, 'commune', 'communes')} autour · préciser`,
  cedex: (code: string, town: string) =>
    `${code} n’est le code postal d’aucune commune : voici autour ${ofName(town)}.`,
  called: (typed: string, { place, territory, days }: Called) =>
    `« ${typed} » : ${[
      place
        ? `voici autour ${ofName(place)}`
        : territory
          ? `voici ${inTerritoryText(territory)}`
          : 'voici partout',
      days,
    ]
      .filter(Boolean)
      .join(', ')}.`,
  street: (typed: string, town: string) =>
    `« ${typed} » : les rues ne sont pas connues ici, voici autour ${ofName(town)}.`,
  abroad: (name: string) =>
    `« ${name} » n’est pas connu ici : l’annuaire connaît les communes et les territoires de France.`,
  notKnown: (text: string) => `« ${text} » n’est pas connu ici.`,
  asWords: (text: string) =>
    `« ${text} » n’est pas une commune : voici les cafés où ces mots sont écrits.`,
  asName: (text: string) => `Les cafés de « ${text} », et ceux où ces mots sont écrits.`,
  asked: 'Vouliez-vous dire',
  askedPlace: (place: string) => `${place} ?`,
  or: 'ou',
  otherNames: (count: number) => `et ${count === 1 ? 'une autre' : `${count} autres`} · préciser`,
  moreResults: 'Cafés suivants',
  unknown: 'Écrivez un code postal (35000) ou le nom d’une commune (Rennes).',
})

/** What a typed place was taken for: a town, or a territory, or everywhere; and the days in words. */
type Called = {
  place: string | undefined
  territory: string | undefined
  days: string | false | undefined
}

type NothingFound = {
  /** The days in words, as « ce week-end »; undefined for any day. */
  when: string | undefined
  place: string
  radiusKm: number | undefined
  isNarrowed: boolean
}

function near(place: string, radiusKm: number | undefined): string {
  if (radiusKm === undefined) return place && ` près ${ofName(place)}`
  return ` à moins de ${radiusKm} km ${place ? ofName(place) : 'de ce point'}`
}
