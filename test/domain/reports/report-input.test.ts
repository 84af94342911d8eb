import { describe, expect, test } from 'vitest'
import { findQuestionProblem } from '../../../node/domain/reports/question-text.ts'
import { findReportRefusal, reportEndOf } from '../../../node/domain/reports/report.ts'
import { readReportInput } from '../../../node/domain/reports/report-input.ts'
import { isUnusual } from '../../../node/domain/reports/unusual-number.ts'
import { ownCafe } from '../../support/own-cafe.ts'

test.each([
  ['Écrivez à lea.martin@exemple.fr', 'question_email'],
  ['lea.martin (at) exemple.fr ?', 'question_email'],
  ['Voir https://exemple.fr ?', 'question_link'],
  ['Voir www.exemple.fr ?', 'question_link'],
  ['Qui <b>crie</b> ?', 'question_link'],
  ['Rappelez-moi au 06 12 34 56 78', 'question_phone'],
  ['Rappelez-moi au 0612345678 ?', 'question_phone'],
  ['Au 06.12.34.56.78', 'question_phone'],
  ['Au +33 6 12 34 56 78', 'question_phone'],
  ['Au 0033 (0)6 12 34 56 78', 'question_phone'],
  ['Au +262 692 12 34 56', 'question_phone'],
  ['Mme Martin a-t-elle raison ?', 'question_person'],
  ['Et M. Durand ?', 'question_person'],
  ['Et M.\u00a0Durand ?', 'question_person'],
  ['Et M.Durand ?', 'question_person'],
  ['Que dit Monsieur Ben Salah ?', 'question_person'],
  ['Le Dr Knock s’en sert-il ?', 'question_person'],
])('« %s » is refused as %s', (text, code) => {
  expect(findQuestionProblem(text)).toBe(code)
})

test.each([
  'L’IA va-t-elle remplacer les bibliothécaires ?',
  'Que change le règlement de 2024, 2025 et 2026 ?',
  'Que sont 10 000 000 000 de paramètres ?',
  'Que fait-on pour 0,5 % ou 1,234567890123 ?',
  'Madame la maire s’en sert-elle ?',
  'À 20 h 30, le 06/12, qui vient ?',
  'Est-ce que mon médecin s’en sert déjà ?',
  'Est-ce < 3 ?',
  'Pourquoi @ ?',
  'Programme, problème : qui décide ?',
])('« %s » is a question', (text) => {
  expect(findQuestionProblem(text)).toBeUndefined()
})

test('no text makes the patterns slow', () => {
  const begun = performance.now()
  for (const part of ['0 ', '+1 ', 'M. ', 'a@', '@', '(at', '06-', '<', 'Mme '])
    findQuestionProblem(part.repeat(400 / part.length))
  expect(performance.now() - begun).toBeLessThan(50)
})

const problemsOf = (body: object) => {
  const read = readReportInput(body)
  return read.problems?.map(({ field, code }) => `${field}: ${code}`) ?? []
}

test.each([
  [{ participants: 12 }, []],
  [{ participants: 0 }, []],
  [{ held: false }, []],
  [{}, ['participants: required']],
  [{ participants: -1 }, ['participants: number_out_of_range']],
  [{ participants: 1e9 }, ['participants: number_out_of_range']],
  [{ participants: 1.5 }, ['participants: invalid']],
  [{ participants: Number.NaN }, ['participants: invalid']],
  [{ participants: 3, firstTimers: 4 }, ['firstTimers: more_than_participants']],
  [{ participants: 3, questions: ['x'.repeat(201)] }, ['questions.0: too_long']],
  [{ participants: 3, questions: Array(21).fill('Quoi ?') }, ['questions: too_many']],
  [{ participants: 3, questions: ['Quoi ?', 'Mme Martin ?'] }, ['questions.1: question_person']],
  [
    { participants: 3, questions: [{ text: 'a@b.fr', theme: 'travail' }] },
    ['questions.0: question_email'],
  ],
  [{ participants: 3, publish: ['tout'] }, ['publish.0: not_a_choice']],
])('%j has the problems %j', (body, problems) => {
  expect(problemsOf(body)).toEqual(problems)
})

test('a question is one line, and what is empty is none', () => {
  const asked = [' Qui\ndécide  ? ', ' ', 'Qui décide ?']
  expect(readReportInput({ participants: 3, questions: asked })).toMatchObject({
    input: { questions: [{ text: 'Qui décide ?', theme: undefined }] },
  })
})

describe('when a café is told of', () => {
  const cafe = ownCafe()
  const end = reportEndOf(cafe)
  test.each([
    ['before it begins', {}, cafe.startsAt.subtract({ seconds: 1 }), 'early'],
    ['as it begins', {}, cafe.startsAt, undefined],
    ['a month later', {}, end, 'late'],
    ['the day before', {}, end.subtract({ seconds: 1 }), undefined],
    ['cancelled', { status: 'cancelled' }, cafe.endsAt, 'off'],
    ['postponed', { status: 'postponed' }, cafe.endsAt, 'off'],
    ['a draft', { publication: 'draft' }, cafe.endsAt, 'draft'],
  ] as const)('%s', (_when, some, now, refusal) => {
    expect(findReportRefusal({ ...cafe, ...some }, now)).toBe(refusal)
  })
})

test.each([
  [2000, 'BIB', undefined, true],
  [150, 'BIB', undefined, false],
  [151, 'BIB', undefined, true],
  [80, 'BIB', 15, true],
  [75, 'BIB', 15, false],
  [900, 'BIB', 1000, false],
  [1001, 'BIB', 1000, true],
  [400, 'universite', undefined, false],
  [201, undefined, undefined, true],
] as const)('%i people at a %s with %s seats: %s', (participants, kind, capacity, unusual) => {
  const { registration } = ownCafe()
  const place = {
    kind,
    attendanceMode: 'offline',
    registration: { ...registration, capacity },
  } as const
  expect(isUnusual(participants, place)).toBe(unusual)
  expect(isUnusual(participants, { ...place, attendanceMode: 'online' })).toBe(
    capacity === 15 ? participants > 75 : participants > Math.max(500, capacity ?? 0),
  )
})
