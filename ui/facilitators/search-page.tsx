import { TRAININGS } from '../../node/domain/facilitators/facilitator.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { FieldError, findMessage } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { LinkChoices } from '../components/link-list.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { textOf } from '../search/choices.ts'
import { DEFAULT_RADIUS, RADII } from '../search/values.ts'
import { type FacilitatorCard, FacilitatorCards } from './list-page.tsx'

/** What the form holds, exactly as typed; empty when not asked. The names are those of the address. */
export type PeopleValues = {
  /** Postcode, town or `lat,lng`. */
  ou: string
  /** Kilometres. */
  rayon: string
  /** As typed, or a code; counts where no `ou` is given. */
  territoire: string
  theme: string
  format: string
  /** BCP 47. */
  langue: string
  formation: string
  q: string
}

export const NO_PEOPLE_SEARCH: PeopleValues = {
  ...{ ou: '', rayon: '', territoire: '', theme: '', format: '', langue: '', formation: '', q: '' },
}

export const isPeopleSearch = (values: PeopleValues): boolean =>
  Object.entries(values).some(([name, value]) => name !== 'rayon' && value !== '')

/** The same search on a page, without what is empty. */
export function peopleHref(
  page: string,
  values: PeopleValues,
  change: Partial<PeopleValues> & { apres?: string } = {},
): string {
  const asked = Object.entries({ ...values, ...change }).filter(([, value]) => value !== '')
  return asked.length === 0 ? page : `${page}?${new URLSearchParams(asked)}`
}

type FormProps = {
  /** Where it is sent. */
  action: string
  values: PeopleValues
  problems: Problem[]
  t: Strings
}

/** Where and on what, in sight; the rest folded, and open where it holds something. */
export function PeopleSearchForm({ action, values, problems, t }: FormProps) {
  const words = t.people
  const rest = [values.format, values.langue, values.formation, values.q, values.territoire]
  return (
    <search>
      <form class="search" action={action} method="get" aria-label={words.form}>
        <Text
          name="ou"
          label={words.where}
          hint={words.whereHint}
          value={values.ou}
          message={findMessage(problems, ['ou'], t)}
          autocomplete="postal-code"
          wide
        />
        <Choice
          name="rayon"
          label={words.radius}
          value={values.rayon || String(DEFAULT_RADIUS)}
          options={RADII.map((km) => [String(km), words.km(km)])}
        />
        <Text name="theme" label={words.theme} hint={words.themeHint} value={values.theme} />
        <button class="button" type="submit">
          {words.submit}
        </button>
        <details
          class="more-criteria"
          open={rest.some((value) => value !== '') || problems.some(({ field }) => field !== 'ou')}
        >
          <summary>{words.more}</summary>
          <div class="criteria">
            <Text
              name="territoire"
              label={words.territory}
              hint={words.territoryHint}
              value={values.territoire}
              message={
                problems.some(({ field }) => field === 'territoire')
                  ? words.unknownTerritory(values.territoire)
                  : undefined
              }
            />
            <Text
              name="format"
              label={words.format}
              hint={words.formatHint}
              value={values.format}
            />
            <Choice
              name="langue"
              label={words.language}
              value={values.langue}
              options={languageOptions(values.langue, t)}
            />
            <Choice
              name="formation"
              label={words.training}
              value={values.formation}
              options={trainingOptions(t)}
            />
            <Text name="q" label={words.words} hint={words.wordsHint} value={values.q} />
          </div>
        </details>
      </form>
    </search>
  )
}

type Option = [value: string, label: string]

const languageOptions = (asked: string, t: Strings): Option[] => {
  const known = Object.keys(t.language)
  const tags = asked === '' || known.includes(asked) ? known : [...known, asked]
  return [
    ['', t.people.anyLanguage],
    ...tags.map((tag): Option => [tag, textOf('language', tag, t)]),
  ]
}

const trainingOptions = (t: Strings): Option[] => {
  const { trained, begun, enrolled } = t.people
  const words: Record<string, string> = { trained, 'in-progress': begun, enrolled }
  return [
    ['', t.people.anyTraining],
    ...TRAININGS.toReversed().flatMap((value): Option[] => {
      const label = words[value]
      return label === undefined ? [] : [[value, label]]
    }),
  ]
}

type TextProps = {
  name: keyof PeopleValues
  label: string
  hint: string
  value: string
  message?: string | undefined
  autocomplete?: string
  wide?: boolean
}

const Text = ({ name, label, hint, value, message, autocomplete, wide }: TextProps) => (
  <div class={wide ? 'field where' : 'field'}>
    <label for={name}>
      {label} <span class="hint">{hint}</span>
    </label>
    <input
      id={name}
      name={name}
      type="text"
      value={value}
      autocomplete={autocomplete}
      aria-invalid={message ? 'true' : undefined}
      aria-describedby={message ? `${name}-erreur` : undefined}
    />
    <FieldError id={`${name}-erreur`} message={message} />
  </div>
)

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

export type PeopleSearchPageProps = {
  site: Site
  values: PeopleValues
  problems: Problem[]
  people: FacilitatorCard[]
  total: number
  /** The place, once it is known. */
  place: string | undefined
  nextHref: string | undefined
  continued: boolean
  /** Several places answer to what was typed. */
  choices: NavLink[]
  signedIn?: boolean | undefined
}

/** Of a directory: who can lead a café, and where. */
export function PeopleSearchPage(props: PeopleSearchPageProps) {
  const { site, values, problems, people, total, place, nextHref, choices } = props
  const t = stringsFor(site.lang)
  const words = t.people
  const isAsked = isPeopleSearch(values)
  const { title } = t.facilitator
  return (
    <Layout
      title={place ? `${title}\u00a0: ${place}` : title}
      site={site}
      current={paths.facilitators}
      description={words.lead}
      noindex={isAsked || props.continued}
      signedIn={props.signedIn}
    >
      <h1>{title}</h1>
      <p class="lead">{words.lead}</p>
      <PeopleSearchForm action={paths.facilitators} values={values} problems={problems} t={t} />
      {choices.length > 0 && <WhichPlace choices={choices} asked={values.ou} t={t} />}
      {choices.length === 0 && problems.length === 0 && (
        <>
          {total > 0 && <h2>{place ? words.around(total, place) : words.found(total)}</h2>}
          <FacilitatorCards people={people} level={3} t={t} />
          {total === 0 && (isAsked ? <Nobody values={values} t={t} /> : <p>{words.empty}</p>)}
          {nextHref && (
            <p class="more">
              <a class="button quiet" href={nextHref}>
                {words.next}
              </a>
            </p>
          )}
        </>
      )}
      <section class="panel" aria-labelledby="figurer">
        <h2 id="figurer">{words.appear.title}</h2>
        <p>{words.appear.text}</p>
        <p>
          <a href={paths.structures}>{words.appear.action}</a>
        </p>
      </section>
    </Layout>
  )
}

export const WhichPlace = ({
  choices,
  asked,
  t,
}: {
  choices: NavLink[]
  asked: string
  t: Strings
}) => (
  <>
    <h2>{t.people.several(asked)}</h2>
    <LinkChoices links={choices} />
  </>
)

/** What to try next: each link takes one condition away. */
function Nobody({ values, t }: { values: PeopleValues; t: Strings }) {
  const words = t.people
  const radius = Number(values.rayon || DEFAULT_RADIUS)
  const wider = values.ou === '' ? undefined : RADII.find((km) => km > radius)
  const conditions: [keyof PeopleValues, string][] = [
    ['theme', words.theme],
    ['format', words.format],
    ['langue', words.language],
    ['formation', words.training],
    ['q', words.words],
  ]
  const href = (change: Partial<PeopleValues>) => peopleHref(paths.facilitators, values, change)
  return (
    <section class="panel" aria-labelledby="personne">
      <h2 id="personne">{words.nobody.title}</h2>
      <ul>
        {wider && (
          <li>
            <a href={href({ rayon: String(wider) })}>{words.nobody.wider(wider)}</a>
          </li>
        )}
        {conditions.map(
          ([name, label]) =>
            values[name] !== '' && (
              <li>
                <a href={href({ [name]: '' })}>{words.nobody.without(label)}</a>
              </li>
            ),
        )}
        <li>
          <a href={paths.facilitators}>{words.all}</a>
        </li>
        <li>
          <a href={paths.contact}>{words.nobody.ask}</a>
        </li>
      </ul>
      <p>{words.nobody.online}</p>
    </section>
  )
}
