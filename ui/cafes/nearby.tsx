import { OuterLink } from '../components/external-link.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { CafeList, type ListedCafe } from './card.tsx'

export type Nearby = {
  cafes: ListedCafe[]
  /** Where the others are: around this town in a directory, all of them at a place. */
  all: { href: string; town?: string | undefined }
  /** The directories that a place is in, by their names, with the cafés around this one. */
  directories: readonly NavLink[]
}

type NearbyProps = {
  nearby: Nearby
  /** At a place's own site: its own cafés. */
  isOwn: boolean
  /** Nobody can come to this one: that there is no other is said as well. */
  isNeeded: boolean
  now: Temporal.Instant
  t: Messages
}

/** What else there is, below a café. */
export function NearbyCafes({ nearby, isOwn, isNeeded, now, t }: NearbyProps) {
  const { cafes, all, directories } = nearby
  const texts = t.cafe.nearby
  if (cafes.length === 0 && !isNeeded && directories.length === 0) return null
  return (
    <section class="nearby" aria-labelledby="autres">
      <h2 id="autres">{isOwn ? texts.headingHere : texts.heading}</h2>
      {cafes.length > 0 ? (
        <CafeList cafes={cafes} level={3} isPlain now={now} t={t} />
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
