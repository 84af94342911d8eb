import { plural } from '../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../typography.ts'

/** What the public reads beside the cafés themselves: months, ways to follow and to share, the plan of the site. */
export const visitorFr = typesetFrench({
  programs: {
    calendar: 'Cafés à venir (agenda)',
    feed: 'Cafés à venir (lecteur de flux)',
    oneCafe: 'Ce café (agenda)',
  },
  calendar: {
    caption: (month: string) => `Les jours avec des cafés, ${month}`,
    monthTitle: (month: string) => `Les cafés ${/^[ao]/.test(month) ? 'd’' : 'de '}${month}`,
    dayTitle: (day: string) => `Les cafés du ${day}`,
    none: 'Aucun café n’est annoncé à cette date.',
    cafes: (n: number) => ` ${plural(n, 'café', 'cafés')}`,
    today: ' aujourd’hui',
    before: (month: string) => `Avant : ${month}`,
    after: (month: string) => `Ensuite : ${month}`,
    byMonth: 'Mois par mois',
  },
  share: {
    heading: 'Partager ce café',
    byMail: 'L’envoyer par courriel',
    copy: 'Ou copiez son adresse :',
  },
  keep: {
    heading: 'Dans votre agenda',
    file: 'Ce café en fichier .ics',
    how: 's’ouvre avec l’agenda de votre téléphone ou de votre ordinateur. Avec Google Agenda, sur ordinateur : « Paramètres », puis « Importer ».',
    changes:
      'Ce fichier ne change plus ensuite. Pour voir arriver un changement de date ou une annulation :',
    subscribe: 'suivez tous les cafés.',
  },
  followPage: {
    title: (name: string) => `Suivre ${name}`,
    titleHub: 'Suivre tous les cafés',
    titleFeed: (territory: string) => `Suivre les cafés : ${territory}`,
    titleOnline: 'Suivre les cafés en ligne',
    feedCafes: 'Voir ces cafés',
    feedHandle: 'Ces cafés ont une adresse, comme un compte :',
    feedSearch: 'Ou copiez cette adresse dans la recherche de votre réseau, puis suivez le compte.',
    feedReader: 'Donnez cette adresse à votre lecteur :',
    lead: 'Soyez au courant de chaque nouveau café, d’un changement ou d’une annulation, là où vous êtes déjà.',
    account: 'Avec Mastodon ou un réseau compatible',
    handle: 'Ce site a une adresse, comme un compte :',
    handleParts:
      'Le premier mot est le nom du compte, le second est le site qui le tient. Les deux ensemble se suivent depuis Mastodon et les réseaux compatibles, sans compte ici.',
    compte: 'L’adresse de votre compte',
    compteHint: 'Par exemple @camille@mastodon.example. Elle n’est pas gardée.',
    submit: 'Suivre depuis mon compte',
    found: (host: string) => `${host} va vous demander de confirmer.`,
    go: (host: string) => `Continuer sur ${host}`,
    search:
      'Ou copiez l’adresse de ce site dans la recherche de votre réseau, puis suivez le compte.',
    tooMany: 'Vous avez fait trop de demandes. Attendez quelques minutes, puis recommencez.',
    calendar: 'Dans votre agenda',
    calendarHow:
      'Un agenda abonné se met à jour tout seul. Dans Google Agenda, choisissez « À partir de l’URL » ; dans Outlook, « S’abonner à partir du web » ; sur iPhone et Mac, « Nouvel abonnement ». Donnez cette adresse :',
    calendarOpen: 'M’abonner avec l’agenda de cet appareil',
    reader: 'Dans un lecteur de flux',
    readerHow: 'Donnez l’une de ces adresses à votre lecteur :',
  },
  siteMap: {
    title: 'Plan du site',
    pages: 'Les pages',
    files: 'Pour les agendas et les lecteurs de flux',
    past: 'Cafés passés',
    follow: 'Suivre les cafés',
    calendar: 'Agenda des cafés à venir',
    feed: 'Flux des cafés à venir',
    jsonFeed: 'Flux des cafés à venir, en JSON',
  },
  feed: {
    title: (name: string) => `Cafés à venir – ${name}`,
    description: 'Des rencontres gratuites pour parler ensemble d’intelligence artificielle.',
  },
})
