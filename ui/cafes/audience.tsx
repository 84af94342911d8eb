import { announcedLines, announcedTitle } from '../../node/domain/cafes/announcement-text.ts'
import { type Cafe, isNewsForFollowers } from '../../node/domain/cafes/cafe.ts'
import { changeMessage, knownStateOf } from '../../node/domain/cafes/change-message.ts'
import { userTextLang } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'

/** Who hears of a café of this place. */
export type CafeAudience = {
  /** The accounts that follow the place. */
  followers: number
  /** `joined`, by its name or host; `own` when this site is one itself. */
  directory: { joined: string } | 'own' | 'none'
}

/** What is about to happen to a café. */
type Deed = 'new' | 'change' | 'removal'

type CafeAudienceProps = {
  audience: CafeAudience
  deed: Deed
  /** The change is a cancellation. */
  isCancelled?: boolean | undefined
  /** The form may give another day. */
  mayMove?: boolean | undefined
  t: Messages
}

/** What the click does and whom it reaches, before it is made. */
export const WhatWillHappen = ({ audience, deed, isCancelled, mayMove, t }: CafeAudienceProps) => (
  <section class="panel consequences" aria-labelledby="ensuite">
    <h2 id="ensuite">{t.audience.title[isCancelled ? 'cancellation' : deed]}</h2>
    <ul>
      {deed === 'new' && <li>{t.audience.page}</li>}
      {mayMove && <li>{t.audience.newDate}</li>}
      <li>{directorySentence(audience, deed, t)}</li>
      <li>
        {audience.followers === 0
          ? t.audience.nobodyFollows
          : t.audience.followers[deed](audience.followers)}
      </li>
      {deed !== 'change' && <li>{t.audience.copies[deed]}</li>}
    </ul>
  </section>
)

function directorySentence(
  { directory }: CafeAudience,
  deed: Deed,
  { audience: texts }: Messages,
): string {
  if (directory === 'none') return texts.noDirectory[deed]
  if (directory === 'own') return texts.ownDirectory[deed]
  return texts.directory[deed](directory.joined)
}

/**
 * The very words that leave: announcements are in French, whoever reads this page. `before` is the café as it was
 * announced, for a change: one that followers are told of shows the message that they get.
 */
export const SeenElsewhere = ({ cafe, before, t }: { cafe: Cafe; before?: Cafe; t: Messages }) => (
  <>
    {before && isNewsForFollowers(before, cafe) && (
      <MessagePreview
        caption={t.audience.told}
        {...changeMessage(knownStateOf(before), cafe)}
        url={cafe.url}
        t={t}
      />
    )}
    <MessagePreview
      caption={t.audience.seen}
      title={announcedTitle(cafe)}
      lines={announcedLines(cafe)}
      t={t}
    />
  </>
)

type MessagePreviewProps = {
  caption: string
  title: string
  lines: readonly string[]
  /** The address that ends it. */
  url?: string
  t: Messages
}

const MessagePreview = ({ caption, title, lines, url, t }: MessagePreviewProps) => (
  <figure class="seen-elsewhere">
    <figcaption>{caption}</figcaption>
    <p lang={userTextLang({}, t)}>
      <strong>{title}</strong>
    </p>
    <p lang={userTextLang({}, t)}>
      {[...lines, ...(url ? [url] : [])].map((line) => (
        <span class="line">{line}</span>
      ))}
    </p>
  </figure>
)
