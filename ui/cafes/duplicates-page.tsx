import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { type DuplicateReason, MOST_PAIRS } from '../../node/domain/cafes/duplicate.ts'
import { clock, shortDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { CardTable } from '../components/card-table.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type Pair = { one: Cafe; other: Cafe; reason: DuplicateReason | undefined }

/**
 * POST `/administration/doublons`: `csrf`, `one`, `other`, and `shown` (the one to show) where they are the same café.
 */
export type DuplicatesPageProps = AdminProps & {
  /** Pairs that may be the same café; both are shown. */
  suspected: Pair[]
  folded: Pair[]
  apart: Pair[]
}

export function DuplicatesPage({
  site,
  session,
  suspected,
  folded,
  apart,
  flash,
}: DuplicatesPageProps) {
  const t = messagesFor(site.lang)
  const w = t.duplicates
  const shared = { csrf: session.csrf, t }
  return (
    <AdminPage
      title={w.title}
      lead={w.lead}
      {...{ site, session, flash }}
      current={paths.duplicates}
    >
      <section aria-labelledby="peut-etre">
        <h2 id="peut-etre">{w.suspected}</h2>
        {suspected.length === 0 ? (
          <p>{w.none}</p>
        ) : (
          <Pairs pairs={suspected} kind="suspected" {...shared} />
        )}
      </section>
      {folded.length > 0 && (
        <section aria-labelledby="replies">
          <h2 id="replies">{w.folded}</h2>
          <Pairs pairs={folded} kind="folded" {...shared} />
        </section>
      )}
      {apart.length > 0 && (
        <section aria-labelledby="distincts">
          <h2 id="distincts">{w.apart}</h2>
          <Pairs pairs={apart} kind="apart" {...shared} />
        </section>
      )}
    </AdminPage>
  )
}

type Kind = 'suspected' | 'folded' | 'apart'
type PairsProps = { pairs: Pair[]; kind: Kind; csrf: string; t: Messages }

const Pairs = (props: PairsProps) => (
  <>
    {props.pairs.length === MOST_PAIRS && <p>{props.t.duplicates.first(MOST_PAIRS)}</p>}
    <PairTable {...props} />
  </>
)

const PairTable = ({ pairs, kind, csrf, t }: PairsProps) => {
  const w = t.duplicates
  const [first, second] = kind === 'folded' ? [w.shown, w.hidden] : [w.one, w.other]
  return (
    <CardTable
      rows={pairs}
      isUnnamed
      columns={[
        [first, (pair) => <Announcement cafe={pair.one} t={t} />],
        [second, (pair) => <Announcement cafe={pair.other} t={t} />],
        kind !== 'apart' && [w.why, (pair) => pair.reason && w.reason[pair.reason]],
        [w.action, (pair) => <Decision pair={pair} kind={kind} csrf={csrf} t={t} />],
      ]}
    />
  )
}

type DecisionProps = { pair: Pair; kind: Kind; csrf: string; t: Messages }

const Decision = ({ pair: { one, other }, kind, csrf, t }: DecisionProps) => {
  const w = t.duplicates
  const about = <span class="unseen">{w.about(one.title, other.title)}</span>
  // One of our own cafés is always shown at its address; only another server's can be hidden in favour of the other.
  const choices = [
    { shown: one, steps: other },
    { shown: other, steps: one },
  ].filter(({ steps }) => steps.peerId !== undefined)
  return (
    <PostForm csrf={csrf} action={paths.duplicates}>
      <input type="hidden" name="one" value={one.id} />
      <input type="hidden" name="other" value={other.id} />
      <div class="buttons">
        {kind !== 'apart' && (
          <button type="submit" class="button quiet">
            {w.areTwo}
            {about}
          </button>
        )}
        {kind !== 'folded' &&
          choices.map(({ shown }) => (
            <button type="submit" class="button quiet" name="shown" value={shown.id}>
              {w.areOne(new URL(shown.uri).host, organizerNameOf(shown))}
              {about}
            </button>
          ))}
      </div>
    </PostForm>
  )
}

const Announcement = ({ cafe, t }: { cafe: Cafe; t: Messages }) => {
  const start = startsAtPlace(cafe)
  return (
    <div>
      <Link href={cafe.url}>{cafe.title}</Link>
      <br />
      <small>
        {shortDate(start, t.lang)}, {clock(start, t.lang)} · {cafe.venue?.commune} ·{' '}
        {organizerNameOf(cafe)}
      </small>
    </div>
  )
}
