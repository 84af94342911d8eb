import { plural } from '../../../../node/domain/values/number-text.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** What a directory does not show, other than cafés: a profile, a resource, or the structure, which has neither id. */
type HiddenOther = {
  facilitatorId: string | undefined
  resourceId: string | undefined
  name: string
}

/** Makes a participle agree with what is named; names of cafés are quoted. */
const agreed = (participle: string, what: string): string =>
  what.startsWith('La ') ? `${participle}e` : participle

/** The texts of the administration's first page: the next café, what waits, and the site's own cafés. */
export const adminHomeFr = typesetFrench({
  title: (name: string) => (name ? `Bonjour ${name}` : 'Bonjour'),
  nextCafe: (when: string, title: string) => `Prochain café ${when} : « ${title} ».`,
  noNext: 'Aucun café n’a de date à venir.',
  nothingWaits: 'Rien n’attend votre réponse.',
  firstStepsWait: (n: number): string =>
    n < 2 ? 'Un premier pas reste à faire.' : `${n} premiers pas restent à faire.`,
  thingsWait: (n: number): string =>
    n < 2 ? 'Une chose attend votre réponse.' : `${n} choses attendent votre réponse.`,
  members: (n: number) => `L’annuaire compte ${plural(n, 'site membre', 'sites membres')}.`,
  toDo: 'À faire',
  /**
   * The entries of the list of what waits: what it is, why it matters, what to do. `name` is given when there is only
   * one item.
   */
  todo: {
    confirm: {
      title: () => 'Ce café a-t-il toujours lieu ?',
      why: (_n: number, name: string) => name,
      action: 'Non, ça change',
    },
    moreToConfirm: {
      title: (n: number) =>
        plural(n, 'autre café dans les trois jours', 'autres cafés dans les trois jours'),
      why: () => 'Ont-ils toujours lieu ? Répondez dans la liste de vos cafés.',
      action: 'Voir la liste',
    },
    reports: {
      title: (n: number) => (n === 1 ? 'Il manque un bilan' : `Il manque ${n} bilans`),
      why: (n: number, name: string) =>
        n === 1 ? `Combien étiez-vous à ${name} ?` : 'Combien étiez-vous ? Un nombre suffit.',
      action: 'Le dire',
    },
    legal: {
      title: () => 'Rien ne peut être publié pour le moment',
      why: (n: number) =>
        `La loi demande de dire qui publie : il manque ${plural(n, 'réponse', 'réponses')}.`,
      action: 'Compléter',
    },
    restored: {
      title: () => 'Rien ne part de ce site',
      why: () => 'Il a été remis d’après une sauvegarde : dites ce que devient ce qui attendait.',
      action: 'Décider',
    },
    closed: {
      title: () => 'Les pages de ce site ne sont pas montrées',
      why: () =>
        'Il a été remis sans son journal, et l’annuaire n’a pas encore dit ce qui a été supprimé depuis.',
      action: 'Voir',
    },
    asking: {
      title: () => 'L’annuaire n’a pas encore répondu',
      why: () => 'Ce site a été remis d’après une sauvegarde : il demande ce qui a changé depuis.',
      action: 'Voir',
    },
    versions: {
      title: (count: number) =>
        count === 1
          ? 'Une version à choisir : ici, ou à l’annuaire'
          : `${count} versions à choisir : ici, ou à l’annuaire`,
      why: () =>
        'Ce site a été remis, et ne peut pas choisir seul. D’ici là, rien n’en est annoncé.',
      action: 'Choisir',
    },
    claimed: {
      title: (count: number) =>
        count === 1 ? 'Une suppression à confirmer' : `${count} suppressions à confirmer`,
      why: () => 'D’après l’annuaire, c’est supprimé depuis la sauvegarde : dites si c’est vrai.',
      action: 'Répondre',
    },
    backup: {
      title: () => 'Pas de sauvegarde récente',
      why: () => 'Si la machine tombait en panne, ce qui a changé depuis serait perdu.',
      end: 'Sauvegarder maintenant',
      action: 'Voir',
    },
    backupCopy: {
      title: () => 'Les sauvegardes ne sont plus copiées ailleurs',
      why: () => 'Si la machine tombait en panne, elles seraient perdues avec elle.',
      end: 'Sauvegarder et copier',
      action: 'Voir',
    },
    siteState: {
      title: (count: number) => (count === 1 ? 'Le site a un ennui' : `Le site a ${count} ennuis`),
      why: () => 'L’état du site dit lequel, et quoi faire.',
      action: 'Voir',
    },
    cutOff: {
      title: () => 'Ce site n’atteint plus le réseau',
      why: () => 'La plupart des autres sites ont cessé de répondre en même temps.',
      end: 'Réessayer',
      action: 'Voir',
    },
    requests: {
      title: (n: number) =>
        plural(n, 'site demande à rejoindre l’annuaire', 'sites demandent à rejoindre l’annuaire'),
      why: () => 'Leurs cafés seront montrés après votre accord.',
      action: 'Répondre',
    },
    recoveries: {
      title: (n: number) =>
        n === 1 ? 'Un lieu a perdu ses données' : `${n} lieux ont perdu leurs données`,
      why: () => 'Il demande à l’annuaire quels serveurs le suivaient.',
      action: 'Répondre',
    },
    joinAsked: {
      title: (_n: number, name: string) => `${name} n’a pas encore répondu à votre demande`,
      why: () => 'Vos cafés y seront montrés après l’accord de son équipe.',
      action: 'Voir la demande',
    },
    hiddenElsewhere: {
      title: (_n: number, name: string, by: string) =>
        `${name} n’est pas ${agreed('montré', name)} par ${by}`,
      why: () => 'Votre page ne change pas. Vous pouvez contester ce choix.',
      end: 'C’est vu',
      action: 'Contester',
    },
    joinRefused: {
      title: (_n: number, name: string) => `${name} n’accepte pas vos cafés`,
      why: () => 'Vos cafés n’y sont pas montrés. Vous pouvez écrire à son équipe, ou redemander.',
      action: 'Voir la demande',
    },
    joinFailed: {
      title: (_n: number, name: string) => `${name} est introuvable`,
      why: () => 'Votre demande n’a pas pu être remise : vérifiez l’adresse de l’annuaire.',
      action: 'Corriger',
    },
    directorySilent: {
      title: (_n: number, name: string) => `${name} ne répond plus`,
      why: () => 'Vos changements lui seront envoyés dès son retour.',
      end: 'Réessayer',
      action: 'Le quitter',
    },
    failing: {
      title: (n: number) => plural(n, 'site ne répond plus', 'sites ne répondent plus'),
      why: () => 'Depuis trois jours au moins : leurs cafés disent d’appeler avant de venir.',
      action: 'Réessayer, ou retirer',
    },
    blockList: {
      title: (n: number) =>
        plural(n, 'changement dans la liste de blocage', 'changements dans la liste de blocage'),
      why: () => 'Rien ne compte avant votre décision.',
      action: 'Comparer',
    },
    stamps: {
      title: (n: number) =>
        plural(
          n,
          'serveur demande à montrer une personne',
          'serveurs demandent à montrer des personnes',
        ),
      why: () =>
        'Pour la citer, ou la mettre dans une liste de comptes à suivre. Demandez-lui d’abord.',
      action: 'Décider',
    },
    undelivered: {
      title: (n: number) =>
        plural(
          n,
          'site n’a pas vos cafés tels qu’ils sont maintenant',
          'sites n’ont pas vos cafés tels qu’ils sont maintenant',
        ),
      why: () => 'Nos envois ont été refusés.',
      action: 'Renvoyer',
    },
    mails: {
      title: (n: number) => plural(n, 'courriel n’est pas parti', 'courriels ne sont pas partis'),
      why: () => 'Ils ont été refusés, ou le serveur de courriel ne répond pas.',
      action: 'Voir pourquoi',
    },
    mailsByHand: {
      title: (n: number) =>
        plural(n, 'courriel à envoyer vous-même', 'courriels à envoyer vous-même'),
      why: () => 'Ce site n’envoie pas de courriels : remettez leur texte aux personnes.',
      action: 'Voir',
    },
    held: {
      title: (n: number) =>
        plural(n, 'café reçu attend votre avis', 'cafés reçus attendent votre avis'),
      why: () => 'Personne ne les voit avant.',
      action: 'Décider',
    },
    flags: {
      title: (n: number) => plural(n, 'page signalée à examiner', 'pages signalées à examiner'),
      why: () => 'Ce qui presse vient d’abord : chaque ligne dit avant quand décider.',
      action: 'Examiner',
    },
    appeals: {
      title: (n: number) => plural(n, 'recours à décider', 'recours à décider'),
      why: () => 'Par une autre personne que celle qui a décidé, si l’équipe en a deux.',
      action: 'Examiner',
    },
    duplicates: {
      title: (n: number) =>
        plural(
          n,
          'café est peut-être annoncé deux fois',
          'cafés sont peut-être annoncés deux fois',
        ),
      why: () => 'Le même jour, au même endroit, par deux sites.',
      action: 'Comparer',
    },
    proposals: {
      title: (n: number) =>
        plural(
          n,
          'proposition de référente ou de référent vous attend',
          'propositions de référentes et de référents vous attendent',
        ),
      why: () => 'Un lien est à envoyer, ou une personne qui a accepté à nommer.',
      action: 'Voir',
    },
    people: {
      title: (n: number) =>
        plural(
          n,
          'personne demande à figurer parmi celles qui animent',
          'personnes demandent à figurer parmi celles qui animent',
        ),
      why: () => 'Leur page paraîtra après votre accord.',
      action: 'Répondre',
    },
    networks: {
      title: (n: number) =>
        plural(n, 'réponse est attendue par un réseau', 'réponses sont attendues par des réseaux'),
      why: () => 'Une invitation, ou une structure qui demande à être du vôtre.',
      action: 'Répondre',
    },
    networkAnswers: {
      title: (n: number, name: string) =>
        n === 1
          ? `Une réponse à une invitation du réseau « ${name} »`
          : `${n} réponses à des invitations du réseau « ${name} »`,
      why: () => '',
      action: 'Lire',
    },
    differences: {
      title: (n: number) =>
        plural(n, 'café : l’agenda dit autre chose', 'cafés : l’agenda dit autre chose'),
      why: () =>
        'Vous avez changé ce texte ici ; l’agenda le change aussi. Prenez le sien, ou gardez le vôtre.',
      action: 'Comparer',
    },
    calendars: {
      title: (n: number) =>
        plural(n, 'agenda suivi a besoin de vous', 'agendas suivis ont besoin de vous'),
      why: () => 'Il n’a pas pu être lu depuis un jour, ou beaucoup de cafés y manquent d’un coup.',
      action: 'Voir',
    },
    webhooks: {
      title: (n: number) => plural(n, 'webhook est arrêté', 'webhooks sont arrêtés'),
      why: () => 'Un autre logiciel n’apprend plus ce qui change dans sa recherche.',
      action: 'Voir',
    },
    postponed: {
      title: (n: number) =>
        plural(
          n,
          'café reporté attend sa nouvelle date',
          'cafés reportés attendent leur nouvelle date',
        ),
      why: (_n: number, name: string) => name,
      action: 'Donner une date',
    },
    drafts: {
      title: (n: number) => plural(n, 'brouillon à terminer', 'brouillons à terminer'),
      why: (_n: number, name: string) => name,
      action: 'Reprendre',
    },
    suggestions: {
      title: (n: number) => plural(n, 'café proposé à lire', 'cafés proposés à lire'),
      why: (_n: number, name: string) => name,
      action: 'Lire et décider',
    },
    numbers: {
      title: (n: number) => plural(n, 'nombre à confirmer', 'nombres à confirmer'),
      why: () =>
        'Un bilan annonce bien plus de monde que n’en ont de tels cafés. Il n’est ni montré ni compté avant votre oui.',
      action: 'Regarder',
    },
    newsletter: {
      title: () => 'La lettre est à envoyer',
      why: () => 'La dernière annonçait deux semaines de cafés, qui sont passées.',
      action: 'Relire',
    },
    cafeRequests: {
      title: (n: number) =>
        plural(n, 'commune où l’on aimerait un café', 'communes où l’on aimerait un café'),
      why: () => 'Des personnes l’ont dit depuis la recherche, depuis votre dernier regard.',
      end: 'C’est vu',
      action: 'Voir où',
    },
  },
  /** The reason in a directory's answer. */
  reasonGiven: (reason: string) =>
    reason === '' ? 'Aucune raison n’a été donnée.' : `Raison donnée : « ${reason} »`,
  answers: {
    subject: (site: string) => `${site} : on vous répond`,
    text: ({ lines, link, isTeam }: { lines: string; link: string; isTeam: boolean }) =>
      `Bonjour,\n\n${lines}\n\n${isTeam ? 'Ce qui attend votre réponse est sur votre accueil :' : 'Les structures membres sont sur votre tableau de bord :'}\n${link}`,
    /** What a structure answered to the invitation of a network. */
    invitation: (structure: string, network: string, isYes: boolean) =>
      isYes
        ? `${structure} a accepté l’invitation du réseau « ${network} ».`
        : `${structure} a décliné l’invitation du réseau « ${network} ».`,
    accepted: (name: string) => `${name} a accepté votre demande : vos cafés y sont montrés.`,
    refused: (name: string, reason: string) =>
      `${name} n’accepte pas vos cafés. ${reason === '' ? 'Aucune raison n’a été donnée.' : `Raison donnée : « ${reason} »`}`,
    more: (count: number) =>
      count === 1 ? 'Et une autre réponse.' : `Et ${count} autres réponses.`,
    /** A café, its report, or a question of it. */
    ofCafe: ({ title, part }: { title: string; part: string }, question?: string) =>
      part === ''
        ? `« ${title} »`
        : part === 'bilan'
          ? `Le bilan de « ${title} »`
          : part === 'image'
            ? `La photo de « ${title} »`
            : question === undefined
              ? `Un passage du bilan de « ${title} »`
              : `Dans le bilan de « ${title} », « ${question} »`,
    ofOther({ facilitatorId, resourceId, name }: HiddenOther): string {
      if (facilitatorId !== undefined) return `Le profil ${ofName(name)}`
      return resourceId === undefined ? 'Tout ce que vous annoncez' : `La ressource « ${name} »`
    },
    hidden: (what: string, name: string, reason: string) =>
      `${what} n’est pas ${agreed('montré', what)} par ${name}. ${reason === '' ? 'Aucune raison n’a été donnée.' : `Raison donnée : « ${reason} »`}`,
  },
  /** The same entries in a mail: only numbers, no names. */
  toDoMail: {
    subject: (site: string) => `${site} : ce qui vous attend`,
    text: (p: { lists: string; isWeekly: boolean; settings: string; siteName: string }) =>
      `Bonjour,

${p.lists}

${
  p.isWeekly
    ? 'Ce courriel vient une fois par semaine, quand quelque chose attend.'
    : 'Le prochain viendra quand il y aura plus de choses à faire ; sinon dans sept jours, s’il en reste. Jamais deux le même jour.'
}

En recevoir moins souvent :
${p.settings}

${p.siteName}`,
    onHome: 'Sur votre accueil :',
    atStructure: (name: string) => `Pour ${name}, à choisir en haut de l’administration :`,
    inTerritory: (name: string) => `Dans votre territoire, ${name} :`,
    confirm: (n: number) =>
      n < 2
        ? 'un café a lieu dans les trois jours : est-ce bien sûr ?'
        : `${n} cafés ont lieu dans les trois jours : est-ce bien sûr ?`,
    hiddenElsewhere: (n: number) =>
      plural(
        n,
        'de vos pages n’est pas montrée par un annuaire',
        'de vos pages ne sont pas montrées par un annuaire',
      ),
    networkAnswers: (n: number) =>
      plural(
        n,
        'réponse à une invitation de votre réseau',
        'réponses à des invitations de vos réseaux',
      ),
    joinAsked: (n: number) =>
      plural(n, 'annuaire n’a pas encore répondu', 'annuaires n’ont pas encore répondu'),
    joinRefused: (n: number) =>
      plural(n, 'annuaire n’accepte pas vos cafés', 'annuaires n’acceptent pas vos cafés'),
    joinFailed: (n: number) => plural(n, 'annuaire est introuvable', 'annuaires sont introuvables'),
    directorySilent: (n: number) =>
      plural(n, 'annuaire ne répond plus', 'annuaires ne répondent plus'),
  },
  quoted: (title: string) => `« ${title} »`,
  announce: 'Annoncer un café',
  inviteSite: 'Inviter un site',
  copyLast: 'Refaire le dernier',
  followers: (n: number) => `${plural(n, 'compte vous suit', 'comptes vous suivent')}.`,
  inDirectory: (name: string, ago: string) => `Membre ${ofName(name)}, entendu ${ago}.`,
  noDirectory: 'Ce site n’a rejoint aucun annuaire.',
  joinOne: 'En rejoindre un',
  yourNext: 'Vos prochains cafés',
  all: (upcoming: number, past: number) =>
    `Tous les cafés : ${upcoming} à venir, ${plural(past, 'passé', 'passés')}`,
  none: 'Vous n’avez encore aucun café. Le premier se prépare en deux minutes.',
  noneToCome: 'Aucun café n’a de date à venir.',
  open: 'Ouvrir',
  onlySeatsLeft: (left: number, capacity: number) =>
    `${plural(left, 'place libre', 'places libres')} sur ${capacity}`,
  free: 'Entrée libre',
  onSignUp: 'Sur inscription',
  hiddenHere: 'Masqué',
  list: {
    title: 'Vos cafés',
    states: 'État des cafés',
    state: {
      upcoming: 'À venir',
      drafts: 'Brouillons',
      cancelled: 'Annulés',
      past: 'Passés',
    },
    words: 'Titre, lieu ou commune',
    month: 'Mois',
    everyMonth: 'Tous les mois',
    found: (n: number) => plural(n, 'café', 'cafés'),
    none: 'Aucun café ici.',
    noneFound: 'Aucun café ne correspond.',
  },
  seatsLeft: (left: number, capacity: number) =>
    `${plural(left, 'libre', 'libres')} sur ${capacity}`,
  col: { when: 'Quand', cafe: 'Café', seats: 'Places', state: 'État', actions: 'Actions' },
  state: { draft: 'Brouillon', scheduled: 'Programmé', published: 'Publié' },
  cafeState: {
    cancelled: 'Annulé',
    postponed: 'Reporté',
    past: 'Passé',
    full: 'Complet',
    movedOnline: 'Déplacé en ligne',
    rescheduled: 'Nouvelle date',
  },
  dayAndTime: (day: string, time: string) => `${day} à ${time}`,
  edit: 'Modifier',
  resume: 'Reprendre',
  change: 'Annuler ou reporter',
  reinstate: 'Rétablir ou reporter',
  copy: 'Refaire',
  delete: 'Supprimer',
  about: (title: string) => ` « ${title} »`,
})
