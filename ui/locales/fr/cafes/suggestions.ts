import { LIMITS } from '../../../../node/domain/limits/limits.ts'
import { REPORT_DAYS } from '../../../../node/domain/reports/report.ts'
import type { SuggestionState } from '../../../../node/domain/suggestions/suggestion.ts'
import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench } from '../../durations.ts'
import { typesetFrench } from '../../typography.ts'
import { reportMailText } from './reports.ts'

const unproven = daysInFrench(RETENTION_DAYS.unprovenSuggestion)
const kept = daysInFrench(RETENTION_DAYS.suggestion)

/** The texts of « Proposer un café », for people without a site and without an account. */
export const suggestionsFr = typesetFrench({
  form: {
    title: 'Proposer un café',
    lead: 'Trois réponses et votre adresse e-mail. Sans compte, sans site : l’annuaire l’annonce pour votre structure.',
    how: 'Vous confirmez par le lien d’un courriel. Une personne de l’équipe, ou la référente ou le référent du territoire, lit votre proposition et la publie, ou vous dit pourquoi non. Le même lien vous laisse la corriger ou la retirer.',
    labels: {
      announcedFor: 'La structure qui organise',
      descriptionMarkdown: 'En quelques mots',
      courriel: 'Votre adresse e-mail',
    },
    hints: {
      announcedFor: 'Son nom est public, avec le café.',
      courriel: 'Elle reste entre l’annuaire et vous : elle n’est jamais publiée.',
    },
    submit: 'Proposer ce café',
    privacy: `Votre adresse sert à vous écrire au sujet de cette proposition, rien d’autre. Elle est effacée après ${unproven} si vous ne confirmez pas, sinon ${kept} après le café ou après un refus ; le lien l’efface avant.`,
    privacyLink: 'Vos données',
    emailWrong: 'Cette adresse e-mail est incomplète. Exemple : camille@mail.example.',
    tooFast:
      'Ce formulaire est revenu trop vite, ou il a plus d’un jour. Envoyez-le encore une fois.',
    tooMany: 'Trop de propositions sont venues de votre réseau. Réessayez dans une heure.',
    queueFull:
      'Beaucoup de propositions attendent déjà d’être lues. Réessayez dans quelques jours : ce que vous avez écrit n’est pas gardé.',
    noMail: 'Cet annuaire n’envoie pas de courriels : il ne peut pas recevoir de proposition ici.',
    noMailContact: 'Écrire à l’équipe',
    sentTitle: 'Ouvrez votre boîte aux lettres',
    sent: `Un courriel part à l’adresse que vous avez donnée. Ouvrez son lien et confirmez : sans cela, la proposition est effacée après ${unproven}.`,
    sentHint: `Rien n’arrive ? Regardez dans les indésirables. Une adresse reçoit ${LIMITS['suggestion mails'].points} de ces courriels par jour au plus.`,
    another: 'Proposer un autre café',
  },
  own: {
    title: 'Votre proposition de café',
    states: {
      unproven: 'Relisez, puis envoyez : personne ne l’a encore lue.',
      waiting: 'Une personne va la lire. Vous recevrez un courriel.',
      published: 'Le café est publié. Les personnes qui viennent lisent sa page : tenez-la juste.',
      over: 'Ce café est passé, ou annulé.',
      refused: 'L’annuaire n’annonce pas ce café.',
    } satisfies Record<SuggestionState, string>,
    refusedBecause: (reason: string) => `La raison donnée : « ${reason} »`,
    noReason: 'Aucune raison n’a été écrite. Vous pouvez écrire à l’équipe.',
    placeWaits: (place: string) =>
      `Vous demandez un autre lieu : ${place}. Une personne de l’équipe va répondre.`,
    seePage: 'Voir la page du café',
    prove: 'Oui, envoyer cette proposition',
    edit: 'Corriger',
    editWaiting: 'Tant que personne n’a décidé, vous pouvez tout changer.',
    editPublished:
      'Le jour et l’heure changent tout de suite, et les personnes qui suivent le café en sont prévenues. Un autre lieu est d’abord vérifié par une personne de l’équipe ; la page du café dit aussitôt que le lieu va peut-être changer. Pour le titre ou le texte, écrivez à l’équipe.',
    save: 'Enregistrer',
    withdraw: 'Retirer cette proposition',
    withdrawHint: 'Elle est effacée, et votre adresse avec elle.',
    cancel: 'Annuler ce café',
    reason: 'Pourquoi (les personnes qui viennent le lisent)',
    site: 'Votre structure a maintenant son site ?',
    siteHint:
      'Annoncez-y le café : importez ce fichier par « Importer des cafés ». Puis effacez-le d’ici, pour qu’il ne soit pas montré deux fois.',
    siteFile: 'Prendre le café (fichier d’agenda)',
    handOver: 'Effacer ce café d’ici : il est annoncé sur notre site',
    erase: 'Effacer mon adresse',
    eraseHint: `La page du café reste ; ce lien ne sert plus, et vous ne recevez plus rien. Sans cela, elle est effacée ${kept} après le café.`,
    eraseUnseen: `Sans cela, elle est effacée après ${kept}.`,
    done: {
      proven: 'Merci ! Votre proposition est arrivée.',
      saved: 'C’est enregistré.',
      placeAsked:
        'C’est noté. Le lieu change dès qu’une personne de l’équipe a dit oui ; vous recevez un courriel. En attendant, la page du café prévient que le lieu va peut-être changer.',
      cancelled: 'Le café est annulé ; sa page le dit.',
      stale:
        'Quelqu’un a changé ce café entre-temps. Relisez ce qui suit, puis enregistrez encore.',
    },
    goneTitle: 'C’est effacé',
    gone: 'Votre adresse n’est plus chez nous, et ce lien ne sert plus.',
  },
  /** What the team reads on the page of a suggested draft. */
  team: {
    waits: (email: string) =>
      `Proposé par ${email}, sans compte. Relisez, corrigez au besoin, puis publiez : le café sera annoncé pour la structure nommée ici, et son auteur prévenu.`,
    published: (email: string) =>
      `Proposé par ${email}. Cette personne peut changer le jour et l’heure, demander un autre lieu, ou annuler le café. Un courriel la prévient si vous changez le jour, l’heure ou le lieu, ou si vous l’annulez.`,
    otherPlace: (title: string) => `${title} : un autre lieu est demandé`,
    placeTitle: 'Un autre lieu est demandé',
    placeHint:
      'C’est la personne qui a proposé le café qui le dit. Vérifiez, par exemple en appelant le lieu : une mauvaise adresse mène à une porte close. La page du café prévient que le lieu va peut-être changer, jusqu’à votre réponse.',
    placeYes: 'Publier ce lieu',
    placeNo: 'Garder le lieu annoncé',
    keepReason: 'Pourquoi le garder',
    refuse: 'Refuser cette proposition',
    refuseTitle: 'Refuser cette proposition',
    refuseLead: 'Le brouillon est effacé. La personne lit votre raison, dans un courriel.',
    reason: 'Pourquoi',
    reasonHint: 'La personne qui a proposé ce café lit ces mots.',
    reasonMissing: 'Dites pourquoi, en quelques mots : la personne les lit.',
    submit: 'Refuser et prévenir la personne',
  },
  mails: {
    proofSubject: (title: string) => `Confirmez votre proposition : ${title}`,
    publishedSubject: (title: string) => `Votre café est annoncé : ${title}`,
    changedSubject: (title: string) => `Votre café a changé : ${title}`,
    placeKeptSubject: (title: string) => `Le lieu de votre café ne change pas : ${title}`,
    refusedSubject: (title: string) => `Votre proposition de café : ${title}`,
    write: {
      proof: ({ siteName, title, link }: Record<'siteName' | 'title' | 'link', string>) =>
        `Bonjour,

Quelqu’un, sans doute vous, propose un café à « ${siteName} » : ${title}.

Pour l’envoyer à l’équipe, ouvrez ce lien, relisez, puis appuyez sur le bouton. Gardez-le : il vous laisse suivre, corriger ou retirer cette proposition.
${link}

Si ce n’est pas vous, ne faites rien : tout est effacé après ${unproven}, et votre adresse avec.`,
      published: (p: Record<'siteName' | 'title' | 'when' | 'page' | 'link', string>) =>
        `Bonjour,

« ${p.siteName} » annonce votre café « ${p.title} » : ${p.when}.

Sa page, à faire connaître :
${p.page}

Un jour, une heure ou une salle qui change ? Dites-le tout de suite par votre lien, pour que personne ne trouve porte close. Il annule aussi le café.
${p.link}`,
      changed: (
        p: Record<'siteName' | 'title' | 'when' | 'page' | 'note' | 'link', string> & {
          news: readonly string[]
        },
      ) =>
        `Bonjour,

Votre café « ${p.title} », annoncé par « ${p.siteName} », a changé :

${[...p.news, p.note].filter(Boolean).join('\n')}

Sa page :
${p.page}

Ce n’est pas juste ? Corrigez par votre lien :
${p.link}`,
      placeKept: (p: Record<'siteName' | 'title' | 'where' | 'reason' | 'link', string>) =>
        `Bonjour,

Vous demandiez un autre lieu pour votre café « ${p.title} ». « ${p.siteName} » garde celui qui est annoncé : ${p.where}.

${p.reason ? `La raison donnée :\n${p.reason}` : 'Aucune raison n’a été écrite. Vous pouvez écrire à l’équipe.'}

Le café n’a pas lieu à cet endroit ? Annulez-le par votre lien, pour que personne ne trouve porte close :
${p.link}`,
      report: ({
        siteName,
        ...asked
      }: { siteName: string; title: string } & Parameters<typeof reportMailText>[0]) =>
        reportMailText(
          asked,
          `« ${siteName} » a annoncé ce café pour votre structure. Ces liens sont pour vous et servent ${REPORT_DAYS} jours. C’est demandé une fois ; sans réponse, rien d’autre ne vous est envoyé.`,
        ),
      refused: (
        p: Record<'siteName' | 'title' | 'reason' | 'link', string> & { wasPublished: boolean },
      ) =>
        `Bonjour,

${p.wasPublished ? `« ${p.siteName} » n’annonce plus votre café « ${p.title} » : il a été supprimé.` : `« ${p.siteName} » n’annonce pas le café que vous proposiez, « ${p.title} ».`}

${p.reason ? `La raison donnée :\n${p.reason}` : 'Aucune raison n’a été écrite. Vous pouvez écrire à l’équipe.'}

Votre lien le montre encore ${kept}, et efface votre adresse avant si vous le voulez :
${p.link}`,
    },
  },
})
