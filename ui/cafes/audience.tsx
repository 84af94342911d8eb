import { announcedLines, announcedTitle } from '../../node/domain/cafes/announcement-text.ts'
import { type Cafe, isNewsForFollowers } from '../../node/domain/cafes/cafe.ts'
import { changeMessage, knownStateOf } from '../../node/domain/cafes/change-message.ts'
import type { CafeCirculation, DirectoryStanding } from '../../node/domain/cafes/circulation.ts'
import { Link } from '../components/link.tsx'
import { UserText, userTextLang } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** Who is told of a café of this site. */
export type CafeAudience = {
  /** The number of accounts that follow the site. */
  followers: number
  /**
   * The directories that the site is in, or asked to be in (`asked`); of the former, those that do not answer at present
   * (`silent`) and those that do not show this café (`hiding`). `own`: this site is a directory itself.
   */
  directories: readonly { name: string; state: 'joined' | 'silent' | 'hiding' | 'asked' }[] | 'own'
  /** Whether nothing leaves this site until a person decides, since a restore. */
  isHeld?: boolean | undefined
}

/** Returns whether anybody is told of what is done now. */
export const hasAudience = ({ followers, directories, isHeld }: CafeAudience): boolean =>
  !isHeld &&
  (followers > 0 || directories === 'own' || directories.some(({ state }) => state === 'joined'))

/** What is about to be done with a café. */
type Deed = 'new' | 'change' | 'removal'

type CafeAudienceProps = {
  audience: CafeAudience
  deed: Deed
  /** Whether the change is a cancellation. */
  isCancelled?: boolean | undefined
  /** Whether the form may change the date. */
  mayMove?: boolean | undefined
  /** What is said of the pages of a series, in the place of that of one café. */
  season?: readonly string[] | undefined
  t: Messages
}

/** Says, before the click, what it does and who will see it. */
export const WhatWillHappen = ({
  audience,
  deed,
  isCancelled,
  mayMove,
  season,
  t,
}: CafeAudienceProps) => (
  <section class="panel consequences" aria-labelledby="ensuite">
    <h2 id="ensuite">{t.audience.title[isCancelled ? 'cancellation' : deed]}</h2>
    <ul>
      {season?.map((sentence) => (
        <li>{sentence}</li>
      ))}
      {deed === 'new' && !season && <li>{t.audience.page}</li>}
      {mayMove && <li>{t.audience.newDate}</li>}
      {audience.isHeld && <li>{t.audience.held}</li>}
      {directorySentences(audience, deed, t).map((sentence) => (
        <li>{sentence}</li>
      ))}
      <li>
        {audience.followers === 0
          ? t.audience.nobodyFollows
          : t.audience.followers[deed](audience.followers)}
      </li>
      {deed !== 'change' && <li>{t.audience.copies[deed]}</li>}
    </ul>
  </section>
)

function directorySentences(
  { directories }: CafeAudience,
  deed: Deed,
  { audience: texts }: Messages,
): string[] {
  if (directories === 'own') return [texts.ownDirectory[deed]]
  if (directories.length === 0) return [texts.noDirectory[deed]]
  return directories.map(({ name, state }) =>
    state === 'joined' ? texts.directory[deed](name) : texts.otherDirectory[state](name),
  )
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

/** The words of a message before it is sent. */
export const MessagePreview = ({ caption, title, lines, url, t }: MessagePreviewProps) => (
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

type CirculationProps = {
  cafe: Pick<Cafe, 'id' | 'url'>
  circulation: CafeCirculation
  /** Whether everybody may open the café's page here. */
  isOpen: boolean
  /** Whether the reader may open the page of the network. */
  isAdministrator: boolean
  t: Messages
}

/** Lists where a café of ours is shown and who was told of it as it is now, or is still to be. */
export function Circulation({ cafe, circulation, isOpen, isAdministrator, t }: CirculationProps) {
  const texts = t.cafeStatus.circulation
  const { directories, feeds, sending, unreached, alerts } = circulation
  const isSettled = sending === 'sent' || sending === 'later'
  return (
    <ul class="circulation">
      <li class={isOpen ? 'is-done' : undefined}>
        {isOpen ? texts.page : texts.pageClosed}{' '}
        <Link class="address" href={paths.cafe(cafe.id)}>
          {cafe.url}
        </Link>
      </li>
      {directories === 'own' ? (
        <li class={isOpen ? 'is-done' : undefined}>{isOpen ? texts.here : texts.hereClosed}</li>
      ) : (
        directories.map((standing) => <Directory standing={standing} t={t} />)
      )}
      {directories.length === 0 && <li>{texts.nowhere}</li>}
      <li class={sending === 'sent' && circulation.followers > 0 ? 'is-done' : undefined}>
        {circulation.followers === 0
          ? texts.nobodyFollows
          : texts.followers[sending](circulation.followers)}
      </li>
      {feeds
        .filter(({ followers }) => followers > 0)
        .map(({ title, followers, state }) => (
          <li class={state === 'told' && isSettled ? 'is-done' : undefined}>
            {texts.feed[isSettled || state !== 'told' ? state : sending](title, followers)}
          </li>
        ))}
      {sending !== 'sent' && sending !== 'later' && circulation.followers === 0 && (
        <li>{texts.others[sending]}</li>
      )}
      {unreached.length > 0 && (
        <li>
          {texts.unreached(unreached.length)}{' '}
          {isAdministrator ? (
            <Link href={paths.network}>{unreached.join(', ')}</Link>
          ) : (
            unreached.join(', ')
          )}
        </li>
      )}
      {alerts > 0 && <li>{texts.alerts(alerts)}</li>}
    </ul>
  )
}

const Directory = ({ standing, t }: { standing: DirectoryStanding; t: Messages }) => {
  const { name, outcome, reason } = standing
  return (
    <li class={outcome === 'shown' ? 'is-done' : undefined}>
      {t.cafeStatus.circulation.directory[outcome](name)}
      {reason !== undefined && (
        <>
          {' '}
          <UserText t={t}>{t.admin.home.reasonGiven(reason)}</UserText>
        </>
      )}
    </li>
  )
}
