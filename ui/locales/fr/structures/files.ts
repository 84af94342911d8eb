import { plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts about the logo, about the file that fills in a form, and about a removed address. */
export const structureFilesFr = typesetFrench({
  logo: {
    current: 'Le logo actuel',
    remove: 'Retirer ce logo',
    group: 'Logo',
  },
  labels: {
    logo: 'Fichier du logo',
    'add.venue': 'Vos adresses',
    access: 'Comment entrer',
    accessibility: 'Accueil adapté pour',
    acceslibreUrl: 'Sa page sur Accès libre',
    file: 'Fichier',
    pasted: 'Ou collez ici ce que contient le fichier',
    search: 'Nom ou commune du lieu',
  } as { readonly [name: string]: string },
  hints: {
    logo: 'PNG, WebP ou JPEG, 10 Mo au plus. Le fond transparent est gardé. Il est montré à côté du nom sur toutes les pages, et sur Mastodon et réseaux compatibles.',
    access: 'Pour les cafés que vous y annoncerez. 500 caractères au plus.',
    file: 'CSV ou JSON, 10 Mo au plus.',
    pasted: 'Avec la ligne des titres de colonnes.',
    search: 'Utile si le fichier décrit plusieurs lieux, par exemple tous ceux d’un département.',
  } as { readonly [name: string]: string },
  prefill: {
    link: 'Préremplir avec un fichier',
    title: 'Préremplir votre lieu',
    titleVenue: 'Préremplir une adresse',
    lead: 'Votre lieu est peut-être déjà décrit dans un fichier des lieux de médiation numérique : celui de la cartographie nationale, de votre département ou de votre réseau. Donnez-le : le formulaire sera rempli avec ce qu’il dit.',
    nothingYet: 'Rien n’est enregistré avant que vous ayez relu et appuyé sur « Enregistrer ».',
    submit: 'Lire le fichier',
    chooseTitle: 'De quel lieu s’agit-il ?',
    found: (n: number) =>
      `Le fichier décrit ${plural(n, 'lieu', 'lieux')} qui peuvent être le vôtre.`,
    choose: 'Remplir le formulaire',
    again: 'Donner un autre fichier',
    filled:
      'Le formulaire est rempli avec ce que dit le fichier. Relisez, corrigez, puis enregistrez : rien n’est encore enregistré.',
    group: 'Pour vos cafés',
    addVenue: (name: string) => `Ajouter aussi « ${name} » aux adresses de vos cafés`,
    unknownPlace: 'sans commune',
  },
  wrongFile: {
    empty: 'Choisissez un fichier, ou collez ce qu’il contient.',
    'without-content': 'Ce fichier est vide. Choisissez-en un autre.',
    'too-large': 'Ce fichier est trop grand : 10 Mo au plus.',
    unreadable:
      'Ce fichier n’est ni un tableau CSV ni du JSON. Si c’est un classeur Excel ou LibreOffice, enregistrez-le d’abord au format CSV.',
    'not-places':
      'Ce fichier ne décrit pas de lieux de médiation numérique : nous n’y trouvons ni « nom » ni « commune ».',
    none: 'Aucun lieu de ce fichier ne porte ce nom ni cette commune. Choisissez à nouveau le fichier et essayez avec moins de mots.',
    many: (n: number) =>
      `Ce fichier décrit ${plural(n, 'lieu', 'lieux')}. Choisissez-le à nouveau et donnez le nom ou la commune du vôtre.`,
  },
  removal: {
    link: 'Supprimer cette adresse',
    title: 'Supprimer cette adresse ?',
    what: (name: string) =>
      `« ${name} » ne sera plus dans la liste. Les cafés qui y ont eu lieu gardent leur adresse.`,
    confirm: 'Supprimer l’adresse',
    keep: 'La garder',
    refused: (n: number) =>
      `Cette adresse ne peut pas être supprimée : ${
        n === 1
          ? 'un café doit encore s’y tenir. Donnez-lui d’abord une autre adresse, ou supprimez-le.'
          : `${n} cafés doivent encore s’y tenir. Donnez-leur d’abord une autre adresse, ou supprimez-les.`
      }`,
  },
})
