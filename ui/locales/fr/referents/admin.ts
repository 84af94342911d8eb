import type {
  EndReason,
  JournalAct,
  ReferentState,
} from '../../../../node/domain/referents/referent.ts'
import { plural } from '../../../../node/domain/values/number-text.ts'
import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench } from '../../durations.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'
import { departementsText } from '../departements.ts'

/**
 * The texts of the administration about referents: for the directory's team, for a site that proposes somebody, and for
 * referents.
 */
export const referentAdminFr = typesetFrench({
  nav: 'Référentes et référents',
  title: 'Référentes et référents',
  lead: 'Une personne pour chaque territoire. Vous la proposez, elle accepte, vous la nommez.',
  map: 'Voir la carte et les territoires à pourvoir',
  states: {
    waiting: 'À nommer',
    proposed: 'En attente de réponse',
    inOffice: 'En fonction',
    silent: 'Sans nouvelles',
    past: 'Terminé ou refusé',
  },
  leads: {
    waiting: 'Ces personnes ont accepté. Ouvrez leur page pour les nommer.',
    silent: 'Ces personnes ne sont pas venues depuis longtemps : leurs demandes vous reviennent.',
    proposed: '',
    inOffice: '',
    past: '',
  },
  list: {
    words: 'Nom ou territoire',
    found: (n: number) => plural(n, 'personne', 'personnes'),
    noneFound: 'Personne ne correspond.',
  },
  none: 'Personne.',
  vacancies: (codes: readonly string[]) =>
    codes.length === 0 ? 'aucun à pourvoir' : `${departementsText(codes)} à pourvoir`,
  col: { name: 'Nom', territory: 'Territoire', until: 'Jusqu’au', state: 'Où on en est' },
  state: {
    proposed: 'proposition sans réponse',
    consented: 'a accepté',
    appointed: 'en fonction',
    declined: 'a refusé',
    ended: 'terminé',
  } satisfies Record<ReferentState, string>,
  reason: {
    resigned: 'a arrêté',
    ended: 'terminé par l’équipe',
    expired: 'arrivé à son terme',
    disowned: 'arrêté : « ce n’est pas moi »',
  } satisfies Record<EndReason, string>,
  propose: 'Proposer une personne',
  proposeLead:
    'Elle reçoit un lien : elle y lit ce que l’on attend d’elle et ce qui serait public, puis accepte ou refuse.',
  proposePlaceLead:
    'Vous connaissez quelqu’un qui pourrait répondre pour un territoire ? L’équipe de l’annuaire lui écrira. Demandez-lui d’abord si vous pouvez donner son adresse.',
  placeAlone: 'Votre site ne fait partie d’aucun annuaire : il n’y a personne à qui proposer.',
  field: {
    name: 'Nom',
    word: 'Le mot pour cette personne',
    email: 'Adresse e-mail',
    territory: 'Territoire',
    startsOn: 'À partir du',
    endsOn: 'Jusqu’au',
    silentDays: 'Prévenir le territoire au-dessus après',
    joining: 'Devant un lieu qui demande à rejoindre l’annuaire',
    agreed: 'Accord',
    directory: 'À quel annuaire',
    reason: 'Pourquoi',
  },
  hint: {
    name: 'La personne pourra le changer.',
    email: 'Sans adresse, vous aurez un lien à imprimer ou à donner.',
    emailAtPlace: 'L’annuaire lui écrira à cette adresse. Elle n’est montrée à personne.',
    territory:
      'Une commune, une intercommunalité, un département ou une région. Exemple : Ille-et-Vilaine',
    silentDays: 'Nombre de jours sans visite, de 7 à 365.',
    reason: 'Écrit dans le journal.',
  },
  wrong: {
    name: 'Écrivez le nom de la personne.',
    email: 'Cette adresse e-mail est incomplète. Exemple : nom@exemple.fr',
    territory: 'Ce territoire n’est pas connu. Essayez avec son nom ou son code.',
    several: 'Plusieurs territoires portent ce nom : choisissez.',
    dates: 'La fin doit venir après le début, trois ans au plus.',
    past: 'Cette date est déjà passée.',
    taken: 'Cette personne est déjà proposée ou nommée pour ce territoire.',
    silentDays: 'Donnez un nombre de jours, de 7 à 365.',
    agreed: 'Demandez d’abord à la personne.',
    directory: 'Choisissez un annuaire : lui seul recevra cette adresse.',
    reason: 'Dites pourquoi, en quelques mots.',
  },
  agreed: 'Cette personne est d’accord pour que l’annuaire lui écrive.',
  adviceOf: (name: string, territory: string) => `L’avis ${ofName(name)}, ${territory} :`,
  submit: 'Proposer',
  sentToDirectory: 'La proposition part vers l’annuaire. L’équipe écrira à cette personne.',
  one: {
    proposedBy: 'Proposé par',
    dates: 'Mandat',
    range: (from: string, until: string) => `du ${from} au ${until}`,
    email: 'Adresse (jamais montrée)',
    noEmail: 'pas encore donnée',
    seen: 'Dernière visite',
    neverSeen: 'jamais',
    attestation: 'Attestation',
    profile: 'Profil',
    consents: 'Ce que la personne a dit',
    act: {
      consented: 'A accepté ce texte',
      declined: 'A refusé',
      resigned: 'A arrêté',
    },
    appoint: 'Nommer',
    appointLead: {
      mail: 'Son nom devient public. L’annuaire signe une attestation, et lui écrit comment entrer dans son espace.',
      hand: 'Son nom devient public. L’annuaire signe une attestation. Vous montrez ensuite ici le lien à lui remettre, pour entrer dans son espace.',
    },
    otherDays:
      'Avec d’autres dates que celles acceptées, la personne est d’abord interrogée de nouveau.',
    renew: 'Proposer une autre date',
    renewLead:
      'La personne la voit par son lien, et l’accepte ou non. L’attestation est signée de nouveau quand elle accepte.',
    asked: 'Date proposée',
    askedUntil: (until: string) => `jusqu’au ${until}, sans réponse pour l’instant`,
    end: 'Terminer ce mandat',
    endLead: 'Son nom quitte l’annuaire tout de suite, et l’attestation est révoquée.',
    withdraw: 'Retirer la proposition',
    withdrawLead: 'Son nom et son adresse sont effacés tout de suite.',
    link: { person: 'Son lien', access: 'Le lien pour entrer' },
    byHand: 'Aucun courriel ne part de ce site : montrez le lien, et remettez-le.',
    noAgreement:
      'Aucun courriel ne part de ce site : par ce lien, la personne peut lire la proposition et refuser. Elle pourra accepter quand le site enverra des courriels.',
    linkLead: {
      person: 'Le lien où la personne répond, et où elle peut arrêter.',
      access: 'Le lien pour entrer dans son espace la première fois.',
    },
    mailIt: 'Envoyer par courriel',
    showIt: 'Montrer ici, pour l’imprimer',
    shown: 'Le lien à remettre',
    shownLead: 'Donnez-le à cette personne seule.',
    back: 'Revenir à la liste',
  },
  settings: {
    title: 'Ce que peuvent les référentes et les référents',
    joining: { recommend: 'Donner un avis à l’équipe', admit: 'L’accepter sans attendre l’équipe' },
    save: 'Enregistrer',
  },
  journal: {
    title: 'Journal',
    lead: `Ce qui a été fait sur les territoires, par qui et pourquoi. Gardé ${daysInFrench(RETENTION_DAYS.journal)}.`,
    none: 'Rien n’a encore été fait.',
    col: { at: 'Quand', who: 'Qui', act: 'Quoi', territory: 'Où', reason: 'Pourquoi' },
    act: {
      'cafe-hidden': 'a caché le café',
      'cafe-shown': 'a montré le café',
      'facilitator-hidden': 'a masqué un profil',
      'facilitator-shown': 'a montré à nouveau un profil',
      'structure-hidden': 'a masqué la structure',
      'structure-shown': 'a montré à nouveau la structure',
      'report-hidden': 'a masqué le bilan du café',
      'report-shown': 'a montré à nouveau le bilan du café',
      'report-counted': 'a fait compter le nombre déclaré du café',
      'question-hidden': 'a masqué une question du bilan du café',
      'question-shown': 'a montré à nouveau une question du bilan du café',
      'flag-kept': 'a laissé, après un signalement,',
      'flag-warned': 'a demandé de corriger, après un signalement,',
      'flag-corrected': 'a corrigé ou retiré, après un signalement,',
      'appeal-upheld': 'a changé d’avis, après un recours, sur',
      'appeal-denied': 'a confirmé la décision, après un recours, sur',
      'duplicate-apart': 'a dit que ce sont deux cafés',
      'duplicate-together': 'a dit que c’est un seul café',
      'joining-recommended': 'a donné son avis sur',
      'joining-admitted': 'a accepté dans l’annuaire',
      'cafe-changed': 'a modifié, pour une structure,',
      'cafe-situation': 'a dit, pour une structure, ce que devient le café',
      'cafe-deleted': 'a supprimé, pour une structure, le café',
      'cafe-announced': 'a annoncé pour une structure',
      'profile-withdrawn': 'a retiré le profil d’une personne',
      'request-refused': 'a refusé la demande d’une personne',
    } satisfies Record<JournalAct, string>,
  },
})
