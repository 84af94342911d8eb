import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { LegalGap } from '../../node/domain/structures/legal-notice.ts'
import { clock, dayHeading } from '../../node/domain/values/date-text.ts'
import { VersionInput } from '../cafes/action-pages.tsx'
import {
  CalendarIcon,
  GlobeIcon,
  HiddenIcon,
  MailIcon,
  PageIcon,
  PenIcon,
  TeamIcon,
} from '../components/icons.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

type ToDoKind = keyof Messages['admin']['home']['todo']

/** One item that waits for a person; the list shows it with the action to take. */
export type ToDo =
  | { kind: 'confirm'; cafe: Cafe }
  | { kind: 'legal'; gaps: readonly LegalGap[] }
  | {
      kind: Exclude<ToDoKind, 'confirm' | 'legal'>
      count: number
      href: string
      /** The title or name that the item is about, where there is one. */
      name?: string | undefined
      /** The address to which a form ends the item, where one button can; the link then leads to more. */
      end?: string | undefined
      /** The directory that did it, and its reason, which may be empty. */
      by?: string | undefined
      reason?: string | undefined
    }

/** Counts the things that one row stands for. */
export const countOf = (item: ToDo): number => ('count' in item ? item.count : 1)

/** Counts what waits. */
export const countThings = (items: readonly ToDo[]): number =>
  items.reduce((sum, item) => sum + countOf(item), 0)

type ToDoListProps = {
  items: readonly ToDo[]
  session: AdminSession
  now: Temporal.Instant
  t: Messages
}

/** Lists what waits; only the first item has a filled button. It is empty when nothing waits. */
export const ToDoList = ({ items, session, now, t }: ToDoListProps) =>
  items.length === 0 ? null : (
    <section class="admin-part" aria-labelledby="a-faire">
      <h2 id="a-faire">
        {t.admin.home.toDo} <span class="count">({countThings(items)})</span>
      </h2>
      <ul class="rows">
        {items.map((item, index) => {
          const isFirst = index === 0
          if (item.kind === 'confirm')
            return <ConfirmRow cafe={item.cafe} {...{ session, now, isFirst, t }} />
          if (item.kind === 'legal') return <LegalRow gaps={item.gaps} {...{ session, t }} />
          return <Row item={item} {...{ session, isFirst, t }} />
        })}
      </ul>
    </section>
  )

type RowProps = {
  item: Exclude<ToDo, { kind: 'confirm' | 'legal' }>
  session: AdminSession
  isFirst: boolean
  t: Messages
}

function Row({ item, session, isFirst, t }: RowProps) {
  const { kind, count, href, end, name = '', by = '', reason } = item
  const texts = t.admin.home.todo[kind]
  const title = texts.title(count, name, by)
  const why = texts.why(count, name)
  const about = (
    <span class="unseen">
      {'\u00a0: '}
      {title}
    </span>
  )
  return (
    <li>
      <Mark kind={kind} />
      <div>
        <h3>{title}</h3>
        {reason !== undefined && (
          <p>
            <UserText t={t}>{t.admin.home.reasonGiven(reason)}</UserText>
          </p>
        )}
        {why && <p>{why}</p>}
      </div>
      <div class="do">
        {end && 'end' in texts && (
          <PostForm csrf={session.csrf} action={end} class="inline">
            <button type="submit" class={isFirst ? 'button small' : 'button quiet small'}>
              {texts.end}
              {about}
            </button>
          </PostForm>
        )}
        <Link class={isFirst && !end ? 'button small' : 'button quiet small'} href={href}>
          {texts.action}
          {about}
        </Link>
      </div>
    </li>
  )
}

type ConfirmProps = Omit<ToDoListProps, 'items'> & { cafe: Cafe; isFirst: boolean }

/** The question whether a café takes place, which is answered in the list itself. */
function ConfirmRow({ cafe, session, now, isFirst, t }: ConfirmProps) {
  const { admin, cafeStatus } = t
  const start = startsAtPlace(cafe)
  const today = now.toZonedDateTimeISO(cafe.timezone).toPlainDate()
  const about = <span class="unseen">{admin.home.about(cafe.title)}</span>
  return (
    <li>
      <Mark kind="confirm" />
      <div>
        <h3>{admin.home.todo.confirm.title()}</h3>
        <p>
          <UserText cafe={cafe} t={t}>
            {cafe.title}
          </UserText>
          <span class="line">
            {sentenceCase(dayHeading(start, today, t.lang))}, {clock(start, t.lang)}
          </span>
        </p>
      </div>
      <div class="do">
        <PostForm csrf={session.csrf} action={paths.confirmCafe(cafe.id)} class="inline">
          <VersionInput cafe={cafe} />
          <button type="submit" class={isFirst ? 'button small' : 'button quiet small'}>
            {cafeStatus.confirmation.yes}
            {about}
          </button>
        </PostForm>
        <Link class="button quiet small" href={paths.cafeStatus(cafe.id)}>
          {admin.home.todo.confirm.action}
          {about}
        </Link>
      </div>
    </li>
  )
}

type LegalProps = { gaps: readonly LegalGap[]; session: AdminSession; t: Messages }

/** Says what prevents publishing, with a link for administrators to complete it. */
const LegalRow = ({ gaps, session, t }: LegalProps) => (
  <li>
    <Mark kind="legal" />
    <div>
      <h3>{t.admin.home.todo.legal.title()}</h3>
      <p>{t.admin.home.todo.legal.why(gaps.length)}</p>
      <ul class="links">
        {gaps.map((gap) => (
          <li>
            {session.isAdministrator ? (
              <Link href={gap === 'contact' ? `${paths.place}#phone` : `${paths.settings}#${gap}`}>
                {t.legal.missing.gaps[gap]}
              </Link>
            ) : (
              t.legal.missing.gaps[gap]
            )}
          </li>
        ))}
      </ul>
      {!session.isAdministrator && <p>{t.safety.askAdministrator}</p>}
    </div>
  </li>
)

/** The kinds that prevent a café or have a deadline. */
const URGENT = new Set<ToDoKind>([
  'confirm',
  'moreToConfirm',
  'legal',
  'cutOff',
  'siteState',
  'closed',
  'asking',
  'versions',
  'claimed',
  'restored',
  'recoveries',
  'backup',
  'backupCopy',
  'joinRefused',
  'hiddenElsewhere',
  'joinFailed',
  'flags',
  'appeals',
])

const ICONS: Partial<Record<ToDoKind, typeof GlobeIcon>> = {
  ...{ confirm: CalendarIcon, moreToConfirm: CalendarIcon, postponed: CalendarIcon },
  ...{
    reports: PenIcon,
    legal: PageIcon,
    newsletter: PageIcon,
    duplicates: PageIcon,
    calendars: CalendarIcon,
  },
  ...{
    mails: MailIcon,
    mailsByHand: MailIcon,
    drafts: PenIcon,
    held: HiddenIcon,
    closed: HiddenIcon,
    claimed: HiddenIcon,
    versions: PenIcon,
    hiddenElsewhere: HiddenIcon,
  },
  ...{
    suggestions: CalendarIcon,
    recoveries: TeamIcon,
    requests: TeamIcon,
    proposals: TeamIcon,
    people: TeamIcon,
    networks: TeamIcon,
    networkAnswers: TeamIcon,
  },
}

function Mark({ kind }: { kind: ToDoKind }) {
  const Drawing = ICONS[kind] ?? GlobeIcon
  return (
    <span class={URGENT.has(kind) ? 'mark is-urgent' : 'mark'}>
      <Drawing />
    </span>
  )
}
