import { Link, LinkChoices } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/**
 * `cedex`: a Cedex, replaced by its town; `words`: no place, searched as words of cafés; `name`: no place, searched as
 * the name of a structure or a venue; `abroad`: a place outside France.
 */
export type PlaceNote = 'cedex' | 'words' | 'name' | 'abroad'

/** How the place was interpreted, where the summary of the search does not say all of it. */
export type Understanding = {
  note?: PlaceNote | undefined
  /** The other communes of the typed postcode, each with the address of the same search there. */
  others?: NavLink[] | undefined
  /** Other meanings of the text, or places with a similar spelling. */
  or?: NavLink[] | undefined
}

type Props = Understanding & {
  /** The text as it was typed. */
  typed: string
  place: string | undefined
  isEmpty: boolean
  t: Messages
}

/** Says how the text of « Où ? » was interpreted, with links to other meanings. */
export function Understood({ note, others, or, typed, place, isEmpty, t }: Props) {
  const isNoPlace = note === 'words' || note === 'name'
  return (
    <>
      {note === 'cedex' && <p class="understood">{t.search.cedex(typed, place ?? '')}</p>}
      {note === 'abroad' && <p class="understood">{t.search.abroad(typed)}</p>}
      {note === 'name' && <p class="understood">{t.search.asName(typed)}</p>}
      {note === 'words' && (
        <p class="understood">{isEmpty ? t.search.notKnown(typed) : t.search.asWords(typed)}</p>
      )}
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
