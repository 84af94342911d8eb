import { momentText } from '../../node/domain/values/date-text.ts'
import { CardTable } from '../components/card-table.tsx'
import { PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'

/** What a directory has of one café, of the structure or of a network, compared with what is here. */
export type ComparedVersion = {
  noun: 'cafe' | 'structure' | 'network'
  id: string
  title: string
  /** When the café takes place. */
  when?: string
  directory: string
  reason: 'both' | 'key' | 'clock'
  updatedAt: Temporal.Instant
  /** Whether it is on this site, as all but cafés are. */
  isHere: boolean
  /** The version that is shown of this site; empty where the café is not here. */
  seen: string
  /** What differs, in words. */
  differences: readonly { label: string; here: string; there: string }[]
}

/**
 * POST to `paths.otherVersions`: `csrf`, `type`, `id`, `vu` and `choix` = `ici` | the host of a directory; `oui` confirms
 * that a café which is not here is deleted.
 */
export type OtherVersionsPageProps = AdminProps & {
  items: readonly ComparedVersion[]
  total: number
  /** Whether what was chosen for has changed meanwhile. */
  isStale?: boolean
}

/** Shows both versions of what a restored site and a directory have, of which the team chooses one. */
export function OtherVersionsPage(props: OtherVersionsPageProps) {
  const { site, session, items, total, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.restored.versions
  return (
    <AdminPage
      title={texts.title}
      lead={total === 0 ? texts.none : texts.lead}
      {...{ site, session, flash }}
      current={paths.backups}
      back={{ href: paths.backups, label: t.safety.backups.title }}
    >
      {props.isStale && <p class="notice">{texts.stale}</p>}
      {items.map((item) => (
        <Comparison {...item} {...{ session, t }} />
      ))}
      {total > items.length && <p>{texts.first(items.length)}</p>}
    </AdminPage>
  )
}

type ComparisonProps = ComparedVersion & { session: AdminSession; t: Messages }

const Comparison = ({ session, t, ...item }: ComparisonProps) => {
  const texts = t.restored.versions
  const { noun, when, directory, reason, isHere, differences } = item
  const kind = when ?? texts.nouns[noun]
  return (
    <section class="panel" aria-label={`${item.title}, ${kind} (${directory})`}>
      <h2>
        <UserText t={t}>{item.title}</UserText>
      </h2>
      <p>{kind}</p>
      <p>{texts.reasons[reason](directory, momentText(item.updatedAt, t.lang))}</p>
      {!isHere && <p>{texts.missing}</p>}
      {isHere && differences.length === 0 && <p>{texts.same}</p>}
      {differences.length > 0 && (
        <CardTable
          rows={differences}
          columns={[
            [texts.field, ({ label }) => label],
            isHere && [texts.here, ({ here }) => here || texts.nothing],
            [texts.there, ({ there }) => there || texts.nothing],
          ]}
        />
      )}
      <div class="buttons">
        <Choice {...item} session={session} choice={directory}>
          {isHere ? texts.take(directory) : texts.bring}
        </Choice>
        <Choice {...item} session={session} choice="ici" isQuiet>
          {isHere ? texts.keep : texts.erase}
        </Choice>
      </div>
    </section>
  )
}

type ChoiceProps = Pick<ComparedVersion, 'noun' | 'id' | 'seen'> & {
  session: AdminSession
  choice: string
  isQuiet?: boolean
  children?: string
}

const Choice = ({ session, noun, id, seen, choice, isQuiet, children }: ChoiceProps) => (
  <PostForm csrf={session.csrf} action={paths.otherVersions} class="inline">
    <input type="hidden" name="type" value={noun} />
    <input type="hidden" name="id" value={id} />
    <input type="hidden" name="vu" value={seen} />
    <input type="hidden" name="choix" value={choice} />
    <button type="submit" class={isQuiet ? 'button quiet' : 'button'}>
      {children}
    </button>
  </PostForm>
)
