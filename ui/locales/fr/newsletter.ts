import { plural } from '../../../node/domain/values/number-text.ts'
import { inTerritoryText } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

/** The texts of the newsletter of coming cafés. */
export const newsletterFr = typesetFrench({
  title: 'La lettre des cafés à venir',
  titleOf: (territory: string) => `La lettre des cafés ${inTerritoryText(territory)}`,
  lead: 'Les cafés des deux semaines qui viennent, à coller dans un courriel, une lettre d’information ou une page. Chacun peut la reprendre.',
  territory: 'Votre région ou votre département',
  wholeCountry: 'Toute la France',
  show: 'Voir sa lettre',
  all: 'Toutes les lettres',
  everywhere: 'La lettre de toute la France',
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
  admin: {
    nav: 'Lettre',
    title: 'La lettre des cafés à venir',
    lead: 'Choisissez ce qui passe en premier et ce qui n’y est pas. La page publique change aussitôt.',
    see: 'Voir la lettre et la copier',
    total: (n: number) => plural(n, 'café dans la lettre', 'cafés dans la lettre'),
    opening: 'Le mot de l’équipe, pour commencer',
    openingHint: 'Quelques phrases, sans mise en forme. Une ligne vide sépare deux paragraphes.',
    openingEmpty: 'Rien : votre collègue l’a effacé.',
    openingProblem: {
      too_long: 'C’est trop long : une page au plus.',
      stale:
        'Une ou un collègue l’a changé pendant que vous écriviez. Son texte est ci-dessous ; le vôtre est gardé ici : réunissez-les, puis enregistrez.',
    },
    saveOpening: 'Enregistrer ce mot',
    questions: 'Entendu dans les cafés',
    resources: 'De nouvelles ressources',
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
      elsewhere: 'à un autre endroit',
      online: 'en ligne désormais',
      'on-site': 'sur place désormais',
      'also-online': 'aussi en ligne désormais',
      'on-site-only': 'sur place seulement désormais',
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
    readers: (n: number) =>
      n === 0
        ? 'Personne ne la reçoit encore par courriel : la page « La lettre » le propose à chacun.'
        : `${plural(n, 'personne la reçoit', 'personnes la reçoivent')} par courriel, chacune pour son territoire. Elle part chaque jeudi à 9 h, avec les choix d’alors, sauf si vous l’avez fait partir dans les cinq jours.`,
    lastSent: (date: string) => `Dernière lettre : ${date}.`,
    online: 'En ligne',
    none: 'Aucun café n’est annoncé pour ces deux semaines.',
  },
})
