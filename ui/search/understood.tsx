import { Link, LinkChoices } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/**
 * A Cedex, which is its city's; no place, so words that a café has, or how who holds it or its venue is called; a place
 * where there is none, in another country.
 */
export type PlaceNote = 'cedex' | 'words' | 'name' | 'abroad'

/** How the place was understood, where the line that says what was asked does not tell all of it. */
export type Understanding = {
  note?: PlaceNote | undefined
  /** The other communes of the postcode that was typed, each with the same search there. */
  others?: NavLink[] | undefined
  /** What it may mean as well, or is written almost so. */
  or?: NavLink[] | undefined
}

type Props = Understanding & {
  /** As it was typed. */
  typed: string
  place: string | undefined
  isEmpty: boolean
  t: Messages
}

/** What was made of « Où ? », with the way to what else it may be. */
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

/** As many as fit in a line; the rest folded. */
const MEANINGS_SHOWN = 2

/** What else is called as the place that was typed: « ou Saint-Denis (Seine-Saint-Denis, 93) · … ». */
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
