import { plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

const resources = (n: number) => plural(n, 'ressource', 'ressources')
const cafes = (n: number) => plural(n, 'café', 'cafés')

/** The texts about resources, for visitors and for the teams that publish them. */
export const resourcesFr = typesetFrench({
  menu: 'Ressources',
  title: 'De quoi animer un café',
  lead: 'Des jeux, des débats, des ateliers tout prêts. Chacun se lit comme une recette : ce qu’il faut, combien de temps, et comment s’y prendre. Prenez, adaptez, partagez, en citant qui l’a écrit.',
  form: 'Chercher une ressource',
  words: 'Un mot',
  wordsHint: 'arnaque, image, école…',
  duration: 'Durée',
  anyDuration: 'Peu importe',
  upTo: (minutes: number) => (minutes === 60 ? '1 heure au plus' : `${minutes} minutes au plus`),
  submit: 'Chercher',
  need: 'Ce que vous cherchez',
  needs: {
    beginner: 'Je débute',
    'no-computer': 'Sans ordinateur',
    teens: 'Avec des ados',
    families: 'En famille',
  },
  anyNeed: 'Toutes',
  theme: 'Thème',
  anyTheme: 'Tous',
  found: (n: number) => (n === 0 ? 'Aucune ressource ne correspond.' : `${resources(n)},`),
  mostUsed: 'les plus utilisées d’abord',
  all: 'Toutes les ressources',
  next: 'Les ressources suivantes',
  before: 'Les ressources précédentes',
  empty: 'Personne n’a encore publié de ressource ici.',
  kinds: {
    game: 'Jeu',
    debate: 'Débat',
    workshop: 'Atelier',
    discussion: 'Discussion',
    module: 'Module',
    guide: 'Guide',
    training: 'Formation',
    kit: 'Kit',
  },
  levels: { beginner: 'Pour débuter', experienced: 'Avec un peu d’expérience' },
  audiences: {
    families: 'en famille',
    teens: 'avec des ados',
    seniors: 'avec des personnes âgées',
    professionals: 'entre professionnels',
  },
  licences: {
    'CC-BY-4.0': 'CC BY 4.0',
    'CC-BY-SA-4.0': 'CC BY-SA 4.0',
    'CC-BY-NC-SA-4.0': 'CC BY-NC-SA 4.0',
    'CC0-1.0': 'CC0 1.0',
    'etalab-2.0': 'Licence Ouverte 2.0',
  },
  licenceSays: {
    'CC-BY-4.0': 'Copiez-la, changez-la, partagez-la, en citant son nom',
    'CC-BY-SA-4.0': 'Copiez-la, changez-la, partagez-la, en citant son nom et sous la même licence',
    'CC-BY-NC-SA-4.0':
      'Copiez-la, changez-la, partagez-la sans la vendre, en citant son nom et sous la même licence',
    'CC0-1.0': 'Faites-en ce que vous voulez',
    'etalab-2.0': 'Copiez-la, changez-la, partagez-la, en citant son nom et sa date',
  },
  minutes: (n: number) =>
    n % 60 === 0 ? `${n / 60} h` : n < 60 ? `${n} min` : `${Math.floor(n / 60)} h ${n % 60}`,
  group: (min: number | undefined, max: number | undefined): string =>
    min === undefined
      ? max === undefined
        ? ''
        : `${max} personnes au plus`
      : max === undefined
        ? `${min} personnes au moins`
        : min === max
          ? `${min} personnes`
          : `${min} à ${max} personnes`,
  ofCafe: 'Pour préparer, ou pour prolonger',
  used: (n: number) => (n === 0 ? '' : `Déjà utilisée dans ${cafes(n)}`),
  offer: {
    title: 'Vous avez inventé quelque chose ?',
    text: 'Une page suffit. Votre nom reste dessus, et vous saurez dans quels cafés on s’en sert.',
    button: 'La proposer',
    ways: 'Les façons de participer',
    how: 'Chaque lieu publie ses ressources depuis son administration, page « Ressources ». Elles arrivent d’elles-mêmes dans l’annuaire.',
  },
  page: {
    back: 'De quoi animer un café',
    facts: 'En bref',
    duration: 'Durée',
    group: 'Groupe',
    level: 'Niveau',
    audience: 'Pour qui',
    language: 'Langue',
    computer: 'Ordinateur',
    needsComputer: 'Il en faut au moins un',
    noComputer: 'Sans ordinateur',
    notUsed: 'Aucun café passé ne l’a encore citée.',
    need: 'Il vous faut',
    how: 'Le déroulé',
    link: (host: string) => `Ouvrir sur ${host}`,
    linkHint: 'Cette page est sur un autre site, que nous ne contrôlons pas.',
    announce: 'Annoncer un café avec',
    soon: 'Bientôt avec cette ressource',
    past: 'Les derniers cafés qui l’ont citée',
    cite: 'Pour la citer dans l’annonce d’un café',
    citeHow: 'Dans le formulaire de votre café, à « Ressources utilisées », collez cette adresse :',
    from: 'D’où elle vient',
    writtenBy: (author: string) => `Écrite par ${author}, dit la structure qui la publie.`,
    publishedBy: 'Publiée par',
    on: (host: string) => `sur ${host}`,
    version: (day: string) => `Version du ${day}.`,
    licence: (says: string, name: string) => `${says} (licence ${name}).`,
    licenceText: 'Le texte de la licence',
    flag: 'Signaler une erreur',
    gone: {
      title: 'Cette ressource a été retirée',
      text: 'Elle n’est plus publiée. Son adresse ne servira à aucune autre.',
    },
  },
  admin: {
    title: 'Ressources',
    lead: 'Ce avec quoi vous animez vos cafés, décrit pour qu’une autre équipe puisse s’en servir. Tout le monde peut le lire, ici et dans les annuaires que vous avez rejoints.',
    add: 'Publier une ressource',
    titleNew: 'Publier une ressource',
    titleEdit: 'Modifier une ressource',
    none: 'Vous n’avez encore publié aucune ressource.',
    name: 'Titre',
    kind: 'Forme',
    seen: 'Page publique',
    see: 'Voir',
    save: 'Publier',
    saveEdit: 'Enregistrer',
    full: (max: number) =>
      `Vous avez déjà ${max} ressources, et c’est le maximum. Retirez-en une d’abord.`,
    delete: 'Retirer cette ressource',
    sure: {
      title: (title: string) => `Retirer « ${title} » ?`,
      effects:
        'Sa page disparaît d’ici, et des annuaires que vous avez rejoints dès qu’ils l’apprennent.\nSon adresse ne servira à aucune autre.',
      submit: 'Retirer la ressource',
    },
    labels: {
      title: 'Titre',
      summary: 'En une phrase',
      kind: 'Forme',
      descriptionMarkdown: 'Le déroulé',
      material: 'Ce qu’il faut',
      link: 'Adresse de la suite',
      level: 'Niveau',
      audiences: 'Pour qui',
      minutes: 'Durée, en minutes',
      groupMin: 'Combien de personnes, au moins',
      groupMax: 'Combien de personnes, au plus',
      needsComputer: 'Ordinateur',
      themes: 'Thèmes',
      language: 'Langue',
      author: 'Qui l’a écrite',
      licence: 'Licence',
    },
    hints: {
      summary: 'Ce qui se passe dans la salle : « Une équipe lit une carte, l’autre décide. »',
      audiences: 'Ne cochez rien si c’est pour tout le monde.',
      material: 'Une chose par ligne : « 30 cartes imprimées ».',
      descriptionMarkdown:
        'Étape par étape, avec les minutes, comme une recette. Une ligne qui commence par « ### » est un titre, par « - » un point de liste.',
      themes: 'Séparés par des virgules.',
      author:
        'Le nom sous lequel la citer : celui d’une structure, ou d’une personne qui est d’accord. Sa page dit aussi que c’est vous qui la publiez.',
      licence: 'Ce que les autres peuvent en faire. Sans raison contraire, gardez la première.',
      link: 'La page d’où l’on télécharge le reste, s’il y en a une.',
    },
    computer: 'Il en faut au moins un dans la salle',
    groups: {
      what: 'La ressource',
      who: 'Pour qui, combien de temps',
      whose: 'Qui l’a écrite, et ce qu’on peut en faire',
    },
  },
})
