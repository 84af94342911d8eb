import { FACET_NAMES, type FacetName, type Facets } from '../../node/domain/cafes/search-facets.ts'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { choose, isOpen, textOf } from './choices.ts'
import { monthDayText } from './title.ts'
import { type SearchValues, searchHref } from './values.ts'

/** Names of what an address only holds the code of. */
export type SearchNames = {
  territory: string | undefined
  organizer: string | undefined
  network?: string | undefined
}

type Choice = { href: string; label: string }

/** What narrows the search besides place and « Quand ? », each with a link that takes it away. */
export function ActiveCriteria({
  values,
  names,
  t,
}: {
  values: SearchValues
  names: SearchNames
  t: Messages
}) {
  const criteria = listActive(values, names, t)
  if (criteria.length === 0) return null
  return (
    <ul class="chips" aria-label={t.find.active}>
      {criteria.map(({ href, label }) => (
        <li>
          <Link class="chip" href={href} aria-label={`${label} (${t.find.remove})`}>
            {label} <span aria-hidden="true">×</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What narrows a search besides place and « Quand ? », in words, each with the search without it. */
export function listActive(values: SearchValues, names: SearchNames, t: Messages): Choice[] {
  const without = (changes: Partial<SearchValues>, label: string | undefined): Choice[] =>
    label ? [{ href: searchHref(values, changes), label }] : []
  const codes = values.acces === '' ? [] : values.acces.split(',')
  const day = (name: 'du' | 'au', word: string) => {
    const text = monthDayText(values[name], t)
    return text && `${word} ${text}`
  }
  return [
    ...without({ q: '' }, values.q && t.search.quoted(values.q)),
    ...without({ du: '' }, day('du', t.search.from)),
    ...without({ au: '' }, day('au', t.search.until)),
    ...without({ mode: '' }, values.mode && textOf('mode', values.mode, t)),
    ...without({ intention: '' }, values.intention && textOf('intention', values.intention, t)),
    ...without({ territoire: '' }, names.territory),
    ...without({ format: '' }, values.format),
    ...without({ public: '' }, values.public),
    ...codes.flatMap((code) =>
      without(
        { acces: codes.filter((other) => other !== code).join(',') },
        textOf('accessibility', code, t),
      ),
    ),
    ...without({ type: '' }, values.type && textOf('kind', values.type, t)),
    ...without({ langue: '' }, values.langue && textOf('language', values.langue, t)),
    ...without({ organisateur: '', structure: '' }, names.organizer),
    ...without({ reseau: '' }, names.network && t.structureNetworks.chip(names.network)),
    ...without({ ouvert: '' }, values.ouvert && t.find.title.openTo[values.ouvert]),
    ...without({ passes: '' }, values.passes && t.find.title.past),
  ]
}

/** More would be a list to search in. */
const SHOWN_MAX = 8

type RefineProps = {
  values: SearchValues
  facets: Facets
  /** Name of a région or département by its code. */
  nameOf: (code: string) => string
  t: Messages
}

/** What would leave some of the cafés, with how many: links, since each is a search of its own. */
export function Refine({ values, facets, nameOf, t }: RefineProps) {
  const groups = FACET_NAMES.flatMap((name) => {
    const choices = isOpen(name, values) ? narrowing(name, values, facets) : []
    return choices.length === 0 ? [] : [{ name, choices: choices.slice(0, SHOWN_MAX) }]
  })
  if (groups.length === 0) return null
  return (
    <section class="panel refine" aria-labelledby="affiner">
      <h2 id="affiner">{t.find.refine}</h2>
      {facets.isCapped && <p class="hint">{t.find.capped}</p>}
      {groups.map(({ name, choices }) => (
        <>
          <h3 id={`affiner-${name}`}>{t.find.facets[name]}</h3>
          <ul aria-labelledby={`affiner-${name}`}>
            {choices.map(({ value, total }) => (
              <li>
                <Link href={searchHref(values, choose(name, value, values))}>
                  {name === 'region' || name === 'departement'
                    ? nameOf(name === 'region' ? `r-${value}` : value)
                    : textOf(name, value, t)}
                </Link>
                {!facets.isCapped && <span class="count"> ({total})</span>}
              </li>
            ))}
          </ul>
        </>
      ))}
    </section>
  )
}

/** A choice that all the cafés have would change nothing. */
const narrowing = (name: FacetName, values: SearchValues, facets: Facets) =>
  facets.choices[name].filter(
    ({ value, total }) =>
      total < facets.total &&
      !(name === 'accessibility' && values.acces.split(',').includes(value)),
  )
