import { CONSENT_DAYS } from '../../../node/domain/facilitators/facilitator.ts'
import { OWN_LINK_DAYS } from '../../../node/domain/values/link.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { ofName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

const days = (count: number): string => plural(count, 'jour', 'jours')

/** People who lead cafés: their pages, their own profile by a link, and the mails to them. */
export const facilitatorFr = typesetFrench({
  title: 'Animatrices et animateurs',
  menu: 'Animatrices, animateurs',
  lead: 'Des personnes qui animent des cafés IA, et qui ont accepté de figurer ici.',
  none: 'Personne n’a encore publié son profil ici.',
  count: (n: number) => plural(n, 'personne', 'personnes'),
  word: { animatrice: 'Animatrice', animateur: 'Animateur', neutre: 'Anime des cafés IA' },
  statuses: {
    'conseiller-numerique': 'Conseillère ou conseiller numérique',
    mediateur: 'Médiatrice ou médiateur',
    benevole: 'Bénévole',
    agent: 'Agente ou agent d’un service public',
    autre: 'Autre',
  },
  trainings: {
    none: 'Pas encore de formation',
    enrolled: 'Inscription faite à une formation',
    'in-progress': 'Formation en cours',
    trained: 'Formation suivie',
  },
  trainedSince: (month: string) => `Formation suivie en ${month}`,
  radius: {
    around: (km: number) => `se déplace jusqu’à ${km} km autour`,
    within: 'reste sur ce territoire',
  },
  facts: {
    territory: 'Où',
    formats: 'Formats',
    themes: 'Thèmes',
    languages: 'Langues',
    status: 'Statut',
    training: 'Formation',
    availability: 'Disponibilités',
    contact: 'Contact',
  },
  cafes: 'Cafés à venir avec cette personne',
  ledBy: 'Animé par',
  shownBy: (site: string) => `Ce profil est publié par ${site}, avec l’accord de la personne.`,
  ownLink: 'C’est votre profil ? Modifier ou retirer',
  gone: {
    title: 'Ce profil n’existe plus',
    lead: 'La personne l’a retiré. Rien n’en est gardé ici.',
  },
  write: {
    title: (name: string) => `Écrire à ${name}`,
    lead: 'Votre message part par courriel. L’adresse de la personne reste cachée ; elle verra la vôtre, pour vous répondre.',
    leadNoMail: (site: string) =>
      `Ce site n’envoie pas de courriels : l’équipe ${ofName(site)} remettra votre message. La personne verra votre adresse, pour vous répondre.`,
    name: 'Votre nom',
    structure: 'Votre structure',
    email: 'Votre adresse e-mail',
    message: 'Votre message',
    messageHint: 'La date, le lieu, le public : ce qui aide à vous répondre.',
    submit: 'Envoyer',
    sentTitle: 'Message en route',
    sent: 'La personne vous répondra directement, si elle le souhaite. Si le message ne peut pas lui être remis, nous essayons de vous le dire par courriel.',
    toTeamTitle: 'Message confié à l’équipe',
    toTeam: (site: string) =>
      `Ce site n’envoie pas de courriels : l’équipe ${ofName(site)} remettra votre message. La personne vous répondra directement, si elle le souhaite.`,
    tooMany:
      'Trop de messages viennent de votre réseau, et le vôtre n’est pas parti. Attendez une heure, ou écrivez à l’équipe du site par la page « Contact ».',
    full: 'Cette personne a déjà reçu beaucoup de messages aujourd’hui, et le vôtre n’est pas parti. Réessayez demain, ou écrivez à l’équipe du site par la page « Contact ».',
    back: 'Revenir au profil',
  },
  ask: {
    title: 'Demander à figurer ici',
    lead: (site: string) =>
      `Vous animez des cafés IA près d’ici ? Remplissez votre profil en quatre minutes. L’équipe ${ofName(site)} vous répond avant la publication.`,
    name: 'Votre nom, ou un pseudonyme',
    email: 'Votre adresse e-mail',
    emailHint: 'Elle n’est jamais publiée. Elle sert à vous envoyer votre lien.',
    submit: 'Recevoir mon lien',
    trap: 'Laissez ce champ vide',
    tooMany: 'Trop de demandes viennent de votre réseau. Attendez une heure, puis recommencez.',
    sentTitle: 'Regardez vos courriels',
    sent: 'Un lien vous attend, pour vous seule ou vous seul. Ouvrez-le pour remplir votre profil.',
    sentNoMail: (site: string) =>
      `Ce site n’envoie pas de courriels : l’équipe ${ofName(site)} vous donnera votre lien.`,
  },
  link: {
    title: 'Modifier ou retirer mon profil',
    lead: 'Votre profil s’ouvre par un lien, sans compte. Vous ne l’avez plus ? Nous vous en envoyons un autre.',
    submit: 'Recevoir un nouveau lien',
    sent: 'Si un profil a cette adresse, un lien vient d’y partir.',
  },
  own: {
    title: 'Mon profil d’animation',
    private:
      'Cette page est à vous. Ne donnez son adresse à personne : elle permet de changer ou de retirer votre profil.',
    state: {
      invited: 'Votre profil est vide. Rien n’est publié.',
      draft: 'Votre profil est écrit. Il n’est pas publié.',
      published: (until: string) => `Votre profil est publié jusqu’au ${until}.`,
      unpublished: 'Vous avez retiré votre profil de la vue. Rien n’est publié.',
      expired: 'Un an a passé sans nouvel accord. Rien n’est publié.',
    },
    pending: 'Vous avez écrit des changements qui ne sont pas encore publiés.',
    waits: (site: string) =>
      `L’équipe ${ofName(site)} doit encore accepter votre demande. Vous recevrez un courriel.`,
    fill: 'Remplir mon profil',
    edit: 'Modifier',
    preview: 'Voir ce qui sera publié',
    renew: 'Voir et donner mon accord pour un an',
    look: 'Voir ma page publique',
    hide: 'Ne plus montrer',
    hideHint:
      'Vous pouvez aussi ne plus montrer votre profil. Ce que vous avez écrit restera, pour vous seule ou vous seul.',
    withdraw: 'Tout retirer et effacer',
    log: 'Ce que j’ai accepté',
    logNone: 'Vous n’avez encore rien accepté.',
    logAt: (at: string) => `Accepté le ${at}`,
    logEnded: (at: string) => `fini le ${at}`,
    published: 'Votre profil est publié.',
    hidden: 'Votre profil n’est plus visible.',
    joined: 'Votre profil part vers cet annuaire.',
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
    linksMean:
      'Ce lien sert tant qu’il est ouvert au moins une fois en 30 jours. Un nouveau lien met fin aux précédents.',
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
  },
  ownData: {
    title: 'Tout ce que ce site sait de moi',
    lead: 'Rien d’autre n’est gardé ici à votre sujet. Le fichier contient la même chose, pour le garder ou l’emporter ailleurs.',
    download: 'Télécharger (JSON)',
    back: 'Revenir à mon profil',
    nothing: 'Rien.',
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
  },
  levels: {
    public: 'Tout le monde',
    network: 'Les structures du réseau',
    nobody: 'Personne',
  },
  levelsMean: {
    public: 'Tout le monde : sur ce site, dans l’annuaire, et par les moteurs de recherche',
    network:
      'Les structures du réseau : les équipes des sites membres de l’annuaire, rien sur les pages publiques',
    nobody: 'Personne : seule l’équipe de ce site voit mon profil',
  },
  form: {
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
    labels: {
      name: 'Votre nom, ou un pseudonyme',
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
    adult: 'J’ai 18 ans ou plus',
  },
  preview: {
    title: 'Ce qui sera publié',
    lead: 'Relisez. Voici votre profil, exactement comme il sera montré.',
    seenBy: {
      public: 'Ce que tout le monde verra',
      network: 'Ce que les structures du réseau verront',
    },
    seenByNobody: 'Personne ne verra ce profil, sauf l’équipe de ce site.',
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
      name: 'Il manque votre nom ou un pseudonyme.',
      territory: 'Il manque votre territoire.',
      adult: 'Il manque votre âge : 18 ans ou plus.',
      approval: 'L’équipe du site doit d’abord accepter votre demande.',
      mail: 'Un lien part vers votre adresse e-mail. Ouvrez-le : vous pourrez publier depuis la page qu’il ouvre.',
    },
    gapsTitle: 'Avant de publier',
  },
  consent: {
    pagePublic: (site: string, fields: string) =>
      `${site} rend publics pendant un an : ${fields}. Tout le monde peut lire ces informations et les copier, les moteurs de recherche et d’autres programmes aussi. Mon nom est montré à côté des cafés que j’anime. Elles ne sont dans aucun fichier à télécharger.`,
    pageNetwork: (site: string, fields: string) =>
      `${site} montre pendant un an aux structures du réseau, et à personne d’autre : ${fields}. Rien n’est sur les pages publiques.`,
    pageNobody: (site: string) =>
      `${site} garde mon profil pendant un an pour son équipe, et ne le montre à personne d’autre.`,
    andNetwork: (fields: string) => `Les structures du réseau voient en plus : ${fields}.`,
    changes: (site: string, until: string) =>
      `${site} montre ce qui change jusqu’au ${until}, comme le reste de mon profil, auquel rien d’autre ne change.`,
    changesPublic: (fields: string) =>
      `À tout le monde : ${fields}. Tout le monde peut lire ces informations et les copier, les moteurs de recherche et d’autres programmes aussi.`,
    changesNetwork: (fields: string) =>
      `Aux structures du réseau, et à personne d’autre : ${fields}.`,
    changesElsewhere: (places: string) =>
      `Les changements vont aussi là où est déjà mon profil : ${places}.`,
    directory: (host: string) =>
      `Mon profil va à l’annuaire ${host}, qui le montre aux mêmes personnes. Si je me retire, cet annuaire l’efface : en quelques minutes le plus souvent, en 24 heures au plus. Si ce site rejoint un autre annuaire, on me le demandera d’abord.`,
    fediverse:
      'Mon profil public peut être suivi depuis Mastodon et les réseaux compatibles, et les cafés que j’anime y sont annoncés. Ces logiciels gardent leurs propres copies : si je me retire, ce site leur demande de les effacer, mais personne ne peut garantir qu’ils le feront.',
    fields: {
      name: 'nom',
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
    },
  },
  withdraw: {
    title: 'Tout retirer et effacer',
    effects:
      'Votre profil, votre photo, vos liens avec les cafés et votre adresse e-mail sont effacés ici tout de suite.\nLes annuaires et les autres sites qui ont reçu votre profil sont prévenus ; la page suivante dit lesquels ont répondu.\nCe qui est sur d’autres logiciels est à effacer par eux : nous le demandons, sans pouvoir le garantir.\nVotre lien ne servira plus. Cela ne peut pas être annulé.',
    submit: 'Oui, tout effacer',
    cancel: 'Non, revenir',
    doneTitle: 'Tout est effacé ici',
    done: 'Votre profil, votre photo et votre adresse ne sont plus sur ce site.',
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
  },
  admin: {
    title: 'Animation',
    lead: 'Les personnes qui animent vos cafés. Chacune écrit son profil et choisit ce qui est publié ; vous ne pouvez pas le faire à sa place. Vous pouvez retirer un profil pour la personne, en disant pourquoi.',
    none: 'Personne pour l’instant.',
    requests: 'Demandes à examiner',
    people: 'Personnes',
    col: { name: 'Nom', state: 'Profil', sight: 'Visible par', actions: 'Que faire' },
    states: {
      invited: 'Invitation envoyée',
      draft: 'Écrit, pas publié',
      published: 'Publié',
      unpublished: 'Retiré de la vue',
      expired: 'Accord expiré',
    },
    until: (until: string) => `jusqu’au ${until}`,
    accept: 'Accepter',
    refuse: 'Refuser',
    withdraw: 'Retirer l’invitation',
    erase: 'Retirer à sa place',
    eraseTitle: (name: string) => `Retirer le profil de ${name} à sa place`,
    eraseLead:
      'Pour une personne qui le demande et n’a plus sa boîte aux lettres, qui a écrit pour être effacée (article 17 du RGPD), ou qu’un imposteur a inscrite.',
    eraseEffects:
      'Son profil, sa photo, ses accords et son adresse sont effacés ici tout de suite, et les annuaires sont prévenus.\nElle reçoit un courriel avec la raison que vous donnez.\nVotre nom, la date et la raison restent trois ans dans le journal, sans son nom. Cela ne peut pas être annulé.',
    eraseReason: 'La raison',
    eraseReasonHint: 'Elle la lira. N’y mettez aucun nom : c’est écrit dans le journal.',
    eraseReasonWrong: 'Dites pourquoi, en 300 caractères au plus.',
    eraseSubmit: 'Retirer et effacer ce profil',
    journal: 'Profils retirés par l’équipe',
    nameless: 'Sans nom',
    invite: 'Inviter une personne',
    inviteLead: 'Elle reçoit un lien, sans compte à créer. Elle doit avoir 18 ans ou plus.',
    name: 'Son nom',
    nameHint: 'Pour vous y retrouver. Elle choisira elle-même ce qui est publié.',
    email: 'Son adresse e-mail',
    emailHint: 'Pour une invitation par courriel.',
    byMail: 'Inviter par courriel',
    onPaper: 'Faire un lien sur papier',
    nameMissing: 'Donnez un nom, pour vous y retrouver.',
    nameTooLong: 'Ce nom est trop long : 80 caractères au plus.',
    emailWrong: 'L’adresse e-mail de l’invitation est incomplète.',
    tooMany: 'Trop d’invitations attendent déjà. Retirez-en.',
    paperTitle: 'Un lien à remettre en main propre',
    paperLead: (site: string) => `${site} vous invite à publier votre profil d’animation.`,
    paperOnce: 'Ce lien n’est montré qu’une fois : imprimez cette page ou recopiez-le.',
    paperUntil:
      'Il sert pendant un mois. Qui l’a peut écrire le profil : remettez-le à la bonne personne.',
    back: 'Revenir à la liste',
    attached: 'Animé par',
    attachedHint:
      'Leur nom est montré sur la page du café tant que ces personnes l’acceptent ; il n’est pas dans l’annonce envoyée ailleurs.',
  },
  mails: {
    invitationSubject: (site: string) => `${site} vous invite à publier votre profil d’animation`,
    invitation: (site: string, link: string) =>
      `Bonjour,\n\n${site} vous invite à figurer parmi les personnes qui animent des cafés IA.\n\nVotre lien, sans compte à créer :\n${link}\n\nVous choisissez ce qui est publié. Rien ne l’est avant votre accord, et vous pouvez tout retirer à tout moment par ce même lien. Il faut avoir 18 ans ou plus.\n\nCe courriel n’est pas pour vous ? Ne faites rien : tout est effacé dans un mois.`,
    linkSubject: (site: string) => `Votre lien pour votre profil d’animation, ${site}`,
    link: (site: string, link: string) =>
      `Bonjour,\n\nVotre lien pour écrire, changer ou retirer votre profil d’animation sur ${site} :\n${link}\n\nGardez-le pour vous. Il met fin aux liens d’avant, et sert tant que vous l’ouvrez au moins une fois en 30 jours. Vous n’avez rien demandé ? Ne faites rien.`,
    approvedSubject: (site: string) => `${site} a accepté votre demande`,
    approved: (site: string, link: string) =>
      `Bonjour,\n\nL’équipe ${ofName(site)} a accepté votre demande. Il reste à relire votre profil et à donner votre accord :\n${link}`,
    renewSubject: 'Votre profil d’animation : toujours d’accord ?',
    renew: (site: string, until: string, link: string) =>
      `Bonjour,\n\nVotre profil d’animation sur ${site} est publié jusqu’au ${until}. Sans nouvel accord, il sera retiré ce jour-là.\n\nPour le garder un an de plus, le changer ou tout effacer :\n${link}`,
    removedSubject: (site: string) => `${site} a retiré votre profil d’animation`,
    removed: (site: string, reason: string) =>
      `Bonjour,\n\nL’équipe ${ofName(site)} a retiré et effacé votre profil d’animation. La raison donnée :\n${reason}\n\nLes annuaires et les autres sites qui l’avaient reçu sont prévenus. Votre adresse est effacée ici dès que ce courriel est parti.\n\nCe n’est pas ce que vous vouliez ? Écrivez à l’équipe : vous pouvez faire un nouveau profil quand vous voulez.`,
    addressSubject: (site: string) => `L’adresse de votre profil d’animation a changé, ${site}`,
    address: (site: string) =>
      `Bonjour,\n\nLe profil d’animation qui avait cette adresse sur ${site} en a maintenant une autre. Les liens envoyés ici ne servent plus.\n\nCe n’est pas vous ? Écrivez sans attendre à l’équipe ${ofName(site)} : elle peut retirer le profil.`,
    directoriesSubject: (site: string) => `${site} a rejoint un annuaire : voulez-vous y être ?`,
    directories: (site: string, hosts: string, link: string) =>
      `Bonjour,\n\n${site} est maintenant membre de : ${hosts}. Votre profil d’animation n’y est pas, et n’y va pas sans votre accord.\n\nPour lire ce que cela veut dire, et dire oui si vous le voulez :\n${link}\n\nVous préférez que non ? Il n’y a rien à faire.`,
    expiredSubject: 'Votre profil d’animation n’est plus publié',
    expired: (site: string, link: string) =>
      `Bonjour,\n\nUn an a passé sans nouvel accord : votre profil n’est plus publié sur ${site}, et les annuaires l’effacent.\n\nPour le publier de nouveau, ou tout effacer :\n${link}`,
    notHandedOnSubject: 'Votre message n’a pas été transmis',
    somebody: 'la personne à qui vous avez écrit',
    notHandedOn: (person: string, site: string) =>
      `Bonjour,\n\nUn message laissé avec votre adresse pour ${person} n’a pas été transmis : trop de messages arrivent en ce moment, ou cette personne ne peut pas être jointe par ce moyen. Vous pouvez réessayer demain. D’autres messages de ce jour peuvent être dans le même cas : nous n’écrivons qu’une fois.\n\nSi vous n’avez écrit à personne, ne tenez pas compte de ce courriel.\n\n${site}`,
    relaySubject: (name: string, site: string) => `${name} vous écrit par ${site}`,
    relay: (message: string, name: string, email: string, site: string) =>
      `${message}\n\n${name}\n${email}\n\n(Ce message vient du formulaire de votre profil sur ${site}. En répondant, vous donnez votre adresse à cette personne.)`,
  },
  data: {
    profiles: {
      purpose: 'Profils des animatrices et animateurs',
      what: 'Ce que la personne choisit de publier ; son adresse e-mail, jamais publiée ; le journal de ses accords',
      basis:
        'L’accord de la personne, élément par élément, qu’elle peut retirer à tout moment par son lien',
      keep: `Un an, sauf nouvel accord, puis ${days(CONSENT_DAYS.expired)} sans être montré ; effacé tout de suite si elle se retire (seule reste une empreinte de l’adresse de la page) ; un lien sans usage : ${days(OWN_LINK_DAYS)}`,
    },
    messages: {
      purpose: 'Écrire à une animatrice ou un animateur',
      what: 'Nom, adresse e-mail et message de la personne qui écrit, envoyés à l’animatrice ou l’animateur',
      basis: 'Intérêt légitime : répondre à la demande',
      keep: `Le texte : jusqu’à l’envoi ; la trace de l’envoi : ${days(RETENTION_DAYS.mail)}`,
    },
  },
  /** Of a directory: people of its members. */
  dataAtDirectory: {
    profiles: {
      purpose: 'Animatrices et animateurs des lieux membres',
      what: 'Ce que chaque personne a accepté de montrer dans cet annuaire-ci, avec une petite copie de sa photo',
      basis:
        'L’accord de la personne, donné sur le site de son lieu, qu’elle peut retirer à tout moment',
      keep: 'Tant que son accord dure et que son site le confirme ; effacé dès qu’elle se retire, en 24 heures au plus (seule reste une empreinte de l’adresse de la page)',
    },
    messages: {
      purpose: 'Messages transmis à une animatrice ou un animateur',
      what: 'Nom, adresse e-mail et message de la personne qui écrit',
      basis: 'Intérêt légitime : faire suivre la demande au site de la personne',
      keep: `Quelques minutes, le temps de les transmettre ; ${days(RETENTION_DAYS.contactMessage)} au plus`,
    },
  },
})
