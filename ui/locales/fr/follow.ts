import { plural } from '../../../node/domain/values/number-text.ts'
import { inTerritoryText } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

/** The texts about following a site: the panel, the page, and the descriptions of feeds. */
export const followFr = typesetFrench({
  heading: 'Suivre ce lieu',
  headingHub: 'Suivre tous les cafés',
  how: 'Sur Mastodon et réseaux compatibles, copiez cette adresse dans la recherche, puis suivez le compte : chaque nouveau café, changement ou annulation arrive dans votre fil.',
  more: 'Suivre depuis mon compte',
  subscribe: 'S’abonner à l’agenda des cafés',
  page: {
    title: (name: string) => `Suivre ${name}`,
    titleHub: 'Suivre tous les cafés',
    titleFeed: (territory: string) => `Suivre les cafés ${inTerritoryText(territory)}`,
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
    places: {
      title: 'Tous les lieux à la fois',
      none: 'Aucun lieu de ce département ne peut encore être suivi de cette façon.',
      how: (total: number) =>
        `${plural(total, 'lieu a son compte', 'lieux ont leur compte')}. Sur Mastodon (4.6 ou après) et les logiciels qui lisent les collections, copiez cette adresse dans la recherche, puis choisissez les comptes à suivre :`,
    },
    software: {
      title: 'Selon votre logiciel',
      follow: {
        account: (_host: string) => 'Suivez ce compte.',
        place: (_host: string) =>
          'Suivez le compte de chaque lieu : votre logiciel n’affiche pas ce qu’un annuaire partage.',
        'trusted-account': (_host: string) =>
          'Suivez ce compte. Rien n’y paraît avant que l’administration de votre site lui fasse confiance.',
        'trusted-place': (_host: string) =>
          'Suivez le compte de chaque lieu : votre logiciel n’affiche pas ce qu’un annuaire partage. Rien n’y paraît avant que l’administration de votre site fasse confiance à ces comptes.',
        server: (host: string) => `L’administration de votre site suit ${host} en entier.`,
      },
      see: {
        post: 'Vous voyez un message par café, puis ce qui change.',
        event: 'Chaque café y est un événement, tenu à jour.',
        topic: 'Chaque café y est un sujet, tenu à jour.',
      },
    },
    tooMany: 'Vous avez fait trop de demandes. Attendez quelques minutes, puis recommencez.',
    calendar: 'Dans votre agenda',
    calendarHow:
      'Un agenda abonné se met à jour tout seul. Dans Google Agenda, choisissez « À partir de l’URL » ; dans Outlook, « S’abonner à partir du web » ; sur iPhone et Mac, « Nouvel abonnement ». Donnez cette adresse :',
    calendarOpen: 'M’abonner avec l’agenda de cet appareil',
    reader: 'Dans un lecteur de flux',
    readerHow: 'Donnez l’une de ces adresses à votre lecteur :',
  },
  feed: {
    title: (name: string) => `Cafés à venir – ${name}`,
    description: 'Des rencontres gratuites pour parler ensemble d’intelligence artificielle.',
  },
})
