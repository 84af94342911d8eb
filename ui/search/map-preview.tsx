import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { NO_SEARCH, type SearchValues, searchHref } from './values.ts'

/** The size of the drawn map in its own units, which reserves its space while it loads. */
const SIZE = { width: 640, height: 776 }

/**
 * The same cafés on a map: one picture, loaded separately, which is a link to the map with a link for each département.
 */
export function SearchMap({ values = NO_SEARCH, t }: { values?: SearchValues; t: Messages }) {
  const asked = searchHref(values).replace(/^\/\??/, '')
  const picture = (...more: string[]) => {
    const query = [asked, ...more].filter(Boolean).join('&')
    return query === '' ? paths.mapPicture : `${paths.mapPicture}?${query}`
  }
  return (
    <Link class="search-map" href={searchHref(values).replace(/^\//, paths.map)}>
      <picture>
        <source media="(prefers-color-scheme: dark)" srcset={picture('theme=sombre')} />
        <img src={picture()} alt="" {...SIZE} loading="lazy" />
      </picture>
      <span>{t.find.map}</span>
    </Link>
  )
}
