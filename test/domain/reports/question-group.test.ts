import { expect, test } from 'vitest'
import { listKeyWords, toWording } from '../../../node/domain/reports/question-group.ts'

const ASKED = 'Est-ce que l’IA va remplacer les professeurs ?'

test.each([
  ['accents, capitals, signs', 'EST CE QUE L IA VA REMPLACER LES PROFESSEURS !!!'],
  ['another order', 'Les professeurs : l’IA va-t-elle les remplacer ?'],
  ['another number', 'L’IA va remplacer le professeur ?'],
  ['small words', 'ia va remplacer professeurs'],
  ['composed letters', 'Est-ce que l’IA va remplacer les professeurs ?'.normalize('NFD')],
])('two questions are one in spite of %s', (_, other) => {
  expect(listKeyWords(other)).toEqual(listKeyWords(ASKED))
})

test.each([
  ['what is asked', 'Comment l’IA va remplacer les professeurs ?'],
  ['a no', 'Est-ce que l’IA ne va pas remplacer les professeurs ?'],
  ['a number', 'Est-ce que l’IA va remplacer 3 professeurs ?'],
])('two questions differ by %s', (_, other) => {
  expect(listKeyWords(other)).not.toEqual(listKeyWords(ASKED))
})

test('the order of a wording counts, and a question of small words alone has words', () => {
  expect(toWording('Le prof aide l’élève ?')).not.toBe(toWording('L’élève aide le prof ?'))
  expect(listKeyWords('Qu’est-ce que c’est ?')).toEqual(['c', 'ce', 'est', 'qu', 'que'])
  expect(listKeyWords('??? …')).toEqual([])
})
