import type { RemoteFacilitator } from '../../node/domain/facilitators/remote-search.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { languageName } from '../cafes/details.tsx'
import { OuterLink } from '../components/external-link.tsx'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  SubmitButton,
  TextArea,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { OtherMeanings } from '../search/understood.tsx'
import { awayText } from './list-page.tsx'
import {
  FacilitatorSearchForm,
  type FacilitatorSearchValues,
  type SearchedPlace,
} from './search-page.tsx'
import { ShownContact } from './shown-profile.tsx'

type Person = RemoteFacilitator & { where: string | undefined }

type Answer = {
  /** The directory; its address is empty where this site is the directory. */
  directory: { uri: string; name: string }
  /** Undefined when the directory does not answer. */
  people: Person[] | undefined
}

/** POST to `writeToFound`: `csrf`, `personne`, `annuaire`, `champ`, what that names, and the search again. */
export type AdminFacilitatorSearchProps = AdminProps & {
  values: FacilitatorSearchValues
  problems: Problem[]
  /** Other places that the text may mean. */
  or: NavLink[]
  place: SearchedPlace | undefined
  /** Undefined before a search. */
  answers: Answer[] | undefined
  hasDirectory: boolean
  /** The person to whom a message could not be sent, and everything that was typed. */
  written?: { uri: string; field: string; values: FormValues } | undefined
  messages: FieldMessage[]
}

export function AdminFacilitatorSearchPage(props: AdminFacilitatorSearchProps) {
  const { site, session, values, problems, or, answers, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitatorSearch.admin
  return (
    <AdminPage
      title={texts.title}
      form={formOf(props, props.written?.field ?? 'message', t)}
      lead={texts.lead}
      {...{ site, session, flash }}
      current={paths.findRemoteFacilitators}
    >
      {props.hasDirectory ? (
        <>
          <FacilitatorSearchForm
            action={paths.findRemoteFacilitators}
            values={values}
            problems={problems}
            t={t}
          />
          <OtherMeanings links={or} t={t} />
          {answers?.map((answer, index) => (
            <Found answer={answer} index={index} props={props} t={t} />
          ))}
        </>
      ) : (
        <p>
          {texts.none} {session.isAdministrator && <Link href={paths.network}>{texts.join}</Link>}
        </p>
      )}
    </AdminPage>
  )
}

/** Returns the state of a person's form; each person has a field of their own. */
const formOf = (
  { written, messages }: Pick<AdminFacilitatorSearchProps, 'written' | 'messages'>,
  field: string,
  t: Messages,
): FormState => ({
  values: written?.values ?? {},
  messages,
  labels: { [field]: t.facilitatorSearch.admin.message },
  hints: { [field]: t.facilitatorSearch.admin.messageHint },
  t,
})

type FoundProps = { answer: Answer; index: number; props: AdminFacilitatorSearchProps; t: Messages }

function Found({ answer: { directory, people }, index, props, t }: FoundProps) {
  const texts = t.facilitatorSearch.admin
  const { place } = props
  return (
    <>
      {people && people.length > 0 && (
        <h2>
          {place
            ? t.facilitatorSearch.foundAt(people.length, place)
            : t.facilitatorSearch.found(people.length)}
        </h2>
      )}
      {directory.name !== '' && <p class="fine">{texts.from(directory.name)}</p>}
      {!people && <p role="alert">{texts.failed(directory.name)}</p>}
      {people?.length === 0 && <p>{texts.nobody}</p>}
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
  /** The name of the field for the message. */
  field: string
  props: AdminFacilitatorSearchProps
  t: Messages
}

function PersonPanel({ person, directory, field, props, t }: PanelProps) {
  const texts = t.facilitator
  const facts: [string, string | undefined][] = [
    [texts.facts.formats, person.formats.join(', ')],
    [texts.facts.themes, person.themes.join(', ')],
    [texts.facts.languages, person.languages.map((tag) => languageName(tag, t)).join(', ')],
    [texts.facts.status, person.status && texts.statuses[person.status]],
    [texts.facts.training, person.training && texts.trainings[person.training]],
    [texts.facts.availability, person.availability],
  ]
  return (
    <section class="panel found">
      <h3>{person.name}</h3>
      <p class="fine">
        {[
          texts.word[person.word],
          person.where,
          person.radiusKm ? texts.radius.around(person.radiusKm) : '',
          awayText(person, t),
        ]
          .filter(Boolean)
          .join(', ')}
      </p>
      {person.isForStructures && (
        <p>
          <span class="tag">{t.facilitatorSearch.admin.networkOnly}</span>
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
          <OuterLink href={person.url}>{t.facilitatorSearch.admin.look}</OuterLink>
        </p>
      )}
      {person.contact === 'relay' && (
        <Write person={person} directory={directory} field={field} props={props} t={t} />
      )}
    </section>
  )
}

/** The folded form to write to somebody; it is open where the message could not be sent. */
function Write({ person, directory, field, props, t }: PanelProps) {
  const isTried = props.written?.uri === person.uri
  const tried = isTried ? props : { messages: [] }
  const name = isTried ? (props.written?.field ?? field) : field
  return (
    <details open={isTried}>
      <summary>{t.facilitatorSearch.admin.write}</summary>
      <PostForm csrf={props.session.csrf} action={paths.writeToFound} class="stack" novalidate>
        <input type="hidden" name="personne" value={person.uri} />
        <input type="hidden" name="annuaire" value={directory} />
        {Object.entries(props.values).map(
          ([name, value]) => value !== '' && <input type="hidden" name={name} value={value} />,
        )}
        <input type="hidden" name="champ" value={name} />
        <TextArea form={formOf(tried, name, t)} name={name} rows={5} max={2000} />
        <SubmitButton>{t.facilitatorSearch.admin.submit}</SubmitButton>
      </PostForm>
    </details>
  )
}
