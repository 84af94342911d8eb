import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldByUnicode, foldWords } from '../../../node/store/search-index/fold-words.ts'
import { times } from '../../support/full.ts'

test('a text is folded to its words, without accents, capitals, ligatures and signs', () => {
  expect(foldWords('L’ŒUVRE d’Élodie Ægée : « ça »…')).toBe(' l oeuvre d elodie aegee ca ')
  expect(foldWords('Straße №\u00a02, 10\u202f000 € — fin')).toBe(' straße 2 10 000 fin ')
  expect(foldWords('')).toBe('  ')
  expect(foldWords(' \n… ')).toBe('  ')
})

test('each character is folded as Unicode has it, alone and between others', () => {
  const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  const texts = characters.flatMap((character) => [character, `É${character}n ${character}`])
  expect(texts.filter((text) => foldWords(text) !== foldByUnicode(text))).toEqual([])
})

/** Texts as they come: mostly French, with marks that stand alone, Greek, Turkish, emojis and lone surrogates. */
const TEXT = fc.string({
  unit: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...'aeiouésçàŒœÆæßIİıŁ ’«»…\u00a0\u00ad-_0²ªŉǆ') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('\u0301', '\u0327', 'Σ', 'ς', '\ud83d\ude00', '\ud800'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2 }) },
  ),
  maxLength: 60,
})

test('any text is folded as Unicode has it', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      expect(foldWords(text)).toBe(foldByUnicode(text))
    }),
    { numRuns: times(400, 2000) },
  )
})
