import { plural } from '../../../../node/domain/values/number-text.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts about a café's state, its publication and its venue. */
export const cafeStatusFr = typesetFrench({
  change: {
    title: 'Changer ce café',
    open: 'Reporté, complet, en ligne…',
    question: 'Que devient ce café ?',
    unpublished:
      'Ce café n’est pas encore publié : personne ne l’attend. Modifiez-le ou supprimez-le.',
    choice: {
      'as-planned': 'Il a lieu comme prévu',
      full: 'Il est complet',
      'moved-online': 'Il a lieu en ligne',
      postponed: 'Il est reporté, sans date pour le moment',
      cancelled: 'Il est annulé',
    },
    effect: {
      'as-planned': 'Les places sont libres, et le lieu est celui de l’annonce.',
      full: 'La page dit « Complet ». Les inscriptions sont fermées.',
      'moved-online': 'La page donne le lien au lieu de l’adresse.',
      postponed:
        'La page dit « Reporté ». Quand vous aurez une date, modifiez le café : la nouvelle date sera annoncée.',
      cancelled: 'La page reste en ligne et dit « Annulé ».',
    },
    now: 'C’est le cas maintenant.',
    labels: {
      situation: 'Que devient ce café ?',
      note: 'Un mot d’explication',
      'note.as-planned': 'Un mot d’explication',
      'note.full': 'Un mot d’explication',
      onlineUrl: 'Lien pour rejoindre en ligne',
      'note.moved-online': 'Un mot d’explication',
      'note.postponed': 'Pourquoi ?',
      'note.cancelled': 'Pourquoi ?',
    } as { readonly [name: string]: string },
    hints: {
      'note.full': 'Visible de tout le monde, 255 caractères au plus.',
      onlineUrl: 'Visible de tout le monde. Par exemple : visio.exemple.fr/cafe',
      'note.moved-online': 'Visible de tout le monde, 255 caractères au plus.',
      'note.postponed':
        'Une phrase, visible de tout le monde, 255 caractères au plus. Par exemple : la salle est inondée.',
      'note.cancelled':
        'Une phrase, visible de tout le monde, 255 caractères au plus. Par exemple : la salle est inondée.',
      'note.as-planned': 'Visible de tout le monde, 255 caractères au plus.',
    } as { readonly [name: string]: string },
    submit: 'Enregistrer et prévenir',
    submitOnly: 'Enregistrer',
    newDate: 'Donner une autre date',
    newDateHow: 'Vous avez déjà une autre date ? Modifiez simplement le jour et l’heure.',
  },
  venues: {
    nav: 'Salles et adresses',
    title: 'Salles et adresses',
    lead: 'Les endroits où vos cafés ont lieu. Écrits une fois, ils se choisissent dans une liste.',
    add: 'Ajouter une adresse',
    address: 'Adresse',
    name: 'Nom du lieu',
    none: 'Aucune adresse pour le moment.',
    titleNew: 'Ajouter une adresse',
    titleEdit: 'Modifier une adresse',
    labels: {
      name: 'Nom du lieu',
      town: 'Code postal ou commune',
      codeInsee: 'Quelle commune ?',
      streetAddress: 'Rue et numéro',
      access: 'Comment entrer',
      accessibility: 'Accueil adapté pour',
      acceslibreUrl: 'Sa page sur Accès libre',
      closures: 'Jours de fermeture',
      latitude: 'Latitude',
      longitude: 'Longitude',
      update: 'Les cafés à venir',
    } as { readonly [name: string]: string },
    hints: {
      name: 'Par exemple : Médiathèque du Canal',
      town: 'Nous trouvons la ville, le fuseau horaire et le point sur la carte.',
      streetAddress: 'Par exemple : 12 quai du Canal',
      access:
        '500 caractères au plus. Entrée, étage, arrêt de bus, stationnement. Par exemple : entrée par la cour, ascenseur à droite.',
      acceslibreUrl: 'Sur acceslibre.beta.gouv.fr, si le lieu y est décrit.',
      closures:
        'Un par ligne, ou du premier au dernier jour. Par exemple : 24/12/2026 au 03/01/2027 : fin d’année. Les séries de cafés proposent alors de sauter ces dates.',
      latitude: 'Par exemple : 48,1113',
      longitude: 'Par exemple : -1,68',
    } as { readonly [name: string]: string },
    point: 'Le point sur la carte',
    pointHint: 'Sans réponse, le centre de la commune.',
    update: (n: number, isTold: boolean) =>
      (n < 2
        ? 'Mettre aussi à jour le café qui doit s’y tenir'
        : `Mettre aussi à jour les ${n} cafés qui doivent s’y tenir`) +
      (isTold ? ', et prévenir' : ''),
    save: 'Enregistrer',
    yours: 'Vos adresses',
    acceslibre: 'Accessibilité du lieu (Accès libre)',
  },
  online: {
    title: {
      waits: 'Votre café n’est pas encore en ligne',
      closed: 'Votre café est enregistré, et les pages de ce site ne sont pas montrées',
      hidden: 'Votre café est publié, et cet annuaire ne le montre pas',
      online: 'Votre café est en ligne',
      changed: 'Votre changement est en ligne',
      rescheduled: 'La nouvelle date est en ligne',
      maintained: 'Votre café est maintenu',
      full: 'Votre café est complet',
      movedOnline: 'Votre café a lieu en ligne',
      cancelled: 'Votre café est annulé',
      postponed: 'Votre café est reporté',
    },
    where: 'Où il est montré',
    tell: 'Le faire savoir',
    message: 'Message à copier',
    code: 'Code à imprimer (QR)',
    next: 'Et maintenant ?',
    again: 'Refaire pour la semaine suivante',
    duplicate: 'Dupliquer, à une autre date',
    changes: 'Quelque chose change ?',
    newDate: 'Il change de date',
    newDateMeans: 'Les deux dates sont écrites sur la page, et qui vous suit est prévenu.',
    remove:
      'Annoncé par erreur ? Un café qui n’aura pas lieu s’annule plutôt : sa page le dit à qui l’avait noté. Supprimé, il disparaît sans explication.',
    confirmed: (when: string) => `Confirmé par l’équipe le ${when}`,
  },
  circulation: {
    page: 'Sa page est ouverte à tout le monde :',
    pageClosed: 'Sa page n’est pas montrée pour le moment :',
    here: 'Cet annuaire le montre.',
    hereClosed: 'Cet annuaire ne le montre pas.',
    directory: {
      shown: (name: string) =>
        `Dans ${name} : vu à l’instant, par une question posée à l’annuaire.`,
      older: (name: string) =>
        `Dans ${name} : vu à l’instant, tel qu’il était avant. Le changement est en route : rechargez la page dans une minute.`,
      missing: (name: string) =>
        `Dans ${name} : demandé à l’instant, il n’y est pas. Juste après une annonce, il peut falloir une minute : rechargez la page. S’il y manque encore ensuite, écrivez à l’équipe de l’annuaire.`,
      silent: (name: string) =>
        `Dans ${name} : l’annuaire ne répond pas pour l’instant, nous ne savons pas s’il le montre.`,
      hidden: (name: string) => `${name} ne le montre pas.`,
      asked: (name: string) =>
        `${name} n’a pas encore répondu à votre demande : il ne montre rien de ce site.`,
      refused: (name: string) => `${name} n’accepte pas les cafés de ce site.`,
      failed: (name: string) => `${name} est introuvable : il n’a pas reçu votre demande.`,
    },
    nowhere: 'Dans aucun annuaire : ce site n’en a pas rejoint.',
    nobodyFollows: 'Aucun compte ne suit ce lieu pour le moment.',
    followers: {
      later: (n: number) =>
        `${plural(n, 'compte qui suit ce lieu sera prévenu', 'comptes qui suivent ce lieu seront prévenus')} une semaine avant.`,
      sent: (n: number) =>
        `${plural(n, 'compte qui suit ce lieu a été prévenu', 'comptes qui suivent ce lieu ont été prévenus')}.`,
      waiting: (n: number) =>
        `${plural(n, 'compte qui suit ce lieu va être prévenu', 'comptes qui suivent ce lieu vont être prévenus')} : l’envoi est en cours.`,
      held: (n: number) =>
        `${plural(n, 'compte qui suit ce lieu n’est pas prévenu', 'comptes qui suivent ce lieu ne sont pas prévenus')} : rien ne part de ce site pour le moment.`,
    },
    feed: {
      later: (title: string, n: number) =>
        `${title} : ${plural(n, 'compte sera prévenu', 'comptes seront prévenus')} une semaine avant.`,
      told: (title: string, n: number) =>
        `${title} : ${plural(n, 'compte a été prévenu', 'comptes ont été prévenus')}.`,
      waiting: (title: string, n: number) =>
        `${title} : ${plural(n, 'compte sera prévenu', 'comptes seront prévenus')} au prochain envoi.`,
      held: (title: string, n: number) =>
        `${title} : ${plural(n, 'compte n’est pas prévenu', 'comptes ne sont pas prévenus')}, rien ne part pour le moment.`,
      listed: (title: string, n: number) =>
        `${title} : le café est dans sa liste, sans message à ${n === 1 ? 'son abonné' : `ses ${n} abonnés`}.`,
    },
    others: {
      waiting: 'L’envoi aux autres sites est en cours.',
      held: 'Rien ne part de ce site pour le moment : il a été remis d’après une sauvegarde.',
    },
    unreached: (n: number) =>
      n === 1
        ? 'Un serveur n’a pas pu être atteint :'
        : `${n} serveurs n’ont pas pu être atteints :`,
    alerts: (n: number) =>
      n === 1
        ? 'Une alerte par courriel peut encore partir, à qui l’a demandée.'
        : `Jusqu’à ${n} alertes par courriel partent encore, à qui les a demandées.`,
  },
  confirmation: {
    yes: 'Oui, il a lieu',
  },
  publishing: {
    lead: 'Laissez vide pour publier tout de suite. C’est l’heure du lieu.',
    publishNow: 'Publier',
    at: (when: string) => `le ${when}`,
  },
})

/** The texts about cafés that two servers announce. */
export const duplicatesFr = typesetFrench({
  nav: 'Doublons',
  also: 'Aussi annoncé par',
  title: 'Les cafés annoncés deux fois',
  lead: 'Deux sites annoncent des cafés qui se ressemblent ? L’annuaire montre les deux, jusqu’à ce que vous décidiez. Si l’un d’eux change ensuite et ne ressemble plus à l’autre, les deux sont montrés de nouveau. Si deux structures d’un même site annoncent le même café, il n’est montré qu’une fois.',
  first: (n: number) =>
    `Les ${n} premiers seulement. Les suivants viendront quand ceux-ci seront passés ou décidés.`,
  suspected: 'Peut-être le même café',
  none: 'Rien à examiner.',
  folded: 'Montrés une seule fois',
  apart: 'Deux cafés, d’après votre équipe',
  one: 'Une annonce',
  other: 'L’autre',
  shown: 'Montré',
  hidden: 'Replié',
  why: 'Pourquoi',
  action: 'Votre décision',
  reason: {
    uid: 'même identifiant d’agenda, sur un même site',
    likeness: 'même commune, même lieu, heures et titres proches',
    team: 'votre équipe l’a décidé',
  },
  areTwo: 'Ce sont deux cafés',
  areOne: (host: string, by: string) =>
    `C’est le même café : montrer l’annonce ${ofName(host)} (${by})`,
  about: (one: string, other: string) => ` : ${one} et ${other}`,
})

type QuestionParts = {
  siteName: string
  /** Title, date and place, on a line each. */
  cafe: string
  yes: string
  edit: string
  cancel: string
}

/** The texts of the mail that is sent three days before a café, and of the page that its link opens. */
export const confirmationFr = typesetFrench({
  several: (n: number) => `Vos ${n} cafés ont-ils toujours lieu ?`,
  mail: {
    subject: (title: string) => `Votre café a-t-il toujours lieu ? ${title}`,
    text: ({ siteName, cafe, yes, edit, cancel }: QuestionParts) =>
      [
        'Bonjour,',
        '',
        `Votre café a-t-il toujours lieu ? Une seule réponse suffit pour toute l’équipe ${ofName(siteName)}.`,
        '',
        cafe,
        '',
        'Oui, il a lieu (en un clic, sans mot de passe) :',
        yes,
        '',
        'Modifier : il y a un changement :',
        edit,
        '',
        'Annuler : il n’aura pas lieu :',
        cancel,
        '',
        'Après votre « oui », la page du café dit que l’équipe l’a confirmé, avec la date. Sans réponse, elle ne dit rien de plus.',
        '',
      ].join('\n'),
  },
  title: 'Votre café a\u2011t\u2011il toujours lieu ?',
  lead: 'Répondez par le bouton : la page du café dira que votre équipe l’a confirmé.',
  yes: 'Oui, il a lieu',
  edit: 'Modifier',
  cancel: 'Annuler',
  signIn: 'Pour modifier ou annuler, il faut se connecter.',
  confirmed: 'C’est confirmé',
  confirmedOn: (day: string) => `La page du café le dit : l’équipe l’a confirmé le ${day}. Merci !`,
  see: 'Voir la page du café',
  off: {
    moved: 'La date de ce café a changé',
    movedWhy: 'Ce lien était pour l’ancienne date. Un autre message part pour la nouvelle.',
    cancelled: 'Ce café est déjà annulé',
    cancelledWhy: 'La page du café le dit. Il peut être rétabli dans l’administration.',
    postponed: 'Ce café est reporté',
    postponedWhy: 'Donnez-lui une nouvelle date dans l’administration.',
  },
  open: 'Ouvrir ce café dans l’administration',
  admin: 'Aller à l’administration',
})
