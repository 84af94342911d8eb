import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { ShownTerritory } from './shown-territory.ts'

/** An account that announces the cafés of a territory. */
export type FeedToFollow = {
  /** The account's name, such as `cafes-ille-et-vilaine`. */
  name: string
  /** The code and the name of its territory. */
  code: string
  label: string
  /** The handle, such as `@cafes-ille-et-vilaine@annuaire.example`. */
  handle: string
}

/** Returns the links to the territory's cafés to come, as files to subscribe to. */
export function territoryFiles({ code }: Pick<ShownTerritory, 'code'>, t: Messages) {
  const { calendar, feed, json } = t.territory.follow
  return [
    { href: paths.territoryFile(code, 'ics'), type: 'text/calendar', label: calendar },
    { href: paths.territoryFile(code, 'atom'), type: 'application/atom+xml', label: feed },
    { href: paths.territoryFile(code, 'json'), type: 'application/json', label: json },
  ]
}

type FollowProps = { territory: ShownTerritory; feeds: FeedToFollow[]; site: Site; t: Messages }

/** The panel with the ways to hear of the next cafés of a territory. */
export const FollowTerritory = ({ territory, feeds, site, t }: FollowProps) => (
  <section class="panel" aria-labelledby="suivre">
    <h2 id="suivre">{t.territory.follow.heading}</h2>
    {feeds.map(({ name, code, label, handle }) => (
      <>
        {feeds.length > 1 || code !== territory.code ? (
          <p class="fine">{t.territory.follow.of(label)}</p>
        ) : null}
        <p class="handle">
          <strong>{handle}</strong>
        </p>
        <p>
          <Link href={paths.followFeed(name)}>
            {t.territory.follow.own}
            {feeds.length > 1 && <span class="unseen">{`\u00a0: ${label}`}</span>}
          </Link>
        </p>
        {isDepartement(code) && (
          <p>
            <Link href={`${paths.followFeed(name)}#lieux`}>
              {t.territory.follow.places}
              {feeds.length > 1 && <span class="unseen">{`\u00a0: ${label}`}</span>}
            </Link>
          </p>
        )}
      </>
    ))}
    <p>{t.territory.follow.how}</p>
    {territoryFiles(territory, t)
      .slice(0, 1)
      .map(({ href, label }) => (
        <p>
          <Link href={webcal(site.origin, href)}>{label}</Link>
        </p>
      ))}
  </section>
)

const isDepartement = (code: string): boolean => !code.startsWith('r-')

/** Returns an address with the scheme `webcal:`, with which calendar programs subscribe instead of importing once. */
const webcal = (origin: string, href: string): string =>
  origin.replace(/^https?:/, 'webcal:') + href
