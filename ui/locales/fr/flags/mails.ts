import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The mails about what is flagged: to the team, and to who flagged it. */
export const flagMailsFr = typesetFrench({
  team: {
    subject: (p: { about: string }) => `Signalement : ${p.about}`,
    text: (p: {
      siteName: string
      about: string
      page: string
      reason: string
      until: string
      link: string
    }) =>
      `Une page ${ofName(p.siteName)} est signalée : ${p.about}.\n${p.page}\n\nMotif : ${p.reason}. À décider ${p.until}.\n\nLire et décider :\n${p.link}`,
  },
  receipt: {
    subject: (p: { about: string }) => `Votre signalement : ${p.about}`,
    text: (p: { siteName: string; about: string; until: string; link: string }) =>
      `Bonjour,\n\nVotre signalement est arrivé à l’équipe ${ofName(p.siteName)} : ${p.about}. Elle décide ${p.until}.\n\nVous lirez la décision ici, et vous pourrez y effacer vos mots et votre adresse :\n${p.link}\n\nVous n’avez rien signalé ? Effacez tout à la même adresse.`,
  },
  decided: {
    subject: (p: { about: string }) => `Réponse à votre signalement : ${p.about}`,
    text: (p: {
      siteName: string
      about: string
      outcome: string
      answer: string
      until: string
      link: string
    }) =>
      `Bonjour,\n\nL’équipe ${ofName(p.siteName)} a décidé de votre signalement : ${p.about}.\n\n${p.outcome}\n\n${p.answer}\n\nPas d’accord ? Jusqu’${p.until}, demandez qu’on relise votre signalement :\n${p.link}`,
  },
  appeal: {
    subject: (p: { about: string }) => `Réponse à votre recours : ${p.about}`,
    text: (p: { siteName: string; about: string; outcome: string; answer: string; link: string }) =>
      `Bonjour,\n\nL’équipe ${ofName(p.siteName)} a relu votre signalement : ${p.about}.\n\n${p.outcome}\n\n${p.answer}\n\n${p.link}`,
  },
})
