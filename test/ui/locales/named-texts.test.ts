import { expect, test } from 'vitest'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { MessageTree } from '../../../ui/locales/typography.ts'

/** Returns a name for each part of a sentence, and for each property of a part that is an object. */
const partOf = (name: string): never =>
  new Proxy(Object(name), {
    get(whole, key) {
      const own = Reflect.get(whole, key)
      if (typeof own === 'function') return own.bind(name)
      return typeof key === 'symbol' ? own : (own ?? name)
    },
  }) as never

const MOST_PARTS = 5

function* sentencesOf(
  texts: MessageTree,
  name: string,
  path: string[] = [],
): Generator<[path: string, sentence: string]> {
  for (const [key, value] of Object.entries(texts)) {
    const at = [...path, key]
    if (typeof value === 'object') yield* sentencesOf(value, name, at)
    if (typeof value !== 'function') continue
    try {
      const parts = Array.from({ length: MOST_PARTS }, () => partOf(name))
      yield [at.join('.'), String(value(...parts))]
    } catch {
      // The function reads a list or a number from its argument, so it takes no name.
    }
  }
}

/** The arguments of these are a date, a figure, a distance or an address. */
const NO_NAMES =
  /^(?:resources\.group|kit\.(?:sheet\.until|words\.at)|registrationTeam\.(?:(?:one\.reasonLong|message\.tooLong)|count\.(?:stale|wrong))|cafeStatus\.circulation\.alerts|cafe\.(?:onDay|calendar\.monthTitle)|search\.(?:found|none|within|nearestAt)|find\.title\.near|territory\.(?:noneNear|nearest|around)|admin\.home\.dayAndTime|admin\.cafeForm\.answers\.until|admin\.import\.(?:problem\.file\.too_many|followed\.at)|personalData\.tiles|legal\.(?:accessibility\.applies|settings\.tooPale)|map\.few|data\.embed\.badColour|facilitator\.(?:radius\.around|form\.radii\.other)|facilitatorSearch\.(?:away|nobody\.wider)|referent\.(?:contact\.mail\.text|person\.handed\.sent))$/

test.each([
  ['Le Havre', /(?<!\p{L})(?:de|à) Le Havre/u],
  ['Les Abymes', /(?<!\p{L})(?:de|à) Les Abymes/u],
  ['Angers', /(?<!\p{L})de Angers/u],
])('« %s » stands behind no « de » and no « à » as it is', (name, fault) => {
  const said = [...sentencesOf(messagesFor('fr') as unknown as MessageTree, name)]
  expect(said.length).toBeGreaterThan(200)
  const wrong = said.filter(([path, sentence]) => fault.test(sentence) && !NO_NAMES.test(path))
  expect(wrong.map(([path, sentence]) => `${path}: ${sentence.slice(0, 120)}`)).toEqual([])
})
