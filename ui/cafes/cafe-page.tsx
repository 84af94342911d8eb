import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import type { VenueAccess } from '../../node/domain/cafes/venue.ts'
import { ALERT_RADIUS } from '../../node/domain/territories/alert.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import type { CopiedPicture } from '../../node/domain/values/image.ts'
import { webHref } from '../../node/domain/values/web-address.ts'
import { COPY_SCRIPT } from '../components/copy.tsx'
import { Drawn, writeOnce } from '../components/drawn.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { Layout, type LayoutProps } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { oembedLink } from '../components/oembed.ts'
import { PageFlag } from '../components/page-flag.tsx'
import { CopiedPhoto, Photo } from '../components/photo.tsx'
import type { Site } from '../components/site.ts'
import { UserText, userTextLang } from '../components/user-text.tsx'
import { AROUND_A_SCREEN } from '../drawings/around-a-screen.ts'
import { AlertPanel } from '../follow/alert-form.tsx'
import { FollowPanel } from '../follow/panel.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { toPrintedName } from '../locales/typography.ts'
import type { DrawnMap } from '../maps/drawn-map.tsx'
import { paths } from '../paths.ts'
import { placeOf } from './card.tsx'
import { CafeDescription, CafeDetails, type ShownResource, UsedResources } from './details.tsx'
import { CafeFacts, MainAction } from './facts.tsx'
import { confirmedText, isOutOfLists, type Source } from './freshness.tsx'
import { type Nearby, NearbyCafes } from './nearby.tsx'
import { ReportSection, type ShownReport } from './report-section.tsx'
import { NextDates, Rhythm, type ShownSeries } from './series/next-dates.tsx'
import { CalendarHelp, SharePanel } from './share.tsx'
import { isClosed, noticesOf, stateOf } from './state.ts'

export type CafePageProps = {
  site: Site
  cafe: Cafe
  /** The copy of a picture that another server holds. */
  copy?: CopiedPicture | undefined
  /** The access details of a venue that is stored here. */
  access?: VenueAccess | undefined
  now: Temporal.Instant
  /** The server that the café comes from; undefined for our own. */
  source?: Source | undefined
  /** Whether who suggested the café says that it is elsewhere, which the team has not examined yet. */
  isOtherPlaceAsked?: boolean
  /** Other announcements of the same café, which have no page of their own. */
  alsoAnnounced?: readonly Cafe[] | undefined
  /** The people who lead it; a link leads to those who agree to be named by it. */
  facilitators?: readonly { name: string; href?: string | undefined }[] | undefined
  calendarHref: string
  /** The towns around its venue, where its coordinates are known. */
  around?: DrawnMap | undefined
  /** Whether its coordinates are those of its door rather than of its town. */
  isExact?: boolean | undefined
  /** The series of which it is a date. */
  series?: ShownSeries | undefined
  /** Other cafés nearby. */
  nearby?: Nearby | undefined
  /** The address of the search or list that led here. */
  cameFrom?: string | undefined
  /** What its team leads it with. */
  resources?: readonly ShownResource[] | undefined
  /** How it was, once that is told. */
  report?: ShownReport | undefined
  /** The picture for previews of a shared link. */
  picture?: LayoutProps['picture']
  /** The schema.org description for search engines, as the text of a script. */
  structuredData?: string | undefined
  /** The address of the form, only for somebody who may change the café. */
  editHref?: string | undefined
  signedIn?: boolean | undefined
  /** Whether somebody who administers the directory looks at it. */
  mayHide?: boolean | undefined
}

/** Shows a café: the introduction, then date, place and how to take part, then the details. */
export function CafePage(props: CafePageProps) {
  const { access, site, cafe, copy, now, source, calendarHref, picture, structuredData } = props
  const { editHref, around, nearby, signedIn } = props
  const t = messagesFor(site.lang)
  const address = site.origin + paths.cafe(cafe.id)
  const state = stateOf(cafe, now)
  const prefix = state ? t.cafe.state[state] : ''
  const facts = { cafe, state, calendarHref, source, now, t }
  const others = nearby && (
    <NearbyCafes
      nearby={nearby}
      isOwn={site.kind === 'node'}
      isNeeded={isClosed(state) || state === 'full'}
      now={now}
      t={t}
    />
  )
  return (
    <Layout
      title={prefix + cafe.title}
      site={site}
      signedIn={signedIn}
      description={describe(cafe, t)}
      canonical={webHref(cafe.url)}
      alternates={[
        { href: cafe.uri, type: 'application/activity+json' },
        { href: calendarHref, type: 'text/calendar', title: t.site.programs.oneCafe },
        oembedLink(address),
      ]}
      picture={picture}
      scripts={[COPY_SCRIPT]}
      structuredData={structuredData}
      noindex={!isToBeFound(cafe)}
    >
      <WayBack {...props} t={t} />
      <article class="cafe-page">
        <div class="cafe-head">
          <Notice {...props} t={t} />
          {props.series && <Rhythm recurrence={props.series.recurrence} t={t} />}
          <h1>
            {prefix && <span class="state">{prefix}</span>}
            <UserText cafe={cafe} t={t}>
              {cafe.title}
            </UserText>
          </h1>
          {cafe.summary && (
            <p class="lead" lang={userTextLang(cafe, t)}>
              {cafe.summary}
            </p>
          )}
          {editHref && (
            <p>
              <Link href={editHref}>{t.cafe.edit}</Link>
            </p>
          )}
          {state === 'cancelled' && others}
        </div>
        <CafeFacts {...facts} access={access} around={around} isExact={props.isExact ?? false} />
        <div class="cafe-body">
          {cafe.image ? (
            <Photo image={cafe.image} lang={userTextLang(cafe, t)} t={t} />
          ) : copy ? (
            <CopiedPhoto cafeId={cafe.id} copy={copy} lang={userTextLang(cafe, t)} />
          ) : (
            <div class="scene">
              <Drawn drawing={AROUND_A_SCREEN} />
            </div>
          )}
          {props.series && <NextDates series={props.series} current={cafe} now={now} t={t} />}
          {props.report && <ReportSection {...{ cafe, report: props.report, address, t }} />}
          <CafeDescription cafe={cafe} t={t} />
          <CafeDetails cafe={cafe} t={t} />
          <UsedResources resources={props.resources ?? []} t={t} />
          {!isClosed(state) && <FirstTime t={t} />}
          <Host {...props} t={t} />
          <SharePanel cafe={cafe} state={state} t={t} />
          {!isClosed(state) && <CalendarHelp t={t} />}
        </div>
      </article>
      {cafe.publication === 'published' && (
        <PageFlag
          {...{ address, t }}
          kind="cafe"
          hasPicture={cafe.image !== undefined || copy !== undefined}
          mayHide={source && site.kind === 'hub' && props.mayHide && !cafe.hiddenReason}
        />
      )}
      {state !== 'cancelled' && others}
      {site.sendsAlerts && nearby?.all.place && (
        <AlertPanel
          about={{ ou: nearby.all.place, rayon: String(ALERT_RADIUS) }}
          place={t.alert.placeOf(nearby.all.place, ALERT_RADIUS)}
          t={t}
        />
      )}
      {!source && <FollowPanel site={site} t={t} />}
      <MainAction {...facts} />
    </Layout>
  )
}

/** The way back to the search or list that led here; otherwise to all cafés around this one. */
function WayBack({ nearby, cameFrom, t }: Pick<CafePageProps, 'nearby' | 'cameFrom'> & Words) {
  const texts = t.cafe.nearby
  const all = nearby?.all
  if (!cameFrom && !all) return null
  return (
    <p class="way-back">
      {cameFrom ? (
        <Link href={cameFrom}>{cameFrom.startsWith('/?') ? texts.toSearch : texts.toList}</Link>
      ) : (
        all && <Link href={all.href}>{all.town ? texts.around(all.town) : texts.all}</Link>
      )}
    </p>
  )
}

/**
 * Returns whether search engines may list the page. A café that is only for a group, such as a school's own, has a page
 * for those who have its address.
 */
const isToBeFound = ({ publication, openTo }: Cafe): boolean =>
  publication === 'published' && openTo === 'public'

/** Returns what search engines and previews of a shared link show. The date of a postponed café does not hold. */
const describe = (cafe: Cafe, t: Messages): string => {
  const isDated = cafe.status !== 'postponed' && !cafe.isUndated
  const when = isDated ? whenText(cafe, t.lang) : t.cafe.dateToCome
  return [when, placeOf(cafe, t), cafe.summary].filter(Boolean).join(' · ')
}

/** Returns a café in one line, for other sites: its state, its title, when and where it is. */
export function describeCafe(cafe: Cafe, now: Temporal.Instant, t: Messages): string {
  const state = stateOf(cafe, now)
  return `${state ? t.cafe.state[state] : ''}${cafe.title} · ${describe({ ...cafe, summary: '' }, t)}`
}

type Words = { t: Messages }

type NoticeProps = Pick<CafePageProps, 'cafe' | 'source' | 'isOtherPlaceAsked' | 'now'> & Words

function Notice({ cafe, source, isOtherPlaceAsked, now, t }: NoticeProps) {
  const draft = cafe.publication === 'published' ? [] : [t.cafe.notice.draft]
  const hidden = cafe.hiddenReason ? [t.cafe.notice.hidden] : []
  const unlisted = isOutOfLists(cafe, source) ? [t.cafe.freshness.hidden] : []
  const doubtful = isOtherPlaceAsked && !isClosed(stateOf(cafe, now)) ? [t.cafe.notice.place] : []
  const sentences = [...draft, ...hidden, ...noticesOf(cafe, now, t), ...doubtful, ...unlisted]
  if (sentences.length === 0 && !cafe.statusNote) return null
  return (
    <div class="notice">
      {sentences.map((sentence) => (
        <p>
          <strong>{sentence}</strong>
        </p>
      ))}
      {cafe.statusNote && (
        <p>
          {t.cafe.notice.reason}{' '}
          <UserText cafe={cafe} t={t}>
            {t.search.quoted(cafe.statusNote)}
          </UserText>
        </p>
      )}
    </div>
  )
}

const FirstTime = ({ t }: { t: Messages }) =>
  writeOnce(t, 'first time', () => (
    <section class="first-time" aria-labelledby="premiere-fois">
      <h2 id="premiere-fois">{t.cafe.firstTime.heading}</h2>
      <ul>
        <li>{t.cafe.firstTime.knowledge}</li>
        <li>{t.cafe.firstTime.listening}</li>
        <li>{t.cafe.firstTime.company}</li>
        <li>{t.cafe.firstTime.free}</li>
      </ul>
    </section>
  ))

const AlsoAnnounced = ({ cafes, t }: { cafes: readonly Cafe[]; t: Messages }) =>
  cafes.length > 0 && (
    <p class="fine">
      {t.duplicates.also}{' '}
      {cafes.map(({ url, ...other }, index) => (
        <>
          {index > 0 && ', '}
          <OuterLink href={url}>{organizerNameOf(other)}</OuterLink>
        </>
      ))}
      .
    </p>
  )

const LedBy = ({
  people,
  t,
}: {
  people: NonNullable<CafePageProps['facilitators']>
  t: Messages
}) =>
  people.length > 0 && (
    <p>
      {t.facilitator.ledBy}{' '}
      {people.map(({ name, href }, index) => (
        <>
          {index > 0 && ', '}
          {href === undefined ? (
            <UserText t={t}>{name}</UserText>
          ) : (
            <Link href={href}>
              <UserText t={t}>{name}</UserText>
            </Link>
          )}
        </>
      ))}
    </p>
  )

const OtherCafes = ({
  cafe,
  source,
  t,
}: Pick<CafePageProps, 'cafe' | 'source'> & { t: Messages }) =>
  source ? (
    <OuterLink href={cafe.organizer.url}>{t.cafe.otherCafes}</OuterLink>
  ) : (
    <Link href={paths.cafes}>{t.cafe.otherCafes}</Link>
  )

/** The site that announces; its name is left out where that of the organiser, just said, is the same. */
const AnnouncedBy = ({ source, organizer, t }: Words & { source: Source; organizer: string }) =>
  toPrintedName(source.name) === organizer ? (
    <>
      {t.cafe.announcedAt} {source.host}.
    </>
  ) : (
    <>
      {t.cafe.announcedBy} <strong>{toPrintedName(source.name)}</strong> ({source.host}).
    </>
  )

const Host = ({
  cafe,
  source,
  alsoAnnounced = [],
  facilitators = [],
  now,
  t,
}: CafePageProps & { t: Messages }) => (
  <section class="panel host" aria-labelledby="accueil">
    <h2 id="accueil">{t.cafe.host}</h2>
    <p>
      {t.cafe.hostedBy} <strong>{organizerNameOf(cafe)}</strong>.{' '}
      {cafe.announcedFor === undefined && <OtherCafes {...{ cafe, source, t }} />}
    </p>
    <LedBy people={facilitators} t={t} />
    {cafe.announcedFor !== undefined && !source && (
      <p>
        {t.cafe.announcedBy} {cafe.organizer.name}.
      </p>
    )}
    {source && (
      <p>
        <AnnouncedBy source={source} organizer={organizerNameOf(cafe)} t={t} />{' '}
        <OuterLink href={cafe.url}>{t.cafe.atOrigin}</OuterLink>
      </p>
    )}
    <AlsoAnnounced cafes={alsoAnnounced} t={t} />
    <p class="fine">{t.cafe.announcedOn(relativePast(cafe.updatedAt, now, t.lang))}</p>
    {cafe.confirmedAt && (
      <p class="fine confirmed">{confirmedText(cafe, cafe.confirmedAt, { now, t })}</p>
    )}
  </section>
)
