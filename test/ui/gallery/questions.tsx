import type { QuestionGroup } from '../../../node/domain/reports/question.ts'
import { QuestionPage } from '../../../ui/reports/question-page.tsx'
import { QuestionsPage } from '../../../ui/reports/questions-page.tsx'
import { aCafe, EVIL, HUB } from './sample.ts'

const day = Temporal.PlainDate.from('2026-11-12')
const one: QuestionGroup = {
  ...{ id: 'a', text: EVIL, theme: EVIL, cafes: 14, lastOn: day, lastAt: EVIL },
  ...{ departements: 3, firstOn: day.subtract({ days: 30 }) },
  wordings: [
    { wording: 'un', text: EVIL, cafes: 12, isApart: false },
    { wording: 'deux', text: 'Autrement dit ?', cafes: 2, isApart: false },
  ],
}
const list = {
  ...{ site: HUB, values: { q: '', theme: '', territoire: '', mois: '' }, page: 1 },
  ...{ questions: [one, { ...one, id: 'b', theme: undefined, lastAt: undefined, cafes: 1 }] },
  ...{ hasMore: true, territory: undefined, territories: undefined, signedIn: false },
  choices: { total: 4318, themes: ['École', EVIL], months: ['2026-11', '2026-10'] },
  best: { month: Temporal.PlainYearMonth.from('2026-11'), question: one },
}
const found = { ...list, values: { q: EVIL, theme: EVIL, territoire: EVIL, mois: '2026-11' } }

export const questionPages: Record<string, { toString(): string }> = {
  questions: <QuestionsPage {...list} />,
  'questions of a search': <QuestionsPage {...found} territory={EVIL} page={2} />,
  'questions of a territory that is several': (
    <QuestionsPage {...found} territories={[{ href: '/questions?territoire=35', label: EVIL }]} />
  ),
  'questions of a territory that is none': (
    <QuestionsPage {...found} territories={[]} questions={[]} hasMore={false} />
  ),
  'no question yet': (
    <QuestionsPage
      {...{ ...list, questions: [], hasMore: false, best: undefined }}
      choices={{ total: 0, themes: [], months: [] }}
    />
  ),
  'a question': (
    <QuestionPage
      {...{ site: HUB, question: one, csrf: undefined }}
      cafes={[aCafe({ title: EVIL })]}
      nextHref="/questions/a?page=2"
    />
  ),
  'a question, for the team': (
    <QuestionPage {...{ site: HUB, question: one, cafes: [], nextHref: undefined, csrf: 'x' }} />
  ),
}
