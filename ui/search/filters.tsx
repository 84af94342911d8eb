import type { Problem } from '../../node/domain/values/problem.ts'
import { FilterIcon } from '../components/icons.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { listActive, type SearchNames } from './active-criteria.ts'
import { FilterForm } from './form.tsx'
import { mapHref, type SearchValues, searchHref } from './values.ts'

type ChipsProps = { values: SearchValues; names: SearchNames; t: Messages }
type Props = ChipsProps & { problems: Problem[] }

/** One row: the panel with all filters, the most frequent filters, and the active ones with a link to remove each. */
export function Filters({ values, problems, names, t }: Props) {
  const isWrong = problems.some(({ field }) => !['ou', 'near', 'quand'].includes(field))
  return (
    <div class="chips-row">
      <details class="filter-panel" open={isWrong}>
        <summary class="chip">
          <FilterIcon /> {t.find.filter}
        </summary>
        <FilterForm values={values} problems={problems} t={t} />
      </details>
      <Chips {...{ values, names, t }} quick={quickFilters(values, t)} hrefOf={searchHref} />
    </div>
  )
}

/** The filters of a map: the most frequent ones, except what has no place, and the active ones. */
export const MapFilters = ({ values, names, t }: ChipsProps) => (
  <div class="chips-row">
    <Chips
      {...{ values, names, t }}
      quick={quickFilters(values, t).filter(({ on }) => on.mode === undefined)}
      hrefOf={mapHref}
    />
  </div>
)

type Listed = ChipsProps & { quick: readonly Quick[]; hrefOf: typeof searchHref }

function Chips({ values, names, quick, hrefOf, t }: Listed) {
  const known = new Set(quick.map(({ off }) => hrefOf(values, off)))
  // The line above names the territory, and removing it would be a different search.
  const others = listActive(values, { ...names, territory: undefined }, t).filter(
    ({ changes }) => !known.has(hrefOf(values, changes)),
  )
  return (
    <ul class="chips" aria-label={t.find.quickFilters}>
      {others.map(({ changes, label }) => (
        <Chip href={hrefOf(values, changes)} label={label} isOn t={t} />
      ))}
      {quick.map(({ label, isOn, on, off }) => (
        <Chip href={hrefOf(values, isOn ? off : on)} label={label} isOn={isOn} t={t} />
      ))}
    </ul>
  )
}

const Chip = ({
  href,
  label,
  isOn,
  t,
}: {
  href: string
  label: string
  isOn: boolean
  t: Messages
}) => (
  <li>
    <Link
      class={isOn ? 'chip is-on' : 'chip'}
      href={href}
      aria-label={isOn ? `${label} (${t.find.remove})` : undefined}
    >
      {label}
      {isOn && <span aria-hidden="true"> ×</span>}
    </Link>
  </li>
)

type Changes = Partial<SearchValues>
type Quick = { label: string; isOn: boolean; on: Changes; off: Changes }

/** Returns the quick filters, active ones first, so that they are visible on a telephone. */
function quickFilters(values: SearchValues, t: Messages): Quick[] {
  const { quick } = t.find
  const when = (quand: string, label: string): Quick => ({
    ...{ label, isOn: values.quand === quand, on: { quand, du: '', au: '' }, off: { quand: '' } },
  })
  const choice = (name: 'mode' | 'intention', value: string, label: string): Quick => ({
    ...{ label, isOn: values[name] === value, on: { [name]: value }, off: { [name]: '' } },
  })
  const codes = values.acces === '' ? [] : values.acces.split(',')
  const access: Quick = {
    label: quick.access,
    isOn: codes.includes(ACCESS),
    on: { acces: [...codes, ACCESS].join(',') },
    off: { acces: codes.filter((code) => code !== ACCESS).join(',') },
  }
  return [
    when('aujourdhui', t.search.today),
    when('ce-week-end', t.search.weekend),
    choice('mode', 'en-ligne', t.cafe.mode.online),
    choice('intention', 'apprendre', quick.begin),
    choice('intention', 'debattre', t.cafe.intention.debate),
    access,
  ].toSorted((one, other) => Number(other.isOn) - Number(one.isOn))
}

/** The code for reduced mobility, with or without a wheelchair. */
const ACCESS = 'mi'
