import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench } from '../../durations.ts'
import { ofName } from '../../french-articles.ts'
import { sentenceCase } from '../../typography.ts'
import { OWN_LINK, UNCONFIRMED, YEAR } from './terms.ts'

/** A page that says that everything is deleted also says what still remains in backups. */
const BACKUPS = `Ses sauvegardes, pour les pannes, peuvent les garder encore ${daysInFrench(RETENTION_DAYS.backup)} au plus, et celle d’avant une mise à jour du programme jusqu’à la mise à jour suivante.`

/** The texts of a facilitator's page about their own profile. */
export const ownProfileFr = {
  title: 'Mon profil d’animation',
  named: {
    title: 'Les cafés qui vous nomment',
    lead: 'Tant que vous n’avez pas dit oui, votre nom y est écrit sans lien et sans portrait. Après un non, il n’y est plus.',
    waits: 'Ce café attend votre réponse.',
    said: {
      yes: 'Vous avez dit oui : ce café mène à votre page.',
      no: 'Vous avez dit non : ce café ne vous nomme pas.',
    },
    yes: 'Oui, me nommer',
    no: 'Non, ne pas me nommer',
    always: 'Toujours d’accord pour ce lieu',
    isAlways: 'Vous êtes d’accord pour tous les cafés de ce lieu.',
    ask: 'Me demander pour chaque café',
    isNotMailed: 'Quand un café vous nomme, nous ne vous écrivons plus.',
    noMail: 'Ne plus m’écrire à ce sujet',
    mail: 'M’écrire de nouveau à ce sujet',
  },
  yourProfile: 'Votre profil',
  private:
    'Cette page est à vous. Ne donnez son adresse à personne : elle permet de changer ou de retirer votre profil.',
  state: {
    invited: 'Votre profil est vide. Rien n’est publié.',
    draft: 'Votre profil est écrit. Il n’est pas publié.',
    published: (until: string) => `Votre profil est publié jusqu’au ${until}.`,
    unpublished: 'Vous avez retiré votre profil de la vue. Rien n’est publié.',
    expired: `${sentenceCase(YEAR)} a passé sans nouvel accord. Rien n’est publié.`,
    hidden: 'Ce profil n’est pas montré.',
  },
  pending: 'Vous avez écrit des changements qui ne sont pas encore publiés.',
  waits: (site: string) =>
    `L’équipe ${ofName(site)} doit encore accepter votre demande. Vous recevrez un courriel.`,
  fill: 'Remplir mon profil',
  edit: 'Modifier',
  preview: 'Voir ce qui sera publié',
  renew: `Voir et donner mon accord pour ${YEAR}`,
  look: 'Voir ma page publique',
  pageAddress: (url: string) => `Son adresse : ${url}.`,
  changeAddress: 'En choisir une autre',
  hide: 'Ne plus montrer',
  hideHint:
    'Vous pouvez aussi ne plus montrer votre profil. Ce que vous avez écrit restera, pour vous seule ou vous seul.',
  withdraw: 'Tout retirer et effacer',
  log: 'Ce que j’ai accepté',
  logNone: 'Vous n’avez encore rien accepté.',
  logAt: (at: string) => `Accepté le ${at}`,
  logEnded: (at: string) => `fini le ${at}`,
  logHanded: 'par un lien que l’équipe a remis, sans preuve par courriel',
  published: 'Votre profil est publié.',
  hidden: 'Votre profil n’est plus visible.',
  joined: 'Votre profil part vers cet annuaire.',
  claimed:
    'C’est noté. Ouvrez maintenant la page de votre mandat : votre profil y attend votre oui.',
  dropped: 'C’est fait : votre profil ne nomme plus ce mandat.',
  left: 'C’est fait. Votre profil n’est pas dans cet annuaire, ou y est en cours d’effacement.',
  address: 'Votre nouvelle adresse est confirmée. Les anciens liens ne servent plus.',
  links: 'C’est fait : seul ce lien ouvre votre profil.',
  addressWaits: (email: string) =>
    `Votre nouvelle adresse, ${email}, attend d’être confirmée : ouvrez le lien qui y est parti. D’ici là, l’ancienne reste la vôtre.`,
  addressIsMine: (email: string) => `Oui, ${email} est mon adresse`,
  noMail:
    'Ce site n’envoie pas de courriels : rien ne prouve que l’adresse donnée est la vôtre, ni que c’est vous qui avez ce lien. L’équipe l’a vu en le remettant, et peut l’ouvrir aussi : ce qui serait accepté avec lui se voit plus bas, avec sa date. Si elle en fait un autre, celui-ci cesse de servir.',
  data: 'Tout ce que ce site sait de moi',
  linksTitle: 'Mes liens',
  linksMean: `Ce lien sert tant qu’il est ouvert au moins une fois en ${OWN_LINK}. Un nouveau lien met fin aux précédents.`,
  linksOther: (count: number) =>
    count === 1
      ? 'Un autre lien ouvre aussi votre profil.'
      : `${count} autres liens ouvrent aussi votre profil.`,
  closeLinks: 'Fermer tous les autres liens',
  directories: 'Les annuaires de ce site',
  inDirectory: (host: string) => `Votre profil est dans l’annuaire ${host}.`,
  notInDirectory: (host: string) => `Votre profil n’est pas dans l’annuaire ${host}.`,
  joinDirectory: (host: string) => `J’accepte d’être dans ${host}`,
  leaveDirectory: 'Retirer mon profil de cet annuaire',
}

export const ownProfileDataFr = {
  title: 'Tout ce que ce site sait de moi',
  lead: 'Rien d’autre n’est gardé ici avec votre profil. Le fichier contient la même chose, pour le garder ou l’emporter ailleurs.',
  download: 'Télécharger (JSON)',
  back: 'Revenir à mon profil',
  nothing: 'Rien.',
  yes: 'oui',
  no: 'non',
  /** The labels of the file's fields, by their names in the file. */
  names: {
    id: 'Numéro ici',
    alias: 'Fin de l’adresse, choisie',
    handle: 'Fin de l’adresse',
    uri: 'Adresse pour les logiciels',
    url: 'Adresse',
    actorUri: 'Compte pour Mastodon',
    organizationId: 'Numéro de la structure',
    level: 'Qui le voit',
    fieldLevels: 'Montré à moins de monde',
    directories: 'Annuaires',
    mandates: 'Mandats nommés',
    fediverse: 'Sur Mastodon et les réseaux compatibles',
    state: 'État',
    approvedAt: 'Accepté par l’équipe',
    consentedAt: 'Accord donné',
    expiresAt: 'Jusqu’au',
    createdAt: 'Créé',
    updatedAt: 'Changé',
    name: 'Nom',
    word: 'Mot choisi',
    territory: 'Code du territoire',
    departement: 'Code du département',
    region: 'Code de la région',
    latitude: 'Latitude du milieu du territoire',
    longitude: 'Longitude du milieu du territoire',
    radiusKm: 'Déplacements, en km',
    formats: 'Formats',
    themes: 'Thèmes',
    languages: 'Langues',
    status: 'Statut',
    training: 'Formation',
    trainedOn: 'Mois de formation',
    availability: 'Disponibilités',
    presentation: 'Présentation',
    photo: 'Photo',
    alt: 'Ce que montre la photo',
    credit: 'Auteur de la photo',
    focalPoint: 'Milieu de la photo',
    mediaId: 'Numéro de la photo',
    width: 'Largeur',
    height: 'Hauteur',
    sizes: 'Largeurs gardées',
    contact: 'Comment me joindre',
    shownContact: 'Contact montré',
    email: 'Adresse e-mail',
    nextEmail: 'Nouvelle adresse, pas encore confirmée',
    isMailConfirmed: 'Adresse confirmée',
    isAdult: '18 ans ou plus',
    isAlwaysNamed: 'D’accord pour tous les cafés de ce lieu',
    isMailedWhenNamed: 'Un courriel quand un café vous nomme',
    host: 'Site',
    field: 'Élément',
    text: 'Texte accepté',
    lang: 'Langue du texte',
    at: 'Le',
    endedAt: 'Terminé',
    isByHandedLink: 'Par un lien remis par l’équipe',
    mailedTo: 'Envoyé à',
    until: 'Jusqu’au',
    recipient: 'Envoyé à',
    subject: 'Objet',
    sentAt: 'Parti',
    title: 'Titre',
    kind: 'Quoi',
    issuer: 'Signé par',
    startsAt: 'À partir du',
    body: 'Texte signé',
  },
  parts: {
    profile: 'Mon profil',
    draft: 'Ce que j’ai écrit et pas encore publié',
    private: 'Ce qui n’est jamais publié',
    consents: 'Mes accords',
    directoriesAskedAbout: 'Les annuaires dont on m’a parlé',
    links: 'Les liens qui ouvrent mon profil',
    mails: 'Les courriels envoyés',
    cafes: 'Les cafés que j’anime',
    sentTo: 'Les sites qui ont reçu mon profil',
    attestations: 'Ce que des annuaires ont signé à mon sujet',
  },
}

export const ownProfileFormFr = {
  title: 'Votre profil',
  lead: 'Quatre minutes. Rien n’est publié avant que vous ayez tout revu et donné votre accord.',
  submit: 'Continuer : voir ce qui sera publié',
  who: 'Qui vous êtes',
  where: 'Où vous animez',
  what: 'Ce que vous proposez',
  audience: 'Comment vous joindre',
  sight: 'Qui voit votre profil',
  byField: 'Choisir élément par élément',
  same: 'Comme le profil',
  more: 'Photo',
  several: 'Choisissez votre commune :',
  withoutAlt: 'Photo sans description',
  removePhoto: 'Retirer la photo',
  chooseAddress: 'Choisir l’adresse de ma page',
  addressNow: (url: string) =>
    `Adresse de votre page aujourd’hui : ${url}. Si vous en changez, une adresse que vous aviez choisie ne mène plus nulle part, et personne ne peut la reprendre, vous non plus.`,
  labels: {
    name: 'Votre nom, ou un pseudonyme',
    alias: 'Adresse publique',
    word: 'Comment vous appeler',
    ou: 'Commune',
    extent: 'Votre territoire',
    radiusKm: 'Vos déplacements',
    formats: 'Formats',
    themes: 'Thèmes',
    languages: 'Langues parlées',
    status: 'Votre statut',
    training: 'Formation à l’animation',
    trainedOn: 'Mois de la formation',
    availability: 'Disponibilités',
    presentation: 'Quelques mots sur vous',
    image: 'Votre photo',
    'image.alt': 'Ce que montre la photo',
    contact: 'Contact',
    shownContact: 'Adresse e-mail ou téléphone à montrer',
    email: 'Votre adresse e-mail',
    isAdult: 'Votre âge',
    level: 'Qui peut voir votre profil',
  },
  hints: {
    name: 'Le nom que tout le monde lira.',
    alias:
      'La fin de l’adresse de votre page. Laissée vide, elle est tirée au hasard et ne dit rien de vous. Si vous la choisissez, elle reste dans les liens que d’autres ont gardés, même après un retrait.',
    ou: 'Code postal ou commune. Donnez celle où vous animez, pas votre adresse.',
    extent: 'Le territoire entier est montré, jamais un point.',
    formats: 'Séparés par des virgules : débat mouvant, atelier, jeu de cartes…',
    themes: 'Séparés par des virgules : emploi, école, vie privée…',
    trainedOn: 'Année et mois, par exemple 2026-05.',
    availability: 'Par exemple : le soir et le samedi.',
    presentation: '600 caractères au plus. Ne donnez rien sur quelqu’un d’autre.',
    image:
      'JPEG, PNG, WebP ou AVIF, 10 Mo au plus. Le lieu et la date de la prise de vue sont effacés.',
    'image.alt': 'Une phrase, pour les personnes qui ne voient pas la photo.',
    email: 'Jamais publiée. Elle sert à vous écrire : votre lien, et une question par an.',
  },
  extents: {
    commune: 'La commune',
    epci: 'L’intercommunalité (communauté de communes, métropole…)',
    departement: 'Le département',
    region: 'La région',
  },
  radii: { 0: 'Je reste sur ce territoire', other: (km: number) => `Jusqu’à ${km} km autour` },
  noAnswer: 'Ne pas le dire',
  contacts: {
    relay: 'Un formulaire : mon adresse reste cachée',
    shown: 'Montrer une adresse ou un téléphone',
    none: 'Ne pas être contactée ou contacté',
  },
  changedOften: 'Trop d’adresses ont été essayées. Attendez une heure, puis recommencez.',
  photosBusy:
    'D’autres photos arrivent en ce moment. Attendez un instant, choisissez de nouveau la vôtre, puis recommencez.',
  photosOften: 'Trop de photos ont été envoyées. Attendez une heure, puis recommencez.',
  adult: 'J’ai 18 ans ou plus',
}

export const ownProfilePreviewFr = {
  title: 'Ce qui sera publié',
  lead: 'Relisez. Voici votre profil, exactement comme il sera montré.',
  seenBy: {
    public: 'Ce que tout le monde verra',
    network: 'Ce que les structures du réseau verront',
  },
  seenByNobody: 'Personne ne verra ce profil, sauf l’équipe de ce site.',
  addressChosen: (address: string) =>
    `Adresse de la page : ${address}. Vous l’avez choisie : elle reste dans les liens que d’autres ont gardés, même si vous vous retirez.`,
  addressFormer: (address: string) =>
    `L’adresse d’avant, ${address}, ne mènera plus nulle part : les liens et les affiches qui la donnent cesseront de marcher. Personne ne pourra la reprendre, vous non plus.`,
  addressFollowed:
    'Qui vous suit sur Mastodon peut encore y voir l’ancien nom. Pour l’effacer là aussi, retirez votre profil et faites-en un nouveau.',
  address: (address: string) =>
    `Adresse de la page : ${address}. Elle est tirée au hasard et ne dit rien de vous.`,
  edit: 'Changer quelque chose',
  consents: 'Votre accord',
  nothingToAgree:
    'Vous ne montrez rien de nouveau : vous n’avez rien à accepter. Le reste de votre accord ne change pas.',
  where: {
    changes: 'Ce qui change',
    page: 'Sur ce site',
    directory: (host: string) => `Dans l’annuaire ${host}`,
    fediverse: 'Sur Mastodon et les réseaux compatibles',
  },
  agree: {
    changes: 'J’accepte ces changements',
    page: 'J’accepte d’être sur ce site',
    directory: (host: string) => `J’accepte aussi d’être dans l’annuaire ${host}`,
    fediverse: 'J’accepte aussi d’être sur Mastodon et les réseaux compatibles',
  },
  optional: 'Sans votre accord sur ce point, le reste est publié quand même.',
  again:
    'Votre profil y est déjà. Sans votre accord cette fois, il n’y sera plus ; le reste est publié quand même.',
  submit: 'Publier mon profil',
  update: 'Publier les changements',
  gaps: {
    alias:
      'L’adresse que vous avez choisie n’est plus libre. Choisissez-en une autre, ou laissez ce champ vide.',
    name: 'Il manque votre nom ou un pseudonyme.',
    territory: 'Il manque votre territoire.',
    adult: 'Il manque votre âge : 18 ans ou plus.',
    moves:
      'Vous avez changé d’adresse trois fois aujourd’hui. Revenez demain, ou gardez celle que vous avez.',
    approval: 'L’équipe du site doit d’abord accepter votre demande.',
    mail: 'Un lien part vers votre adresse e-mail. Ouvrez-le : vous pourrez publier depuis la page qu’il ouvre.',
  },
  gapsTitle: 'Avant de publier',
}

export const ownProfileConsentFr = {
  pagePublic: (site: string, fields: string) =>
    `${site} rend publics pendant ${YEAR} : ${fields}. Tout le monde peut lire ces informations et les copier, les moteurs de recherche et d’autres programmes aussi. Mon nom est montré à côté des cafés que j’anime, et leur nombre sur ma page. Elles ne sont dans aucun fichier à télécharger.`,
  pageNetwork: (site: string, fields: string) =>
    `${site} montre pendant ${YEAR} aux structures du réseau, et à personne d’autre : ${fields}. Rien n’est sur les pages publiques.`,
  pageNobody: (site: string) =>
    `${site} garde mon profil pendant ${YEAR} pour son équipe, et ne le montre à personne d’autre.`,
  andNetwork: (fields: string) => `Les structures du réseau voient en plus : ${fields}.`,
  changes: (site: string, until: string) =>
    `${site} montre ces changements jusqu’au ${until}, comme le reste de mon profil, qui ne change pas.`,
  changesPublic: (fields: string) =>
    `À tout le monde : ${fields}. Tout le monde peut lire ces informations et les copier, les moteurs de recherche et d’autres programmes aussi.`,
  changesNetwork: (fields: string) =>
    `Aux structures du réseau, et à personne d’autre : ${fields}.`,
  changesElsewhere: (places: string) =>
    `Les changements vont aussi là où est déjà mon profil : ${places}.`,
  directory: (host: string) =>
    `Mon profil va à l’annuaire ${host}, qui le montre aux mêmes personnes. Si je me retire, cet annuaire l’efface : en quelques minutes le plus souvent, en ${UNCONFIRMED} au plus. Si ce site rejoint un autre annuaire, on me le demandera d’abord.`,
  fediverse:
    'Mon profil public peut être suivi depuis Mastodon et les réseaux compatibles, et les cafés que j’anime y sont annoncés. Ces logiciels gardent leurs propres copies : si je me retire, ce site leur demande de les effacer, mais personne ne peut garantir qu’ils le feront.',
  mandate:
    'Mon profil public dit que ce mandat est le mien. Quand je l’aurai dit aussi sur la page du mandat, l’annuaire montrera l’adresse de mon profil et l’écrira dans une attestation signée, que chacun peut copier. Si je retire mon profil, ou ne le montre plus à tout le monde, l’annuaire signe de nouveau sans lui.',
  fields: {
    name: 'nom',
    alias: 'adresse choisie',
    territory: 'territoire',
    radiusKm: 'déplacements',
    formats: 'formats',
    themes: 'thèmes',
    languages: 'langues',
    status: 'statut',
    training: 'formation',
    availability: 'disponibilités',
    presentation: 'présentation',
    photo: 'photo',
    contact: 'contact',
    directory: 'annuaire',
    fediverse: 'Mastodon et réseaux compatibles',
    mandate: 'mandat',
  },
}

export const ownProfileWithdrawalFr = {
  title: 'Tout retirer et effacer',
  effects: `Votre profil, votre photo, vos liens avec les cafés et votre adresse e-mail sont effacés ici tout de suite. ${BACKUPS}\nLes annuaires et les autres sites qui ont reçu votre profil sont prévenus ; la page suivante dit lesquels ont répondu.\nCe qui est sur d’autres logiciels est à effacer par eux : nous le demandons, sans pouvoir le garantir.\nVotre lien ne servira plus. Cela ne peut pas être annulé.`,
  submit: 'Oui, tout effacer',
  cancel: 'Non, revenir',
  doneTitle: 'Tout est effacé ici',
  done: `Votre profil, votre photo et votre adresse ne sont plus sur ce site. ${BACKUPS}`,
  never: 'Votre profil n’avait pas été publié : personne d’autre ne l’a reçu.',
  servers: 'Les autres sites',
  serversLead: 'Gardez l’adresse de cette page : elle dit où en est l’effacement ailleurs.',
  noServer: 'Aucun autre site n’est à prévenir pour l’instant.',
  col: { host: 'Site', state: 'Réponse', at: 'Le' },
  states: {
    waiting: 'Demande en cours',
    delivered: 'Prévenu',
    confirmed: 'Effacement constaté',
    unanswered: 'N’a pas répondu',
    refused: 'A refusé',
  },
}
