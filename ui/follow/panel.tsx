import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A panel with the ways to hear of the next café: an address for Mastodon and compatible networks, and a calendar. */
export const FollowPanel = ({ site, t }: { site: Site; t: Messages }) => (
  <section class="panel" aria-labelledby="suivre">
    <h2 id="suivre">{site.kind === 'hub' ? t.follow.headingHub : t.follow.heading}</h2>
    <p class="handle">
      <strong>{site.handle}</strong>
    </p>
    <p>{t.follow.how}</p>
    <p>
      <Link href={paths.followPage}>{t.follow.more}</Link>
    </p>
    {site.agendaHref && (
      <p>
        <Link href={site.agendaHref}>{t.follow.subscribe}</Link>
      </p>
    )}
  </section>
)
