import type { Cafe } from '../cafes/cafe.ts'
import type { NewsletterChange } from './newsletter-change.ts'

/** What the team decided about a café of the letter. */
export type NewsletterChoice = { choice: 'forward' | 'out'; position: number }

type NewsletterSection = {
  /** The name of the région or département; undefined for cafés that are only online. */
  territory: string | undefined
  cafes: Cafe[]
}

/** The coming cafés of a letter: first those that the team puts forward, then the others by territory. */
export type Newsletter = {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
  /** The cafés that the team puts forward, in its order. */
  forward: Cafe[]
  sections: NewsletterSection[]
  changes: NewsletterChange[]
  /** The words with which the team begins it, in paragraphs between blank lines. */
  opening: string
  /** What people asked at the cafés of the last weeks. */
  questions: NewsletterQuestion[]
  /** What one can lead a café with that is new since the letter before. */
  resources: NewsletterResource[]
}

/** A resource as a letter tells of it, with the end of its page's address. */
export type NewsletterResource = { slug: string; title: string; summary: string; author: string }

/** A question that came up, and at how many cafés. */
export type NewsletterQuestion = { id: string; text: string; cafes: number }

/** The maximum length of the opening, about a page. */
export const OPENING_MAX = 2000

/**
 * Puts a letter together: without cancelled cafés and those left out, and with those put forward once, in the team's
 * order.
 */
export function toNewsletter({
  from,
  until,
  cafes,
  choices,
  changes,
  sectionOf,
  opening = '',
  questions = [],
  resources = [],
}: {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
  /** The cafés of these days, soonest first. */
  cafes: readonly Cafe[]
  choices: ReadonlyMap<string, NewsletterChoice>
  changes: NewsletterChange[]
  /** Returns the territory under whose name a café stands. */
  sectionOf: (cafe: Cafe) => string | undefined
  opening?: string
  questions?: NewsletterQuestion[]
  resources?: NewsletterResource[]
}): Newsletter {
  const open = cafes.filter(
    ({ id, status }) =>
      status !== 'cancelled' && status !== 'postponed' && choices.get(id)?.choice !== 'out',
  )
  const placeOf = ({ id }: Cafe) => choices.get(id)?.position ?? 0
  const forward = open
    .filter(({ id }) => choices.get(id)?.choice === 'forward')
    .toSorted((one, other) => placeOf(one) - placeOf(other))
  const groups = Map.groupBy(
    open.filter((cafe) => !forward.includes(cafe)),
    sectionOf,
  )
  const sections = [...groups]
    .map(([territory, group]) => ({ territory, cafes: group }))
    .toSorted((one, other) => compareNames(one.territory, other.territory))
  return { from, until, forward, sections, changes, opening, questions, resources }
}

/** Compares territories by name; cafés that are only online come last. */
function compareNames(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined)
    return one === other ? 0 : one === undefined ? 1 : -1
  return one.localeCompare(other, 'fr')
}
