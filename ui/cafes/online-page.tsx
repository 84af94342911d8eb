import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { AdminLayout, type FlashKey } from '../admin/layout.tsx'
import { Link } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { placeOf } from './card.tsx'

export type OnlinePageProps = {
  site: Site
  session: AdminSession
  cafe: Cafe
  /** What each directory that we joined answered just now; at a directory, itself. */
  directories: readonly { name: string; outcome: 'shown' | 'missing' | 'silent' }[] | 'own'
  followers: number
  flash?: FlashKey | undefined
}

/** After publishing: where the café is, as its directories say themselves, and what one does next. */
export function OnlinePage(props: OnlinePageProps) {
  const { site, session, cafe, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.cafeStatus.online
  const isOnline = cafe.publication === 'published'
  const title = isOnline ? texts.title : texts.titleWaits
  return (
    <AdminLayout
      title={title}
      site={site}
      session={session}
      current={paths.adminCafes}
      flash={flash}
    >
      <div class="narrow">
        <h1>{title}</h1>
        <p class="panel">
          <strong>
            <UserText cafe={cafe} t={t}>
              {cafe.title}
            </UserText>
          </strong>
          <span class="line">{whenAndWhere(cafe, t)}</span>
        </p>
        {isOnline && <Places {...props} t={t} />}
        {isOnline && <Telling cafe={cafe} t={t} />}
        <Next cafe={cafe} t={t} />
      </div>
    </AdminLayout>
  )
}

/** What was put off has no day; what is cancelled says so before its own. */
function whenAndWhere(cafe: Cafe, t: Messages): string {
  if (cafe.status === 'postponed' || cafe.isUndated)
    return `${t.cafe.dateToCome}, ${placeOf(cafe, t)}`
  const start = startsAtPlace(cafe)
  const when = t.admin.home.dayAndTime(longDate(start, t.lang), clock(start, t.lang))
  const state = cafe.status === 'cancelled' ? t.cafe.state.cancelled : ''
  return `${state}${sentenceCase(when)}, ${placeOf(cafe, t)}`
}

const Places = ({ cafe, directories, followers, t }: OnlinePageProps & { t: Messages }) => (
  <section aria-labelledby="montre">
    <h2 id="montre">{t.cafeStatus.online.where}</h2>
    <ul>
      <li>
        {t.cafeStatus.online.page}{' '}
        <Link class="address" href={paths.cafe(cafe.id)}>
          {cafe.url}
        </Link>
      </li>
      {directories === 'own' ? (
        <li>{t.cafeStatus.online.here}</li>
      ) : (
        directories.map(({ name, outcome }) => <li>{t.cafeStatus.online[outcome](name)}</li>)
      )}
      {directories.length === 0 && <li>{t.cafeStatus.online.nowhere}</li>}
      {followers > 0 && <li>{t.cafeStatus.online.followers(followers)}</li>}
    </ul>
  </section>
)

function Telling({ cafe, t }: { cafe: Cafe; t: Messages }) {
  const lines = [cafe.title, whenAndWhere(cafe, t), cafe.url]
  return (
    <section aria-labelledby="dire">
      <h2 id="dire">{t.cafeStatus.online.tell}</h2>
      <p>
        <label for="message">{t.cafeStatus.online.message}</label>
        <textarea id="message" rows={5} readonly>
          {lines.join('\n')}
        </textarea>
      </p>
      <p>
        <Link href={paths.cafeCode(cafe.id)}>{t.cafeStatus.online.code}</Link>
      </p>
    </section>
  )
}

/** What changes the café, the gentlest first: deleting weighs less than saying what becomes of it. */
const Next = ({ cafe, t }: { cafe: Cafe; t: Messages }) => {
  const texts = t.cafeStatus.online
  return (
    <>
      <h2>{texts.next}</h2>
      <p class="buttons">
        <Link class="button" href={paths.copyCafe(cafe.id)}>
          {texts.again}
        </Link>
        <Link class="button quiet" href={paths.newCafe}>
          {texts.another}
        </Link>
      </p>
      <h2>{texts.changes}</h2>
      <ul>
        <li>
          <Link href={`${paths.editCafe(cafe.id)}#date`}>{texts.newDate}</Link>
          {cafe.publication === 'published' && <span class="line">{texts.newDateMeans}</span>}
        </li>
        {cafe.publication === 'published' && (
          <li>
            <Link href={paths.cafeSituation(cafe.id)}>{texts.other}</Link>
          </li>
        )}
        <li>
          <Link href={paths.editCafe(cafe.id)}>{texts.correct}</Link>
        </li>
      </ul>
      <p class="fine">
        {cafe.publication === 'published' && texts.remove}{' '}
        <Link href={paths.deleteCafe(cafe.id)}>{texts.removeLink}</Link>
      </p>
    </>
  )
}
