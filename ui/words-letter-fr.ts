import { plural } from '../node/domain/number-words.ts'
import { typesetFrench } from './typography.ts'

/** The letter of the coming cafés. */
export const letterFr = typesetFrench({
  title: 'La lettre des cafés à venir',
  lead: 'Les cafés des deux semaines qui viennent, région par région, à coller dans un courriel, une lettre d’information ou une page. Chacun peut la reprendre.',
  copyFormatted: 'Copier avec la mise en forme',
  copyHtml: 'Copier le code HTML',
  copyMarkdown: 'Copier en Markdown',
  copyText: 'Copier le texte seul',
  copied: 'C’est copié.',
  notCopied: 'La copie n’a pas marché : choisissez le texte ci-dessous.',
  download: 'Télécharger',
  preview: 'Aperçu',
  html: 'Code HTML',
  markdown: 'Markdown',
  text: 'Texte seul',
  changesSince: (date: string) => `Les changements sont comptés depuis la lettre du ${date}.`,
  desk: {
    nav: 'Lettre',
    title: 'La lettre des cafés à venir',
    lead: 'Choisissez ce qui passe en premier et ce qui n’y est pas. La page publique change aussitôt.',
    see: 'Voir la lettre et la copier',
    total: (n: number) => plural(n, 'café dans la lettre', 'cafés dans la lettre'),
    forward: 'À ne pas manquer',
    noForward: 'Rien n’est mis en avant.',
    others: 'Par région',
    leftOut: 'Laissés de côté',
    changes: 'Ce qui a changé depuis la dernière lettre',
    change: {
      cancelled: 'annulé',
      postponed: 'reporté',
      rescheduled: 'nouvelle date',
      'moved-online': 'déplacé en ligne',
      removed: 'plus annoncé',
    },
    actions: {
      avant: 'Mettre en avant',
      dehors: 'Laisser de côté',
      monter: 'Monter',
      remettre: 'Remettre à sa place',
    },
    about: (action: string, title: string) => `${action} : ${title}`,
    sent: 'La lettre est partie',
    sentHint:
      'L’annuaire retient ce qu’elle disait : la prochaine dira ce qui a changé. Les choix ci-dessus repartent de zéro.',
    lastSent: (date: string) => `Dernière lettre : ${date}.`,
    online: 'En ligne',
    none: 'Aucun café n’est annoncé pour ces deux semaines.',
  },
})
