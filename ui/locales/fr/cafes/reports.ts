import { REPORT_DAYS, type ReportRefusal } from '../../../../node/domain/reports/report.ts'
import { numberText, plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

const people = (n: number) => plural(n, 'personne', 'personnes')

/** The texts of what is told of a café after it took place: the form, and the part of the café's page. */
type Asked = { cafe: string; numbers: readonly number[]; link: string }

/** Returns the text of a mail that asks how many came; `foot` says whose its links are. */
export const reportMailText = ({ cafe, numbers, link }: Asked, foot: string): string =>
  [
    'Bonjour,',
    '',
    'Combien étiez-vous, l’équipe comprise ? Choisissez un nombre : la page vous laisse le corriger avant de l’envoyer.',
    '',
    cafe,
    '',
    ...numbers.flatMap((n) => [`${people(n)} :`, `${link}?n=${n}`]),
    '',
    'Un autre nombre :',
    link,
    '',
    'Il n’a pas eu lieu :',
    `${link}?lieu=non`,
    '',
    foot,
  ].join('\n')

export const reportFr = typesetFrench({
  link: 'Bilan',
  people,
  number: {
    title: 'Combien étiez-vous ?',
    lead: 'Tout le monde compte : l’équipe aussi.',
    submit: 'Envoyer ce nombre',
    notHeld: 'Il n’a pas eu lieu',
    from: {
      count: 'Le nombre vient de votre comptage.',
      registered: 'C’est le nombre de places prises : corrigez-le si besoin.',
      mail: 'C’est le nombre choisi dans le courriel.',
    },
    correct: 'Corriger le nombre',
    until: (day: string) => `Ce nombre sera public. Vous pourrez le corriger jusqu’au ${day}.`,
    keep: 'Ce lien est pour vous et votre équipe : ne le transmettez pas.',
  },
  unusual: {
    title: (n: number) => `Est-ce bien ${numberText(n)} ?`,
    why: 'C’est beaucoup pour un tel café. Tant que vous n’avez pas répondu, ce nombre n’est ni montré ni compté.',
    yes: (n: number) => `Oui, ${people(n)}`,
  },
  thanks: {
    counted: (n: number) => `${people(n)}, c’est compté.`,
    uncounted: (n: number) =>
      `${people(n)} : personne ne l’a confirmé, ce nombre n’est pas compté.`,
    notHeld: 'C’est noté : il n’a pas eu lieu.',
    close: 'Vous pouvez fermer cette page.',
  },
  coop: {
    title: 'Pour La Coop de la médiation numérique',
    lead: 'Conseillère, conseiller ou médiateur numérique ? Voici ce que La Coop demande d’un atelier collectif. Copiez chaque valeur à sa place.',
    labels: {
      date: 'Date',
      duration: 'Durée',
      title: 'Titre de l’atelier',
      theme: 'Thématique',
      participants: 'Nombre de participants',
      place: 'Lieu de l’activité',
    },
    theme: 'Intelligence artificielle (IA)',
    duration: (hours: number, minutes: string) =>
      hours === 0 ? `${Number(minutes)} min` : `${hours} h${minutes === '00' ? '' : ` ${minutes}`}`,
    online: 'À distance',
    note: 'La Coop ne reçoit rien de ce site : seule votre saisie compte.',
  },
  details: {
    title: 'Deux minutes de plus ?',
    lead: 'Rien n’est obligatoire.',
    submit: 'Enregistrer',
    more: 'Ajouter d’autres questions',
    question: (n: number) => `Question ${n}`,
    theme: (n: number) => `Thème de la question ${n}, si vous voulez`,
    questions: 'Des questions entendues',
    questionsHint:
      'Une par champ, avec vos mots, sans nom ni adresse. Elles sont publiques, avec le nombre.',
    photo: 'Une photo',
    photoHint: 'Le lieu et l’heure cachés dans le fichier sont retirés.',
    photoKept: 'Une photo est gardée.',
  },
  labels: {
    participants: 'Personnes présentes',
    questions: 'Des questions entendues',
    firstTimers: 'Venues pour la première fois',
    format: 'Format',
    words: 'Raconter',
    nextSteps: 'Et ensuite ?',
    publish: 'Qui lit ces textes ?',
    image: 'Fichier',
    'image.alt': 'Ce que l’on y voit',
    'image.remove': 'Retirer cette photo',
    consent: 'Accord',
    publishPhoto: 'Qui voit cette photo ?',
  },
  hints: {
    format: 'Ce que vous avez fait : un jeu, un débat, un atelier.',
    words: 'Ce qui a marché, ce qui a surpris. Votre équipe seule le lit, sauf si vous cochez.',
    nextSteps: 'Une date, une idée à suivre. De même.',
    'image.alt': 'En quelques mots, pour les personnes qui ne voient pas la photo.',
  },
  boxes: {
    publish: 'Les montrer sur la page du café',
    consent: 'Les personnes que l’on reconnaît sont d’accord',
    publishPhoto: 'La montrer sur la page du café',
    remove: 'Retirer cette photo',
  },
  stale: (n: string) =>
    `Quelqu’un de l’équipe a enregistré autre chose entre-temps : ${n}. Ce que vous avez écrit est toujours là ; enregistrez de nouveau pour le garder.`,
  remove: {
    link: 'Effacer ce bilan',
    title: 'Effacer ce bilan ?',
    text: 'Le nombre, les questions, les textes et la photo sont effacés. Rien ne les fait revenir.',
    submit: 'Effacer pour de bon',
    done: 'Le bilan est effacé.',
    back: 'Revenir au bilan',
  },
  refused: {
    draft: 'Ce café n’a pas été annoncé : il n’a pas de bilan.',
    off: 'Ce café est annulé ou attend une autre date : il n’a pas de bilan.',
    early: 'Ce café n’a pas encore commencé : le bilan vient après.',
    late: `Ce café a eu lieu il y a plus de ${REPORT_DAYS} jours : son bilan ne change plus. Il peut encore être effacé.`,
  } satisfies Record<ReportRefusal, string>,
  mail: {
    several: (n: number) => `Combien étiez-vous ? ${n} cafés`,
    subject: (title: string) => `Combien étiez-vous ? ${title}`,
    text: (asked: Asked) =>
      reportMailText(
        asked,
        `Ces liens sont pour votre équipe et servent ${REPORT_DAYS} jours. Une réponse suffit pour toute l’équipe.`,
      ),
  },
  none: 'Aucun bilan n’a été fait.',
  page: {
    heading: 'Ce qui s’y est passé',
    participants: people,
    firstTimers: (n: number) => `dont ${n} pour la première fois`,
    noFirstTimers: 'dont personne pour la première fois',
    notHeld: 'Ce café n’a finalement pas eu lieu.',
    format: (format: string) => `Format : ${format}`,
    questions: 'Les questions entendues',
    nextSteps: 'Et ensuite',
    declared: 'Nombre déclaré par l’équipe du café.',
  },
})
