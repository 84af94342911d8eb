import { Link, LinkChoices } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { daysText } from './title.ts'
import { type SearchValues, searchHref } from './values.ts'

/**
 * `cedex`: a Cedex, replaced by its town; `words`: no place, searched as words of cafés; `name`: no place, searched as
 * the name of a structure or a venue; `abroad`: a place outside France; `called`: a place that is called otherwise, or
 * that was typed with a day; `street`: a street, of which only the town is known.
 */
export type PlaceNote = 'cedex' | 'words' | 'name' | 'abroad' | 'called' | 'street'

/** How the place was interpreted, where the summary of the search does not say all of it. */
export type Understanding = {
  note?: PlaceNote | undefined
  /** The text as it was typed, where a day was taken out of it. */
  typed?: string | undefined
  /** Whether a day was typed with the place. */
  hasDay?: boolean | undefined
  /** The other communes of the typed postcode, each with the address of the same search there. */
  others?: NavLink[] | undefined
  /** Other meanings of the text, or places with a similar spelling. */
  or?: NavLink[] | undefined
}

type Props = Omit<Understanding, 'typed'> & {
  /** The text as it was typed. */
  typed: string
  place: string | undefined
  /** The name of the territory, where the search is within one. */
  territory?: string | undefined
  values: SearchValues
  isEmpty: boolean
  t: Messages
}

/** Says how the text of « Où ? » was interpreted, with links to other meanings. */
export function Understood(props: Props) {
  const { note, others, or, t } = props
  const isNoPlace = note === 'words' || note === 'name'
  return (
    <>
      {note && <p class="understood">{noteText(note, props)}</p>}
      {note === 'called' && props.hasDay && <AnyDay {...props} />}
      {or && !isNoPlace && <OtherMeanings links={or} t={t} />}
      {or && isNoPlace && (
        <>
          <p class="understood">
            {t.search.asked}{' '}
            <Meanings links={or.slice(0, MEANINGS_SHOWN)} toText={t.search.askedPlace} />
          </p>
          <FoldedMeanings links={or.slice(MEANINGS_SHOWN)} t={t} />
        </>
      )}
      {others && others.length > 0 && (
        <details class="other-towns">
          <summary>{t.search.otherTowns(others.length)}</summary>
          <LinkChoices links={others} />
        </details>
      )}
    </>
  )
}

function noteText(
  note: PlaceNote,
  { typed, place, territory, values, hasDay, isEmpty, t }: Props,
): string {
  const { search } = t
  switch (note) {
    case 'cedex':
      return search.cedex(typed, place ?? '')
    case 'abroad':
      return search.abroad(typed)
    case 'name':
      return search.asName(typed)
    case 'words':
      return isEmpty ? search.notKnown(typed) : search.asWords(typed)
    case 'street':
      return search.street(typed, place ?? '')
    case 'called':
      return search.called(typed, { place, territory, days: hasDay && daysText(values, t) })
  }
}

/** A link to the same search on all days, where the day was typed with the place. */
const AnyDay = ({ values, t }: Props) => (
  <p class="understood">
    {t.search.or} <Link href={searchHref(values, ANY_DAY)}>{t.search.anyDay}</Link>
  </p>
)

const ANY_DAY = { quand: '', du: '', au: '' }

/** How many other meanings are shown; the rest is folded. */
const MEANINGS_SHOWN = 2

/** Lists other places of the same name: « ou Saint-Denis (Seine-Saint-Denis, 93) · … ». */
export function OtherMeanings({ links, t }: { links: readonly NavLink[]; t: Messages }) {
  if (links.length === 0) return null
  return (
    <>
      <p class="understood">
        {t.search.or} <Meanings links={links.slice(0, MEANINGS_SHOWN)} />
      </p>
      <FoldedMeanings links={links.slice(MEANINGS_SHOWN)} t={t} />
    </>
  )
}

const FoldedMeanings = ({ links, t }: { links: readonly NavLink[]; t: Messages }) =>
  links.length > 0 && (
    <details class="other-towns">
      <summary>{t.search.otherNames(links.length)}</summary>
      <LinkChoices links={links} />
    </details>
  )

type MeaningsProps = { links: readonly NavLink[]; toText?: (label: string) => string }

const Meanings = ({ links, toText = (label) => label }: MeaningsProps) =>
  links.map(({ href, label }, at) => (
    <>
      {at > 0 && ' · '}
      <Link href={href}>{toText(label)}</Link>
    </>
  ))
