import type { PropsWithChildren } from 'hono/jsx'
import { ACCESSIBILITY_CODES } from '../../node/domain/values/accessibility.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { writeOnce } from '../components/drawn.tsx'
import { FieldError, findMessage } from '../components/fields.tsx'
import { inputTypeOf } from '../components/time.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { INTENTION_VALUES, textOf } from './choices.ts'
import { daysText, monthDayText } from './title.ts'
import { DEFAULT_RADIUS, RADII, type SearchValues } from './values.ts'

export type Props = { values: SearchValues; problems: Problem[]; t: Messages }

export const RadiusChoice = ({ values, t }: Pick<Props, 'values' | 't'>) => (
  <Choice
    name="rayon"
    label={t.search.radius}
    value={values.rayon || String(DEFAULT_RADIUS)}
    options={radiusOptions(values.rayon, t)}
    t={t}
  />
)

/** The choice of days. Days that were given by dates are one of the options, so that another option replaces them. */
export function WhenChoice({ values, problems, t }: Props) {
  const { du, au } = values
  const dates = du === '' && au === '' ? undefined : `${du}/${au}`
  const areDates = [du, au].every((text) => text === '' || monthDayText(text, t) !== '')
  const days = areDates ? daysText({ ...values, quand: '' }, t) : t.find.wrongDates
  return (
    <Choice
      name="quand"
      label={t.search.when}
      value={dates ?? values.quand}
      options={dates && days ? [[dates, sentenceCase(days)], ...whenOptions(t)] : whenOptions(t)}
      message={findMessage(problems, ['quand'], t)}
      t={t}
    />
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

/** The values of which nothing was chosen. */
const UNCHOSEN = ['', String(DEFAULT_RADIUS)]

/** A choice. Where nothing was chosen, its options are always the same, and are written once. */
export const Choice = ({ t, ...choice }: ChoiceProps & Pick<Props, 't'>) => {
  const { name, label, value, message } = choice
  return message === undefined && UNCHOSEN.includes(value) ? (
    writeOnce(t, `choice ${name} ${label} ${value}`, () => <Select {...choice} />)
  ) : (
    <Select {...choice} />
  )
}

const Select = ({ name, label, value, options, message }: ChoiceProps) => (
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

type TextFieldProps = { name: 'public'; label: string; hint: string; value: string }

export const TextField = ({ name, label, hint, value }: TextFieldProps) => (
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
        type={inputTypeOf('date', value)}
        value={value}
        aria-invalid={message ? 'true' : undefined}
        aria-describedby={message ? `${name}-erreur` : undefined}
      />
      <FieldError id={`${name}-erreur`} message={message} />
    </div>
  )
}

/**
 * The criteria of both forms: dates, words, mode, intention, accessibility, past cafés; the children come among the
 * first.
 */
export const CommonCriteria = ({ values, problems, t, children }: PropsWithChildren<Props>) => (
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
      <Choice
        name="mode"
        label={t.search.mode}
        value={values.mode}
        options={modeOptions(t)}
        t={t}
      />
      <Choice
        name="intention"
        label={t.find.facets.intention}
        value={values.intention}
        options={intentionOptions(t)}
        t={t}
      />
      {children}
    </div>
    {values.acces === '' ? (
      writeOnce(t, 'accessibility', () => <AccessibilityChecks chosen={[]} t={t} />)
    ) : (
      <AccessibilityChecks chosen={values.acces.split(',')} t={t} />
    )}
    <label class="choice">
      <input type="checkbox" name="passes" value="1" checked={values.passes === '1'} />
      {t.find.past}
    </label>
  </>
)

const AccessibilityChecks = ({ chosen, t }: Pick<Props, 't'> & { chosen: readonly string[] }) => (
  <fieldset class="checks">
    <legend>{t.find.facets.accessibility}</legend>
    {ACCESSIBILITY_CODES.map((code) => (
      <label class="choice">
        <input type="checkbox" name="acces" value={code} checked={chosen.includes(code)} />
        {t.cafe.access[code]}
      </label>
    ))}
  </fieldset>
)

/** Returns the label of the chosen days, as « Cette semaine », « 7 jours »…; undefined where none was chosen. */
export const daysNameOf = ({ quand }: SearchValues, t: Messages): string | undefined =>
  whenOptions(t).find(([value]) => value === quand)?.[1]

export const LanguageChoice = ({ values, t }: Pick<Props, 'values' | 't'>) => (
  <Choice
    name="langue"
    label={t.find.facets.language}
    value={values.langue}
    options={languageOptions(values.langue, t)}
    t={t}
  />
)
