import type { PagePurpose, RepeatedMail } from '../../../node/domain/values/link.ts'
import { typesetFrench } from '../typography.ts'

const STOP_ON_ACCOUNT =
  'Connectez-vous : « Mon compte » dit quels courriels vous recevez, et les arrête.'

/** The texts of pages that a secret link opens, and of the page for a link that is not valid any more. */
export const linksFr = typesetFrench({
  dead: {
    title: 'Ce lien ne sert plus',
    why: {
      used: 'Il a déjà servi : il ne sert qu’une fois.',
      expired: 'Il est trop ancien.',
      unknown: 'Il est incomplet, il a été remplacé, ou ce pour quoi il était fait est terminé.',
    },
    next: {
      'sign-in': 'Connectez-vous avec votre mot de passe, ou demandez un autre lien.',
      'first-password':
        'Si vous avez déjà choisi un mot de passe, connectez-vous. Sinon, demandez un autre lien à la personne qui vous a donné accès.',
      'confirm-email':
        'Si vous avez déjà confirmé, connectez-vous avec la nouvelle adresse. Sinon, connectez-vous avec celle d’avant et demandez un autre lien.',
      'join-team':
        'Si vous avez déjà un compte, connectez-vous. Sinon, demandez une autre invitation à la personne qui vous l’a donnée.',
      'confirm-cafe':
        'Le café a peut-être commencé, changé de date ou été supprimé. Si vous êtes de son équipe, l’administration montre vos cafés.',
      report:
        'Le café a eu lieu il y a plus de 30 jours, il a été supprimé, ou vous n’êtes plus de son équipe. Si vous en êtes, l’administration montre vos cafés.',
      'keep-alert':
        'Si la demande a expiré, votre adresse n’est plus chez nous. Vous pouvez en faire une autre.',
      'stop-alert':
        'Si vous avez déjà arrêté, votre adresse n’est plus chez nous et vous ne recevrez plus rien.',
      'stop-to-do': STOP_ON_ACCOUNT,
      'stop-confirm-cafe': STOP_ON_ACCOUNT,
      'stop-answers': STOP_ON_ACCOUNT,
      'stop-report': STOP_ON_ACCOUNT,
      'stop-profile-named':
        'Demandez un lien vers votre profil : sa page dit si vous recevez ces courriels, et les arrête.',
      'own-profile':
        'Si votre profil existe encore, demandez un autre lien. L’équipe du site peut aussi vous en remettre un.',
      mandate: 'Demandez un autre lien à l’équipe de l’annuaire.',
      'referent-access':
        'Si vous êtes déjà entrée ou entré, connectez-vous. Sinon, demandez un autre lien à l’équipe de l’annuaire.',
      registration:
        'L’inscription a été effacée, ou elle est passée. La page du café dit si l’on peut s’inscrire.',
      suggestion: 'La proposition a été effacée, ou retirée. Vous pouvez en faire une autre.',
      flag: 'Le signalement est effacé. Vous pouvez signaler la page de nouveau.',
      'not-my-mandate':
        'Si ce n’est pas vous qui avez été nommée ou nommé, dites-le à l’équipe de l’annuaire.',
    } satisfies Record<PagePurpose, string>,
    go: {
      signIn: 'Se connecter',
      admin: 'Aller à l’administration',
      alert: 'Faire une nouvelle demande',
      profile: 'Recevoir un nouveau lien',
      home: 'Voir les cafés',
      suggest: 'Proposer un café',
    },
  },
  stopMail: {
    /** The end of each mail that can be stopped. */
    foot: (link: string) => `Ne plus recevoir ces courriels, sans vous connecter :\n${link}`,
    /** The subject of the mail of a day that says things of several kinds. */
    ofTheDay: (site: string) => `${site} : votre courriel du jour`,
    title: 'Ne plus recevoir ces courriels',
    lead: {
      'to-do': (email: string) =>
        `Pour ${email} : le courriel qui dit ce qui vous attend ne sera plus envoyé. Sur votre accueil, rien ne change.`,
      'confirm-cafe': (email: string) =>
        `Pour ${email} : « Votre café a-t-il toujours lieu ? » ne sera plus demandé par courriel. Sur votre accueil, rien ne change.`,
      answers: (email: string) =>
        `Pour ${email} : ce que répondent les annuaires, et les structures que vous invitez, ne sera plus envoyé. Sur votre accueil et vos tableaux de bord, rien ne change.`,
      report: (email: string) =>
        `Pour ${email} : « Combien étiez-vous ? » ne sera plus demandé par courriel. Sur votre accueil, rien ne change.`,
      'profile-named': (email: string) =>
        `Pour ${email} : quand un café vous nomme, aucun courriel ne le dira plus. La question reste sur la page de votre profil.`,
    } satisfies Record<RepeatedMail, (email: string) => string>,
    submit: 'Ne plus les recevoir',
    doneTitle: 'C’est arrêté',
    done: (email: string) =>
      `Pour ${email} : ce courriel ne sera plus envoyé. S’il y en a un en route, ce sera le dernier.`,
    again: 'Le recevoir de nouveau',
  },
  notMyMandate: {
    title: 'Ce n’est pas moi',
    lead: (territory: string) =>
      `L’annuaire a nommé quelqu’un avec votre adresse e-mail, pour ce territoire : ${territory}. Ce n’est pas vous ? Le mandat s’arrête tout de suite, l’attestation est révoquée, votre adresse quitte ce mandat, et l’équipe est prévenue.`,
    submit: 'Ce n’est pas moi : arrêter ce mandat',
    doneTitle: 'C’est arrêté',
    done: 'Le mandat est terminé, votre adresse n’y est plus, et l’équipe de l’annuaire est prévenue. Vous n’avez rien d’autre à faire.',
  },
  firstPassword: {
    title: 'Choisir votre mot de passe',
    lead: (email: string) =>
      `On vous donne accès au tableau de bord d’un réseau. Vous entrerez avec l’adresse ${email} et ce mot de passe.`,
    submit: 'Entrer',
  },
})
