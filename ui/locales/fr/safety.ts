import { LINK_MINUTES } from '../../../node/domain/values/link.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { daysInFrench, minutesInFrench } from '../durations.ts'
import { typesetFrench } from '../typography.ts'

/** The texts of warnings before irreversible actions, of failures, and of forms that are kept. */
export const safetyFr = typesetFrench({
  more: 'Plus',
  askAdministrator: 'Seule une personne qui administre ce site peut les donner : prévenez-la.',
  errors: {
    next: 'Les prochains cafés',
    near: 'Chercher un café près de chez vous',
    contact: 'Écrire à l’équipe du site',
  },
  resume: {
    written: 'Ce que vous aviez écrit',
    review: 'Revoir le formulaire avant d’envoyer',
    files:
      'Le fichier que vous aviez choisi n’a pas pu être gardé : il faut le choisir de nouveau.',
  },
  backups: {
    title: 'Sauvegardes',
    last: (ago: string, when: string) =>
      `La dernière sauvegarde de tout le site a été faite et vérifiée ${ago} (${when}).`,
    none: 'Aucune sauvegarde n’a encore été faite : la première vient dans l’heure.',
    off: 'Ce site ne se sauvegarde pas lui-même : la personne qui tient la machine l’a réglé ainsi.',
    lateTitle: 'Aucune sauvegarde récente',
    lateMeans:
      'Si la machine tombait en panne, ce qui a changé depuis serait perdu. La personne qui la tient peut lancer « cafe-ia doctor », qui dit quoi faire.',
    copyTitle: 'Les sauvegardes ne sont plus copiées ailleurs',
    copyMeans: (day: string) =>
      `Depuis le ${day}, le second endroit ne les prend pas. Si la machine tombait en panne, elles seraient perdues avec elle.`,
    problem: 'Ce qui a manqué la dernière fois :',
    now: 'Sauvegarder maintenant',
    asked: (when: string, places: number) =>
      `Une sauvegarde a été demandée le ${when} : elle commence dans la minute${places > 1 ? `, et va aux ${places} endroits réglés` : ''}. Rouvrez cette page pour voir si elle est faite.`,
    how: 'Le site se sauvegarde chaque nuit. Pour remettre une sauvegarde, il faut la machine : voyez le guide « Sauvegarder et restaurer ».',
    heldTitle: 'Le site a été remis d’après une sauvegarde : rien ne part encore',
    held: (announcements: number, mails: number): string => {
      const things = [
        ...(announcements > 0 ? [plural(announcements, 'annonce', 'annonces')] : []),
        ...(mails > 0 ? [plural(mails, 'courriel', 'courriels')] : []),
      ]
      if (things.length === 0) return 'Aucun message n’attend.'
      return `${things.join(' et ')} ${announcements + mails === 1 ? 'attend' : 'attendent'}.`
    },
    heldHow:
      'Le site a servi après cette sauvegarde ? Ces messages sont alors déjà partis une fois : jetez-les. Les suppressions, les retraits et ce qui est nouveau partiront quand même. Il n’a pas servi ? Envoyez tout.',
    drop: 'Jeter ce qui attendait',
    send: 'Tout envoyer',
    letGo: 'Laisser partir ce qui est nouveau',
  },
  copyTodo: {
    CAFE_IA_BACKUP_COPY:
      'Vérifiez que le disque ou le dossier donné dans CAFE_IA_BACKUP_COPY est branché, qu’il y reste de la place, et que le site a le droit d’y écrire.',
    CAFE_IA_BACKUP_S3:
      'Vérifiez que le stockage donné dans CAFE_IA_BACKUP_S3 répond, que sa clé (CAFE_IA_BACKUP_S3_KEY et CAFE_IA_BACKUP_S3_SECRET) est encore valable, et qu’il y reste de la place.',
  },
  copyThen:
    'Le site réessaie toutes les heures : une fois que c’est réparé, il n’y a rien d’autre à faire.',
  email: {
    password: 'Mot de passe actuel',
    passwordHint: 'Seulement pour changer d’adresse e-mail. L’ancienne adresse est prévenue.',
    waiting: (email: string) =>
      `L’adresse ${email} n’est pas encore confirmée : ouvrez le lien que nous y avons envoyé. D’ici là, rien ne change.`,
    confirm: {
      title: 'Confirmer votre adresse',
      lead: (email: string) => `Votre compte aura désormais cette adresse : ${email}.`,
      submit: 'Confirmer',
      doneTitle: 'Adresse confirmée',
      done: (email: string) => `Vous vous connectez maintenant avec l’adresse ${email}.`,
      subject: (site: string) => `Confirmer votre adresse sur ${site}`,
      text: ({ siteName, link }: { siteName: string; link: string }) =>
        [
          'Bonjour,',
          '',
          `Cette adresse a été donnée pour un compte sur ${siteName}. Si c’est vous, confirmez-la (le lien sert ${minutesInFrench(LINK_MINUTES['confirm-email'])}) :`,
          link,
          '',
          'Ce n’est pas vous ? Il n’y a rien à faire : sans confirmation, rien ne change.',
          '',
        ].join('\n'),
    },
    passwordMissing: 'Pour changer d’adresse e-mail, donnez votre mot de passe actuel.',
    mail: {
      subject: (site: string) => `Votre adresse e-mail a changé sur ${site}`,
      text: ({ siteName, next, contact }: { siteName: string; next: string; contact: string }) =>
        [
          'Bonjour,',
          '',
          `Le compte qui avait cette adresse sur ${siteName} a maintenant celle-ci : ${next}.`,
          '',
          'C’est bien vous ? Il n’y a rien à faire.',
          '',
          'Ce n’est pas vous ? Prévenez tout de suite une personne qui administre ce site :',
          contact,
          '',
        ].join('\n'),
    },
  },
  sure: {
    member: {
      title: (name: string) => `Retirer ${name} de l’annuaire ?`,
      effects: (cafes: number) =>
        [
          `Ses cafés à venir ne sont plus montrés, tout de suite (${plural(cafes, 'café reçu', 'cafés reçus')} en tout).`,
          `Ses cafés passés restent ${daysInFrench(RETENTION_DAYS.formerPeer)}, puis tout ce qui vient de ce site est effacé.`,
          'Ce site est prévenu. Il peut demander à revenir.',
        ].join('\n'),
      submit: 'Oui, retirer ce site',
    },
    block: {
      title: (target: string) => `Bloquer ${target} ?`,
      account:
        'Ses messages sont refusés, et il ne compte plus parmi les abonnés. Ce qu’il publie ici est masqué, et son site l’apprend avec votre raison. Les autres comptes de ce site ne changent pas.',
      effects: (told: 'nobody' | 'without' | 'reason') =>
        [
          'Ses cafés ne sont plus montrés, sous-domaines compris, même ceux qu’un autre site a transmis.',
          {
            nobody: 'Ses messages sont refusés. Il n’est pas prévenu.',
            without:
              'Ses messages sont refusés. Son équipe l’apprend, sans raison. Pour en donner une, bloquez-le depuis la page « Blocages et limites ».',
            reason: 'Ses messages sont refusés. Son équipe l’apprend, avec votre raison.',
          }[told],
          'Vous pourrez le débloquer : ses cafés seront montrés de nouveau.',
        ].join('\n'),
      submit: 'Oui, bloquer',
    },
    limit: {
      title: (domain: string) => `Limiter ${domain} ?`,
      effects: [
        'Ses cafés, ses structures et ses personnes quittent la recherche, les listes, les flux et les exports, sous-domaines compris.',
        'Leurs pages restent ici, pour qui a leur adresse. Ses messages sont toujours reçus.',
        'Son site n’en est pas averti par un message : écrivez-lui. La raison est sur la page « Transparence ».',
        'Vous pourrez lever cette limite : tout revient dans les listes.',
      ].join('\n'),
      submit: 'Oui, limiter',
    },
    eraseClaims: {
      title: (total: number) =>
        total === 1 ? 'Effacer pour de bon ?' : `Effacer ces ${total} éléments pour de bon ?`,
      effects: [
        'À leur adresse, on lira pour toujours « supprimé ».',
        'Rien n’est gardé d’un profil.',
        'Les autres sites en sont prévenus de nouveau.',
      ].join('\n'),
      submit: 'Oui, effacer',
    },
    putBack: {
      title: (total: number) => (total === 1 ? 'Remettre ?' : `Remettre ces ${total} éléments ?`),
      effects: [
        'Les cafés sont de nouveau montrés sur ce site.',
        'Un profil ne l’est qu’une fois que sa personne a de nouveau donné son accord.',
        'L’annuaire, lui, les croit supprimés : il ne les montrera plus.',
      ].join('\n'),
      submit: 'Oui, remettre',
    },
    leave: {
      title: (name: string) => `Quitter l’annuaire ${name} ?`,
      effects: [
        'Vos cafés à venir n’y sont plus montrés. Ils restent sur votre site.',
        `Vos cafés passés peuvent y rester ${daysInFrench(RETENTION_DAYS.formerPeer)}.`,
        'Vous pourrez demander à revenir.',
      ].join('\n'),
      submit: 'Oui, quitter cet annuaire',
    },
    unfollow: {
      title: (name: string) => `Ne plus suivre ${name} ?`,
      effects: [
        'Ses prochains cafés ne sont plus reçus.',
        'Ceux qui sont déjà ici ne sont plus montrés.',
        'Vous pourrez le suivre de nouveau.',
      ].join('\n'),
      submit: 'Oui, ne plus suivre',
    },
    reason: 'Pourquoi ?',
    reasonHint:
      'Envoyé à l’équipe de ce lieu, qui le lit sur son accueil, et par courriel si son site en envoie.',
    reasonMissing: 'Dites pourquoi : l’équipe du lieu le lira.',
    dismiss: {
      title: (title: string) => `Écarter « ${title} » ?`,
      effects: [
        'Ce café n’est montré à personne ici, et n’attend plus votre avis.',
        'Vous pourrez le montrer à nouveau, dans « Ce qui est masqué ».',
      ].join('\n'),
      submit: 'Oui, l’écarter',
    },
    token: {
      title: (label: string) => `Révoquer le jeton « ${label} » ?`,
      effects: [
        'Le logiciel qui s’en sert ne peut plus rien annoncer ni changer, tout de suite.',
        'Les cafés qu’il a annoncés restent.',
        'Un jeton révoqué ne revient pas : il faudra en créer un autre.',
      ].join('\n'),
      submit: 'Oui, révoquer ce jeton',
    },
    webhook: {
      title: 'Supprimer ce webhook ?',
      effects: [
        'Le logiciel n’apprend plus rien par cette adresse, tout de suite.',
        'Ce qui attendait d’être envoyé est effacé.',
      ].join('\n'),
      submit: 'Oui, supprimer ce webhook',
    },
    unfollowCalendar: {
      title: 'Ne plus suivre cet agenda ?',
      effects: [
        'Il n’est plus relu : ses changements et ses annulations ne suivent plus.',
        'Les cafés qu’il a apportés restent, et ses séries sans fin continuent ici.',
      ].join('\n'),
      submit: 'Oui, ne plus le suivre',
    },
    cancelGone: {
      title: (n: number) => `Annuler ${plural(n, 'café', 'cafés')} ?`,
      effects: [
        'Leurs pages disent qu’ils n’auront pas lieu, et qui les suit est prévenu.',
        'Si l’agenda les a de nouveau, ils seront rétablis.',
      ].join('\n'),
      submit: 'Oui, les annuler',
    },
    demote: {
      title: (name: string) => `${name} ne pourra plus administrer ?`,
      effects: [
        'Cette personne continue d’annoncer, de modifier et d’annuler des cafés.',
        'Elle n’ouvre plus les réglages, l’annuaire, les jetons ni l’équipe, tout de suite.',
        'Une personne qui administre peut lui rendre ce rôle.',
      ].join('\n'),
      self: 'C’est votre propre compte : vous ne pourrez pas vous rendre ce rôle.',
      submit: 'Oui, retirer ce rôle',
    },
    invitation: {
      title: (whose: string) => `Retirer l’invitation « ${whose} » ?`,
      effects: [
        'Son lien ne sert plus, tout de suite, même déjà envoyé ou imprimé.',
        'La personne n’est pas prévenue. Vous pourrez l’inviter de nouveau.',
      ].join('\n'),
      submit: 'Oui, retirer cette invitation',
    },
  },
})
