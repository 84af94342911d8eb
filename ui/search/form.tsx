import type { PropsWithChildren } from 'hono/jsx'
import { FieldError, findMessage } from '../components/fields.tsx'
import { PinIcon } from '../components/icons.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { listActive, type SearchNames } from './active-criteria.ts'
import {
  Choice,
  CommonCriteria,
  daysNameOf,
  LanguageChoice,
  type Props,
  RadiusChoice,
  TextField,
  WhenChoice,
} from './form-fields.tsx'
import { DEFAULT_RADIUS, NO_SEARCH, type SearchValues, searchHref } from './values.ts'

type Asked = Props & {
  /** The centre of the search, such as `Rennes (35)`; undefined for everywhere, or within a territory. */
  place: string | undefined
  names: SearchNames
}

/** The form, folded behind one line that sums up the search, so that the results come directly below. */
export const FoldedSearchForm = ({ place, names, ...props }: Asked) => (
  <details class="asked">
    <summary>
      <PinIcon />
      <span>
        {askedText({ place, names, ...props })} —{' '}
        <span class="change">{props.t.search.change}</span>
      </span>
    </summary>
    <SearchForm {...props} />
  </details>
)

/** Returns the summary `Autour de Die (26) · 30 km · « emploi » · ce week-end`. */
function askedText({ values, place, names, t }: Asked): string {
  const radius = place && values.ou && t.search.km(Number(values.rayon || DEFAULT_RADIUS))
  const when = daysNameOf(values, t)
  const hasDays = values.du !== '' || values.au !== ''
  const isWithin = names.territory !== undefined
  return [
    place ? t.search.around(place) : isWithin ? '' : t.search.anywhere,
    radius,
    !place && values.ou && t.search.quoted(values.ou),
    ...listActive(values, names, t).map(({ label }) => label),
    !hasDays && when?.toLocaleLowerCase(t.lang),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The fields for place, radius, days and order; the filters' panel has all others, whose values are kept. */
export const SearchForm = ({ values, problems, t }: Props) => (
  <FormFrame t={t}>
    <Where values={values} problems={problems} t={t} />
    <RadiusChoice values={values} t={t} />
    <WhenChoice values={values} problems={problems} t={t} />
    <Kept values={{ ...values, du: '', au: '' }} names={KEPT_BESIDE_PLACE} />
    <button class="button" type="submit">
      {t.search.submit}
    </button>
    <div class="order-choice">
      <Choice
        name="tri"
        label={t.search.order}
        value={values.tri}
        options={[
          ['', t.search.byDate],
          ['distance', t.search.byDistance],
        ]}
        t={t}
      />
    </div>
  </FormFrame>
)

const PLACE_FIELDS = ['ou', 'rayon', 'quand', 'tri'] as const

const FILTER_FIELDS = [
  ...(['du', 'au', 'q', 'mode', 'intention', 'public', 'acces', 'langue', 'passes'] as const),
]

/** Conditions that are set by links or by an address; the form sends them along as hidden fields. */
const LINKED = [
  'territoire',
  'organisateur',
  'structure',
  'reseau',
  'format',
  'type',
  'ouvert',
] as const

const KEPT_BESIDE_PLACE = [...FILTER_FIELDS, ...LINKED]

const KEPT_BESIDE_FILTERS = [...PLACE_FIELDS, ...LINKED]

const Kept = ({
  values,
  names,
}: Pick<Props, 'values'> & { names: readonly (keyof SearchValues)[] }) => (
  <>
    {names.map((name) => values[name] && <input type="hidden" name={name} value={values[name]} />)}
  </>
)

/** The panel with the eight criteria. */
export const FilterForm = ({ values, problems, t }: Props) => (
  <Form class="filters" action={`${paths.home}#contenu`} method="get" aria-label={t.find.filter}>
    <Kept values={values} names={KEPT_BESIDE_FILTERS} />
    <CommonCriteria values={values} problems={problems} t={t}>
      <TextField
        name="public"
        label={t.find.facets.audience}
        hint={t.find.audienceHint}
        value={values.public}
      />
      <LanguageChoice values={values} t={t} />
    </CommonCriteria>
    <button class="button" type="submit">
      {t.find.show}
    </button>
  </Form>
)

/** The form before a search: one field, three links, and all else folded. */
export const HomeSearchForm = ({ t }: Pick<Props, 't'>) => (
  <search>
    <FormFrame t={t}>
      <Where values={NO_SEARCH} problems={[]} t={t} />
      <button class="button" type="submit">
        {t.explore.find}
      </button>
      <ul class="chips">
        {quickSearches(t).map(([changes, label]) => (
          <li>
            <Link class="chip" href={searchHref(NO_SEARCH, changes)}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <details class="more-criteria">
        <summary>{t.search.more}</summary>
        <CommonCriteria values={NO_SEARCH} problems={[]} t={t}>
          <RadiusChoice values={NO_SEARCH} t={t} />
          <WhenChoice values={NO_SEARCH} problems={[]} t={t} />
        </CommonCriteria>
      </details>
    </FormFrame>
  </search>
)

const quickSearches = (t: Messages): [changes: Partial<SearchValues>, label: string][] => [
  [{ quand: 'aujourdhui' }, t.search.today],
  [{ quand: 'ce-week-end' }, t.search.weekend],
  [{ mode: 'en-ligne' }, t.cafe.mode.online],
]

const FormFrame = ({ t, children }: PropsWithChildren<Pick<Props, 't'>>) => (
  <Form
    class="search"
    action={`${paths.home}#contenu`}
    method="get"
    aria-label={t.search.form}
    data-around={t.find.aroundMe.button}
    data-wait={t.find.aroundMe.wait}
    data-failed={t.find.aroundMe.failed}
    data-none={t.find.aroundMe.none}
  >
    {children}
  </Form>
)

function Where({ values, problems, t }: Props) {
  const message = findMessage(problems, ['ou', 'near'], t)
  return (
    <div class="field where">
      <label for="ou">
        {t.search.where} <span class="hint">{t.search.whereHint}</span>
      </label>
      <input
        id="ou"
        name="ou"
        type="text"
        value={values.ou}
        autocomplete="postal-code"
        aria-invalid={message ? 'true' : undefined}
        aria-describedby={message ? 'ou-erreur' : undefined}
      />
      <FieldError id="ou-erreur" message={message} />
    </div>
  )
}
