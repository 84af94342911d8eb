import type { PersonElsewhere } from '../../node/domain/facilitators/remote-search.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { DeskLayout, type FlashKey } from '../admin/layout.tsx'
import { languageName } from '../cafes/details.tsx'
import { OuterLink } from '../components/external-link.tsx'
import {
  CsrfInput,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import type { DeskSession, NavLink, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { awayWords } from './list-page.tsx'
import { ShownContact } from './profile-page.tsx'
import { PeopleSearchForm, type PeopleValues, WhichPlace } from './search-page.tsx'

type Person = PersonElsewhere & { where: string | undefined }

type Answer = {
  /** Without an address where this site is the directory. */
  directory: { uri: string; name: string }
  /** Undefined when it does not answer. */
  people: Person[] | undefined
}

/** POST to `writeToFound`: `csrf`, `personne`, `annuaire`, `champ`, what that names, and the search again. */
export type DeskPeopleProps = {
  site: Site
  session: DeskSession
  values: PeopleValues
  problems: Problem[]
  choices: NavLink[]
  place: string | undefined
  /** Undefined before anything was asked. */
  answers: Answer[] | undefined
  hasDirectory: boolean
  /** To whom something was written that could not leave, and all that was typed. */
  written?: { uri: string; field: string; values: FormValues } | undefined
  messages: FieldMessage[]
  flash?: FlashKey | undefined
}

export function DeskPeoplePage(props: DeskPeopleProps) {
  const { site, session, values, problems, choices, answers, flash } = props
  const t = stringsFor(site.lang)
  const words = t.people.desk
  return (
    <DeskLayout
      title={titleOfForm(formOf(props, 'message', t), words.title)}
      {...{ site, session, flash }}
      current={paths.findPeople}
    >
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {props.hasDirectory ? (
        <>
          {props.messages.length > 0 && (
            <ErrorSummary form={formOf(props, props.written?.field ?? 'message', t)} />
          )}
          <PeopleSearchForm action={paths.findPeople} values={values} problems={problems} t={t} />
          {choices.length > 0 && <WhichPlace choices={choices} asked={values.ou} t={t} />}
          {answers?.map((answer, index) => (
            <Found answer={answer} index={index} props={props} t={t} />
          ))}
        </>
      ) : (
        <p>
          {words.none} {session.isAdministrator && <a href={paths.network}>{words.join}</a>}
        </p>
      )}
    </DeskLayout>
  )
}

/** Each person has a field of their own. */
const formOf = (
  { written, messages }: Pick<DeskPeopleProps, 'written' | 'messages'>,
  field: string,
  t: Strings,
): FormState => ({
  values: written?.values ?? {},
  messages,
  labels: { [field]: t.people.desk.message },
  hints: { [field]: t.people.desk.messageHint },
  t,
})

type FoundProps = { answer: Answer; index: number; props: DeskPeopleProps; t: Strings }

function Found({ answer: { directory, people }, index, props, t }: FoundProps) {
  const words = t.people.desk
  const { place } = props
  return (
    <>
      {people && people.length > 0 && (
        <h2>{place ? t.people.around(people.length, place) : t.people.found(people.length)}</h2>
      )}
      {directory.name !== '' && <p class="fine">{words.from(directory.name)}</p>}
      {!people && <p role="alert">{words.failed(directory.name)}</p>}
      {people?.length === 0 && <p>{words.nobody}</p>}
      {people?.map((person, number) => (
        <PersonPanel
          person={person}
          directory={directory.uri}
          field={`message.${index}.${number}`}
          props={props}
          t={t}
        />
      ))}
    </>
  )
}

type PanelProps = {
  person: Person
  directory: string
  /** The name of the field in which one writes to them. */
  field: string
  props: DeskPeopleProps
  t: Strings
}

function PersonPanel({ person, directory, field, props, t }: PanelProps) {
  const words = t.facilitator
  const facts: [string, string | undefined][] = [
    [words.facts.formats, person.formats.join(', ')],
    [words.facts.themes, person.themes.join(', ')],
    [words.facts.languages, person.languages.map((tag) => languageName(tag, t)).join(', ')],
    [words.facts.status, person.status && words.statuses[person.status]],
    [words.facts.training, person.training && words.trainings[person.training]],
    [words.facts.availability, person.availability],
  ]
  return (
    <section class="panel found">
      <h3>{person.name}</h3>
      <p class="fine">
        {[
          words.word[person.word],
          person.where,
          person.radiusKm ? words.radius.around(person.radiusKm) : '',
          awayWords(person, t),
        ]
          .filter(Boolean)
          .join(', ')}
      </p>
      {person.isForStructures && (
        <p>
          <span class="tag">{t.people.desk.networkOnly}</span>
        </p>
      )}
      {person.presentation && <p class="typed">{person.presentation}</p>}
      <dl class="facts-list">
        {facts.map(([label, value]) =>
          value ? (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
        <ShownContact person={person} t={t} />
      </dl>
      {!person.isForStructures && (
        <p>
          <OuterLink href={person.url}>{t.people.desk.look}</OuterLink>
        </p>
      )}
      {person.contact === 'relay' && (
        <Write person={person} directory={directory} field={field} props={props} t={t} />
      )}
    </section>
  )
}

/** Folded, and open where something could not leave. */
function Write({ person, directory, field, props, t }: PanelProps) {
  const isTried = props.written?.uri === person.uri
  const tried = isTried ? props : { messages: [] }
  const name = isTried ? (props.written?.field ?? field) : field
  return (
    <details open={isTried}>
      <summary>{t.people.desk.write}</summary>
      <form method="post" action={paths.writeToFound} class="stack" novalidate>
        <CsrfInput csrf={props.session.csrf} />
        <input type="hidden" name="personne" value={person.uri} />
        <input type="hidden" name="annuaire" value={directory} />
        {Object.entries(props.values).map(
          ([name, value]) => value !== '' && <input type="hidden" name={name} value={value} />,
        )}
        <input type="hidden" name="champ" value={name} />
        <TextArea form={formOf(tried, name, t)} name={name} rows={5} max={2000} />
        <p>
          <button type="submit" class="button">
            {t.people.desk.submit}
          </button>
        </p>
      </form>
    </details>
  )
}
