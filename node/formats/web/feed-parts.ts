import type { Cafe } from '../../domain/cafes/cafe.ts'
import { type FeedAbout, toAtom, toJsonFeed } from './feeds.ts'
import type { PartWriter } from './parts.ts'

/** All cafés are known before the first is written, since the head says when the latest of them changed. */
type FeedParts = (cafes: readonly Cafe[], about: FeedAbout) => PartWriter

/** Writes the feed of `toAtom` a part at a time. In its texts every `<` is escaped, except in the HTML of entries. */
export const atomParts: FeedParts = (cafes, about) => {
  const latest = latestOf(cafes)
  const whole = (some: readonly Cafe[]) => toAtom(some, about)
  return cutting({ whole, latest, first: '<entry>', end: '</feed>', between: '' })
}

/** Writes the feed of `toJsonFeed` a part at a time. In its texts every quotation mark is escaped. */
export const jsonFeedParts: FeedParts = (cafes, about) => {
  const whole = (some: readonly Cafe[]) => toJsonFeed(some, about)
  return cutting({ whole, latest: latestOf(cafes), first: '{"id":', end: ']}', between: ',' })
}

/** Writes whole feeds of a few cafés, and keeps what is between their head and their end. */
function cutting({
  whole,
  latest,
  first,
  end,
  between,
}: {
  whole: (cafes: readonly Cafe[]) => string
  latest: Cafe | undefined
  /** The text with which the first item begins. */
  first: string
  end: string
  between: string
}): PartWriter {
  const shortest = whole(latest ? [{ ...latest, descriptionHtml: '' }] : [])
  const headEnds = latest ? shortest.indexOf(first) : shortest.lastIndexOf(end)
  return {
    head: shortest.slice(0, headEnds),
    part: (cafes, index) => {
      if (cafes.length === 0) return ''
      const text = whole(cafes)
      return (index > 0 ? between : '') + text.slice(text.indexOf(first), text.lastIndexOf(end))
    },
    foot: () => shortest.slice(shortest.lastIndexOf(end)),
  }
}

const latestOf = (cafes: readonly Cafe[]): Cafe | undefined =>
  cafes.reduce<Cafe | undefined>(
    (latest, cafe) =>
      latest && Temporal.Instant.compare(latest.updatedAt, cafe.updatedAt) >= 0 ? latest : cafe,
    undefined,
  )
