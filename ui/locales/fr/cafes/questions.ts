import { LINKING_WORDS } from '../../../../node/domain/reports/question-group.ts'
import { plural } from '../../../../node/domain/values/number-text.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés')

/** The texts of the questions that came up at cafés. */
export const questionsFr = typesetFrench({
  title: 'Les questions de France',
  lead: (n: number) =>
    `Ce que les gens demandent vraiment, dans les cafés. ${plural(n, 'question', 'questions')}, notées par les équipes.`,
  leadNone: 'Ce que les gens demandent vraiment, dans les cafés. Personne n’en a encore noté ici.',
  ofMonth: (month: string) => `La question du mois : ${month}`,
  heardIn: (n: number) => `Entendue dans ${cafes(n)}`,
  picture: 'L’image à partager',
  form: 'Chercher une question',
  words: 'Un mot',
  wordsHint: 'école, photo, travail…',
  theme: 'Thème',
  anyTheme: 'Tous',
  where: 'Territoire',
  whereHint: 'une région, un département, une commune',
  month: 'Mois',
  anyMonth: 'Tous les mois',
  submit: 'Chercher',
  most: 'Les plus entendues',
  mostOf: (what: string) => `Les plus entendues : ${what}`,
  none: 'Aucune question ne correspond.',
  unknown: (text: string) => `Aucun territoire ne s’appelle « ${text} ».`,
  several: (text: string) => `Plusieurs territoires correspondent à « ${text} » :`,
  all: 'Toutes les questions',
  cafes: (n: number) => (n > 1 ? 'cafés' : 'café'),
  last: (day: string, place: string | undefined) =>
    `la dernière fois le ${day}${place === undefined ? '' : `, ${place}`}`,
  next: 'Les questions suivantes',
  before: 'Les questions précédentes',
  one: {
    counted: (n: number, departements: number) =>
      `Entendue dans ${cafes(n)}${departements > 1 ? ` de ${departements} départements` : ''}.`,
    between: (first: string, last: string) =>
      first === last ? `Le ${first}.` : `Du ${first} au ${last}.`,
    wordings: 'Les façons de la poser',
    wordingIn: (n: number) => `dans ${cafes(n)}`,
    where: 'Les cafés où on l’a entendue',
    more: 'Les cafés suivants',
    back: 'Toutes les questions',
    apart: 'La mettre à part',
    together: 'La réunir aux autres',
    team: 'Pour l’équipe : une façon qui ne pose pas la même question se met à part. Elle a alors sa propre page, partout où elle a été entendue.',
  },
  rule: {
    title: 'Comment elles sont réunies',
    text: 'Deux questions sont réunies quand elles ont les mêmes mots, dans n’importe quel ordre, sans compter les accents, les majuscules, la ponctuation et la marque du pluriel. Une question entendue deux fois au même café y compte une fois. Rien d’autre n’est deviné : ni les synonymes, ni le sens. L’équipe de l’annuaire peut mettre à part une façon de la poser.',
    words: `Ces petits mots ne comptent pas : ${LINKING_WORDS.join(', ')}.`,
    what: 'Ce qui n’est pas ici : une question ou un café que l’équipe a masqué, un café annulé ou retiré, et une question qui a une adresse, un numéro ou un nom après « M. » ou « Mme ».',
  },
  data: 'Licence Ouverte 2.0 :',
  csv: 'tableau CSV',
  schema: 'ses colonnes',
  atom: 'lecteur de flux',
  api: 'pour les programmes',
  card: {
    title: (text: string) => `« ${text} »`,
    month: (month: string) => `La question ${ofName(month)}`,
    heard: (n: number) => `entendue dans ${cafes(n)} IA`,
  },
  feed: 'Les questions entendues dans les cafés IA, la plus récente d’abord.',
})
