import { clock, momentText, shortDate, sincePast } from '../../node/domain/values/date-text.ts'
import type { Refusal } from '../../node/domain/values/refusal.ts'
import { ActionButton } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, refusalText } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A calendar that the site reads regularly, as the team sees it. */
export type CalendarLine = {
  id: string
  address: string
  publication: 'published' | 'draft'
  dueAt: Temporal.Instant
  /** The time of its last successful reading, and how many cafés it gave. */
  readAt: Temporal.Instant | undefined
  cafes: number
  aside: number
  failingSince: Temporal.Instant | undefined
  fault: Refusal | undefined
  /** Cafés to come that the calendar had, and has no longer. */
  absent: { cafeId: string; title: string; startsAt: Temporal.ZonedDateTime }[]
  isDoubtful: boolean
}

type Props = { calendars: CalendarLine[]; csrf: string; now: Temporal.Instant; t: Messages }

export const FollowedCalendars = ({ calendars, ...shown }: Props) =>
  calendars.length === 0 ? null : (
    <>
      <h2 id="agendas">{shown.t.admin.import.followed.heading}</h2>
      {calendars.map((calendar) => (
        <Calendar calendar={calendar} {...shown} />
      ))}
    </>
  )

type CalendarProps = Omit<Props, 'calendars'> & { calendar: CalendarLine }

function Calendar({ calendar, csrf, now, t }: CalendarProps) {
  const texts = t.admin.import.followed
  const { id, address, readAt } = calendar
  return (
    <section class="panel">
      <h3 class="address">{address.replace(/^https?:\/\//, '')}</h3>
      <p>
        {readAt
          ? texts.read(momentWords(readAt, now, t), calendar.cafes, calendar.aside)
          : calendar.fault === undefined && texts.notYet}{' '}
        {texts.publication[calendar.publication]}
      </p>
      <Fault calendar={calendar} now={now} t={t} />
      <Absent calendar={calendar} csrf={csrf} t={t} />
      <div class="buttons">
        <ActionButton action={paths.readCalendar(id)} csrf={csrf} quiet>
          {texts.readNow}
        </ActionButton>
        <PostForm csrf={csrf} action={paths.import} enctype="multipart/form-data">
          <input type="hidden" name="url" value={address} />
          <button type="submit" class="button quiet small">
            {texts.details}
          </button>
        </PostForm>
        <Link href={paths.unfollowCalendar(id)}>{texts.stop}</Link>
      </div>
    </section>
  )
}

type PartProps = Pick<CalendarProps, 'calendar' | 't'>

function Fault({ calendar, now, t }: PartProps & { now: Temporal.Instant }) {
  const { fault, failingSince, dueAt } = calendar
  const texts = t.admin.import.followed
  if (!fault || !failingSince) return null
  return (
    <div class="notice">
      <p>
        <strong>{texts.failing(sincePast(failingSince, now, t.lang))}</strong>{' '}
        {refusalText(fault, t.lang)}
      </p>
      <p>{texts.stays(momentWords(dueAt, now, t))}</p>
    </div>
  )
}

function Absent({ calendar, csrf, t }: PartProps & { csrf: string }) {
  const { id, absent, isDoubtful } = calendar
  const texts = t.admin.import.followed
  if (absent.length === 0) return null
  return (
    <details class={isDoubtful ? 'notice' : undefined} open={isDoubtful}>
      <summary>{texts.missing(absent.length)}</summary>
      <p>{isDoubtful ? texts.doubtful : texts.soon}</p>
      <ul>
        {absent.map(({ cafeId, title, startsAt }) => (
          <li>
            <Link href={paths.cafe(cafeId)}>
              <UserText t={t}>{title}</UserText>
            </Link>
            {`, ${shortDate(startsAt, t.lang)}`}
          </li>
        ))}
      </ul>
      <div class="buttons">
        <PostForm csrf={csrf} action={paths.absentCafes(id)}>
          <input type="hidden" name="decision" value="keep" />
          <button type="submit" class="button quiet">
            {texts.keepThem}
          </button>
        </PostForm>
        <Link href={paths.absentCafes(id)}>{texts.cancelThem}</Link>
      </div>
    </details>
  )
}

/** Returns `à 14 h 02` for today, otherwise `le 27 novembre 2026, 14 h 02`, in the time zone of Paris. */
function momentWords(at: Temporal.Instant, now: Temporal.Instant, t: Messages): string {
  const texts = t.admin.import.followed
  const [local, today] = [at, now].map((each) => each.toZonedDateTimeISO('Europe/Paris'))
  return local && today?.toPlainDate().equals(local.toPlainDate())
    ? texts.at(clock(local, t.lang))
    : texts.on(momentText(at, t.lang))
}
