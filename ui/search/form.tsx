import type { PropsWithChildren } from 'hono/jsx'
import { ACCESSIBILITY_CODES } from '../../node/domain/values/accessibility.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { FieldError, findMessage } from '../components/fields.tsx'
import { PinIcon } from '../components/icons.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { listActive, type SearchNames } from './active-criteria.ts'
import { INTENTION_VALUES, textOf } from './choices.ts'
import { daysText } from './title.ts'
import { DEFAULT_RADIUS, NO_SEARCH, RADII, type SearchValues, searchHref } from './values.ts'

type Props = { values: SearchValues; problems: Problem[]; t: Messages }

type Asked = Props & {
  /** Around which place, e.g. `Rennes (35)`; undefined for everywhere, or within a territory. */
  place: string | undefined
  names: SearchNames
}

/** The form, behind one line that says all that was asked: what was found comes right below. */
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

/** `Autour de Die (26) · 30 km · « emploi » · ce week-end`. */
function askedText({ values, place, names, t }: Asked): string {
  const radius = place && values.ou && t.search.km(Number(values.rayon || DEFAULT_RADIUS))
  const when = whenOptions(t).find(([value]) => value === values.quand)?.[1]
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

/** Where, how far, when and in which order; all else is in the panel of the filters, and is kept. */
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
      />
    </div>
  </FormFrame>
)

const PLACE_FIELDS = ['ou', 'rayon', 'quand', 'tri'] as const
const FILTER_FIELDS = [
  ...(['du', 'au', 'q', 'mode', 'intention', 'public', 'acces', 'langue', 'passes'] as const),
]
/** Chosen by links, or asked for by an address: what is typed beside them does not undo them. */
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

/** Eight criteria, in the words of who looks for a café. */
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
      <Choice
        name="langue"
        label={t.find.facets.language}
        value={values.langue}
        options={languageOptions(values.langue, t)}
      />
    </CommonCriteria>
    <button class="button" type="submit">
      {t.find.show}
    </button>
  </Form>
)

/** The same before anything is asked: one field, three links that ask without it, all else folded. */
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

const RadiusChoice = ({ values, t }: Pick<Props, 'values' | 't'>) => (
  <Choice
    name="rayon"
    label={t.search.radius}
    value={values.rayon || String(DEFAULT_RADIUS)}
    options={radiusOptions(values.rayon, t)}
  />
)

/** Days that were asked for by their dates are one of the choices: another one takes their place. */
function WhenChoice({ values, problems, t }: Props) {
  const { du, au } = values
  const dates = du === '' && au === '' ? undefined : `${du}/${au}`
  const days = daysText({ ...values, quand: '' }, t) ?? dates
  return (
    <Choice
      name="quand"
      label={t.search.when}
      value={dates ?? values.quand}
      options={dates && days ? [[dates, sentenceCase(days)], ...whenOptions(t)] : whenOptions(t)}
      message={findMessage(problems, ['quand'], t)}
    />
  )
}

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

type Option = [value: string, label: string]

const radiusOptions = (asked: string, t: Messages): Option[] => {
  const typed = Number(asked)
  const all = typed > 0 && !RADII.includes(typed) ? [...RADII, typed] : RADII
  return all.toSorted((a, b) => a - b).map((km) => [String(km), t.search.km(km)])
}

const whenOptions = (t: Messages): Option[] => [
  ['', t.search.anyDay],
  ['aujourdhui', t.search.today],
  ['ce-week-end', t.search.weekend],
  ['cette-semaine', t.search.thisWeek],
  ['7-jours', t.search.week],
  ['ce-mois', t.search.month],
]

const modeOptions = (t: Messages): Option[] => [
  ['', t.search.anyMode],
  ['presentiel', t.cafe.mode.offline],
  ['en-ligne', t.cafe.mode.online],
  ['mixte', t.cafe.mode.mixed],
]

const intentionOptions = (t: Messages): Option[] => [
  ['', t.find.anyIntention],
  ...Object.values(INTENTION_VALUES).map((value): Option => [value, textOf('intention', value, t)]),
]

type ChoiceProps = {
  name: string
  label: string
  value: string
  options: Option[]
  message?: string | undefined
}

const Choice = ({ name, label, value, options, message }: ChoiceProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select
      id={name}
      name={name}
      aria-invalid={message ? 'true' : undefined}
      aria-describedby={message ? `${name}-erreur` : undefined}
    >
      {options.map(([option, text]) => (
        <option value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
    <FieldError id={`${name}-erreur`} message={message} />
  </div>
)

/** Dates, words, how, what for, an adapted welcome, those that are over; what is inside stands among the first. */
const CommonCriteria = ({ values, problems, t, children }: PropsWithChildren<Props>) => (
  <>
    <div class="criteria">
      <DateField
        name="du"
        label={t.search.from}
        hint={t.search.datesHint}
        value={values.du}
        problems={problems}
        t={t}
      />
      <DateField name="au" label={t.search.until} value={values.au} problems={problems} t={t} />
      <div class="field">
        <label for="q">
          {t.search.texts} <span class="hint">{t.search.wordsHint}</span>
        </label>
        <input id="q" name="q" type="text" value={values.q} />
      </div>
      <Choice name="mode" label={t.search.mode} value={values.mode} options={modeOptions(t)} />
      <Choice
        name="intention"
        label={t.find.facets.intention}
        value={values.intention}
        options={intentionOptions(t)}
      />
      {children}
    </div>
    <fieldset class="checks">
      <legend>{t.find.facets.accessibility}</legend>
      {ACCESSIBILITY_CODES.map((code) => (
        <label>
          <input
            type="checkbox"
            name="acces"
            value={code}
            checked={values.acces.split(',').includes(code)}
          />{' '}
          {t.cafe.access[code]}
        </label>
      ))}
    </fieldset>
    <label class="past-too">
      <input type="checkbox" name="passes" value="1" checked={values.passes === '1'} />{' '}
      {t.find.past}
    </label>
  </>
)

type TextFieldProps = { name: 'public'; label: string; hint: string; value: string }

const TextField = ({ name, label, hint, value }: TextFieldProps) => (
  <div class="field">
    <label for={name}>
      {label} <span class="hint">{hint}</span>
    </label>
    <input id={name} name={name} type="text" value={value} />
  </div>
)

const languageOptions = (asked: string, t: Messages): Option[] => {
  const known = Object.keys(t.cafe.language)
  const tags = asked === '' || known.includes(asked) ? known : [...known, asked]
  return [['', t.find.anyLanguage], ...tags.map((tag): Option => [tag, textOf('language', tag, t)])]
}

type DateFieldProps = {
  t: Messages
  name: 'du' | 'au'
  label: string
  hint?: string
  value: string
  problems: Problem[]
}

function DateField({ name, label, hint, value, problems, t }: DateFieldProps) {
  const message = findMessage(problems, [name, name === 'du' ? 'from' : 'until'], t)
  return (
    <div class="field">
      <label for={name}>
        {label} {hint && <span class="hint">{hint}</span>}
      </label>
      <input
        id={name}
        name={name}
        type="date"
        value={value}
        aria-invalid={message ? 'true' : undefined}
        aria-describedby={message ? `${name}-erreur` : undefined}
      />
      <FieldError id={`${name}-erreur`} message={message} />
    </div>
  )
}
