import { momentText } from '../../node/domain/values/date-text.ts'
import { CardTable } from '../components/card-table.tsx'
import { PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'

/** What a directory has of one café, compared with what is here. */
export type ComparedVersion = {
  cafeId: string
  title: string
  when: string
  directory: string
  reason: 'both' | 'key' | 'clock'
  updatedAt: Temporal.Instant
  /** Whether the café is on this site. */
  isHere: boolean
  /** The version that is shown of this site (`versionOfCafe`); empty where the café is not here. */
  seen: string
  /** What differs, in words. */
  differences: readonly { label: string; here: string; there: string }[]
}

/**
 * POST to `paths.otherVersions`: `csrf`, `cafe`, `vu` and `choix` = `ici` | the host of a directory; `oui` confirms that a
 * café which is not here is deleted.
 */
export type OtherVersionsPageProps = AdminProps & {
  items: readonly ComparedVersion[]
  total: number
  /** Whether the café that was chosen for has changed meanwhile. */
  isStale?: boolean
}

/** Shows both versions of each café that a restored site and a directory have, of which the team chooses one. */
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
  const { directory, reason, isHere, differences } = item
  return (
    <section class="panel" aria-label={`${item.title}, ${item.when} (${directory})`}>
      <h2>
        <UserText t={t}>{item.title}</UserText>
      </h2>
      <p>{item.when}</p>
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

type ChoiceProps = Pick<ComparedVersion, 'cafeId' | 'seen'> & {
  session: AdminSession
  choice: string
  isQuiet?: boolean
  children?: string
}

const Choice = ({ session, cafeId, seen, choice, isQuiet, children }: ChoiceProps) => (
  <PostForm csrf={session.csrf} action={paths.otherVersions} class="inline">
    <input type="hidden" name="cafe" value={cafeId} />
    <input type="hidden" name="vu" value={seen} />
    <input type="hidden" name="choix" value={choice} />
    <button type="submit" class={isQuiet ? 'button quiet' : 'button'}>
      {children}
    </button>
  </PostForm>
)
