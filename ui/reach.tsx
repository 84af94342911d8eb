import { announcedLines, announcedTitle } from '../node/domain/announced-words.ts'
import type { Cafe } from '../node/domain/cafe.ts'
import type { Strings } from './strings.ts'
import { typedLang } from './typed.tsx'

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

/** The very words that leave: announcements are in French, whoever reads this page. */
export const SeenElsewhere = ({ cafe, t }: { cafe: Cafe; t: Strings }) => (
  <figure class="seen-elsewhere">
    <figcaption>{t.reach.seen}</figcaption>
    <p lang={typedLang({}, t)}>
      <strong>{announcedTitle(cafe)}</strong>
    </p>
    <p lang={typedLang({}, t)}>
      {announcedLines(cafe).map((line) => (
        <span class="line">{line}</span>
      ))}
    </p>
  </figure>
)
