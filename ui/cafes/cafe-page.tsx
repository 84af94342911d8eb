import { type Cafe, endsAtPlace, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { VenueAccess } from '../../node/domain/cafes/venue.ts'
import { clock, longDate, relativePast } from '../../node/domain/values/date-text.ts'
import { OuterLink } from '../components/external-link.tsx'
import { Layout, type LayoutProps } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { Photo } from '../components/photo.tsx'
import type { Site } from '../components/site.ts'
import { UserText, userTextLang } from '../components/user-text.tsx'
import { FollowPanel } from '../follow/panel.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths, webHref } from '../paths.ts'
import { CafeDescription, CafeDetails } from './details.tsx'
import { CafeFacts } from './facts.tsx'
import { confirmedText, isOutOfLists, type Source, UnreachableNotice } from './freshness.tsx'
import { CalendarPanel, SharePanel } from './share.tsx'
import { isClosed, noticesOf, stateOf } from './state.ts'

export type CafePageProps = {
  site: Site
  cafe: Cafe
  /** Of a venue that is kept here. */
  access?: VenueAccess | undefined
  now: Temporal.Instant
  /** The server it comes from; undefined when it is ours. */
  source?: Source | undefined
  /** Other announcements of the same café, which are shown nowhere else. */
  alsoAnnounced?: readonly Cafe[] | undefined
  /** Who leads it, of those who consent now. */
  facilitators?: readonly { name: string; href: string }[] | undefined
  calendarHref: string
  /** What stands for it where its link is shared. */
  picture?: LayoutProps['picture']
  /** The café for search engines, as the text of a script. */
  structuredData?: string | undefined
  /** Only for somebody who may change it. */
  editHref?: string | undefined
  signedIn?: boolean | undefined
}

/** Date, place and how to take part follow the title at once; what makes one want to come is after. */
export function CafePage(props: CafePageProps) {
  const { access, site, cafe, now, source, calendarHref, picture, structuredData } = props
  const { editHref, signedIn } = props
  const t = messagesFor(site.lang)
  const state = stateOf(cafe, now)
  const prefix = state ? t.cafe.state[state] : ''
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
      ]}
      picture={picture}
      structuredData={structuredData}
      noindex={!isToBeFound(cafe)}
    >
      <article class="cafe-page">
        <Notice cafe={cafe} now={now} t={t} />
        <h1>
          {prefix && <span class="state">{prefix}</span>}
          <UserText cafe={cafe} t={t}>
            {cafe.title}
          </UserText>
        </h1>
        <CafeFacts
          cafe={cafe}
          state={state}
          calendarHref={calendarHref}
          source={source}
          access={access}
          t={t}
        />
        {source && <Provenance cafe={cafe} source={source} now={now} t={t} />}
        <AlsoAnnounced cafes={props.alsoAnnounced ?? []} t={t} />
        <LedBy people={props.facilitators ?? []} t={t} />
        {editHref && (
          <p>
            <Link href={editHref}>{t.cafe.edit}</Link>
          </p>
        )}
        <div class="split">
          <div>
            <Photo image={cafe.image} lang={userTextLang(cafe, t)} t={t} />
            <CafeDescription cafe={cafe} t={t} />
            <CafeDetails cafe={cafe} t={t} />
          </div>
          <aside>
            <Host cafe={cafe} source={source} now={now} t={t} />
            {!isClosed(state) && <CalendarPanel calendarHref={calendarHref} t={t} />}
            <SharePanel cafe={cafe} state={state} t={t} />
            {!source && <FollowPanel site={site} t={t} />}
          </aside>
        </div>
      </article>
    </Layout>
  )
}

/** A school's own café has a page for those who have its address; searches find what is open to everyone. */
const isToBeFound = ({ publication, openTo }: Cafe): boolean =>
  publication === 'published' && openTo === 'public'

const describe = (cafe: Cafe, t: Messages): string => {
  const start = startsAtPlace(cafe)
  const when = `${longDate(start, t.lang)}, ${clock(start, t.lang)} – ${clock(endsAtPlace(cafe), t.lang)}`
  return [when, cafe.venue?.name, cafe.venue?.commune, cafe.summary].filter(Boolean).join(' · ')
}

function Notice({ cafe, now, t }: { cafe: Cafe; now: Temporal.Instant; t: Messages }) {
  const draft = cafe.publication === 'published' ? [] : [t.cafe.notice.draft]
  const sentences = [...draft, ...noticesOf(cafe, now, t)]
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

type ProvenanceProps = { cafe: Cafe; source: Source; now: Temporal.Instant; t: Messages }

const Provenance = ({ cafe, source, now, t }: ProvenanceProps) => (
  <div class="provenance">
    <p>
      {t.cafe.announcedBy} <strong>{source.name}</strong> ({source.host}).{' '}
      <OuterLink href={cafe.url}>{t.cafe.atOrigin}</OuterLink>
    </p>
    <UnreachableNotice source={source} now={now} t={t} />
    {isOutOfLists(cafe, source) && <p>{t.cafe.freshness.hidden}</p>}
  </div>
)

const AlsoAnnounced = ({ cafes, t }: { cafes: readonly Cafe[]; t: Messages }) =>
  cafes.length > 0 && (
    <p class="fine">
      {t.duplicates.also}{' '}
      {cafes.map(({ organizer, url }, index) => (
        <>
          {index > 0 && ', '}
          <OuterLink href={url}>{organizer.name}</OuterLink>
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
          <Link href={href}>
            <UserText t={t}>{name}</UserText>
          </Link>
        </>
      ))}
    </p>
  )

type HostProps = {
  cafe: Cafe
  source: Source | undefined
  now: Temporal.Instant
  t: Messages
}

const Host = ({ cafe, source, now, t }: HostProps) => (
  <section class="panel" aria-labelledby="accueil">
    <h2 id="accueil">{t.cafe.host}</h2>
    <p>
      {t.cafe.hostedBy} <strong>{cafe.organizer.name}</strong>.
    </p>
    <p>
      {source ? (
        <OuterLink href={cafe.organizer.url}>{t.cafe.otherCafes}</OuterLink>
      ) : (
        <Link href={paths.cafes}>{t.cafe.otherCafes}</Link>
      )}
    </p>
    <p class="fine">{t.cafe.announcedOn(relativePast(cafe.updatedAt, now, t.lang))}</p>
    {cafe.confirmedAt && (
      <p class="fine confirmed">{confirmedText(cafe, cafe.confirmedAt, { now, t })}</p>
    )}
  </section>
)
