import { LINKING_WORDS } from '../../../../node/domain/reports/question-group.ts'
import { plural } from '../../../../node/domain/values/number-text.ts'
import { questionsFr } from '../../fr/cafes/questions.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés', 'en')

/** The texts of the questions that came up at cafés. */
export const questionsEn: typeof questionsFr = {
  ...questionsFr,
  title: 'The questions of France',
  lead: (n) =>
    `What people really ask, at the cafés. ${plural(n, 'question', 'questions', 'en')}, noted by the teams.`,
  leadNone: 'What people really ask, at the cafés. Nobody has noted one here yet.',
  ofMonth: (month) => `The question of the month: ${month}`,
  heardIn: (n) => `Heard at ${cafes(n)}`,
  picture: 'The picture to share',
  form: 'Search for a question',
  words: 'A word',
  wordsHint: 'école, photo, travail…',
  theme: 'Theme',
  anyTheme: 'All',
  where: 'Area',
  whereHint: 'a région, a département, a town',
  month: 'Month',
  anyMonth: 'All months',
  submit: 'Search',
  most: 'Heard most often',
  mostOf: (what) => `Heard most often: ${what}`,
  none: 'No question matches.',
  unknown: (text) => `No area is called “${text}”.`,
  several: (text) => `Several areas match “${text}”:`,
  all: 'All questions',
  cafes: (n) => (n > 1 ? 'cafés' : 'café'),
  last: (day, place) => `last on ${day}${place === undefined ? '' : `, ${place}`}`,
  next: 'More questions',
  before: 'The questions before',
  one: {
    counted: (n, departements) =>
      `Heard at ${cafes(n)}${departements > 1 ? ` in ${departements} départements` : ''}.`,
    between: (first, last) => (first === last ? `On ${first}.` : `From ${first} to ${last}.`),
    wordings: 'The ways to ask it',
    wordingIn: (n) => `at ${cafes(n)}`,
    where: 'The cafés where it was heard',
    more: 'More cafés',
    back: 'All questions',
    apart: 'Set it apart',
    together: 'Put it back with the others',
    team: 'For the team: a way that does not ask the same is set apart. It then has a page of its own, wherever it was heard.',
  },
  rule: {
    title: 'How they are grouped',
    text: 'Two questions are one when they have the same words, in any order, whatever the accents, capitals, punctuation and marks of the plural. A question that was heard twice at one café counts once there. Nothing else is guessed: no synonyms, no meaning. The team of the directory may set a way to ask it apart.',
    words: `These small words do not count: ${LINKING_WORDS.join(', ')}.`,
    what: 'What is not here: a question or a café that the team has hidden, a café that was cancelled or withdrawn, and a question with an address, a number or a name after “M.” or “Mme”.',
  },
  data: 'Licence Ouverte 2.0:',
  csv: 'CSV table',
  schema: 'its columns',
  atom: 'Atom feed',
  api: 'for programs',
}
