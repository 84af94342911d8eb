import { expect, test } from 'vitest'
import { pageCardWords } from '../../../node/domain/values/card.ts'
import { cardAnswer } from '../../../node/routes/cafes/card-answer.ts'

const ask = (title: string) =>
  cardAnswer(pageCardWords(title, 'cafes.example'), { version: undefined, isPublic: true })

test('who asks for many cards at once is told to come back, and keeps nobody from those that are drawn', async () => {
  expect((await ask('Le mien')).status).toBe(200)
  const asked = Promise.all(Array.from({ length: 22 }, (_, index) => ask(`Le ${index}`)))
  expect((await ask('Le mien')).status).toBe(200)
  const answers = await asked
  expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(200), 503, 503])
  expect(answers.at(-1)?.headers.get('retry-after')).toBe('10')
  expect((await ask('Le 21')).status).toBe(200)
})
