import type { Child } from 'hono/jsx'
import type { Problem } from '../../node/domain/values/problem.ts'
import { type Messages, problemMessage } from '../locales/messages.ts'
import { Link, PostForm } from './link.tsx'
import { inputTypeOf } from './time.tsx'

/** The values of a form, exactly as they were sent: one text per name, or several where boxes are ticked. */
export type FormValues = { readonly [name: string]: string | readonly string[] }

/** What is wrong with one input, in words. */
export type FieldMessage = { name: string; message: string }

/** What the fields of one form need. Labels and hints are found by the input's name. */
export type FormState = {
  values: FormValues
  messages: FieldMessage[]
  labels: { readonly [name: string]: string }
  hints: { readonly [name: string]: string }
  t: Messages
}

const fieldId = (name: string): string => name.replaceAll('.', '-')

/** Finds the message about the first problem of one of these fields; undefined where they have none. */
export const findMessage = (
  problems: Problem[],
  fields: readonly string[],
  t: Messages,
): string | undefined => {
  const problem = problems.find(({ field }) => fields.includes(field))
  return problem && problemMessage(problem, t.lang)
}

/**
 * Returns the messages of a form's problems, by the names of its inputs; only the first problem of each input.
 * `inputFor` returns the input that shows a problem of the domain.
 */
export const messagesOf = (
  problems: Problem[],
  t: Messages,
  inputFor: (field: string) => string = (field) => field,
): FieldMessage[] => {
  const messages = new Map<string, string>()
  for (const problem of problems) {
    const name = inputFor(problem.field)
    if (!messages.has(name)) messages.set(name, problemMessage(problem, t.lang))
  }
  return [...messages].map(([name, message]) => ({ name, message }))
}

const textOf = (form: FormState, name: string): string => {
  const value = form.values[name]
  return typeof value === 'string' ? value : (value?.join(', ') ?? '')
}

const chosenOf = (form: FormState, name: string): readonly string[] => {
  const value = form.values[name]
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

const messageOf = (form: FormState, name: string): string | undefined =>
  form.messages.find((message) => message.name === name)?.message

/**
 * The hidden field with the values that the form had when it was opened, by which the edits of two people are merged
 * (`reconciled-form.ts`).
 */
export const ShownInput = ({ values }: { values: FormValues }) =>
  typeof values.shown === 'string' ? (
    <input type="hidden" name="shown" value={values.shown} />
  ) : null

export const FieldError = ({ id, message }: { id: string; message: string | undefined }) =>
  message ? (
    <p class="error" id={id}>
      {message}
    </p>
  ) : null

/** Returns the ids of the texts that describe an input (`aria-describedby`). */
const describedBy = (form: FormState, name: string): string | undefined => {
  const ids = [
    form.hints[name] ? `${fieldId(name)}-aide` : '',
    messageOf(form, name) ? `${fieldId(name)}-erreur` : '',
  ].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

const Hint = ({ form, name }: { form: FormState; name: string }) =>
  form.hints[name] ? (
    <span class="hint" id={`${fieldId(name)}-aide`}>
      {form.hints[name]}
    </span>
  ) : null

const Message = ({ form, name }: { form: FormState; name: string }) => (
  <FieldError id={`${fieldId(name)}-erreur`} message={messageOf(form, name)} />
)

type FieldProps = {
  form: FormState
  name: string
  required?: boolean | undefined
  optional?: boolean | undefined
  short?: boolean | undefined
}

type InputProps = FieldProps & {
  type?: 'text' | 'date' | 'time' | 'email' | 'password' | 'url' | 'tel' | 'number' | 'file'
  autocomplete?: string | undefined
  inputmode?: 'numeric' | 'text' | undefined
  /**
   * The maximum length in characters, which the hint states and the script counts; a longer text is refused, never cut.
   */
  max?: number | undefined
  min?: number
  list?: string | undefined
  accept?: string
  readonly?: boolean
}

const wrapperClass = (short: boolean | undefined): string => (short ? 'field short' : 'field')

const Label = ({ form, name, optional }: FieldProps) => (
  <label for={fieldId(name)}>
    {form.labels[name]}
    {optional && <span class="optional"> ({form.t.admin.form.optional})</span>}
  </label>
)

export function InputField(props: InputProps) {
  const { form, name, required, optional, short, type = 'text', max, ...attributes } = props
  const secret = type === 'password' || type === 'file'
  const value = secret ? undefined : textOf(form, name)
  return (
    <div class={wrapperClass(short)}>
      <Label form={form} name={name} optional={optional ?? false} />
      <Hint form={form} name={name} />
      <input
        id={fieldId(name)}
        name={name}
        type={inputTypeOf(type, value ?? '')}
        value={value}
        required={required}
        data-max={max}
        aria-invalid={messageOf(form, name) ? 'true' : undefined}
        aria-describedby={describedBy(form, name)}
        {...attributes}
      />
      <Message form={form} name={name} />
    </div>
  )
}

type TextAreaProps = FieldProps & { rows: number; max?: number | undefined }

export const TextArea = ({ form, name, optional, rows, max }: TextAreaProps) => (
  <div class="field">
    <Label form={form} name={name} optional={optional ?? false} />
    <Hint form={form} name={name} />
    <textarea
      id={fieldId(name)}
      name={name}
      rows={rows}
      data-max={max}
      aria-invalid={messageOf(form, name) ? 'true' : undefined}
      aria-describedby={describedBy(form, name)}
    >
      {textOf(form, name)}
    </textarea>
    <Message form={form} name={name} />
  </div>
)

export type Choice = readonly [value: string, label: string]

type ChoiceProps = FieldProps & {
  type: 'radio' | 'checkbox'
  choices: readonly Choice[]
  /** Whether each choice takes a line of its own, because its words are long. */
  isLong?: boolean
}

/** Radio buttons or check boxes under one question. */
export const Choices = ({ form, name, type, choices, optional, isLong }: ChoiceProps) => (
  <fieldset
    class="choice-group"
    id={fieldId(name)}
    tabindex={messageOf(form, name) ? -1 : undefined}
    aria-describedby={describedBy(form, name)}
  >
    <legend>
      {form.labels[name]}
      {optional && <span class="optional"> ({form.t.admin.form.optional})</span>}
    </legend>
    <Hint form={form} name={name} />
    <Message form={form} name={name} />
    <div class={type === 'checkbox' && !isLong ? 'boxes' : undefined}>
      {choices.map(([value, label]) => (
        <label class="choice">
          <input
            type={type}
            name={name}
            value={value}
            checked={chosenOf(form, name).includes(value)}
            aria-invalid={type === 'checkbox' && messageOf(form, name) ? 'true' : undefined}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

type SelectProps = FieldProps & {
  /** The label of the empty answer. */
  empty?: string | undefined
  groups: readonly { label: string; choices: readonly Choice[] }[]
}

/** A select element whose options are grouped under headings. */
export const SelectField = ({ form, name, empty, groups }: SelectProps) => (
  <div class="field">
    <Label form={form} name={name} />
    <Hint form={form} name={name} />
    <select
      id={fieldId(name)}
      name={name}
      aria-invalid={messageOf(form, name) ? 'true' : undefined}
      aria-describedby={describedBy(form, name)}
    >
      {empty !== undefined && <option value="">{empty}</option>}
      {groups.map(({ label, choices }) => (
        <optgroup label={label}>
          {choices.map(([value, text]) => (
            <option value={value} selected={textOf(form, name) === value}>
              {text}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
    <Message form={form} name={name} />
  </div>
)

/** Returns the messages in the order of the form, which is that of the labels. */
function inFormOrder({ messages, labels }: FormState): FieldMessage[] {
  const names = Object.keys(labels)
  return messages.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
}

/** Returns the title of a form's page; when something is wrong, it begins by saying so, since it is read first. */
export const titleOfForm = ({ messages, t }: Pick<FormState, 'messages' | 't'>, title: string) =>
  messages.length > 0 ? t.admin.form.error + title : title

/**
 * Lists all errors at the top, each as a link to its field; screen readers announce it. `secret`: passwords are never
 * sent back, so the text does not promise that everything typed is still there.
 */
export const ErrorSummary = ({
  form,
  secret,
}: {
  form: FormState
  secret?: boolean | undefined
}) =>
  form.messages.length > 0 ? (
    <div class="errors" role="alert">
      <h2>{form.t.admin.form.summary(form.messages.length)}</h2>
      <ul>
        {inFormOrder(form).map(({ name, message }) => (
          <li>
            <Link href={`#${fieldId(name)}`}>
              {form.labels[name] ? form.t.admin.form.inField(form.labels[name]) : ''}
              {message}
            </Link>
          </li>
        ))}
      </ul>
      {!secret && <p>{form.t.admin.form.kept}</p>}
    </div>
  ) : null

type SubmitProps = { children: Child; quiet?: boolean | undefined; danger?: boolean }

/** The button that sends a form, on a line of its own. */
export const SubmitButton = ({ children, quiet, danger }: SubmitProps) => (
  <p>
    <button type="submit" class={quiet ? 'button quiet' : danger ? 'button danger' : 'button'}>
      {children}
    </button>
  </p>
)

type ActionProps = { action: string; csrf: string; children: Child; quiet?: boolean }

/** One button in a form of its own, for an action, since GET must not change anything. */
export const ActionButton = ({ action, csrf, children, quiet }: ActionProps) => (
  <PostForm csrf={csrf} action={action} class="inline">
    <button type="submit" class={quiet ? 'button quiet small' : 'button small'}>
      {children}
    </button>
  </PostForm>
)

/** Fields that may wait; folded in the first steps, which ask only for what a site needs. */
export const Rest = ({
  isFolded,
  t,
  children,
}: {
  isFolded: boolean
  t: Messages
  children: Child
}) =>
  isFolded ? (
    <details class="rest">
      <summary>{t.onboarding.rest}</summary>
      {children}
    </details>
  ) : (
    children
  )

/** Fields under one heading. */
export const Group = ({ title, children }: { title: string; children: Child }) => (
  <fieldset class="group">
    <legend>{title}</legend>
    {children}
  </fieldset>
)
