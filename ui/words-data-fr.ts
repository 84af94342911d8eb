import { fileSize } from '../node/domain/file-size.ts'
import { plural } from '../node/domain/number-words.ts'
import { typesetFrench } from './typography.ts'

/** What is given away for others to use: open data, the list of cafés on another site, the API. */
export const dataFr = typesetFrench({
  open: {
    title: 'Données ouvertes',
    lead: 'Tous les cafés publics de ce site, passés et à venir, en fichiers que chacun peut reprendre.',
    files: 'Les fichiers du jour',
    made: (when: string, cafes: string, places: string) =>
      `Faits le ${when} : ${cafes}, ${places}. Ils sont refaits chaque nuit.`,
    cafes: (n: number) => plural(n, 'café', 'cafés'),
    places: (n: number) =>
      plural(n, 'lieu avec une adresse complète', 'lieux avec une adresse complète'),
    preparing: 'Fichiers en préparation',
    preparingText: 'Les fichiers sont en préparation. Rechargez cette page dans quelques instants.',
    col: { file: 'Fichier', what: 'Ce qu’il contient', size: 'Taille', sha: 'Empreinte SHA-256' },
    what: {
      'cafes-ia.csv': 'Un café par ligne. S’ouvre avec un tableur (UTF-8, point-virgule).',
      'cafes-ia.geojson': 'Les mêmes cafés, à poser sur une carte (GeoJSON).',
      'cafes-ia.ndjson':
        'Les annonces d’origine, une par ligne, avec la signature du lieu. Rien n’y est changé : une annonce peut donner le numéro à appeler pour s’inscrire.',
      'lieux-de-mediation.csv':
        'Les lieux qui accueillent des cafés, au format du standard « Lieux de médiation numérique ».',
    },
    size: (bytes: number) => fileSize(bytes),
    package: 'La liste des fichiers pour un programme (Data Package)',
    licence: 'Licence',
    licenceText:
      'Vous pouvez copier, changer et diffuser ces données, même pour vendre, en disant d’où elles viennent et de quand elles datent :',
    licenceName: 'Licence Ouverte 2.0',
    persons: 'Et les personnes ?',
    personsText:
      'Les tableaux ne contiennent ni animatrice, ni animateur, ni participant, ni adresse électronique, ni numéro de téléphone. Ce qui ressemble à un contact dans un texte est remplacé par « [contact] ».',
    fresh: 'Rester à jour',
    freshText:
      'Pour ne lire que ce qui a changé, demandez à l’API les cafés modifiés depuis une date, et ceux qui ont été supprimés :',
    search: 'Une partie seulement',
    searchText:
      'Chaque recherche existe aussi en fichier, toujours à jour. Ajoutez ses critères à l’adresse :',
    agenda: 'Pour OpenAgenda et les agendas qui lisent son format :',
    dictionary: 'Les colonnes du tableau',
    dictionaryText:
      'Le tableau suit un schéma, que les outils savent vérifier. Les mêmes noms servent dans le fichier GeoJSON.',
    schema: 'Le schéma « cafes-ia » (Table Schema)',
    example: 'Un exemple valide',
    column: { name: 'Nom', type: 'Type', meaning: 'Ce que la colonne contient', rule: 'Règle' },
    types: {
      string: 'texte',
      number: 'nombre',
      integer: 'nombre entier',
      datetime: 'date et heure',
      boolean: 'Oui ou vide',
    },
    required: 'toujours rempli',
    unique: 'unique',
    oneOf: 'une de ces valeurs :',
    pattern: (pattern: string) => `de la forme ${pattern}`,
    between: (least: string, most: string) => `entre ${least} et ${most}`,
    atLeast: (least: string) => `${least} au moins`,
    embed: 'Vous voulez montrer les cafés sur votre site ?',
    embedLink: 'Intégrer l’annuaire',
    api: 'L’API',
  },
  embed: {
    title: 'Intégrer l’annuaire',
    lead: 'Montrez les cafés à venir sur le site de votre ville, de votre médiathèque ou de votre association. Rien à installer, aucun cookie.',
    choose: 'Quels cafés ?',
    labels: {
      ou: 'Autour de quel endroit ?',
      rayon: 'Distance',
      territoire: 'Ou dans quel territoire ?',
      quand: 'Quand ?',
      mode: 'Comment ?',
      q: 'Avec quels mots ?',
      nombre: 'Combien de cafés au plus ?',
      couleur: 'Couleur des liens',
      theme: 'Fond',
    },
    hints: {
      ou: 'Code postal ou ville, par exemple 35000.',
      q: 'Par exemple : images, seniors.',
      nombre: 'De 1 à 50.',
      couleur: 'Par exemple #0b6355. Elle doit se lire facilement sur un fond clair.',
    },
    everywhere: 'Partout',
    regions: 'Régions',
    departements: 'Départements',
    other: 'Autre territoire',
    themes: { '': 'Comme l’appareil du visiteur', clair: 'Clair', sombre: 'Sombre' },
    submit: 'Voir le résultat',
    badColour: (ratio: string) =>
      `Cette couleur ne se lit pas assez bien : contraste de ${ratio}, il faut 4,5. Choisissez une couleur plus foncée.`,
    notAColour: 'Donnez une couleur de la forme #0b6355.',
    preview: 'Aperçu',
    previewTitle: 'Cafés IA à venir (aperçu)',
    copy: 'Le code à copier',
    copyText: 'Choisissez l’une de ces trois façons, puis collez le code dans votre page.',
    component: 'Avec un élément de page (le plus souple)',
    componentHow: (origin: string) =>
      `La liste prend place dans votre page. Si votre site limite les scripts (Content-Security-Policy), autorisez ${origin} dans script-src et connect-src.`,
    frame: 'Avec un cadre (le plus simple)',
    frameHow:
      'La hauteur s’adapte au contenu grâce à la dernière ligne. Sans elle, le cadre garde sa hauteur.',
    link: 'Avec un simple lien (partout)',
    linkHow: 'Pour un site qui n’accepte ni script ni cadre.',
    linkText: 'Les cafés IA à venir',
    frameHeading: 'Cafés IA à venir',
    frameNone: 'Aucun café n’est annoncé pour le moment.',
    frameWrong: 'Cette liste n’est pas bien réglée. Voir tous les cafés :',
    frameMore: 'Voir tous les cafés',
    frameBy: (name: string) => `Source : ${name}`,
  },
})
