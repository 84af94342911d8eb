import { typesetFrench } from '../typography.ts'

/** The words on posters, flyers and pictures of a café; they are in the language of the café. */
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
    lead: 'Programme, accès, changements :',
    leadOnline: 'Le lien pour venir :',
    leadRegistration: 'S’inscrire, suivre les changements :',
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
})
