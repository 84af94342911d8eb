import { ofName, toName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts of `/commencer` and of the series that a directory holds online itself. */
export const startFr = typesetFrench({
  menu: 'Je débute',
  title: 'Votre premier café',
  lead: 'Deux questions. Vous repartez avec une personne à qui écrire, un déroulé tout prêt et une date.',
  labels: { ou: 'Où est-ce ?', qui: 'Qui viendra ?' },
  hints: { ou: 'Ville, code postal, département ou région' },
  audiences: {
    tous: {
      title: 'Tout le monde',
      who: 'Sans s’y connaître',
      for: 'pour tout le monde',
      advice:
        'Commencez par ce que chacun a vu ou entendu : une image, un titre de journal, un appel bizarre.',
    },
    ados: {
      title: 'Des ados',
      who: 'Classe, club, maison de jeunes',
      for: 'avec des ados',
      advice:
        'Demandez-leur de vous montrer ce qu’ils utilisent déjà, et à quoi ils voient que c’est faux.',
    },
    aines: {
      title: 'Des aînés',
      who: 'Club, résidence',
      for: 'avec des aînés',
      advice:
        'Gardez des groupes de quatre, de grands caractères, et parlez aussi des arnaques au téléphone.',
    },
    familles: {
      title: 'Des familles',
      who: 'Enfants dès 8 ans',
      for: 'en famille',
      advice:
        'Faites deviner à deux générations ensemble : vrai ou fabriqué ? Une heure suffit aux enfants.',
    },
  },
  submit: 'Voir ma réponse',
  byMyself: 'Je préfère chercher moi-même',
  nothingKept:
    'Aucun compte. Rien n’est gardé : la réponse est une page, que vous pouvez garder ou envoyer à vos collègues.',
  orElse: 'Vous vouliez dire : ',
  again: 'Changer mes réponses',
  answerTitle: (place: string | undefined, audience: string) =>
    `${place === undefined ? 'Partout en France' : place}, ${audience} : par où commencer`,
  person: {
    kicker: '1 · Une personne',
    referentText:
      'Cette personne connaît les lieux de votre territoire et aide à préparer un premier café.',
    leads: (km: string) =>
      km === ''
        ? 'Cette personne anime des cafés dans votre territoire.'
        : `Cette personne anime des cafés près de chez vous (${km}).`,
    orLed: 'Pour animer :',
    team: (siteName: string) => `L’équipe ${ofName(siteName)}`,
    teamText:
      'Personne ne répond encore pour votre territoire : l’équipe vous lit, et vous met en relation.',
    write: (name: string) => `Écrire ${toName(name)}`,
    writeTeam: 'Écrire à l’équipe',
  },
  programme: {
    kicker: (kind: string | undefined) => `2 · ${kind ?? 'Un déroulé tout prêt'}`,
    text: 'Une conversation, pas un cours : le déroulé minute par minute, la feuille pour compter, la liste de ce qu’il faut prévoir.',
    facts: '1 h 30 · 5 à 30 personnes · sans ordinateur',
    noComputer: 'sans ordinateur',
    see: 'Voir comment cela se passe',
    open: 'Imprimer le déroulé',
    guide: 'Le guide du premier café',
  },
  date: {
    kicker: '3 · Une date',
    title: 'Venez d’abord voir',
    online: 'C’est en ligne : venez depuis chez vous, pour voir comment cela se passe.',
    orNear: 'Ou en vrai :',
    toCalendar: 'Ajouter à mon agenda',
    none: 'Aucune date pour le moment',
    noneText:
      'Aucun café n’est annoncé près de chez vous ni en ligne : le vôtre serait le premier.',
    beNotified: 'Être au courant des prochains',
  },
  ready: 'Prêt pour le vôtre ?',
  freeDay: (day: string) => `Aucun autre café n’est annoncé à 25 km le ${day}.`,
  readyText: 'Proposez-le sans compte : un lieu, un jour, une question.',
  announce: 'Proposer un café',
  sendIt: 'L’adresse de cette réponse :',
  nextOnline: 'La prochaine fois : ',
  onlineText:
    'Depuis chez vous, et aucune question n’y est bête. Idéal pour voir avant d’organiser.',
})
