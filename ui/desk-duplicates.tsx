import { type Cafe, startsAtPlace } from '../node/domain/cafe.ts'
import { clock, shortDate } from '../node/domain/date-words.ts'
import type { DuplicateReason } from '../node/domain/duplicate.ts'
import { DeskLayout, type FlashKey } from './desk-layout.tsx'
import { CsrfInput } from './fields.tsx'
import { paths } from './paths.ts'
import type { DeskSession, Site } from './site.ts'
import { type Strings, stringsFor } from './strings.ts'

type Pair = { hidden: Cafe; shown: Cafe; reason: DuplicateReason | undefined }

/** POST `/administration/doublons`: `csrf`, `one`, `other`, `decision` (`deux` or `un`). */
export type DuplicatesPageProps = {
  site: Site
  session: DeskSession
  folded: Pair[]
  apart: Pair[]
  flash?: FlashKey | undefined
}

export function DuplicatesPage({ site, session, folded, apart, flash }: DuplicatesPageProps) {
  const t = stringsFor(site.lang)
  const w = t.duplicates
  const shared = { csrf: session.csrf, t }
  return (
    <DeskLayout
      title={w.title}
      site={site}
      session={session}
      current={paths.duplicates}
      flash={flash}
    >
      <h1>{w.title}</h1>
      <p class="lead">{w.lead}</p>
      <section aria-labelledby="replies">
        <h2 id="replies">{w.folded}</h2>
        {folded.length === 0 ? (
          <p>{w.none}</p>
        ) : (
          <Pairs pairs={folded} decision="deux" {...shared} />
        )}
      </section>
      {apart.length > 0 && (
        <section aria-labelledby="distincts">
          <h2 id="distincts">{w.apart}</h2>
          <Pairs pairs={apart} decision="un" {...shared} />
        </section>
      )}
    </DeskLayout>
  )
}

type PairsProps = { pairs: Pair[]; decision: 'deux' | 'un'; csrf: string; t: Strings }

const Pairs = ({ pairs, decision, csrf, t }: PairsProps) => {
  const w = t.duplicates
  const isFolded = decision === 'deux'
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{w.shown}</th>
          <th scope="col">{isFolded ? w.hidden : w.shown}</th>
          {isFolded && <th scope="col">{w.why}</th>}
          <th scope="col">{w.action}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ hidden, shown, reason }) => (
          <tr>
            <td data-label={w.shown}>
              <Announcement cafe={shown} t={t} />
            </td>
            <td data-label={isFolded ? w.hidden : w.shown}>
              <Announcement cafe={hidden} t={t} />
            </td>
            {isFolded && <td data-label={w.why}>{reason && w.reason[reason]}</td>}
            <td data-label={w.action}>
              <form method="post" action={paths.duplicates}>
                <CsrfInput csrf={csrf} />
                <input type="hidden" name="one" value={hidden.id} />
                <input type="hidden" name="other" value={shown.id} />
                <button type="submit" class="button quiet" name="decision" value={decision}>
                  {isFolded ? w.areTwo : w.areOne}
                  <span class="unseen">{w.about(shown.title, hidden.title)}</span>
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Announcement = ({ cafe, t }: { cafe: Cafe; t: Strings }) => {
  const start = startsAtPlace(cafe)
  return (
    <div>
      <a href={cafe.url}>{cafe.title}</a>
      <br />
      <small>
        {shortDate(start, t.lang)}, {clock(start, t.lang)} · {cafe.venue?.commune} ·{' '}
        {cafe.organizer.name}
      </small>
    </div>
  )
}
