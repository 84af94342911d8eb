import { OuterLink } from '../components/external-link.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { CafeList, type ListedCafe } from './card.tsx'

export type Nearby = {
  cafes: ListedCafe[]
  /**
   * The link to more cafés: those around this town in a directory, all of them at a single site. `place` is the town as
   * a search takes it, `Redon (35)`.
   */
  all: { href: string; town?: string | undefined; place?: string | undefined }
  /** The directories that the site is in, by name, with links to the cafés around this one. */
  directories: readonly NavLink[]
}

type NearbyProps = {
  nearby: Nearby
  /** Whether this is a single site, which lists its own cafés only. */
  isOwn: boolean
  /** Whether nobody can take part in this café; the page then also says when there is no other one. */
  isNeeded: boolean
  now: Temporal.Instant
  t: Messages
}

/** Lists other cafés below a café. */
export function NearbyCafes({ nearby, isOwn, isNeeded, now, t }: NearbyProps) {
  const { cafes, all, directories } = nearby
  const texts = t.cafe.nearby
  if (cafes.length === 0 && !isNeeded && directories.length === 0) return null
  return (
    <section class="nearby" aria-labelledby="autres">
      <h2 id="autres">{isOwn ? texts.headingHere : texts.heading}</h2>
      {cafes.length > 0 ? (
        <CafeList cafes={cafes} level={3} isGrid now={now} t={t} />
      ) : (
        <p>{isOwn ? texts.noneHere : texts.none}</p>
      )}
      <ul class="onward">
        <li>
          <Link href={all.href}>{all.town ? texts.around(all.town) : texts.all}</Link>
        </li>
        {directories.map(({ href, label }) => (
          <li>
            <OuterLink href={href}>{texts.elsewhere(label)}</OuterLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
