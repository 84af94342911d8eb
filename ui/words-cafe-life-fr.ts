import { plural } from '../node/domain/number-words.ts'
import { typesetFrench } from './typography.ts'

/** What the team reads about the life of a café: what becomes of it, when it is published, where it is held. */
export const cafeLifeFr = typesetFrench({
  situation: {
    title: 'Changer ce café',
    open: 'Annuler, reporter, complet…',
    question: 'Que devient ce café ?',
    unpublished:
      'Ce café n’est pas encore publié : personne ne l’attend. Modifiez-le ou supprimez-le.',
    choice: {
      'as-planned': 'Il a lieu comme prévu',
      full: 'Il est complet',
      'moved-online': 'Il a lieu en ligne',
      postponed: 'Il est reporté, sans date pour le moment',
      cancelled: 'Il est annulé',
    },
    effect: {
      'as-planned': 'Les places sont libres, et le lieu est celui de l’annonce.',
      full: 'La page dit « Complet ». Les inscriptions sont fermées.',
      'moved-online': 'La page donne le lien au lieu de l’adresse.',
      postponed:
        'La page dit « Reporté ». Quand vous aurez une date, modifiez le café : la nouvelle date sera annoncée.',
      cancelled: 'La page reste en ligne et dit « Annulé ».',
    },
    now: 'C’est le cas maintenant.',
    labels: {
      situation: 'Que devient ce café ?',
      note: 'Un mot d’explication',
      'note.as-planned': 'Un mot d’explication',
      'note.full': 'Un mot d’explication',
      onlineUrl: 'Lien pour rejoindre en ligne',
      'note.moved-online': 'Un mot d’explication',
      'note.postponed': 'Pourquoi ?',
      'note.cancelled': 'Pourquoi ?',
    } as { readonly [name: string]: string },
    hints: {
      'note.full': 'Visible de tout le monde, 255 caractères au plus.',
      onlineUrl: 'Visible de tout le monde. Il commence par https://',
      'note.moved-online': 'Visible de tout le monde, 255 caractères au plus.',
      'note.postponed':
        'Une phrase, visible de tout le monde, 255 caractères au plus. Par exemple : la salle est inondée.',
      'note.cancelled':
        'Une phrase, visible de tout le monde, 255 caractères au plus. Par exemple : la salle est inondée.',
      'note.as-planned': 'Visible de tout le monde, 255 caractères au plus.',
    } as { readonly [name: string]: string },
    seen: 'Ce qui sera montré sur Mastodon, les réseaux compatibles et dans l’annuaire',
    yourWords: 'votre explication',
    told: (n: number) =>
      n === 0
        ? 'L’annuaire le montre en quelques secondes. Aucun compte ne suit ce lieu pour le moment.'
        : `L’annuaire le montre en quelques secondes, et ${plural(n, 'compte qui suit ce lieu est prévenu', 'comptes qui suivent ce lieu sont prévenus')}.`,
    submit: 'Enregistrer et prévenir',
    newDate: 'Donner une autre date',
    newDateHow: 'Vous avez déjà une autre date ? Modifiez simplement le jour et l’heure.',
  },
  confirmation: {
    title: 'Votre café a-t-il toujours lieu ?',
    lead: 'Répondez en un clic : la page dira que votre équipe l’a confirmé.',
    yes: 'Oui',
    edit: 'Modifier',
    cancel: 'Annuler',
  },
  publishing: {
    later: 'Publier plus tard',
    laterHint: 'à une date et une heure choisies',
    lead: 'Laissez vide pour publier tout de suite. C’est l’heure du lieu.',
    publishNow: 'Publier',
    at: (when: string) => `le ${when}`,
  },
})
