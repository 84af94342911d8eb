import {
  announcedLines,
  announcedTitle,
  changeMessage,
} from '../../node/domain/cafes/announcement-text.ts'
import { type Cafe, isImportantChange } from '../../node/domain/cafes/cafe.ts'
import { typedLang } from '../components/user-text.tsx'
import type { Strings } from '../locales/messages.ts'

/** Who hears of a café of this place. */
export type Reach = {
  /** The accounts that follow the place. */
  followers: number
  /** `joined`, by its name or host; `own` when this site is one itself. */
  directory: { joined: string } | 'own' | 'none'
}

/** What is about to happen to a café. */
type Deed = 'new' | 'change' | 'removal'

type ReachProps = {
  reach: Reach
  deed: Deed
  /** The change is a cancellation. */
  isCancelled?: boolean | undefined
  /** The form may give another day. */
  mayMove?: boolean | undefined
  t: Strings
}

/** What the click does and whom it reaches, before it is made. */
export const WhatWillHappen = ({ reach, deed, isCancelled, mayMove, t }: ReachProps) => (
  <section class="panel consequences" aria-labelledby="ensuite">
    <h2 id="ensuite">{t.reach.title[isCancelled ? 'cancellation' : deed]}</h2>
    <ul>
      {deed === 'new' && <li>{t.reach.page}</li>}
      {mayMove && <li>{t.reach.newDate}</li>}
      <li>{directorySentence(reach, deed, t)}</li>
      <li>
        {reach.followers === 0 ? t.reach.nobodyFollows : t.reach.followers[deed](reach.followers)}
      </li>
      {deed !== 'change' && <li>{t.reach.copies[deed]}</li>}
    </ul>
  </section>
)

function directorySentence({ directory }: Reach, deed: Deed, { reach: words }: Strings): string {
  if (directory === 'none') return words.noDirectory[deed]
  if (directory === 'own') return words.ownDirectory[deed]
  return words.directory[deed](directory.joined)
}

/**
 * The very words that leave: announcements are in French, whoever reads this page. `before` is the café as it was
 * announced, for a change: one that followers are told of shows the message that they get.
 */
export const SeenElsewhere = ({ cafe, before, t }: { cafe: Cafe; before?: Cafe; t: Strings }) => (
  <>
    {before && isImportantChange(before, cafe) && (
      <Words caption={t.reach.told} {...changeMessage(cafe)} url={cafe.url} t={t} />
    )}
    <Words caption={t.reach.seen} title={announcedTitle(cafe)} lines={announcedLines(cafe)} t={t} />
  </>
)

type WordsProps = {
  caption: string
  title: string
  lines: readonly string[]
  /** The address that ends it. */
  url?: string
  t: Strings
}

const Words = ({ caption, title, lines, url, t }: WordsProps) => (
  <figure class="seen-elsewhere">
    <figcaption>{caption}</figcaption>
    <p lang={typedLang({}, t)}>
      <strong>{title}</strong>
    </p>
    <p lang={typedLang({}, t)}>
      {[...lines, ...(url ? [url] : [])].map((line) => (
        <span class="line">{line}</span>
      ))}
    </p>
  </figure>
)
