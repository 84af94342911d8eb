import type { RegistrationState, Side } from '../../../node/domain/registrations/registration.ts'
import type { SideTotals } from '../../../node/domain/registrations/totals.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { ofName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

const seats = (n: number) => plural(n, 'place', 'places')
const registrations = (n: number) => plural(n, 'inscription', 'inscriptions')

type Totals = Omit<SideTotals, 'side'>

const totalsText = (n: Totals): string => {
  const taken = plural(n.taken, 'place prise', 'places prises')
  const parts = [
    `${n.capacity === undefined ? taken : `${taken} sur ${n.capacity}`} : ${registrations(n.registrations)}`,
    ...(n.held > 0
      ? [
          plural(
            n.held,
            'place gardée en attendant une réponse',
            'places gardées en attendant une réponse',
          ),
        ]
      : []),
    ...(n.waiting > 0
      ? [
          `${plural(n.waiting, 'personne attend', 'personnes attendent')}, ${plural(n.waitingSeats, 'place demandée', 'places demandées')}`,
        ]
      : []),
  ]
  return `${parts.join(' ; ')}.`
}

/** The texts of the pages by which a team sees, welcomes and counts those who come. */
export const registrationTeamFr = typesetFrench({
  title: 'Qui vient',
  link: 'Inscrits',
  lead: (title: string, when: string) => `${title}, ${when}`,
  full: 'Complet.',
  sides: { onsite: 'Sur place', online: 'En ligne' } satisfies Record<Side, string>,
  totals: totalsText,
  ofSide: (side: string, text: string) => `${side} : ${text}`,
  over: (n: number) =>
    `${plural(n, 'place de trop', 'places de trop')} : personne n’est retiré de la liste.`,
  everybody: (n: number) => `Avec ${seats(n)}, tout le monde entre.`,
  changeCapacity: 'Changer le nombre de places',
  drawn: (n: { taken: number; held: number; free: number }) =>
    `${plural(n.taken, 'place prise', 'places prises')}, ${plural(n.held, 'gardée', 'gardées')}, ${plural(n.free, 'libre', 'libres')}`,
  print: 'Feuille à imprimer',
  states: 'États',
  tabs: { coming: 'Viennent', waiting: 'Attendent', over: 'Annulées' },
  words: 'Chercher un prénom ou un contact',
  none: 'Personne pour l’instant.',
  noneFound: 'Personne ne correspond.',
  found: registrations,
  name: 'Prénom',
  seats: 'Places',
  seatsOf: seats,
  state: 'État',
  stateOf: {
    unproven: 'adresse à confirmer',
    confirmed: 'vient',
    waiting: 'attend',
    offered: 'place proposée',
    cancelled: 'annulée',
    lapsed: 'place non prise',
  } satisfies Record<RegistrationState, string>,
  rank: (n: number) => `rang ${n}`,
  until: (time: string) => `jusqu’au ${time}`,
  passed: (p: { when: string; free: number; seats: number }) =>
    `garde son rang : le ${p.when}, ${p.free > 1 ? `${p.free} places se libéraient` : 'une place se libérait'}, il en faut ${p.seats}`,
  call: 'à prévenir par téléphone',
  byTeam: 'ajouté par l’équipe',
  byProgram: 'ajouté par un programme de l’équipe',
  byAccount: 'depuis son compte d’un autre site',
  byAdult: 'un adulte inscrit une personne de moins de 15 ans',
  contact: 'Contact',
  account: 'Compte',
  asked: 'Inscription',
  needs: 'Pour l’accueil',
  open: 'Ouvrir',
  of: (name: string) => ` l’inscription ${ofName(name)}`,
  answerCounts: (question: string, answers: readonly { answer: string; seats: number }[]) =>
    `${question} ${answers.map(({ answer, seats: n }) => `${answer} : ${n}`).join(', ')}.`,
  needsCounts: (lines: string) => `Pour l’accueil : ${lines}.`,
  add: 'Ajouter une personne',
  addHint: 'Pour qui téléphone ou passe à l’accueil. Dites-lui que son prénom est noté ici.',
  known: 'Une personne est déjà inscrite avec ce contact.',
  addSubmit: 'Ajouter',
  prenom: 'Prénom',
  places: 'Places',
  contactField: 'Téléphone ou e-mail',
  keep: (day: string) =>
    `Prochaine suppression : tout ce qui nomme une personne est effacé le ${day}. Les nombres restent.`,
  back: 'Revenir à qui vient',
  backToCafe: 'Voir le café',
  one: {
    title: (name: string) => `Inscription ${ofName(name)}`,
    seats: 'Nombre de places',
    change: 'Changer',
    changeTold: 'Une personne qui vient et qui a une adresse e-mail reçoit le nouveau nombre.',
    confirm: 'Confirmer',
    confirmLead: {
      unproven:
        'Cette personne n’a pas encore confirmé son adresse. Confirmez pour elle si vous l’avez eue au téléphone.',
      offered: 'La place est proposée. Notez sa réponse si elle vous la donne de vive voix.',
      waiting: (rank: number) =>
        rank > 1
          ? `Rang ${rank} : ${plural(rank - 1, 'personne attend depuis plus longtemps, et garde son rang', 'personnes attendent depuis plus longtemps, et gardent leur rang')}.`
          : 'Rang 1 : personne n’attend depuis plus longtemps.',
    },
    decline: 'Elle ne vient pas',
    move: 'Changer de date',
    moveLead:
      'L’inscription passe à cette date, après celles qui y sont. La personne l’apprend par courriel, si elle a une adresse.',
    date: 'Date',
    choose: 'Choisir une date',
    noDate: 'Choisissez une date.',
    dateOf: (when: string, left: number | undefined) =>
      left === undefined
        ? when
        : `${when} (${left > 0 ? plural(left, 'place libre', 'places libres') : 'complet'})`,
    moveSubmit: 'Déplacer l’inscription',
    cancel: 'Annuler l’inscription',
    cancelLead: 'La place se libère. La raison part par courriel, si la personne a une adresse.',
    cancelLeadCall: 'La place se libère. Cette personne n’a pas d’adresse e-mail : appelez-la.',
    reason: 'Raison',
    reasonMissing: 'Écrivez la raison : la personne la lira.',
    reasonLong: (max: number) => `La raison a plus de ${max} signes.`,
    notEnough: (free: number) =>
      free > 0
        ? `Il n’y a que ${seats(free)} : augmentez le nombre de places du café.`
        : 'Il n’y a plus de place : augmentez le nombre de places du café.',
    knownThere: 'Cette personne est déjà inscrite à cette date.',
    changed: 'Cette inscription a changé pendant ce temps. Regardez, puis recommencez.',
    closed: 'On ne change plus cette inscription.',
  },
  noShows: (n: number) =>
    n === 0
      ? 'À vos derniers cafés, presque toutes les personnes inscrites sont venues.'
      : `À vos derniers cafés, en moyenne ${plural(n, 'personne inscrite', 'personnes inscrites')} sur 10 ${n === 1 ? 'ne vient' : 'ne viennent'} pas.`,
  counted: (p: { participants: number; unregistered: number; absent: number }) =>
    `Comptées à ce café : ${plural(p.participants, 'personne', 'personnes')}, dont ${p.unregistered} sans inscription. ${plural(p.absent, 'place est restée vide', 'places sont restées vides')}.`,
  write: 'Écrire',
  message: {
    title: 'Écrire aux personnes inscrites',
    to: 'À qui',
    groups: {
      coming: (n: number) => `Aux personnes qui viennent (${n})`,
      waiting: (n: number) => `À celles qui attendent (${n})`,
      all: (n: number) => `À tout le monde (${n})`,
    },
    text: 'Message',
    hint: (max: number) =>
      `${max} signes au plus. Le nom du lieu, la date et le lien de chaque personne sont ajoutés.`,
    see: 'Voir le message',
    preview: 'Ce que chaque personne lira',
    mails: (n: number) =>
      n === 0
        ? 'Aucun courriel ne part : personne n’a d’adresse e-mail.'
        : `${plural(n, 'courriel part', 'courriels partent')}, un par personne. Personne ne voit l’adresse d’une autre.`,
    toCall: 'Sans adresse e-mail, à appeler :',
    accounts: (n: number) =>
      n === 1
        ? 'Une personne vient par son compte d’un autre site : un message privé part vers ce compte.'
        : `${n} personnes viennent par leur compte d’un autre site : un message privé part vers chaque compte.`,
    noContact: 'sans contact',
    send: (n: number) => `Envoyer ${plural(n, 'message', 'messages')}`,
    noGroup: 'Choisissez à qui vous écrivez.',
    noText: 'Écrivez votre message.',
    tooLong: (max: number) => `Le message a plus de ${max} signes.`,
    shareUsed:
      'Votre structure a envoyé aujourd’hui tous les courriels de sa part sur ce site. Recommencez demain, ou demandez à l’équipe du site d’agrandir cette part.',
    tooMany: 'Vous avez déjà beaucoup écrit au sujet de ce café aujourd’hui. Recommencez demain.',
  },
  download: 'Télécharger le tableau',
  withNeeds: 'Avec les besoins pour l’accueil',
  table: {
    name: 'Prénom',
    seats: 'Places',
    side: 'Où',
    email: 'E-mail',
    phone: 'Téléphone',
    account: 'Compte',
    asked: 'Inscription',
  },
  countLink: 'Compter',
  count: {
    title: 'Compter',
    inRoom: 'dans la salle',
    unregistered: 'sans inscription',
    less: 'Une personne de moins sans inscription',
    more: 'Une personne de plus sans inscription',
    howMany: (name: string) => `${name} : combien sont là ?`,
    finish: 'Terminer',
    finishWith: 'Terminer :',
    meaning: 'Qui n’est pas coché quand vous terminez est absent. Seuls les nombres restent.',
    offline: 'Sans réseau : gardé ici, envoyé au retour. Laissez cette page ouverte.',
    refused: 'Votre session est terminée. Ce que vous avez coché reste sur ce téléphone.',
    savedShort: 'Se connecter',
    stale: (p: { participants: number; time: string }) =>
      `Une autre personne de l’équipe a compté entre-temps : ${plural(p.participants, 'personne', 'personnes')}, à ${p.time}. Rien de ce que vous avez coché n’est perdu : terminez de nouveau pour le garder à la place.`,
    wrong: (max: number) => `Le nombre de personnes sans inscription va de 0 à ${max}.`,
    early: 'Le café n’a pas commencé : comptez le jour même. Ce que vous avez coché est gardé.',
    over: 'Les noms de ce café sont effacés : on ne compte plus.',
  },
  sheet: {
    title: 'Feuille des personnes inscrites',
    lead: 'Une feuille A4, à imprimer avant le café. Elle n’a ni adresse ni téléphone.',
    print: 'Imprimer',
    howTo: 'Pour imprimer, utilisez le menu de votre navigateur.',
    heading: 'Qui vient ?',
    registrations: (n: number): string => (n === 1 ? 'inscription' : 'inscriptions'),
    taken: (capacity: number | undefined) =>
      capacity === undefined ? 'places prises' : `places prises sur ${capacity}`,
    needsToPlan: 'à prévoir pour l’accueil',
    present: 'présents en tout',
    here: 'Là',
    name: 'Prénom ou pseudonyme',
    needs: 'À prévoir',
    walkIns: 'Venus sans s’inscrire, une case par personne :',
    online: (n: number) => `${plural(n, 'place', 'places')} en ligne, pas sur cette feuille.`,
    firstTime: 'Dont pour la première fois :',
    printed: (time: string) =>
      `Faite le ${time}. Sans adresse ni téléphone. À détruire après le café.`,
    erased: (day: string) => `Les inscriptions s’effacent du site le ${day}.`,
    none: 'Personne n’est inscrit pour l’instant.',
  },
})
