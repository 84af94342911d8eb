import type { AccountMail } from '../../../../node/domain/values/link.ts'
import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench } from '../../durations.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'
import { adminBlocksFr } from './blocks.ts'
import { adminBulkFr } from './bulk.ts'
import { adminCafeFormFr } from './cafe-form.ts'
import { adminHomeFr } from './home.ts'
import { adminImportFr } from './import.ts'
import { adminNetworkFr } from './network.ts'
import { secondFactorFr } from './second-factor.ts'
import { adminStampsFr } from './stamps.ts'
import { adminWebhooksFr } from './webhooks.ts'

/** The texts of the administration, including signing in. */
export const adminFr = typesetFrench({
  nav: {
    home: 'Accueil',
    cafes: 'Cafés',
    import: 'Importer des cafés',
    network: { node: 'Annuaire', hub: 'Sites' },
    place: 'Notre page',
    settings: 'Réglages',
    tokens: 'Accès des logiciels',
    audit: 'Journal des accès',
    account: 'Mon compte',
    site: 'Voir le site',
    groups: {
      place: 'Le lieu',
      content: 'Le contenu',
      exchanges: 'Les échanges',
      people: 'Les personnes',
      site: 'Le site',
    },
  },
  form: {
    error: 'Erreur : ',
    inField: (label: string) => `${label} : `,
    summary: (n: number) =>
      n < 2 ? 'Une réponse est à corriger' : `${n} réponses sont à corriger`,
    kept: 'Rien n’est perdu : ce que vous avez écrit est toujours là.',
    optional: 'facultatif',
    cancel: 'Revenir sans rien changer',
  },
  signIn: {
    title: 'Se connecter',
    lead: 'Pour annoncer les cafés de votre structure.',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    submit: 'Se connecter',
    refused: 'L’adresse ou le mot de passe n’est pas le bon.',
    wait: 'Trop d’essais. Attendez quelques minutes, puis recommencez.',
    lost: 'Mot de passe oublié, ou première fois ?',
    lostHow:
      'La personne qui a installé ce site peut vous donner un lien de connexion : elle lance la commande suivante sur la machine.',
    signedOut: 'La session est fermée. À bientôt !',
    pendingForm: 'Votre session était terminée. Connectez-vous : ce que vous avez écrit est gardé.',
  },
  link: {
    title: 'Votre lien de connexion',
    lead: 'Ce lien sert une seule fois. Appuyez sur le bouton pour entrer dans l’administration.',
    submit: 'Entrer',
  },
  resume: {
    title: 'Vous êtes de retour',
    lead: 'Ce que vous aviez écrit est là. Il reste à l’envoyer.',
    submit: 'Envoyer maintenant',
    leave: 'Ne pas l’envoyer',
  },
  choosePassword: {
    title: 'Choisir un mot de passe',
    lead: 'La prochaine fois, vous vous connecterez avec votre adresse e-mail et ce mot de passe.',
    name: 'Votre nom',
    nameHint: 'Pour votre équipe seulement.',
    email: 'Votre adresse e-mail',
    emailHint: 'Elle sert à vous connecter. Elle n’est montrée à personne.',
    password: 'Mot de passe',
    passwordHint: '12 caractères au moins. Trois ou quatre mots sans rapport font l’affaire.',
    again: 'Le même, encore une fois',
    mismatch: 'Les deux mots de passe ne sont pas les mêmes.',
    tooShort: 'Ce mot de passe est trop court : 12 caractères au moins.',
    tooLong: 'Ce mot de passe est trop long : 200 caractères au plus.',
    emailTaken: 'Cette adresse a déjà un compte.',
    nameTooLong: 'Ce nom est trop long : 100 caractères au plus.',
    emailWrong: 'Donnez une adresse e-mail complète, par exemple prenom@exemple.fr.',
    submit: 'Enregistrer et continuer',
  },
  home: adminHomeFr,
  flash: {
    noneChosen: 'Cochez d’abord des lignes de la liste.',
    siteAdmitted: 'Ce site est accepté. Son équipe l’apprend, et ses cafés arrivent.',
    siteRefused: 'Ce site est refusé. Son équipe lira votre raison.',
    handedOver: 'C’est noté : ce message est remis. Son texte est effacé ici.',
    published: 'C’est publié.',
    saved: 'Les changements sont enregistrés.',
    savedOver:
      'Les changements sont enregistrés. Plus de places sont prises qu’il n’y en a désormais : personne n’est retiré de la liste.',
    draft: 'Le brouillon est enregistré. Personne d’autre que votre équipe ne le voit.',
    cancelled: 'Le café est annulé.',
    placeKept:
      'Le lieu annoncé reste. La personne qui en demandait un autre l’apprend par courriel.',
    placeStale: 'Rien n’a changé : ce qui était demandé n’est plus le même. Regardez encore.',
    maintained: 'C’est enregistré : le café a lieu comme prévu.',
    confirmed: 'C’est noté. La page dit que votre équipe l’a confirmé.',
    scheduled: 'Le café est programmé. Il sera publié tout seul, à l’heure dite.',
    deleted: 'Le café est supprimé.',
    refused:
      'Publication refusée : il manque des informations que la loi demande. Votre café est gardé comme brouillon.',
    importRefused:
      'Import refusé : il manque des informations que la loi demande. Rien n’a été publié.',
    requested: 'La demande est envoyée.',
    invited: 'L’invitation part par courriel.',
    mailWaits:
      'C’est noté, mais ce site n’envoie pas de courriels : une personne qui l’administre trouve le message sous « Courriels », et l’envoie elle-même.',
    accessMailed: 'L’accès est donné, et un courriel part vers cette adresse.',
    accessGiven:
      'L’accès est donné à ce compte. Ce site n’envoie pas de courriels : prévenez la personne vous-même.',
    calendarRead: 'L’agenda vient d’être lu.',
    calendarUnread: 'L’agenda n’a pas pu être lu. La raison est ci-dessous.',
    calendarBusy: 'D’autres agendas sont en cours de lecture : celui-ci suit dans cinq minutes.',
    unfollowed: 'Cet agenda n’est plus suivi. Ses cafés restent.',
    keptCafes: 'Ces cafés sont gardés, et ne dépendent plus de cet agenda.',
    cancelledCafes: 'Ces cafés sont annulés.',
    webhookTested: 'L’essai va partir. Rechargez cette page pour lire la réponse.',
    done: 'C’est fait.',
    personWritten:
      'Message en route vers la personne, qui vous répondra directement si elle le souhaite. S’il ne peut pas lui être transmis, nous essayons de vous le dire par courriel.',
  },
  /** The texts about conflicting edits and the history of changes. */
  edits: {
    title: 'Un même texte, changé deux fois',
    lead: (who: string | undefined) =>
      `Rien n’est perdu. Pendant que vous écriviez, ${who ?? 'quelqu’un de l’équipe'} a changé la même chose.`,
    question: (label: string) => `${label} : quel texte garder ?`,
    theirs: 'Garder son texte',
    mine: 'Mettre le vôtre',
    you: 'vous',
    nothing: '(rien)',
    forgotten: '(pas gardé)',
    kept: (labels: string) => `Ce qui a été changé ailleurs entre-temps est gardé : ${labels}.`,
    submit: 'Enregistrer ce choix',
    leave: 'Tout laisser comme c’est enregistré',
    setAside: `Le texte que vous ne gardez pas reste dans « Qui a changé quoi », sous le formulaire, pendant ${daysInFrench(RETENTION_DAYS.edit)}.`,
    history: 'Qui a changé quoi',
    historyLead: `Ce qui a été fait, et ce qui était écrit avant. Gardé ${daysInFrench(RETENTION_DAYS.edit)}.`,
    historyNone: 'Rien n’a été changé.',
    backToForm: 'Revenir au formulaire',
    before: (label: string) => `${label}, avant :`,
    forget: {
      title: 'Effacer les mots d’avant',
      lead: 'Une personne demande que son nom disparaisse ? Ôtez-le d’abord du café, puis effacez ici ce qui était écrit avant : dans cette liste, dans ce qui a été envoyé, et dans les fichiers de la base. Restent qui a fait quoi, et quand. On ne peut pas revenir en arrière.',
      submit: 'Oui, effacer les mots d’avant',
    },
    wasSetAside: (label: string) => `${label}, proposé et non gardé :`,
    /** What an edit did. */
    acts: {
      created: 'Création',
      changed: 'Changement',
      published: 'Publication',
      confirmed: 'Confirmé : il a lieu',
      deleted: 'Suppression',
      'as-planned': 'Maintenu comme prévu',
      full: 'Complet',
      'moved-online': 'Passé en ligne',
      postponed: 'Reporté',
      cancelled: 'Annulé',
    },
    /** In which capacity, where it is not a person of the team who signed in. */
    author: {
      team: (name: string) => name,
      referent: (name: string) => [name, 'au titre d’un mandat'].filter(Boolean).join(', '),
      token: (name: string) => `par l’API, « ${name} »`,
      calendar: (name: string) => `d’après l’agenda suivi (${name})`,
      directory: (name: string) => `d’après ${name}`,
      link: (name: string) => [name, 'par le lien d’un courriel'].filter(Boolean).join(', '),
      handed: () => 'par un lien remis, peut-être par quelqu’un d’autre',
      clock: () => 'à l’heure prévue',
      operator: () => 'par une commande sur le serveur',
    },
    meanwhile:
      'Rien n’a été enregistré : pendant que cette page était ouverte, ce qu’elle montre a changé. Voici ce qui est vrai maintenant, et ce que vous aviez choisi.',
    deletedMeanwhile:
      'Rien n’est perdu : pendant que vous écriviez, ce café a été supprimé. Voici tout ce que vous aviez écrit ; l’enregistrer en fait un nouveau café.',
    venueDeletedMeanwhile:
      'Rien n’est perdu : pendant que vous écriviez, ce lieu a été supprimé. Voici tout ce que vous aviez écrit ; l’enregistrer en fait un nouveau lieu.',
    deletedTitle: {
      resource: 'Cette ressource a été retirée',
      cafe: 'Ce café a été supprimé',
      venue: 'Ce lieu a été supprimé',
      network: 'Ce réseau a été fermé',
      series: 'Cette série a été supprimée',
    },
    deletedLead: {
      resource:
        'Quelqu’un l’a retirée pendant que cette page était ouverte. Rien d’autre n’a été fait.',
      cafe: 'Quelqu’un l’a supprimé pendant que cette page était ouverte. Rien d’autre n’a été fait.',
      venue:
        'Quelqu’un l’a supprimé pendant que cette page était ouverte. Rien d’autre n’a été fait.',
      series:
        'Quelqu’un l’a supprimée pendant que cette page était ouverte. Rien d’autre n’a été fait.',
      network:
        'Quelqu’un l’a fermé pendant que cette page était ouverte. Rien d’autre n’a été fait.',
    },
    typed: 'Ce que vous aviez écrit :',
  },
  cafeForm: adminCafeFormFr,
  cancel: {
    title: 'Annuler ce café ?',
    lead: 'La page reste en ligne et dit « Annulé » : les personnes qui l’avaient noté le sauront.',
    reason: 'Pourquoi ?',
    reasonHint:
      'Une phrase, visible de tout le monde, 255 caractères au plus. Par exemple : la salle est inondée.',
    submit: 'Oui, annuler ce café',
  },
  delete: {
    title: 'Supprimer ce café ?',
    lead: 'Sa page disparaît pour toujours. On ne peut pas revenir en arrière.',
    prefer:
      'Si des personnes l’ont déjà noté, annulez-le plutôt : elles verront qu’il n’a pas lieu.',
    submit: 'Oui, supprimer ce café',
    ratherCancel: 'Plutôt l’annuler',
    reason: 'Pourquoi ?',
    reasonHint: 'Pour l’équipe, dans « Qui a changé quoi ».',
  },
  import: adminImportFr,
  list: {
    search: 'Chercher',
    clear: 'Tout montrer',
    pages: 'Pages de la liste',
    page: (page: number, of: number) => `Page ${page} sur ${of}`,
    before: 'Page précédente',
    after: 'Page suivante',
  },
  bulk: adminBulkFr,
  byDomain: {
    heading: (domain: string, total: number) => `${domain} (${total})`,
    all: (domain: string) => `Tout ce qui vient ${ofName(domain)}`,
    more: 'La suite',
    back: 'Revenir à tous les domaines',
  },
  blocks: adminBlocksFr,
  network: adminNetworkFr,
  stamps: adminStampsFr,
  webhooks: adminWebhooksFr,
  secondFactor: secondFactorFr,
  tokens: {
    title: 'Accès des logiciels',
    lead: 'Un jeton permet à un autre logiciel d’annoncer des cafés à votre place : site de la ville, agenda, tableur.',
    created: 'Votre nouveau jeton',
    once: 'Copiez-le maintenant : il ne sera plus jamais montré.',
    none: 'Aucun jeton.',
    col: {
      name: 'Nom',
      scopes: 'Pour',
      author: 'Créé par',
      created: 'Créé',
      end: 'Jusqu’au',
      used: 'Dernière utilisation',
      actions: 'Actions',
    },
    never: 'jamais',
    byCommand: 'le terminal du serveur',
    noEnd: 'sans fin',
    over: 'terminé',
    end: 'Dernier jour',
    endHint:
      'Sans date, il sert jusqu’à ce qu’on le révoque. Il finit aussi avec le compte de qui l’a créé.',
    endWrong: 'Choisissez un jour à venir, ou laissez vide.',
    scope: 'Ce qu’il permet',
    scopeHint: 'Ne cochez que ce dont le logiciel a besoin.',
    scopeWrong: 'Cochez au moins un choix.',
    scopes: {
      cafes: 'les cafés',
      places: 'les lieux',
      calendars: 'les agendas suivis',
      resources: 'ressources : publier, modifier, retirer',
      registrations: 'qui vient : données personnelles',
      webhooks: 'les annonces de changements (webhooks)',
    },
    revoke: 'Révoquer',
    create: 'Créer un jeton',
    name: 'Nom',
    nameHint: 'Qui s’en servira ? Par exemple : site de la ville',
    submit: 'Créer le jeton',
    keep: 'Gardez-le secret, comme un mot de passe.',
  },
  account: {
    title: 'Mon compte',
    name: 'Nom',
    email: 'Adresse e-mail',
    save: 'Enregistrer',
    password: 'Changer de mot de passe',
    current: 'Mot de passe actuel',
    next: 'Nouveau mot de passe',
    again: 'Le même, encore une fois',
    wrongCurrent: 'Ce n’est pas votre mot de passe actuel.',
    passwordSubmit: 'Changer le mot de passe',
    passwordEffect: 'Les autres sessions ouvertes seront fermées.',
    without: {
      title: 'Se passer de mot de passe',
      effect:
        'Votre mot de passe est effacé. Pour entrer, vous demandez un lien, qui arrive à votre adresse e-mail et sert une fois. Les autres sessions ouvertes seront fermées.',
      submit: 'Effacer mon mot de passe',
      now: 'Sans mot de passe',
      nowMeans:
        'Vous vous connectez par un lien, envoyé à votre adresse e-mail. Pour avoir un mot de passe, demandez un lien : la page qu’il ouvre propose d’en choisir un.',
      nowWithoutMail:
        'Ce site n’envoie pas de courriels : pour vous connecter de nouveau, ou avoir un mot de passe, il vous faut un lien.',
      addressStays: 'Pour en changer, choisissez d’abord un mot de passe.',
    },
    toDo: {
      title: 'Recevoir par courriel ce qui attend',
      hint: 'Des nombres et un lien, aucun nom. Rien n’attend ? Pas de courriel.',
      rhythms: {
        daily: 'Une fois par jour au plus, quand il y a plus de choses à faire',
        weekly: 'Le lundi',
        never: 'Jamais',
      },
      missing: 'Choisissez une des réponses.',
    },
    mails: {
      title: 'Recevoir aussi par courriel',
      hint: 'Ce qui n’est pas coché n’est pas envoyé. Les liens pour entrer et ce qui touche à la sécurité le sont toujours.',
      kinds: {
        'confirm-cafe': '« Votre café a-t-il toujours lieu ? », trois jours avant',
        answers: 'Ce que répondent les annuaires, et les structures invitées dans un réseau',
        report: '« Combien étiez-vous ? », le lendemain',
      } satisfies Record<AccountMail, string>,
    },
    sessions: 'Sessions ouvertes',
    thisOne: 'celle-ci',
    unknownDevice: 'Appareil inconnu',
    openedOn: (ago: string) => `ouverte ${ago}`,
    seen: (ago: string) => `utilisée ${ago}`,
    end: 'Fermer',
    endOthers: 'Fermer toutes les autres',
    endAll: 'Me déconnecter partout',
    signedInAs: (email: string) => `Vous vous connectez avec l’adresse ${email}.`,
  },
  welcome: {
    title: 'Bienvenue',
    lead: 'Le logiciel est installé. Encore trois étapes, et votre premier café sera en ligne.',
    address: 'Donner son adresse au site',
    addressText:
      'Choisissez l’adresse publique du site et écrivez-la dans le fichier .env, à côté du logiciel. Elle ne changera plus ensuite.',
    restart: 'Relancer le site',
    restartText: 'Arrêtez-le (Ctrl + C), puis relancez-le.',
    enter: 'Entrer dans l’administration',
    enterText: 'Cette commande donne un lien de connexion, à ouvrir dans un navigateur.',
    trial: 'Seulement essayer ?',
    trialText: 'Cette commande lance un annuaire et trois lieux d’exemple, sur votre machine.',
    closed: 'Tant que l’adresse n’est pas choisie, rien n’est envoyé ni montré à personne.',
  },
  script: {
    left: 'caractères restants',
    over: 'caractères de trop',
    found: 'Vous aviez commencé à écrire ici, sans l’envoyer.',
    resume: 'Reprendre ce que j’avais écrit',
    discard: 'L’effacer',
  },
})
