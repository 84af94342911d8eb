import { plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts about structures: their list and pages, `/organiser`, and following a territory. */
export const structureFr = typesetFrench({
  help: {
    title: 'D’abord, un coup de main',
    text: 'Un mot de passe perdu, une démarche en ligne, un premier téléphone : près de chez vous, des lieux aident avec un ordinateur ou un papier, sans parler d’IA.',
    link: 'Trouver un lieu où l’on aide',
    linkIn: (name: string) => `Les lieux où l’on aide : ${name}`,
    source: '(Cartographie nationale des lieux d’inclusion numérique)',
  },
  list: {
    title: 'Les structures',
    lead: 'Bibliothèques, tiers-lieux, associations, mairies… : qui accueille des cafés IA.',
    form: 'Chercher une structure',
    texts: 'Nom',
    kind: 'Type',
    anyKind: 'Tous les types',
    where: 'Territoire',
    whereHint: 'Commune, département ou région',
    submit: 'Chercher',
    total: (n: number) => plural(n, 'structure', 'structures'),
    none: 'Aucune structure ne correspond.',
    all: 'Voir toutes les structures',
    more: 'Structures suivantes',
    several: (text: string) => `Plusieurs territoires correspondent à « ${text} » :`,
    unknown: (text: string) => `Aucun territoire ne s’appelle « ${text} ».`,
  },
  counts: (toCome: number, held: number) =>
    [
      toCome > 0 ? `${plural(toCome, 'café', 'cafés')} à venir` : 'Aucun café à venir',
      held > 0 ? `${plural(held, 'café passé', 'cafés passés')}` : '',
    ]
      .filter(Boolean)
      .join(', '),
  toCome: 'Ses cafés à venir',
  held: 'Ses cafés passés',
  noneToCome: 'Cette structure n’annonce pas de café pour le moment.',
  moreToCome: 'Tous ses cafés à venir',
  about: 'La structure',
  ownSite: 'Son site',
  website: 'Site web',
  follow: 'La suivre',
  followHow:
    'Sur Mastodon et réseaux compatibles, copiez cette adresse dans la recherche, puis suivez le compte.',
  lastWord: (ago: string) => `A annoncé ou modifié un café ${ago}.`,
  calendar: 'S’abonner à son agenda',
  embed: 'Montrer ses cafés sur un autre site',
  description: (name: string) => `Les cafés IA de « ${name} » : dates, lieu, comment la suivre.`,
})

export const organiseFr = typesetFrench({
  menu: 'Organiser',
  title: 'Organiser un café IA',
  lead: 'Un café IA se prépare sans être spécialiste : une salle, une date, une question à se poser ensemble. Il est gratuit et ouvert. Trois façons de l’annoncer, de la plus simple à la plus autonome.',
  one: {
    title: 'J’annonce un café',
    text: 'Vous avez une date et un lieu, et pas de site pour cela : proposez-le ici, sans compte. Une personne le lit, et l’annuaire l’annonce pour votre structure.',
    action: 'Proposer un café',
  },
  welcomed: {
    title: 'Ma structure est accueillie près de chez nous',
    text: 'Une médiathèque, une mairie ou une association de votre territoire annonce déjà des cafés : demandez-lui d’annoncer les vôtres sur son site. Cherchez qui est près de vous :',
    where: 'Votre territoire',
    whereHint: 'Commune, département ou région',
    submit: 'Voir les structures',
  },
  led: {
    title: 'Je cherche qui peut l’animer',
    text: 'Des animatrices et des animateurs se déplacent, et disent sur quels thèmes et avec quels formats.',
    action: 'Trouver une personne',
  },
  own: {
    title: 'J’installe notre propre site',
    text: 'Le logiciel est libre et tient sur un petit ordinateur. Vos cafés vivent chez vous, l’annuaire les reprend aussitôt. Comptez une demi-heure.',
    steps: {
      machine: 'Il faut une machine allumée et un nom de domaine.',
      install: 'Deux commandes installent tout ; un assistant pose les questions utiles.',
      join: 'Dans l’administration de votre site, demandez à rejoindre l’annuaire, avec cette adresse :',
    },
    action: 'Installer, pas à pas',
    software: 'Le logiciel',
  },
  first: {
    title: 'C’est la première fois',
    text: 'De l’idée au soir même : le lieu, la question à poser, le déroulé d’une heure et demie.',
    start: 'Je débute',
    action: 'Organiser un premier café',
    all: 'Tous les guides',
  },
})

export const followAreaFr = typesetFrench({
  heading: 'Choisir un territoire',
  lead: 'Suivez seulement les cafés de votre département ou de votre région.',
  label: 'Territoire',
  everywhere: 'Toute la France',
  submit: 'Choisir',
  departements: 'Départements',
  regions: 'Régions',
})
