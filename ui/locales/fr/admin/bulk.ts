import { plural } from '../../../../node/domain/values/number-text.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts of what is done to several rows of a list at once. */
export const adminBulkFr = typesetFrench({
  choice: 'Choix',
  choose: (name: string) => `Choisir ${name}`,
  chosen: 'Les lignes cochées :',
  groups: {
    title: 'Toutes à la fois, sauf celles de sites connus ici ou recommandés :',
    source: (source: string, total: number) => `${ofName(source)} (${total})`,
    day: (day: string, total: number) => `du ${day} (${total})`,
  },
  title: 'Ce qui a été fait',
  done: (done: number, left: number) =>
    left === 0
      ? `C’est fait pour ${plural(done, 'ligne', 'lignes')}.`
      : done === 0
        ? 'Rien n’a été fait.'
        : `C’est fait pour ${plural(done, 'ligne', 'lignes')}, pas pour ${left}.`,
  right: 'Fait',
  left: 'Pas fait',
  back: 'Revenir à la liste',
  changed: 'A changé pendant que la liste était ouverte : rien n’a été fait.',
  gone: 'A été supprimé entre-temps.',
  cafes: {
    cancel: 'Annuler',
    cancelled: {
      question: (total: number) => `Annuler ${plural(total, 'café', 'cafés')} ?`,
      effects:
        'Chaque café reste en ligne, avec la mention « Annulé » et votre motif, si vous en donnez un.\nChaque annulation peut être défaite, sur la page du café.',
      submit: (total: number) => `Annuler ${plural(total, 'café', 'cafés')}`,
    },
    publish: 'Publier',
    published: {
      question: (total: number) => `Publier ${plural(total, 'café', 'cafés')} ?`,
      effects: 'Chaque café est en ligne tout de suite.',
      submit: (total: number) => `Publier ${plural(total, 'café', 'cafés')}`,
    },
    delete: 'Supprimer',
    deleted: {
      question: (total: number) => `Supprimer ${plural(total, 'brouillon', 'brouillons')} ?`,
      effects: 'Un brouillon n’est vu que de votre équipe.\nCela ne se défait pas.',
      submit: (total: number) => `Supprimer ${plural(total, 'brouillon', 'brouillons')}`,
    },
    reason: 'Motif de l’annulation, pour tous',
    notAnnounced: 'N’est pas encore publié : supprimez-le, ou attendez.',
    isCancelled: 'Est déjà annulé.',
    isOver: 'A déjà eu lieu.',
    isPublished: 'Est déjà publié.',
    legal: 'Il manque des informations que la loi demande : voyez « À faire », à l’accueil.',
  },
  sites: {
    retry: 'Réessayer',
    end: 'Retirer de l’annuaire',
    ended: {
      question: (total: number) => `Retirer ${plural(total, 'site', 'sites')} de l’annuaire ?`,
      effects:
        'Les cafés à venir de chaque site ne sont plus montrés ici.\nChaque équipe l’apprend, avec votre raison.\nChaque site peut être repris, sur sa page.',
      submit: (total: number) => `Retirer ${plural(total, 'site', 'sites')}`,
    },
    refuse: 'Refuser',
    refused: {
      question: (total: number) => `Refuser ${plural(total, 'demande', 'demandes')} ?`,
      effects:
        'Chaque équipe lit votre raison.\nChaque site peut être accepté plus tard, sur sa page.',
      submit: (total: number) => `Refuser ${plural(total, 'demande', 'demandes')}`,
    },
    reason: 'Votre raison, que chaque équipe lira',
    reasonMissing: 'Dites pourquoi, en quelques mots.',
  },
  people: {
    nameless: 'Sans nom',
    refuse: 'Refuser',
    refused: {
      question: (total: number) => `Refuser ${plural(total, 'demande', 'demandes')} ?`,
      effects:
        'Ce que ces personnes ont écrit est effacé.\nChacune lit votre raison, par courriel.\nChacune peut demander à nouveau.',
      submit: (total: number) => `Refuser ${plural(total, 'demande', 'demandes')}`,
    },
  },
  stamps: {
    refused: {
      question: (total: number) => `Refuser ${plural(total, 'demande', 'demandes')} ?`,
      effects:
        'Chaque serveur qui demandait l’apprend.\nLa même citation, ou la même liste, ne pourra plus être acceptée.',
      submit: (total: number) => `Refuser ${plural(total, 'demande', 'demandes')}`,
    },
  },
  members: {
    refuse: 'Refuser',
    refused: {
      question: (total: number) => `Refuser ${plural(total, 'structure', 'structures')} ?`,
      effects:
        'Chaque structure l’apprend.\nChacune peut demander à nouveau, et vous pouvez l’inviter.',
      submit: (total: number) => `Refuser ${plural(total, 'structure', 'structures')}`,
    },
  },
  held: {
    dismiss: 'Écarter',
    dismissed: {
      question: (total: number) => `Écarter ${plural(total, 'café', 'cafés')} ?`,
      effects:
        'Aucun n’est montré ici.\nLes équipes des sites qui peuvent la recevoir lisent votre raison.\nChaque café peut être montré plus tard, dans « Ce qui est masqué ».',
      submit: (total: number) => `Écarter ${plural(total, 'café', 'cafés')}`,
    },
  },
  duplicates: { apart: 'Ce sont deux cafés différents' },
})
