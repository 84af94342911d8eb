import { TRAININGS } from '../../node/domain/facilitators/facilitator.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { FieldError, findMessage } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { textOf } from '../search/choices.ts'
import { OtherMeanings } from '../search/understood.tsx'
import { DEFAULT_RADIUS, RADII } from '../search/values.ts'
import { type FacilitatorCard, FacilitatorCards } from './list-page.tsx'

/** The name of the place that was found, and whether people around it were searched or those of the territory. */
export type SearchedPlace = { label: string; isAround: boolean }

/**
 * The values of the search form, exactly as typed, by the names of the address's parameters; empty where nothing was
 * typed.
 */
export type FacilitatorSearchValues = {
  /** A postcode, a town or `lat,lng`. */
  ou: string
  /** The radius in kilometres. */
  rayon: string
  /** A territory as typed, or its code; it is used only without `ou`. */
  territoire: string
  theme: string
  format: string
  /** A language tag (BCP 47). */
  langue: string
  formation: string
  q: string
}

export const NO_FACILITATOR_SEARCH: FacilitatorSearchValues = {
  ...{ ou: '', rayon: '', territoire: '', theme: '', format: '', langue: '', formation: '', q: '' },
}

/** Returns whether anything was asked: any field but the radius is filled in. */
export const isFacilitatorSearch = (values: FacilitatorSearchValues): boolean =>
  Object.entries(values).some(([name, value]) => name !== 'rayon' && value !== '')

/** Returns the address of a search on a page, without empty parameters. */
export function facilitatorSearchHref(
  page: string,
  values: FacilitatorSearchValues,
  change: Partial<FacilitatorSearchValues> & { apres?: string } = {},
): string {
  const asked = Object.entries({ ...values, ...change }).filter(([, value]) => value !== '')
  return asked.length === 0 ? page : `${page}?${new URLSearchParams(asked)}`
}

type FormProps = {
  /** The address that the form is sent to. */
  action: string
  values: FacilitatorSearchValues
  problems: Problem[]
  t: Messages
}

/** The search form: place and topic are visible; the other fields are folded, and open where one has a value. */
export function FacilitatorSearchForm({ action, values, problems, t }: FormProps) {
  const texts = t.facilitatorSearch
  const rest = [values.format, values.langue, values.formation, values.q, values.territoire]
  return (
    <search>
      <Form class="search" action={action} method="get" aria-label={texts.form}>
        <Text
          name="ou"
          label={texts.where}
          hint={texts.whereHint}
          value={values.ou}
          message={findMessage(problems, ['ou'], t)}
          autocomplete="postal-code"
          wide
        />
        <Choice
          name="rayon"
          label={texts.radius}
          value={values.rayon || String(DEFAULT_RADIUS)}
          options={RADII.map((km) => [String(km), texts.km(km)])}
        />
        <Text name="theme" label={texts.theme} hint={texts.themeHint} value={values.theme} />
        <button class="button" type="submit">
          {texts.submit}
        </button>
        <details
          class="more-criteria"
          open={rest.some((value) => value !== '') || problems.some(({ field }) => field !== 'ou')}
        >
          <summary>{texts.more}</summary>
          <div class="criteria">
            <Text
              name="territoire"
              label={texts.territory}
              hint={texts.territoryHint}
              value={values.territoire}
              message={
                problems.some(({ field }) => field === 'territoire')
                  ? texts.unknownTerritory(values.territoire)
                  : undefined
              }
            />
            <Text
              name="format"
              label={texts.format}
              hint={texts.formatHint}
              value={values.format}
            />
            <Choice
              name="langue"
              label={texts.language}
              value={values.langue}
              options={languageOptions(values.langue, t)}
            />
            <Choice
              name="formation"
              label={texts.training}
              value={values.formation}
              options={trainingOptions(t)}
            />
            <Text name="q" label={texts.texts} hint={texts.wordsHint} value={values.q} />
          </div>
        </details>
      </Form>
    </search>
  )
}

type Option = [value: string, label: string]

const languageOptions = (asked: string, t: Messages): Option[] => {
  const known = Object.keys(t.cafe.language)
  const tags = asked === '' || known.includes(asked) ? known : [...known, asked]
  return [
    ['', t.facilitatorSearch.anyLanguage],
    ...tags.map((tag): Option => [tag, textOf('language', tag, t)]),
  ]
}

const trainingOptions = (t: Messages): Option[] => {
  const { trained, begun, enrolled } = t.facilitatorSearch
  const texts: Record<string, string> = { trained, 'in-progress': begun, enrolled }
  return [
    ['', t.facilitatorSearch.anyTraining],
    ...TRAININGS.toReversed().flatMap((value): Option[] => {
      const label = texts[value]
      return label === undefined ? [] : [[value, label]]
    }),
  ]
}

type TextProps = {
  name: keyof FacilitatorSearchValues
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
      {options.map(([option, text]) => (
        <option value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  </div>
)

export type FacilitatorSearchPageProps = {
  site: Site
  values: FacilitatorSearchValues
  problems: Problem[]
  people: FacilitatorCard[]
  total: number
  place: SearchedPlace | undefined
  nextHref: string | undefined
  continued: boolean
  /** Other places that the text may mean. */
  or: NavLink[]
  signedIn?: boolean | undefined
}

/** A directory's search for facilitators. */
export function FacilitatorSearchPage(props: FacilitatorSearchPageProps) {
  const { site, values, problems, people, total, place, nextHref, or } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitatorSearch
  const isAsked = isFacilitatorSearch(values)
  const { title } = t.facilitator
  return (
    <Layout
      title={place ? `${title}\u00a0: ${place.label}` : title}
      site={site}
      current={paths.facilitators}
      description={texts.lead}
      noindex={isAsked || props.continued}
      signedIn={props.signedIn}
    >
      <h1>{title}</h1>
      <p class="lead">{texts.lead}</p>
      <FacilitatorSearchForm
        action={paths.facilitators}
        values={values}
        problems={problems}
        t={t}
      />
      {problems.length === 0 && (
        <>
          {total > 0 && <h2>{place ? texts.foundAt(total, place) : texts.found(total)}</h2>}
          <OtherMeanings links={or} t={t} />
          <FacilitatorCards people={people} level={3} t={t} />
          {total === 0 && (isAsked ? <Nobody values={values} t={t} /> : <p>{texts.empty}</p>)}
          {nextHref && (
            <p class="more">
              <Link class="button quiet" href={nextHref}>
                {texts.next}
              </Link>
            </p>
          )}
        </>
      )}
      <section class="panel" aria-labelledby="figurer">
        <h2 id="figurer">{texts.appear.title}</h2>
        <p>{texts.appear.text}</p>
        <p>
          <Link href={paths.structures}>{texts.appear.action}</Link>
        </p>
      </section>
    </Layout>
  )
}

/** Suggests what to try when nobody was found: each link drops one condition. */
function Nobody({ values, t }: { values: FacilitatorSearchValues; t: Messages }) {
  const texts = t.facilitatorSearch
  const radius = Number(values.rayon || DEFAULT_RADIUS)
  const wider = values.ou === '' ? undefined : RADII.find((km) => km > radius)
  const conditions: [keyof FacilitatorSearchValues, string][] = [
    ['theme', texts.theme],
    ['format', texts.format],
    ['langue', texts.language],
    ['formation', texts.training],
    ['q', texts.texts],
  ]
  const href = (change: Partial<FacilitatorSearchValues>) =>
    facilitatorSearchHref(paths.facilitators, values, change)
  return (
    <section class="panel" aria-labelledby="personne">
      <h2 id="personne">{texts.nobody.title}</h2>
      <ul>
        {wider && (
          <li>
            <Link href={href({ rayon: String(wider) })}>{texts.nobody.wider(wider)}</Link>
          </li>
        )}
        {conditions.map(
          ([name, label]) =>
            values[name] !== '' && (
              <li>
                <Link href={href({ [name]: '' })}>{texts.nobody.without(label)}</Link>
              </li>
            ),
        )}
        <li>
          <Link href={paths.facilitators}>{texts.all}</Link>
        </li>
        <li>
          <Link href={paths.contact}>{texts.nobody.ask}</Link>
        </li>
      </ul>
      <p>{texts.nobody.online}</p>
    </section>
  )
}
