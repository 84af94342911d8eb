import { expect, test } from 'vitest'
import {
  type CardPicture,
  type CardWords,
  siteCardWords,
  versionOfCard,
} from '../../../node/domain/values/card.ts'
import { type Card, cardAnswer } from '../../../node/routes/cafes/card-answer.ts'

const cardOf = (words: CardWords): Card => ({
  words,
  pictureKey: 'square',
  picture: () => SQUARE,
})

const SQUARE = {
  at: 'beside',
  width: 10,
  height: 10,
  shapes: '<rect width="10" height="10"/>',
} satisfies CardPicture

const ask = (title: string, visitor = '192.0.2.1') =>
  cardAnswer(cardOf(siteCardWords(title, 'cafes.example')), {
    ...{ version: undefined, isPublic: true, visitor },
  })

test('who asks for many cards at once is told to come back, and keeps nobody from those that are drawn', async () => {
  expect((await ask('Le mien')).status).toBe(200)
  const asked = Promise.all(Array.from({ length: 22 }, (_, index) => ask(`Le ${index}`)))
  expect((await ask('Le mien')).status).toBe(200)
  const answers = await asked
  expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(200), 503, 503])
  expect(answers.at(-1)?.headers.get('retry-after')).toBe('10')
  expect((await ask('Le 21')).status).toBe(200)
})

test('cards that are refused take the place of none that is kept', async () => {
  expect((await ask('Le gardé')).status).toBe(200)
  const asked = Promise.all(Array.from({ length: 300 }, (_, index) => ask(`Le refusé ${index}`)))
  expect((await ask('Le gardé')).status).toBe(200)
  expect((await asked).filter(({ status }) => status === 200)).toHaveLength(20)
})

test('what is drawn on a card is made once, and for nobody who must come back', async () => {
  const made: string[] = []
  const drawn = (title: string) => {
    const picture = () => {
      made.push(title)
      return Promise.resolve(SQUARE)
    }
    return cardAnswer(
      { ...cardOf(siteCardWords(title, 'cafes.example')), picture },
      { version: undefined, isPublic: true, visitor: '192.0.2.3' },
    )
  }
  expect((await drawn('La carte')).status).toBe(200)
  expect((await drawn('La carte')).status).toBe(200)
  const asked = Array.from({ length: 22 }, (_, index) => drawn(`La carte ${index}`))
  const refused = (await Promise.all(asked)).filter(({ status }) => status === 503)
  expect(refused).toHaveLength(2)
  expect(made).toHaveLength(21)
})

test('a card that is refused to one visitor is drawn for another who asks at the same time', async () => {
  const asked = Array.from({ length: 21 }, (_, index) => ask(`Le commun ${index}`))
  const other = ask('Le commun 20', '192.0.2.2')
  expect((await Promise.all(asked)).at(-1)?.status).toBe(503)
  expect((await other).status).toBe(200)
})

test('a visitor who asks for ever more cards takes none from another', async () => {
  let isOver = false
  const refused = { count: 0 }
  const flood = Array.from({ length: 40 }, async (_, at) => {
    for (let number = 0; !isOver; number++) {
      const { status } = await ask(`Le ${at} et ${number}`)
      if (status === 503) refused.count++
      await new Promise((resolve) => setImmediate(resolve))
    }
  })
  const answers = await Promise.all(['A', 'B', 'C'].map((title) => ask(title, '192.0.2.2')))
  isOver = true
  await Promise.all(flood)
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(refused.count).toBeGreaterThan(0)
})

test('two cards of one version, as somebody can write them, are two pictures', async () => {
  const titled = (title: string): CardWords => ({
    state: undefined,
    title,
    when: ['Samedi 5 décembre 2026', '18 h – 20 h (heure de Paris)'],
    where: ['Médiathèque, Rennes'],
  })
  const cards = [
    'W9IC7Bm2lhj2lhvCxavCxavCxaj2lhvCxavCxavCxavCxavCxaj2lhj2lhvCxaj2lhj2lhj2lhj2lhj2lh',
    'W9IC7BqCxavCxaj2lhvCxavCxavCxaj2lhj2lhvCxaj2lhj2lhvCxavCxaj2lhvCxaj2lhj2lhj2lhj2lh',
  ].map(titled)
  expect(new Set(cards.map(versionOfCard)).size).toBe(1)
  const pictures: Buffer[] = []
  for (const words of cards) {
    const answer = await cardAnswer(cardOf(words), {
      version: undefined,
      isPublic: true,
      visitor: '192.0.2.1',
    })
    pictures.push(Buffer.from(await answer.arrayBuffer()))
  }
  expect(pictures[0]?.equals(pictures[1] as Buffer)).toBe(false)
})
