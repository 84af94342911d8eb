import { messagesFor } from '../../../ui/locales/messages.ts'
import { searchedAreaText, searchTitle } from '../../../ui/search/title.ts'
import { mapHref, type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import type { FoundCafe } from '../../store/search/search.ts'
import { countShownByPlace, type TownCount } from '../../store/search/shown-counts.ts'
import { askFor, choicesOf } from './place-choices.ts'
import type { SearchQuery } from './query.ts'
import { findSearchNames } from './search-names.ts'

/** Numbers of cafés by the code of their département, by town, and of those that have none. */
export type Counts = {
  counts: ReadonlyMap<string, number>
  towns: readonly TownCount[]
  placeless: number
}

/** `counted` is the number of cafés that were counted, where more were found. */
type FoundCounts = Counts & { counted: number | undefined }

type Asked = { query: SearchQuery; values: SearchValues; first: FoundCafe | undefined }

/** Describes the search in the words of the title of its page, with its parts. */
export async function describeMapped({ db }: Context, { query, values, first }: Asked, lang: Lang) {
  const t = messagesFor(lang)
  const place = searchedAreaText(query, t)
  const names = await findSearchNames(db, values, first)
  return {
    values,
    names,
    title: searchTitle(values, { place, radiusKm: query.near?.radiusKm, ...names }, t),
    hrefWithin: (departement: string) =>
      searchHref(values, {
        // Text that is no place was searched as words.
        ...{ ou: '', q: query.words ?? '', rayon: '', tri: '', territoire: departement },
      }),
    hrefOnline: searchHref(values, { mode: 'en-ligne' }),
    or: choicesOf(query.or ?? { towns: [] }).map((choice) => ({
      href: mapHref(values, askFor(choice)),
      label: choice.label,
    })),
  }
}

/** Counts like the heading of the search, within its limit. */
export async function countFound({ db }: Context, query: CafeQuery): Promise<FoundCounts> {
  const { counts, towns, isCapped, total } = await countShownByPlace(db, query)
  return {
    ...{ counts, towns },
    // A café that has moved online is still placed where it was to be held.
    placeless: total - counts.values().reduce((sum, each) => sum + each, 0),
    counted: isCapped ? total : undefined,
  }
}
