import { plural } from '../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../typography.ts'

/** The words on posters, flyers and pictures of a café, in its language, and those of the page that has them. */
export const kitFr = typesetFrench({
  sheet: {
    open: 'Ouvert à toutes et à tous',
    reserved: 'Réservé à un public précis',
    free: 'Gratuit',
    entry: {
      none: 'sans inscription',
      local: 'sur inscription',
      external: 'sur inscription',
      phone: 'inscription par téléphone',
      full: 'complet',
    },
    entryLines: {
      none: ['Sans inscription.', 'Venez comme vous êtes.'].join('\n'),
      local: ['Sur inscription,', 'à l’adresse ci-dessous.'].join('\n'),
      external: ['Sur inscription,', 'à l’adresse ci-dessous.'].join('\n'),
      phone: ['Inscription par téléphone,', 'au numéro ci-dessous.'].join('\n'),
      full: ['Il n’y a plus de place.', ''].join('\n'),
      waiting: ['Complet : liste d’attente', 'à l’adresse ci-dessous.'].join('\n'),
    },
    until: (clock: string) => `à ${clock}`,
    untilLater: (day: string, clock: string) => `au ${day}, ${clock}`,
    online: 'En ligne, depuis chez vous',
    alsoOnline: 'Et en ligne : le lien est à l’adresse ci-dessous.',
    placeToCome: 'Lieu à venir',
    access: {
      hi: 'boucle magnétique ou accueil des personnes sourdes',
      vi: 'accueil des personnes malvoyantes',
      pi: 'accueil adapté au handicap psychique',
      mi: 'accès en fauteuil roulant',
      ii: 'accueil adapté au handicap intellectuel',
    },
    back: {
      about: 'De quoi on parle',
      what: 'Un café IA, c’est quoi ?',
      whatText:
        'Une conversation sur l’intelligence artificielle : ce qu’elle change au travail, à l’école, à la maison. Ni cours, ni vente, ni tri entre experts et débutants.',
      how: 'Comment ça se passe',
      ticks: [
        'Venez comme vous êtes : personne n’est expert.',
        'On arrive quand on peut, on part quand on veut.',
        'Écouter sans parler, c’est participer aussi.',
        'Ni ordinateur ni téléphone à apporter.',
      ].join('\n'),
      help: 'L’aide au numérique d’abord',
      helpText:
        'Une démarche en ligne qui coince, un téléphone à régler ? Dites-le en arrivant : cherchons ensemble qui peut vous aider. L’IA peut attendre.',
      way: 'Y aller',
    },
    lead: 'Programme, accès, changements :',
    leadOnline: 'Le lien pour venir :',
    leadRegistration: 'S’inscrire, suivre les changements :',
    skipped: 'pas de café',
    cancelledDate: 'annulé',
    leadSeries: 'Toutes les dates, tenues à jour :',
    phone: (phone: string) => `ou ${phone}`,
    code: (address: string) => `Code à scanner : ${address}`,
    with: 'Avec',
    scan: 'Scannez, ou tapez',
    printed: (day: string) =>
      `Affiche du ${day}. Imprimée par nos soins, ne pas jeter sur la voie publique.`,
    credit: 'Dessins : Café IA',
    change: {
      cancelled: 'Annulé',
      postponed: 'Reporté',
      rescheduled: 'Nouvelle date',
      'moved-online': 'En ligne',
    },
    dayAndHour: (day: string, clock: string) => `${day}, ${clock}`,
    above: 'Reporté au',
    noDate: {
      cancelled: 'Ce café n’aura pas lieu',
      postponed: 'Nouvelle date à venir',
      undated: 'Date à venir',
    },
    noDateSentence: {
      cancelled: 'Nos prochains cafés sont à l’adresse ci-dessous.',
      postponed: 'Elle sera dite à l’adresse ci-dessous.',
      undated: 'Elle sera dite à l’adresse ci-dessous.',
    },
    others: 'Et avant cela :',
    othersAfter: 'Venez plutôt :',
  },
  /** What can be copied, in the language of the café. */
  words: {
    at: (day: string, clock: string) => `${day} à ${clock}`,
    off: (label: string, title: string, old: string) =>
      `${label} : le café IA « ${title} », prévu le ${old}, n’aura pas lieu ce jour-là.`,
    mail: (when: string, host: string, title: string) =>
      `Bonjour,\n\n${when}, ${host} vous invite à un café IA : « ${title} ».`,
    mailEnd: 'C’est gratuit. Venez avec vos questions, et avec quelqu’un de votre entourage.',
    networksEnd: (entry: string) => `Gratuit, ${entry}.`,
    press: (town: string, when: string, where: string, title: string) =>
      `${town}. Un café IA, une rencontre gratuite pour parler de l’intelligence artificielle, aura lieu ${when}, ${where}. On y parlera de : « ${title} ».`,
    pressEnd: (entry: string) => `Entrée gratuite, ${entry}.`,
    more: (address: string) => `Renseignements : ${address}`,
    alt: (title: string, when: string, where: string) => `${title}. ${when}. ${where}.`,
  },
  page: {
    title: 'Faites-le savoir',
    link: 'Affiche, tract, images et textes',
    take: 'Imprimer l’affiche (PDF)',
    takeWarm: 'la même en couleurs',
    upToDate: 'Tout est fait avec ce que dit la page du café en ce moment.',
    draft: 'Ce café n’est pas encore publié : vous seuls voyez ces documents.',
    reprint: 'Réimprimez.',
    oldDate: (day: string, before: string) =>
      `Celle prise le ${day} porte l’ancienne date : ${before}.`,
    oldPlace: (day: string, before: string) =>
      `Celle prise le ${day} porte l’ancien lieu : ${before}.`,
    oldState: (day: string, state: string) => `Celle prise le ${day} ne dit pas « ${state} ».`,
    takeNew: 'Prendre la nouvelle',
    toPrint: 'À imprimer, à montrer',
    download: (name: string) => `Télécharger : ${name}`,
    sheets: {
      affiche: ['Affiche sobre', 'A4, pour toutes les imprimantes'].join('\n'),
      chaleureux: ['Affiche en couleurs', 'A4'].join('\n'),
      tract: ['Tract', 'A5, recto et verso'].join('\n'),
      vignettes: ['Quatre par feuille', 'A6, à couper'].join('\n'),
      diapositive: ['Écran d’accueil', '16:9, à projeter'].join('\n'),
      paysage: ['Pour les réseaux', '1200 × 630'].join('\n'),
      carre: ['Carré', '1080 × 1080'].join('\n'),
      portrait: ['En hauteur', '1080 × 1350'].join('\n'),
    },
    ready: 'Des mots tout prêts',
    texts: {
      mail: 'Courriel',
      networks: 'Réseaux',
      press: 'Journal local',
      alt: 'Texte de remplacement des images',
    },
    forPrinter: 'Pour un imprimeur, ou pour vérifier',
    bleed: 'L’affiche en couleurs, avec 3 mm de fond perdu et les traits de coupe',
    bleedSober: 'L’affiche sobre, avec 3 mm de fond perdu et les traits de coupe',
    signed: 'Le code signé de ce café, que l’on vérifie sans réseau',
    starter:
      'Première fois ? Le déroulé, la feuille à cocher et la liste de ce qu’il faut faire (PDF)',
    look: 'La couleur et le logo sont ceux de votre site.',
    settings: 'Les changer',
  },
  leaflet: {
    ofSite: (name: string) => `Les cafés IA – ${name}`,
    inTerritory: (where: string, _name: string) => `Les cafés IA ${where}`,
    online: 'En ligne',
    lead: (n: number, hasMore: boolean) =>
      n === 0
        ? 'Aucun café n’est annoncé pour ce mois. Pourquoi pas chez vous ?'
        : `${hasMore ? 'Les premières des rencontres gratuites' : plural(n, 'rencontre gratuite', 'rencontres gratuites')} pour parler ensemble de l’intelligence artificielle. Tout le monde est bienvenu.`,
    go: 'Tous les cafés, à jour. Vérifiez avant de vous déplacer.',
    printed: (day: string) => `Liste du ${day}. Imprimée par nos soins.`,
    link: 'Le programme du mois, à imprimer (PDF)',
  },
})
