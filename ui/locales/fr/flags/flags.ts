import type { CaseState } from '../../../../node/domain/flags/case-state.ts'
import {
  type AppealRefusal,
  FLAG_DAYS,
  type FlaggedKind,
  type FlagReason,
  type Outcome,
} from '../../../../node/domain/flags/flag.ts'
import { plural } from '../../../../node/domain/values/number-text.ts'
import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench } from '../../durations.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts of what is flagged: the form, the page of who flagged, the administration, the transparency page, the mails. */
export const flagFr = typesetFrench({
  link: 'Signaler',
  linkOf: {
    cafe: 'Signaler ce café',
    facilitator: 'Signaler ce profil',
    structure: 'Signaler cette page',
    picture: 'Signaler cette photo',
    report: 'Signaler ce bilan',
    question: 'Signaler cette question',
    resource: 'Signaler cette ressource',
  } satisfies Record<FlaggedKind, string>,
  reason: {
    illegal: 'Contenu illégal',
    privacy: 'Vie privée, personne reconnaissable',
    hateful: 'Propos haineux ou violents',
    paid: 'Payant',
    advertising: 'Publicité',
    'not-a-cafe': 'Pas un café IA',
    wrong: 'Date, lieu ou contenu faux',
    other: 'Autre chose',
  } satisfies Record<FlagReason, string>,
  kind: {
    cafe: 'Café',
    facilitator: 'Profil',
    structure: 'Structure',
    picture: 'Photo',
    report: 'Bilan',
    question: 'Question d’un bilan',
    resource: 'Ressource',
  } satisfies Record<FlaggedKind, string>,
  person: 'Un profil d’animation',
  pictureOf: (name: string) => `Photo de « ${name} »`,
  reportOf: (name: string) => `Bilan de « ${name} »`,
  form: {
    oneQuestion: 'Une seule question de ce bilan ne va pas ? Choisissez-la :',
    title: (name: string) => `Signaler « ${name} »`,
    lead: `Une personne de l’équipe lit chaque signalement et répond. Ce qui peut blesser quelqu’un est décidé en ${FLAG_DAYS.urgent * 24} heures, le reste en ${FLAG_DAYS.usual} jours.`,
    reason: 'Qu’est-ce qui ne va pas ?',
    words: 'Vos mots',
    wordsHint:
      'Ce que vous avez vu, lu ou entendu. L’équipe les lit. N’y mettez pas le nom d’autres personnes sans besoin.',
    email: 'Votre adresse e-mail',
    emailHint:
      'Pour recevoir la décision. Elle n’est montrée à personne, ni à l’équipe ni au lieu.',
    forward: (host: string) => `Le dire aussi au site ${host}, qui publie cette page`,
    forwardHint:
      'Vos mots lui sont transmis tels quels, sans votre adresse, si personne ne l’a prévenu avant vous.',
    privacy: `Vos mots et votre adresse sont effacés quand la décision ne peut plus être contestée, au plus tard après ${daysInFrench(RETENTION_DAYS.flag)}. Vous pouvez les effacer avant.`,
    submit: 'Envoyer le signalement',
    back: 'Revenir à la page',
    reasonMissing: 'Choisissez ce qui ne va pas.',
    wordsMissing: 'Dites en quelques mots ce qui ne va pas.',
    emailWrong: 'Cette adresse e-mail n’est pas complète.',
    tooMany: 'Trop de signalements viennent de votre réseau. Réessayez dans une heure.',
    again: 'Vous avez déjà signalé cette page aujourd’hui : l’équipe a vos mots.',
    full: 'Nous recevons trop de signalements aujourd’hui. Réessayez demain, ou écrivez à l’adresse des mentions légales.',
    ask: {
      title: 'Signaler un contenu',
      lead: 'Donnez l’adresse de la page qui pose problème : un café, une photo, un profil, une structure.',
      address: 'Adresse de la page',
      submit: 'Continuer',
      unknown: 'Aucune page publique de ce site n’a cette adresse.',
    },
  },
  own: {
    title: 'Votre signalement',
    received: 'Votre signalement est arrivé',
    keep: 'Gardez cette adresse : vous y lirez la décision. Elle n’est qu’à vous.',
    mailed: 'Vous recevez aussi un courriel, si cette adresse est la vôtre.',
    waiting: (until: string) => `Une personne de l’équipe décide ${until}.`,
    overdue: (until: string) =>
      `La décision était attendue ${until}. Elle est en retard : l’équipe le voit.`,
    counted:
      'Beaucoup l’ont déjà signalée : votre signalement est compté, et vos mots ne sont pas gardés.',
    reason: 'Motif',
    words: 'Vos mots',
    erased: 'Vos mots et votre adresse sont effacés.',
    decided: 'La décision',
    outcome: {
      kept: 'Rien ne change : la page reste.',
      warned: 'Le site qui la publie doit la corriger.',
      corrected: 'La page est corrigée ou retirée.',
      hidden: 'Ce site ne la montre plus.',
    } satisfies Record<Outcome, string>,
    appeal: {
      title: 'Vous n’êtes pas d’accord ?',
      lead: (until: string) =>
        `Dites pourquoi : une autre personne relit tout et décide, si l’équipe en a une. Vous pouvez le faire jusqu’${until}.`,
      words: 'Pourquoi',
      submit: 'Envoyer le recours',
      sent: (until: string) => `Votre recours est arrivé. Une réponse vient ${until}.`,
      upheld: 'Votre recours a changé la décision.',
      readAgain: 'La décision a été contestée, et relue. Voici ce qui vaut maintenant.',
      denied: 'Votre recours a été relu : la décision reste.',
      refused: {
        undecided: 'La décision n’est pas encore prise : il n’y a rien à contester.',
        late: 'Il est trop tard : une décision se conteste pendant six mois.',
        again: 'Vous avez déjà fait un recours : il n’y en a qu’un par personne.',
      } satisfies Record<AppealRefusal, string>,
      wordsMissing: 'Dites pourquoi vous n’êtes pas d’accord.',
      tooMany: 'Trop de recours viennent de votre réseau. Réessayez dans une heure.',
    },
    erase: 'Effacer mes mots et mon adresse',
    eraseHint: 'Le signalement reste compté. La décision ne vous sera plus envoyée.',
    page: 'La page signalée',
  },
  admin: {
    nav: 'Signalements',
    title: 'Signalements à traiter',
    lead: 'Ce qui presse vient d’abord. Tous les signalements d’une même page sont une seule ligne.',
    states: 'Signalements',
    state: {
      open: 'À décider',
      appeals: 'Recours',
      decided: 'Déjà décidés',
    } satisfies Record<CaseState, string>,
    none: 'Rien ici.',
    col: { what: 'Quoi', why: 'Pourquoi', due: 'Avant', decision: 'Décision', open: 'Ouvrir' },
    open: 'Examiner',
    total: (n: number) => plural(n, 'signalement', 'signalements'),
    overdue: 'En retard',
    forTeam: 'Laissé à l’équipe',
    back: 'À traiter',
    flagged: (n: number, day: string) =>
      `${plural(n, 'signalement', 'signalements')} depuis le ${day}`,
    decideBefore: (until: string) => `à décider ${until}`,
    gone: 'Cette page n’existe plus ici.',
    seePage: 'Voir la page',
    editPage: 'Corriger ou retirer',
    what: 'Ce qui est signalé',
    judge: 'Pour juger',
    said: 'On nous dit',
    nobodyNamed: (n: number) =>
      n > 1
        ? `${n} personnes ou sites, dont le nom n’est montré à personne`
        : 'Le nom de qui signale n’est montré à personne',
    unkept: (n: number) => `et ${plural(n, 'autre', 'autres')}, dont les mots ne sont pas gardés`,
    fromServer: (host: string) => `par ${host}`,
    noWords: 'Sans un mot, ou effacé depuis',
    place: 'Ce lieu',
    since: (day: string, cafes: number) =>
      `Dans l’annuaire depuis le ${day}, ${plural(cafes, 'café', 'cafés')}`,
    neverHidden: 'jamais masqué',
    hiddenTimes: (n: number) => plural(n, 'chose masquée', 'choses masquées'),
    ours: 'C’est à nous',
    itsSite: 'Son site',
    forwarded: (day: string) => `Prévenu le ${day}`,
    appeals: 'Recours',
    appealOf: { flag: 'De qui a signalé', place: 'Du lieu' },
    appealBefore: (until: string) => `à décider ${until}`,
    decision: 'Votre décision',
    decisionOfAppeal: 'Votre décision sur le recours',
    samePerson: 'Vous avez pris cette décision : une autre personne de l’équipe répond au recours.',
    outcome: {
      kept: 'Rien à changer',
      warned: 'Demander de corriger',
      corrected: 'C’est corrigé ou retiré',
      hidden: 'Masquer ici',
    } satisfies Record<Outcome, string>,
    outcomeHint: {
      kept: 'La page reste ; qui a signalé lit votre réponse.',
      warned: 'Son site le lit avec vos mots ; la page reste visible.',
      corrected: 'Modifiez ou retirez d’abord la page ; puis dites-le ici.',
      hidden: 'L’annuaire ne la montre plus ; la page de son propre site n’est pas touchée.',
    } satisfies Record<Outcome, string>,
    answer: 'Votre réponse',
    answerHint:
      'Qui a signalé lit exactement ces mots ; le site qui publie la page aussi, sauf si rien ne change. 500 caractères au plus.',
    submit: 'Décider et prévenir',
    after: 'Le journal garde qui, quand et pourquoi. Un recours peut faire revenir en arrière.',
    team: 'Laisser à l’équipe',
    outcomeMissing: 'Choisissez une décision.',
    answerMissing: 'Dites pourquoi : ces mots seront lus.',
    answerLong: 'Raccourcissez : 500 caractères au plus.',
    decidedBy: (day: string) => `Décidé le ${day}`,
    changed: 'Une autre personne a décidé entre-temps. Vos mots sont encore là.',
    territoryTitle: 'Signalements de ce territoire',
  },
  place: {
    appeal: {
      title: (directory: string) => `Contester le choix ${ofName(directory)}`,
      effects:
        'Vos mots vont à l’équipe de l’annuaire ; une autre personne décide, si elle en a une.',
      hint: 'Pourquoi l’annuaire devrait la montrer de nouveau. 500 caractères au plus.',
      sent: (day: string) =>
        `Vous avez déjà contesté ce choix le ${day}. Il n’y a qu’un recours : un autre ne serait pas lu.`,
      submit: 'Envoyer le recours',
      missing: 'Dites pourquoi.',
      long: 'Raccourcissez : 500 caractères au plus.',
    },
  },
  transparency: {
    title: 'Transparence',
    lead: (site: string) =>
      `Ce que l’équipe ${ofName(site)} a décidé de ce qui lui a été signalé, et en combien de temps. Rien ne dit qui a signalé.`,
    received: (n: number, since: string) =>
      `${plural(n, 'signalement reçu', 'signalements reçus')} depuis le ${since}.`,
    open: (n: number, late: number) =>
      n === 0
        ? 'Aucun n’attend.'
        : `${plural(n, 'page attend', 'pages attendent')} une décision${late > 0 ? `, dont ${late} en retard` : ''}.`,
    byReason: 'Décisions par motif',
    why: 'Motif',
    blocked: (level: 'block' | 'limit', isAccount: boolean) =>
      `${level === 'block' ? 'bloqué' : 'limité'}${isAccount ? ' (un compte)' : ''}`,
    total: 'Total',
    outcome: {
      kept: 'Rien changé',
      warned: 'Correction demandée',
      corrected: 'Corrigé ou retiré',
      hidden: 'Masqué',
    } satisfies Record<Outcome, string>,
    time: 'Délais',
    times: {
      day: 'En un jour',
      week: 'En une semaine',
      later: 'Plus tard',
    },
    within: 'Décidé',
    appeals: 'Recours',
    appealed: (n: number, upheld: number) =>
      n === 0
        ? 'Aucun recours n’a été décidé.'
        : `${plural(n, 'recours décidé', 'recours décidés')}, dont ${upheld} ${upheld > 1 ? 'ont' : 'a'} changé la décision.`,
    waiting: (n: number, late: number) =>
      n === 0
        ? 'Aucun n’attend.'
        : `${plural(n, 'recours attend', 'recours attendent')}, dont ${late} en retard.`,
    none: 'Aucune décision n’a encore été prise.',
    kept: `Les nombres portent sur ${daysInFrench(RETENTION_DAYS.journal)} au plus. Ce qui est masqué aujourd’hui sans avoir été signalé :`,
    ownHidden: (n: number) =>
      n === 0 ? 'rien' : plural(n, 'café, profil ou structure', 'cafés, profils ou structures'),
    how: 'Signaler un contenu',
  },
  /** A day before which something is decided, or until which something may be asked. */
  before: (day: string) => `avant le ${day}`,
  until: (day: string) => `au ${day}`,
})
