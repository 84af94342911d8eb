import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { clock, longDate, relativePast } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { OtherWorkspaces } from '../admin/other-workspaces.tsx'
import { CafeActions, DayBlock, Standing } from '../cafes/admin-list.tsx'
import { placeOf } from '../cafes/card.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { countThings, type ToDo, ToDoList } from './to-do.tsx'

export type AdminHomePageProps = AdminProps & {
  /** Everything that waits for this person, from every source. */
  toDo: readonly ToDo[]
  /** The next few of our own cafés that have a date. */
  cafes: readonly Cafe[]
  /** The numbers of our own cafés. */
  counts: { upcoming: number; past: number; all: number }
  /** The café that was announced last. */
  last?: Cafe | undefined
  followers: number
  /** At a node: the directories that show its cafés; at a directory: the number of its members. */
  network:
    | {
        directories: { name: string; lastSeenAt: Temporal.Instant | undefined }[]
        isAlone: boolean
      }
    | { members: number }
  /** The progress of the first run, until it is finished. */
  onboarding?: { done: number; total: number } | undefined
  /** Whether there is only one administrator; the page then suggests to invite a second one. */
  alone?: boolean | undefined
  /** The other places where this person works. */
  workspaces?: NavLink[] | undefined
  now: Temporal.Instant
}

export function AdminHomePage(props: AdminHomePageProps) {
  const { site, session, toDo, cafes, counts, last, network, now, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.home
  const isDirectory = 'members' in network
  return (
    <AdminPage
      title={t.site.layout.admin}
      heading={texts.title(session.name)}
      lead={
        <>
          {(!isDirectory || cafes.length > 0) && <>{nextSentence(cafes[0], t)} </>}
          <strong>{waitingSentence(props, t)}</strong>
          {isDirectory && <> {texts.members(network.members)}</>}
        </>
      }
      buttons={
        <>
          {isDirectory && session.isAdministrator && (
            <Link class="button" href={`${paths.network}#invitations`}>
              {texts.inviteSite}
            </Link>
          )}
          <Link class={isDirectory ? 'button quiet' : 'button'} href={paths.newCafe}>
            {texts.announce}
          </Link>
          {last && (
            <Link class="button quiet" href={paths.copyCafe(last.id)}>
              {texts.copyLast}
              <span class="unseen">{texts.about(last.title)}</span>
            </Link>
          )}
        </>
      }
      {...{ site, session, flash }}
      current={paths.admin}
    >
      {props.onboarding && (
        <p>
          <Link href={paths.onboarding}>
            {t.onboarding.resume(props.onboarding.done, props.onboarding.total)}
          </Link>
        </p>
      )}
      <ToDoList items={toDo} session={session} now={now} t={t} />
      {(!isDirectory || counts.all > 0) && <NextCafes {...{ cafes, counts, now, t }} />}
      <Audience {...props} t={t} />
      {props.alone && <SecondPerson t={t} />}
      <OtherWorkspaces workspaces={props.workspaces} t={t} />
    </AdminPage>
  )
}

/** Returns the sentence about what waits; « Rien n’attend » requires that the first run is finished too. */
function waitingSentence({ toDo, onboarding }: AdminHomePageProps, t: Messages): string {
  const texts = t.admin.home
  if (toDo.length > 0) return texts.thingsWait(countThings(toDo))
  return onboarding ? texts.firstStepsWait(onboarding.total - onboarding.done) : texts.nothingWaits
}

function nextSentence(next: Cafe | undefined, t: Messages): string {
  if (!next) return t.admin.home.noNext
  const start = startsAtPlace(next)
  const when = t.admin.home.dayAndTime(longDate(start, t.lang), clock(start, t.lang))
  return t.admin.home.nextCafe(when, next.title)
}

type NextCafesProps = Pick<AdminHomePageProps, 'cafes' | 'counts' | 'now'> & { t: Messages }

function NextCafes({ cafes, counts, now, t }: NextCafesProps) {
  const texts = t.admin.home
  return (
    <section class="admin-part" aria-labelledby="a-venir">
      <div class="part-head">
        <h2 id="a-venir">{texts.yourNext}</h2>
        {counts.all > 0 && (
          <Link href={paths.adminCafes}>{texts.all(counts.upcoming, counts.past)}</Link>
        )}
      </div>
      {cafes.length === 0 ? (
        <p>{counts.all === 0 ? texts.none : texts.noneToCome}</p>
      ) : (
        <ul class="rows of-cafes">
          {cafes.map((cafe) => (
            <CafeRow cafe={cafe} now={now} t={t} />
          ))}
        </ul>
      )}
    </section>
  )
}

type CafeRowProps = { cafe: Cafe; now: Temporal.Instant; t: Messages }

function CafeRow({ cafe, now, t }: CafeRowProps) {
  const start = startsAtPlace(cafe)
  return (
    <li>
      <DayBlock cafe={cafe} now={now} t={t} />
      <div>
        <h3>
          <Link href={paths.cafe(cafe.id)}>
            <UserText cafe={cafe} t={t}>
              {cafe.title}
            </UserText>
          </Link>
        </h3>
        <p>
          {clock(start, t.lang)}, {placeOf(cafe, t)}
        </p>
      </div>
      <Standing cafe={cafe} now={now} t={t} />
      <div class="actions">
        <CafeActions cafe={cafe} now={now} t={t} />
      </div>
    </li>
  )
}

/** Says who sees our cafés elsewhere. */
function Audience({ network, followers, session, t, now }: AdminHomePageProps & { t: Messages }) {
  const texts = t.admin.home
  return (
    <p class="fine">
      {'directories' in network &&
        network.directories.map(({ name, lastSeenAt }) => (
          <span class="line">
            {lastSeenAt && texts.inDirectory(name, relativePast(lastSeenAt, now, t.lang))}
          </span>
        ))}
      {'directories' in network && network.isAlone && (
        <span class="line">
          {texts.noDirectory}{' '}
          {session.isAdministrator && (
            <Link href={`${paths.network}#rejoindre`}>{texts.joinOne}</Link>
          )}
        </span>
      )}
      {followers > 0 && <span class="line">{texts.followers(followers)}</span>}
    </p>
  )
}

/** Suggests a second administrator, since nobody could get in if the only one left. */
const SecondPerson = ({ t }: { t: Messages }) => (
  <section class="panel" aria-labelledby="a-deux">
    <h2 id="a-deux">{t.team.alone}</h2>
    <p>{t.team.aloneWhy}</p>
    <p>
      <Link href={`${paths.team}#inviter`}>{t.team.aloneAction}</Link>
    </p>
  </section>
)
