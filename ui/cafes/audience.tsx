import { announcedLines, announcedTitle } from '../../node/domain/cafes/announcement-text.ts'
import { type Cafe, isNewsForFollowers } from '../../node/domain/cafes/cafe.ts'
import { changeMessage, knownStateOf } from '../../node/domain/cafes/change-message.ts'
import { userTextLang } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'

/** Who is told of a café of this site. */
export type CafeAudience = {
  /** The number of accounts that follow the site. */
  followers: number
  /** `joined`: the name or host of the directory that the site is in; `own`: this site is a directory itself. */
  directory: { joined: string } | 'own' | 'none'
}

/** What is about to be done with a café. */
type Deed = 'new' | 'change' | 'removal'

type CafeAudienceProps = {
  audience: CafeAudience
  deed: Deed
  /** Whether the change is a cancellation. */
  isCancelled?: boolean | undefined
  /** Whether the form may change the date. */
  mayMove?: boolean | undefined
  t: Messages
}

/** Says, before the click, what it does and who will see it. */
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
 * Shows the exact words of the announcement, in French whatever the language of the page. For a change, `before` is the
 * café as it was announced; where followers are told of the change, their message is shown.
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
  /** The address of the café's page, which ends the message. */
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
