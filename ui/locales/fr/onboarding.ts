import type { Following } from '../../../node/domain/federation/following.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { toName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

/** The texts of the first run, in the administration. */
export const onboardingFr = typesetFrench({
  title: 'Premiers pas',
  lead: 'Quelques réponses, et le site est prêt. Rien ne presse : ce que vous enregistrez est gardé, et vous pouvez revenir quand vous voulez.',
  step: (number: number, total: number) => `Étape ${number} sur ${total}`,
  progress: (done: number, total: number) =>
    done === total
      ? 'Toutes les étapes sont faites. Le site est prêt.'
      : `${plural(done, 'étape sur', 'étapes sur')} ${total} ${done < 2 ? 'est faite' : 'sont faites'}.`,
  state: { done: 'Fait', waiting: 'Demandé', todo: 'À faire', skipped: 'Passé' },
  waits: 'Sa réponse n’est pas encore arrivée : rien d’autre n’est à faire d’ici là.',
  missing: (what: readonly string[]) => `Il manque : ${what.join(', ')}.`,
  gaps: {
    address: 'son adresse',
    contact: 'un téléphone ou une adresse e-mail',
    refused: 'un annuaire qui accepte ce site (le précédent a refusé)',
    failed: 'la bonne adresse de l’annuaire (la précédente ne répond pas)',
  },
  rest: 'Le reste, si vous voulez',
  steps: {
    place: { title: 'Votre lieu', text: 'Son nom, son adresse, comment vous joindre.' },
    ofDirectory: {
      title: 'Votre annuaire',
      text: 'Son nom, son adresse, comment joindre son équipe.',
    },
    legal: {
      title: 'Ce que la loi demande',
      text: 'Qui publie le site, qui l’héberge, à qui parler des données personnelles.',
    },
    directory: {
      title: 'L’annuaire',
      text: 'Pour que vos cafés soient trouvés au-delà de votre site.',
    },
    cafe: { title: 'Votre premier café', text: 'Trois réponses suffisent.' },
  },
  go: 'Continuer',
  start: 'Commencer',
  change: (title: string) => `Modifier : ${title}`,
  open: (title: string) => `Ouvrir : ${title}`,
  admin: 'Aller à l’administration',
  later: 'Plus tard',
  directory: {
    lead: 'L’équipe de l’annuaire examine votre demande. Avec un code d’invitation, c’est immédiat.',
    state: {
      asked: (name: string) =>
        `Demande envoyée ${toName(name)}. Sa réponse n’est pas encore arrivée.`,
      accepted: (name: string) =>
        `C’est fait : vos cafés sont dans ${name}. Vous pouvez en rejoindre un autre.`,
      refused: (name: string) => `${name} a refusé la demande.`,
      failed: (name: string) => `${name} n’a pas répondu. Vérifiez son adresse.`,
    } satisfies Record<Following['state'], (name: string) => string>,
    submit: 'Envoyer la demande',
    skip: 'Passer cette étape',
    skipHint:
      'Sans annuaire, vos cafés ne sont montrés que sur votre site. Vous pourrez en rejoindre un plus tard, page « Annuaire ».',
  },
  resume: (done: number, total: number) => `Premiers pas : ${done} sur ${total}, continuer`,
})

/** The texts about a site's request to be in the directory, and the team's answer. */
export const admissionFr = typesetFrench({
  title: {
    requested: (name: string) => `${name} demande à entrer`,
    member: (name: string) => `${name} est dans l’annuaire`,
    refused: (name: string) => `${name} a été refusé`,
    left: (name: string) => `${name} n’est plus dans l’annuaire`,
    none: (name: string) => `${name} n’est pas dans l’annuaire`,
  },
  examine: 'Examiner',
  who: 'Ce site',
  silent: (host: string) =>
    `${host} n’a pas répondu à l’instant : ce qu’il dit de lui-même n’a pas pu être lu.`,
  commune: 'Commune',
  kind: 'Type de lieu',
  phone: 'Téléphone',
  phoneSaid: 'Numéro donné par le lieu, que personne n’a vérifié.',
  page: 'Page',
  answers: 'Répond à l’instant.',
  territory: 'Territoire',
  answersFor: (territory: string, referents: readonly string[]) =>
    referents.length === 0
      ? `${territory} : personne n’en répond, c’est à votre équipe.`
      : `${territory} : ${referents.join(', ')}`,
  noTerritory: 'Inconnu, car sa commune n’est pas connue.',
  invitation: 'Message',
  unsaid: 'Non dit',
  unknown: 'Non lu',
  cafes: 'Ses prochains cafés',
  noCafe: 'Aucun café à venir n’est annoncé sur ce site.',
  unread: 'Sa liste n’a pas pu être lue à l’instant.',
  priced: 'Ce café demande de l’argent : un café IA est gratuit.',
  answer: 'Votre réponse',
  accept: 'Accepter',
  acceptAfterAll: 'Accepter maintenant',
  acceptEffect:
    'Ses cafés paraissent en quelques minutes. Son équipe l’apprend sur son accueil, et par courriel si son site en envoie.',
  refuseWhy: 'Refuser, en disant pourquoi',
  dismissWhy: 'Ne plus le montrer, en disant pourquoi',
  why: 'Raison',
  reasons: {
    price: 'Ce n’est pas gratuit.',
    'no-cafe': 'Ce n’est pas un café IA.',
    known: 'Ce lieu est déjà dans l’annuaire.',
    unreached: 'Nous n’avons pas pu vous joindre.',
    other: 'Autre : vos mots seuls',
  },
  words: 'Vos mots',
  wordsHint: 'Le lieu lira la raison choisie, puis ceci. 300 caractères au plus.',
  wrong: {
    missing: 'Choisissez une raison, ou écrivez-la : le lieu la lira.',
    words: 'Écrivez la raison : le lieu la lira.',
  },
  refuse: 'Refuser',
  dismiss: 'Continuer',
  undone: 'Votre réponse pourra être défaite, sur cette page.',
  back: 'Revenir aux sites',
})
