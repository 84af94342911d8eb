import { plural } from '../../../../node/domain/values/number-text.ts'
import { inTerritoryText, ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés')

/** The texts of the pages of territories, and of « J’aimerais un café ici ». */
export const territoryFr = typesetFrench({
  index: {
    title: 'Les territoires',
    lead: 'Choisissez une région ou un département : ses cafés à venir, ses structures, et comment être au courant du prochain.',
    some: 'Où il y en a',
    all: 'La liste des régions et des départements',
  },
  breadcrumb: 'Vous êtes ici',
  title: (name: string) => `Cafés IA ${inTerritoryText(name)}`,
  description: (name: string, toCome: number) =>
    toCome === 0
      ? `Les cafés IA, ${name} : être prévenue ou prévenu du prochain, ou dire que vous en aimeriez un.`
      : `${cafes(toCome)} à venir, ${name} : des rencontres gratuites pour parler d’intelligence artificielle.`,
  cafes,
  structures: (n: number) => plural(n, 'structure', 'structures'),
  toCome: (n: number) => (n === 0 ? 'Aucun café à venir' : `${cafes(n)} à venir`),
  upcoming: 'Les cafés à venir',
  more: 'Voir tous ces cafés',
  none: 'Aucun café n’est annoncé ici pour le moment.',
  noneHeld: 'Aucun autre café n’est annoncé ici pour le moment.',
  noneNear: (km: number) => `Aucun café n’est annoncé à moins de ${km} km.`,
  noneAnywhere: 'Aucun café n’est annoncé pour le moment, ici ou ailleurs.',
  nearest: (distance: string, from: string) =>
    `Le café le plus proche est à ${distance} ${ofName(from)}`,
  around: (km: number) => `À moins de ${km} km`,
  structuresHere: 'Les structures qui accueillent des cafés',
  allStructures: 'Voir toutes les structures',
  children: {
    region: 'Les départements',
    departement: 'Les intercommunalités',
    epci: 'Les communes',
    commune: 'Les arrondissements',
  },
  neighbours: {
    region: 'Les régions voisines',
    departement: 'Les départements voisins',
    epci: 'Les intercommunalités voisines',
    commune: 'Les communes voisines',
  },
  follow: {
    heading: 'Suivre les cafés',
    of: (name: string) => `Les cafés ${inTerritoryText(name)}`,
    how: 'Sur Mastodon et réseaux compatibles, copiez cette adresse dans la recherche, puis suivez le compte.',
    own: 'Suivre depuis mon compte',
    places: 'Suivre tous les lieux à la fois',
    calendar: 'S’abonner à l’agenda',
    feed: 'Flux, pour un lecteur de flux',
    json: 'Données (JSON)',
  },
  unknown: {
    title: 'Ce territoire n’existe pas',
    text: 'Nous ne connaissons ni région, ni département, ni intercommunalité, ni commune de ce nom ou de ce code.',
    suggestions: 'Cherchiez-vous ?',
    all: 'Voir toutes les régions et tous les départements',
  },
  request: {
    heading: 'J’aimerais un café ici',
    lead: 'Dites-le d’un clic, sans donner votre nom : les structures du territoire sauront qu’on les attend.',
    total: (n: number) => `${plural(n, 'demande', 'demandes')} de café ici depuis un an.`,
    commune: 'Votre commune',
    communeHint: 'Code postal ou nom',
    submit: 'J’aimerais un café',
    thanks: 'Merci, votre demande est comptée.',
    known: 'Une demande d’aujourd’hui depuis votre réseau est déjà comptée.',
    tooMany: 'Beaucoup de demandes sont venues de votre réseau aujourd’hui. Revenez demain.',
    organise: 'Organiser un café vous-même',
    title: 'J’aimerais un café',
    choose: 'Choisissez votre commune :',
  },
  admin: {
    title: 'Demandes',
    nav: 'Demandes',
    lead: 'Combien de fois des visiteurs ont dit « J’aimerais un café ici », depuis un an. Ceux qui demandent depuis un même réseau comptent une fois par jour et par commune ; rien ne dit qui ils sont.',
    by: 'Par territoire',
    levels: { commune: 'Communes', departement: 'Départements', region: 'Régions' },
    none: 'Personne n’a encore demandé de café.',
    words: 'Territoire',
    found: (n: number) => plural(n, 'territoire', 'territoires'),
    noneFound: 'Aucun territoire ne correspond.',
    col: {
      name: 'Territoire',
      within: 'Dans',
      total: 'Demandes',
      toCome: 'Cafés à venir',
      last: 'Dernière demande',
    },
    sortBy: 'Ranger par',
    file: 'Télécharger le tableau (CSV)',
  },
})
