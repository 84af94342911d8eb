import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { type DuplicateReason, MOST_PAIRS } from '../../node/domain/cafes/duplicate.ts'
import { clock, shortDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage } from '../admin/list.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type Pair = { one: Cafe; other: Cafe; reason: DuplicateReason | undefined }

/** What was decided of pairs: nothing yet, that one of them is shown for both, or that they are two. */
export const PAIR_STATE_NAMES = {
  suspected: 'a-examiner',
  folded: 'replies',
  apart: 'distincts',
} as const
type PairState = keyof typeof PAIR_STATE_NAMES

/**
 * GET `/administration/doublons`: `etat` · `page`. POST the same: `csrf`, `one`, `other`, and `shown` (the one to show)
 * where they are the same café.
 */
export type DuplicatesPageProps = AdminProps & {
  state: PairState
  counts: Record<PairState, number>
  found: ListPage<Pair>
}

export function DuplicatesPage({
  site,
  session,
  state,
  counts,
  found,
  flash,
}: DuplicatesPageProps) {
  const t = messagesFor(site.lang)
  const w = t.duplicates
  const { csrf } = session
  const [first, second] = state === 'folded' ? [w.shown, w.hidden] : [w.one, w.other]
  return (
    <AdminPage
      title={w.title}
      lead={w.lead}
      {...{ site, session, flash }}
      current={paths.duplicates}
    >
      {counts[state] === MOST_PAIRS && <p>{w.first(MOST_PAIRS)}</p>}
      <List
        path={paths.duplicates}
        states={{ names: PAIR_STATE_NAMES, labels: w, counts }}
        query={{ state, words: '' }}
        texts={{ states: w.title, none: w.none }}
        isUnnamed
        columns={[
          [first, (pair) => <Announcement cafe={pair.one} t={t} />],
          [second, (pair) => <Announcement cafe={pair.other} t={t} />],
          state !== 'apart' && [w.why, (pair) => pair.reason && w.reason[pair.reason]],
          [w.action, (pair) => <Decision pair={pair} kind={state} csrf={csrf} t={t} />],
        ]}
        bulk={
          state === 'apart'
            ? undefined
            : {
                ...{ path: paths.manyDuplicates, csrf },
                acts: [['distincts', t.admin.bulk.duplicates.apart]],
                itemOf: ({ one, other }) => ({
                  ...{ id: one.id, version: other.id },
                  name: `${one.title}, ${other.title}`,
                }),
              }
        }
        {...{ found, t }}
      />
    </AdminPage>
  )
}

type DecisionProps = { pair: Pair; kind: PairState; csrf: string; t: Messages }

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
