import type { Child } from 'hono/jsx'
import { CalendarIcon, FollowIcon, HeartIcon, ShareIcon } from '../components/icons.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { FeedToFollow } from '../territories/follow-panel.tsx'
import type { ShownTerritory } from '../territories/shown-territory.ts'
import { type SearchValues, searchFileHref, searchHref } from './values.ts'

type Props = {
  site: Site
  values: SearchValues
  /** The search in words. */
  title: string
  area: { territory: ShownTerritory; feeds: FeedToFollow[] } | undefined
  t: Messages
}

/** Lists what to do after reading the results; what this site cannot do is left out. */
export function NextSteps({ site, values, title, area, t }: Props) {
  const page = area && paths.territory(area.territory.code)
  const [feed] = area?.feeds ?? []
  const address = `${site.origin}${searchHref(values)}`
  const texts = t.search.steps
  return (
    <section class="next-steps" aria-labelledby="et-ensuite">
      <h2 id="et-ensuite">{texts.heading}</h2>
      <ul>
        <Step
          icon={<CalendarIcon />}
          href={searchFileHref(values, 'cafes.ics')}
          label={texts.calendar}
        />
        <Step
          icon={<FollowIcon />}
          href={feed ? paths.followFeed(feed.name) : paths.followPage}
          label={feed ? texts.follow(feed.label) : texts.followAll}
        />
        {page ? (
          <Step icon={<HeartIcon />} href={`${page}#demande`} label={texts.request} />
        ) : (
          <Step icon={<HeartIcon />} href={paths.organise} label={t.explore.toOrganise} />
        )}
        <Step
          icon={<ShareIcon />}
          href={`mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\r\n${address}`)}`}
          label={texts.share}
        />
      </ul>
      {page && area && (
        <p class="fine">
          <Link href={page}>{t.explore.page(area.territory.label)}</Link>
        </p>
      )}
    </section>
  )
}

const Step = ({ icon, href, label }: { icon: Child; href: string; label: string }) => (
  <li>
    <Link href={href}>
      {icon} <span>{label}</span>
    </Link>
  </li>
)
