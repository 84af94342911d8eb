import { UNPROVEN_HOURS } from '../../../node/domain/registrations/seating.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../typography.ts'

const seats = (n: number) => plural(n, 'place', 'places')

/** The mails about a registration, which are in French. */
export const registrationMailsFr = typesetFrench({
  proofSubject: (title: string) => `Confirmez votre inscription : ${title}`,
  proof: (p: { siteName: string; title: string; when: string; link: string }) =>
    `Bonjour,

Quelqu’un, sans doute vous, demande une place à « ${p.title} », ${p.when}.

Pour confirmer, ouvrez ce lien, puis appuyez sur le bouton :
${p.link}

Si ce n’est pas vous, ne faites rien : cette demande est effacée dans ${UNPROVEN_HOURS} heures.

${p.siteName}`,
  againSubject: (title: string) => `Votre inscription : ${title}`,
  again: (p: { siteName: string; title: string; when: string; link: string }) =>
    `Bonjour,

Vous avez déjà une inscription à « ${p.title} », ${p.when}.

Pour la voir, la changer ou l’annuler :
${p.link}

${p.siteName}`,
  confirmedSubject: (title: string) => `Votre place est gardée : ${title}`,
  confirmed: (p: {
    siteName: string
    name: string
    title: string
    when: string
    where: string
    seats: number
    online: string
    page: string
    calendar: string
    link: string
  }) =>
    `Bonjour ${p.name},

C’est confirmé : ${seats(p.seats)} pour « ${p.title} ».

${p.when}
${p.where}${p.online ? `\nPour se connecter : ${p.online}` : ''}

La page du café : ${p.page}
À mettre dans votre agenda : ${p.calendar}

Vous ne pouvez plus venir ? Rendez votre place, quelqu’un l’attend peut-être :
${p.link}

${p.siteName}`,
  waitingSubject: (title: string) => `Liste d’attente : ${title}`,
  waiting: (p: { siteName: string; title: string; when: string; link: string }) =>
    `Bonjour,

Il n’y a plus de place pour « ${p.title} », ${p.when}. Vous êtes sur la liste d’attente : si une place se libère, un courriel vous la propose.

Pour voir votre rang ou quitter la liste :
${p.link}

${p.siteName}`,
  offeredSubject: (title: string) => `Une place s’est libérée : ${title}`,
  offered: (p: {
    siteName: string
    title: string
    when: string
    seats: number
    until: string
    link: string
  }) =>
    `Bonjour,

${p.seats > 1 ? `${p.seats} places se sont libérées` : 'Une place s’est libérée'} pour « ${p.title} », ${p.when}.

Répondez avant ${p.until}, par oui ou par non :
${p.link}

Sans réponse à temps, elle n’est plus gardée pour vous.

${p.siteName}`,
  lapsedSubject: (title: string) => `La place n’est plus gardée pour vous : ${title}`,
  lapsed: (p: { siteName: string; title: string; page: string }) =>
    `Bonjour,

Vous n’avez pas répondu à temps : la place pour « ${p.title} » n’est plus gardée pour vous, et vous n’êtes plus sur la liste d’attente.

Pour vous inscrire de nouveau :
${p.page}

${p.siteName}`,
  cancelledSubject: (title: string) => `Votre inscription est annulée : ${title}`,
  cancelled: (p: { siteName: string; title: string; when: string; page: string }) =>
    `Bonjour,

Votre inscription à « ${p.title} », ${p.when}, est annulée. Vous ne recevrez plus rien à ce sujet.

La page du café : ${p.page}

${p.siteName}`,
})
