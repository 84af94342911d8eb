import type { Following } from '../../../node/domain/federation/following.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../typography.ts'

/** The first run, in the administration. */
export const onboardingFr = typesetFrench({
  title: 'Premiers pas',
  lead: 'Quelques réponses, et le site est prêt. Rien ne presse : ce que vous enregistrez est gardé, et vous pouvez revenir quand vous voulez.',
  step: (number: number, total: number) => `Étape ${number} sur ${total}`,
  progress: (done: number, total: number) =>
    done === total
      ? 'Toutes les étapes sont faites. Le site est prêt.'
      : `${plural(done, 'étape sur', 'étapes sur')} ${total} ${done < 2 ? 'est faite' : 'sont faites'}.`,
  state: { done: 'Fait', todo: 'À faire', skipped: 'Passé' },
  steps: {
    place: { title: 'Votre lieu', text: 'Son nom, son adresse, comment vous joindre.' },
    legal: {
      title: 'Ce que la loi demande',
      text: 'Qui publie le site, qui l’héberge, à qui parler des données personnelles.',
    },
    directory: {
      title: 'L’annuaire',
      text: 'Pour que vos cafés soient trouvés au-delà de votre site.',
    },
    cafe: { title: 'Votre premier café', text: 'Cinq réponses suffisent.' },
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
      asked: (name: string) => `Demande envoyée à ${name}. Sa réponse n’est pas encore arrivée.`,
      accepted: (name: string) =>
        `C’est fait : vos cafés sont dans l’annuaire ${name}. Vous pouvez en rejoindre un autre.`,
      refused: (name: string) => `L’annuaire ${name} a refusé la demande.`,
      failed: (name: string) => `L’annuaire ${name} n’a pas répondu. Vérifiez son adresse.`,
    } satisfies Record<Following['state'], (name: string) => string>,
    submit: 'Envoyer la demande',
    skip: 'Passer cette étape',
    skipHint:
      'Sans annuaire, vos cafés ne sont montrés que sur votre site. Vous pourrez en rejoindre un plus tard, page « Annuaire ».',
  },
  resume: (done: number, total: number) => `Premiers pas : ${done} sur ${total}, continuer`,
})
