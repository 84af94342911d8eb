import { UNPROVEN_HOURS } from '../../../node/domain/registrations/seating.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../typography.ts'

const seats = (n: number) => plural(n, 'place', 'places')

/** What every mail says of a café to a person who has a seat; `online` is empty where they come to the place. */
type Said = Record<'siteName' | 'name' | 'title' | 'when' | 'where' | 'online' | 'link', string>

/** What a person has to know of the café, each on its line. */
const cafeLines = ({ title, ...said }: Pick<Said, 'title' | 'when' | 'where' | 'online'>) =>
  `« ${title} »
${whenLines(said)}`

const whenLines = ({ when, where, online }: Pick<Said, 'when' | 'where' | 'online'>) =>
  `${when}
${where}${online ? `\nPour se connecter : ${online}` : ''}`

const giveBack = (link: string) =>
  `Vous ne pouvez plus venir ? Rendez votre place, quelqu’un l’attend peut-être :
${link}`

const inDays = (days: number) =>
  days === 0 ? 'aujourd’hui' : days === 1 ? 'demain' : `dans ${days} jours`

type Change = Said & {
  news: { title: string; sentences: readonly string[] }
  isNewLink: boolean
  /** The organiser's words about it. */
  note: string
  /** Whether a file for the reader's calendar comes with it. */
  hasFile: boolean
  standing: keyof typeof STANDINGS
}

const STANDINGS = {
  confirmed: 'Votre place est gardée.',
  waiting: 'Vous êtes toujours sur la liste d’attente.',
  offered: 'La place qui vous est proposée vous attend toujours, jusqu’à l’heure dite.',
  cancelled: 'Vous n’avez rien à faire : votre inscription s’arrête là.',
  postponed: 'Votre inscription vaut pour la nouvelle date : nous vous la dirons.',
}

/** What follows from it for the person's calendar, and what they can still do. */
const afterChange = ({ standing, link, hasFile }: Change) =>
  `${STANDINGS[standing]}${hasFile ? ' Le fichier joint met à jour votre agenda.' : ''}

${standing === 'cancelled' ? 'Votre inscription' : 'Vous ne pouvez plus venir ? Rendez votre place'} :
${link}`

/** Who is added by the team has seen no form, and reads here that they are in a list (GDPR, art. 14). */
const BY_TEAM = `
L’équipe du lieu a noté votre inscription, à votre demande. Ce n’est pas le cas ? Le lien ci-dessous permet de tout effacer.
`

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
    hasFile?: boolean
    isByTeam?: boolean
    link: string
  }) =>
    `Bonjour ${p.name},

C’est confirmé : ${seats(p.seats)} pour « ${p.title} ».
${p.isByTeam ? BY_TEAM : ''}
${whenLines(p)}

La page du café : ${p.page}${p.hasFile ? '\nLe fichier joint met le café dans votre agenda.' : ''}

${giveBack(p.link)}

${p.siteName}`,
  datesSubject: (title: string) => `Vos dates : ${title}`,
  dates: (p: {
    siteName: string
    title: string
    dates?: readonly { when: string; where: string; online: string; hasSeat: boolean }[]
    hasFile?: boolean
    link: string
  }) =>
    `Bonjour,

C’est confirmé : voici vos dates pour « ${p.title} ».

${(p.dates ?? []).map(({ hasSeat, ...date }) => `${whenLines(date)}\n${hasSeat ? 'Votre place est gardée.' : 'Il n’y a plus de place : vous êtes sur la liste d’attente.'}`).join('\n\n')}
${p.hasFile ? '\nLe fichier joint met ces dates dans votre agenda.\n' : ''}
Pour les voir, et rendre celles où vous ne venez pas :
${p.link}

${p.siteName}`,
  changeSubject: ({ news, title }: Pick<Change, 'news' | 'title'>) =>
    `${news.title || 'Nouveau lien'} : ${title}`,
  change: (p: Change) =>
    `Bonjour ${p.name},

${[...p.news.sentences, ...(p.isNewLink ? ['Le lien pour se connecter a changé.'] : []), p.note].filter(Boolean).join('\n')}

${cafeLines(p)}

${afterChange(p)}

${p.siteName}`,
  reminderSubject: (p: { days: number; title: string }) => `C’est ${inDays(p.days)} : ${p.title}`,
  reminder: (p: Said & { days: number; seats: number }) =>
    `Bonjour ${p.name},

C’est ${inDays(p.days)}. ${p.seats > 1 ? `Vos ${p.seats} places sont gardées` : 'Votre place est gardée'}.

${cafeLines(p)}

${giveBack(p.link)}

${p.siteName}`,
  endedSubject: (title: string) => `Ce café n’aura pas lieu : ${title}`,
  ended: (p: { siteName: string; title: string; when: string }) =>
    `Bonjour,

« ${p.title} », ${p.when}, est retiré de l’agenda. Votre inscription est effacée, avec tout ce qui vous concerne.

${p.siteName}`,
  waitingSubject: (title: string) => `Liste d’attente : ${title}`,
  waiting: (p: {
    siteName: string
    title: string
    when: string
    isByTeam?: boolean
    link: string
  }) =>
    `Bonjour,

Il n’y a plus de place pour « ${p.title} », ${p.when}. Vous êtes sur la liste d’attente : si une place se libère, un courriel vous la propose.
${p.isByTeam ? BY_TEAM : ''}
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
  movedSubject: (title: string) => `Votre inscription change de date : ${title}`,
  moved: (p: {
    siteName: string
    title: string
    from: string
    when: string
    seats: number
    isWaiting: boolean
    hasFile?: boolean
    /** The id of the café whose entry leaves the reader's calendar. */
    former?: string | undefined
    link: string
  }) =>
    `Bonjour,

L’équipe a déplacé votre inscription à « ${p.title} ».

Avant : ${p.from}
Maintenant : ${p.when}

${p.isWaiting ? 'À cette date il n’y a plus de place : vous êtes sur la liste d’attente.' : `${p.seats > 1 ? 'Vos places sont gardées' : 'Votre place est gardée'}.`}${p.hasFile ? ' Le fichier joint met à jour votre agenda.' : ''}

Pour voir votre inscription, ou l’annuler :
${p.link}

${p.siteName}`,
  messageSubject: (title: string) => `Un message du lieu : ${title}`,
  message: (p: {
    siteName: string
    title: string
    when: string
    page: string
    text: string
    link: string
  }) =>
    `${p.text}

« ${p.title} », ${p.when}
Pour écrire au lieu, ou l’appeler : ${p.page}

Votre inscription, pour la voir ou l’annuler :
${p.link}

${p.siteName}`,
  cancelledSubject: (title: string) => `Votre inscription est annulée : ${title}`,
  cancelled: (
    p: Record<'siteName' | 'title' | 'when' | 'page' | 'reason', string> & {
      hasFile?: boolean
      former?: string | undefined
    },
  ) =>
    `Bonjour,

Votre inscription à « ${p.title} », ${p.when}, est annulée.${p.reason && `\n\nL’équipe écrit : « ${p.reason} »`}

Vous ne recevrez plus rien à ce sujet.${p.hasFile ? ' Le fichier joint retire le café de votre agenda.' : ''}

La page du café : ${p.page}

${p.siteName}`,
})
