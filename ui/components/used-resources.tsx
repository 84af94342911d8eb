import type { Messages } from '../locales/messages.ts'
import { Link } from './link.tsx'

/** A resource that a café names. */
export type ShownResource = {
  title: string
  /** Its page here, or its own address; undefined where there is none to show. */
  href: string | undefined
  /** The host of a page of another site. */
  host: string | undefined
}

/** Lists what a café is led with; pages of other sites with their host, for no search engine to follow. */
export const UsedResources = ({
  resources,
  t,
}: {
  resources: readonly ShownResource[]
  t: Messages
}) =>
  resources.length === 0 ? null : (
    <section aria-labelledby="ressources">
      <h2 id="ressources">{t.resources.ofCafe}</h2>
      <ul>
        {resources.map(({ title, href, host }) => (
          <li>
            {href === undefined ? (
              title
            ) : host === undefined ? (
              <Link href={href}>{title}</Link>
            ) : (
              <>
                <Link href={href} rel="noopener noreferrer nofollow ugc">
                  {title}
                </Link>{' '}
                <small>({host})</small>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
