import type { AuditAct } from '../../../node/domain/values/audit.ts'
import { LINK_MINUTES } from '../../../node/domain/values/link.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { daysInFrench, minutesInFrench } from '../durations.ts'
import { ofName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

type InvitationParts = { siteName: string; by: string; until: string; link: string }

type NetworkParts = { siteName: string; network: string; link: string }

/** The texts about colleagues, the mails that the site sends, and signing in by mail. */
export const teamFr = typesetFrench({
  title: 'Équipe',
  lead: 'Les personnes qui annoncent des cafés ici, et celles qui règlent le site.',
  alone: 'Vous êtes la seule personne qui administre ce site.',
  aloneWhy:
    'Invitez une deuxième personne : si l’une perd son mot de passe ou s’en va, l’autre peut continuer.',
  aloneAction: 'Inviter une personne',
  people: 'Comptes',
  col: { name: 'Nom', email: 'Adresse e-mail', role: 'Rôle', actions: 'Actions' },
  noName: 'Sans nom',
  noEmail: 'pas encore donnée',
  you: '(vous)',
  role: {
    administrator: 'Administratrice ou administrateur',
    editor: 'Éditrice ou éditeur',
  },
  roleMeans: {
    administrator: 'Peut tout faire : cafés, réglages, annuaires, accès des logiciels, équipe.',
    editor: 'Annonce, modifie, annule et importe les cafés. Ne change pas les réglages.',
  },
  onlyOne:
    'Reste tant que personne d’autre n’administre : invitez ou nommez d’abord une autre personne.',
  makeRole: { administrator: 'Peut administrer', editor: 'Ne peut plus administrer' },
  remove: 'Retirer',
  removeTitle: (name: string) => `Retirer ${name} ?`,
  removeLead:
    'Cette personne ne pourra plus entrer. Ses sessions sont fermées tout de suite, et les invitations qu’elle a faites ne servent plus. Les cafés restent.',
  removeTokens: (n: number) =>
    n === 1
      ? 'Le jeton que cette personne a créé cesse aussi de servir : le logiciel qui l’utilise ne pourra plus écrire.'
      : `Les ${n} jetons que cette personne a créés cessent aussi de servir : les logiciels qui les utilisent ne pourront plus écrire.`,
  removeSelf: 'C’est votre propre compte : votre session sera fermée tout de suite.',
  removeSubmit: 'Oui, retirer ce compte',
  last: 'C’est la dernière personne qui administre ce site : donnez d’abord ce rôle à une autre.',
  invite: 'Inviter une personne',
  inviteLead: `L’invitation sert une seule fois, pendant ${minutesInFrench(LINK_MINUTES['join-team'])}. La personne choisit elle-même son mot de passe.`,
  inviteRole: 'Son rôle',
  inviteEmail: 'Son adresse e-mail',
  inviteEmailHint: 'Pour l’inviter par courriel. Inutile pour une invitation à imprimer.',
  inviteMail: 'Envoyer par courriel',
  inviteMailByHand: 'Préparer un courriel, à envoyer vous-même',
  invitePaper: 'Faire une invitation à imprimer',
  emailWrong: 'Donnez une adresse e-mail complète, par exemple prenom@exemple.fr.',
  emailTaken: 'Cette adresse a déjà un compte.',
  roleMissing: 'Choisissez un rôle.',
  tooMany: 'Trop d’invitations attendent déjà : retirez-en une.',
  open: 'Invitations en attente',
  openUntil: 'Valable jusqu’au',
  onPaper: 'À imprimer',
  withdraw: 'Retirer cette invitation',
  paper: {
    title: 'Invitation',
    lead: (site: string) => `On vous invite à rejoindre l’équipe ${ofName(site)}.`,
    once: 'Cette page n’est montrée qu’une fois : imprimez-la ou recopiez l’adresse maintenant.',
    steps: 'Pour entrer',
    open: 'Ouvrez cette adresse dans un navigateur, sur un téléphone ou un ordinateur :',
    choose: 'Donnez votre nom, votre adresse e-mail, et choisissez un mot de passe.',
    giveAddress: 'Donnez votre adresse e-mail : un lien y arrive.',
    openMailed: 'Ouvrez ce lien, donnez votre nom et choisissez un mot de passe.',
    until: (day: string) => `Elle sert une seule fois, jusqu’au ${day}.`,
    letters:
      'Dans l’adresse, il n’y a ni zéro, ni chiffre un, ni lettres i, l ou o après le dernier trait oblique.',
    careful: 'Ne la donnez à personne d’autre : qui l’ouvre en premier reçoit le compte.',
    back: 'Revenir à l’équipe',
  },
  join: {
    title: 'Rejoindre l’équipe',
    lead: (site: string) => `On vous invite à rejoindre l’équipe ${ofName(site)}.`,
    nameMissing: 'Donnez votre nom : votre équipe saura qui vous êtes.',
    submit: 'Créer mon compte',
    addressHow:
      'Donnez votre adresse e-mail : un lien y arrive. Ouvrez-le pour créer votre compte.',
    sent: (email: string, day: string) =>
      `Ouvrez le lien que nous venons d’envoyer à l’adresse ${email}. Il sert une seule fois, jusqu’au ${day}.`,
    notThere:
      'Rien n’arrive ? Regardez dans les courriels indésirables, vérifiez l’adresse, puis recommencez : votre invitation reste valable. Au plus 5 liens partent par jour.',
    again: 'Donner une autre adresse',
    wait: 'Trop de liens sont déjà partis pour cette invitation. Regardez vos courriels, ou recommencez demain.',
  },
  byMail: {
    title: 'Recevoir un lien par courriel',
    lead: 'Pour entrer sans mot de passe, ou pour en choisir un nouveau.',
    email: 'Adresse e-mail',
    submit: 'Envoyer le lien',
    sentTitle: 'Regardez vos courriels',
    sent: `Si cette adresse a un compte ici, un lien y arrive dans la minute. Il sert une seule fois, pendant ${minutesInFrench(LINK_MINUTES['sign-in'])}.`,
    notThere:
      'Rien n’arrive ? Regardez dans les courriels indésirables, vérifiez l’adresse, puis recommencez. Au plus 3 liens par heure partent à une même adresse.',
    back: 'Revenir à la connexion',
    wait: 'Trop de demandes viennent de votre réseau. Attendez un peu, puis recommencez.',
  },
  keptByLink: {
    title: 'Ce que vous avez écrit attend ici',
    lead: 'Gardez cette page ouverte. Ouvrez votre lien dans le même navigateur, entrez, puis revenez à cette page.',
    submit: 'J’ai ouvert mon lien : reprendre',
  },
  newPassword: {
    title: 'Ou choisir un nouveau mot de passe',
    lead: 'Si vous avez oublié le vôtre, ou n’en avez pas. Les autres sessions ouvertes seront fermées.',
    password: 'Nouveau mot de passe',
    again: 'Le même, encore une fois',
    submit: 'Choisir ce mot de passe et entrer',
  },
  audit: {
    title: 'Journal des accès',
    see: 'Voir qui a changé les accès et les réglages',
    lead: `Qui a ouvert ou fermé un accès, et changé un réglage, dans ces pages ou par la commande « cafe-ia account ». Les autres commandes du terminal n’y sont pas. Gardé ${daysInFrench(RETENTION_DAYS.audit)}.`,
    none: 'Rien n’a encore été changé.',
    back: 'Revenir à l’équipe',
    nobody: 'Personne de connu',
    col: { at: 'Quand', who: 'Qui', act: 'Quoi' },
    act: {
      'member-invited': (role) => `a invité une personne : ${role}`,
      'invitation-withdrawn': () => 'a retiré une invitation',
      'role-changed': (role) => `a changé le rôle d’un compte : ${role}`,
      'member-removed': () => 'a retiré un compte',
      'account-made': (role) => `a créé un compte : ${role}`,
      'password-given': () => 'a donné un nouveau mot de passe à un compte',
      'token-made': () => 'a créé un jeton',
      'token-ended': () => 'a révoqué un jeton',
      'password-changed': () => 'a changé son mot de passe',
      'password-removed': () =>
        'a effacé son mot de passe : un lien par courriel suffit pour entrer',
      'settings-changed': () => 'a changé les réglages',
      'directory-joined': () => 'a demandé à rejoindre un annuaire',
      'code-made': () => 'a créé un code pour rejoindre l’annuaire',
      'site-admitted': (host) => `a accepté ${host || 'un site'}`,
      'site-refused': (host) => `a refusé ${host || 'un site'}`,
      'site-stopped': (host) => `a cessé de suivre ${host || 'un site'}`,
      'site-blocked': (host) => `a bloqué ${host || 'un site'}`,
      'site-unblocked': (host) => `a débloqué ${host || 'un site'}`,
      'sign-in-refused': () => 'trop de mots de passe faux : connexion refusée un quart d’heure',
    } satisfies Record<AuditAct, (about: string) => string>,
  },
  courriels: {
    title: 'Courriels',
    see: 'Voir les courriels du site',
    withMail: `Ce que le site a envoyé depuis ${daysInFrench(RETENTION_DAYS.mail)}. Le texte est effacé après l’envoi.`,
    without: 'Ce site n’envoie pas de courriels.',
    withoutMeans:
      'Les messages à votre équipe, aux personnes qui animent et à celles qui répondent pour un territoire sont montrés ici : copiez-les et envoyez-les vous-même. Quand un message a un lien, préparez-le d’abord. Personne ne reçoit de lien pour se connecter : qui oublie son mot de passe s’adresse à la personne qui a installé le site. Ce que des visiteuses et visiteurs demandent par courriel ne part pas, et n’est pas montré ici.',
    withoutHow:
      'Pour que les courriels partent, la personne qui a installé le site règle CAFE_IA_SMTP_URL et CAFE_IA_MAIL_FROM.',
    kept: `Un message est effacé après ${daysInFrench(RETENTION_DAYS.mail)}.`,
    none: 'Aucun courriel.',
    noneFound: 'Aucun courriel ne correspond.',
    words: 'Adresse',
    found: (n: number) => plural(n, 'courriel', 'courriels'),
    states: { open: 'À envoyer', sent: 'Envoyés', lost: 'Perdus' },
    col: { mail: 'Courriel', to: 'À', state: 'État', actions: 'Actions' },
    read: 'Lire le message',
    to: (address: string) => `À ${address}`,
    gap: '(lien personnel, fait quand le message est préparé ou envoyé)',
    prepare: 'Préparer ce message',
    handOver: 'Je l’ai remis',
    prepareOn: (subject: string) => ` : ${subject}`,
    prepared: 'Message à envoyer',
    preparedOnce: `Son lien n’est montré qu’ici, et n’est gardé nulle part : copiez le message maintenant. Vous pouvez le préparer de nouveau, avec un autre lien. Remis de cette façon, le lien d’un profil cesse de servir s’il n’est pas ouvert pendant ${minutesInFrench(LINK_MINUTES['own-profile'])}.`,
    back: 'Revenir aux courriels',
    signInLink: 'Lien de connexion',
    written: (ago: string) => `écrit ${ago}`,
    state: {
      waits: 'Pas envoyé',
      due: 'Va partir',
      sent: 'Envoyé',
      handed: 'Remis par l’équipe',
      failing: 'Pas encore parti, nouvel essai prévu',
      dropped: 'Refusé',
      undelivered: 'N’a pas pu être remis',
      expired: 'Trop ancien, ne partira plus',
    },
    attempts: (n: number) => plural(n, 'essai', 'essais'),
    failure: {
      address: 'L’adresse n’existe pas, ou n’existe plus : demandez-en une autre à la personne.',
      full: 'La boîte de la personne est pleine.',
      refused: 'Le serveur de la personne refuse ce message, par exemple comme indésirable.',
      login:
        'Le serveur de courriel n’accepte pas ce site : la personne qui l’a installé vérifie CAFE_IA_SMTP_URL.',
      unreachable: 'Le serveur de courriel ne répond pas.',
      later: 'Le serveur de courriel demande d’attendre.',
      unknown: 'Le serveur de courriel a répondu ceci :',
    },
    giveUp: 'Ne plus l’envoyer',
    remove: 'L’enlever de la liste',
  },
  mails: {
    signIn: {
      subject: (site: string) => `${site} : votre lien de connexion`,
      text: (site: string, link: string) =>
        [
          'Bonjour,',
          '',
          `Voici le lien pour entrer dans l’administration ${ofName(site)}, ou pour choisir un nouveau mot de passe :`,
          '',
          link,
          '',
          `Il sert une seule fois, pendant ${minutesInFrench(LINK_MINUTES['sign-in'])}.`,
          '',
          'Vous n’avez rien demandé ? Ne faites rien : sans ce lien, personne n’entre.',
          '',
        ].join('\n'),
    },
    invitation: {
      subject: (site: string) => `Invitation à rejoindre l’équipe ${ofName(site)}`,
      text: ({ siteName, by, until, link }: InvitationParts) =>
        [
          'Bonjour,',
          '',
          `${by} vous invite à rejoindre l’équipe qui annonce les cafés IA ${ofName(siteName)}.`,
          '',
          'Ouvrez ce lien, donnez votre nom et choisissez un mot de passe :',
          '',
          link,
          '',
          `Il sert une seule fois, jusqu’au ${until}.`,
          '',
          'Ce courriel n’est pas pour vous ? Ne faites rien.',
          '',
        ].join('\n'),
    },
    network: {
      subject: (network: string) => `Votre accès au réseau ${network}`,
      invitation: ({ siteName, network, link }: NetworkParts) =>
        [
          'Bonjour,',
          '',
          `On vous donne accès au tableau de bord du réseau ${network}, sur ${siteName}.`,
          '',
          'Ouvrez ce lien et choisissez un mot de passe :',
          '',
          link,
          '',
          `Il sert une seule fois, pendant ${minutesInFrench(LINK_MINUTES['first-password'])}.`,
          '',
          'Ce courriel n’est pas pour vous ? Ne faites rien.',
          '',
        ].join('\n'),
      access: ({ siteName, network, link }: NetworkParts) =>
        [
          'Bonjour,',
          '',
          `Votre compte sur ${siteName} a maintenant accès au tableau de bord du réseau ${network}.`,
          '',
          'Connectez-vous comme d’habitude :',
          '',
          link,
          '',
        ].join('\n'),
    },
  },
})
