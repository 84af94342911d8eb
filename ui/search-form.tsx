import { plainDate } from '../node/domain/date-words.ts'
import type { Problem } from '../node/domain/problem.ts'
import { FieldError, findMessage } from './fields.tsx'
import { paths } from './paths.ts'
import { DEFAULT_RADIUS, RADII, type SearchValues } from './search-values.ts'
import type { Strings } from './strings.ts'

type Props = { values: SearchValues; problems: Problem[]; t: Strings }

/**
 * One field and two choices in sight, the rest folded: on a phone the first result must come soon. Folded fields
 * are sent all the same, and the fold says what they hold.
 */
export const SearchForm = ({ values, problems, t }: Props) => (
  <search>
    <form class="search" action={paths.home} method="get" aria-label={t.search.form}>
      <Where values={values} problems={problems} t={t} />
      <Choice
        name="rayon"
        label={t.search.radius}
        value={values.rayon || String(DEFAULT_RADIUS)}
        options={radiusOptions(values.rayon, t)}
      />
      <Choice name="quand" label={t.search.when} value={values.quand} options={whenOptions(t)} />
      {values.tri && <input type="hidden" name="tri" value={values.tri} />}
      <button class="button" type="submit">
        {t.search.submit}
      </button>
      <MoreCriteria values={values} problems={problems} t={t} />
    </form>
  </search>
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

type Option = [value: string, label: string]

const radiusOptions = (asked: string, t: Strings): Option[] => {
  const typed = Number(asked)
  const all = typed > 0 && !RADII.includes(typed) ? [...RADII, typed] : RADII
  return all.toSorted((a, b) => a - b).map((km) => [String(km), t.search.km(km)])
}

const whenOptions = (t: Strings): Option[] => [
  ['', t.search.anyDay],
  ['aujourdhui', t.search.today],
  ['ce-week-end', t.search.weekend],
  ['7-jours', t.search.week],
  ['ce-mois', t.search.month],
]

const modeOptions = (t: Strings): Option[] => [
  ['', t.search.anyMode],
  ['presentiel', t.mode.offline],
  ['en-ligne', t.mode.online],
  ['mixte', t.mode.mixed],
]

type ChoiceProps = { name: string; label: string; value: string; options: Option[] }

const Choice = ({ name, label, value, options }: ChoiceProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {options.map(([option, words]) => (
        <option value={option} selected={option === value}>
          {words}
        </option>
      ))}
    </select>
  </div>
)

function MoreCriteria({ values, problems, t }: Props) {
  const wrong = problems.some(({ field }) => !['ou', 'near'].includes(field))
  const active = activeWords(values, t)
  return (
    <details class="more-criteria" open={wrong}>
      <summary>{active ? t.search.moreActive(active) : t.search.more}</summary>
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
            {t.search.words} <span class="hint">{t.search.wordsHint}</span>
          </label>
          <input id="q" name="q" type="text" value={values.q} />
        </div>
        <Choice name="mode" label={t.search.mode} value={values.mode} options={modeOptions(t)} />
      </div>
    </details>
  )
}

type DateFieldProps = {
  t: Strings
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

const activeWords = ({ du, au, q, mode }: SearchValues, t: Strings): string =>
  [
    du && lower(t.search.from, dayWords(du, t)),
    au && lower(t.search.until, dayWords(au, t)),
    q && t.search.quoted(q),
    modeOptions(t)
      .find(([value]) => value !== '' && value === mode)?.[1]
      .toLocaleLowerCase(t.lang),
  ]
    .filter(Boolean)
    .join(', ')

const lower = (word: string, day: string): string => day && `${word.toLowerCase()} ${day}`

/** Nothing for what is no date: the field says so itself. */
function dayWords(text: string, t: Strings): string {
  try {
    return plainDate(Temporal.PlainDate.from(text, { overflow: 'reject' }), t.lang)
  } catch {
    return ''
  }
}
