import {
  RESOURCE_AUDIENCES,
  RESOURCE_KINDS,
  RESOURCE_LEVELS,
  RESOURCE_LICENCES,
} from '../../node/domain/resources/resource.ts'
import { languageName } from '../cafes/details.tsx'
import { type Choice, type FormState, Group } from '../components/fields.tsx'
import { choicesFrom, type Fields, fieldsOf } from '../forms/description.ts'
import { FormFields } from '../forms/form-field.tsx'
import type { Messages } from '../locales/messages.ts'

/** The form of a resource, by its parts. */
const RESOURCE_FORM = {
  what: {
    title: { kind: 'text', required: true, max: 100 },
    summary: { kind: 'text', rows: 2, required: true, max: 200 },
    kind: { kind: 'select', choices: choicesFrom(RESOURCE_KINDS, (t) => t.resources.kinds) },
    descriptionMarkdown: { kind: 'lines', rows: 12, max: 10_000, optional: true },
    material: { kind: 'list', rows: 4, optional: true },
    link: { kind: 'url', optional: true },
  },
  who: {
    level: {
      ...{ kind: 'radio', usual: 'beginner' },
      choices: choicesFrom(RESOURCE_LEVELS, (t) => t.resources.levels),
    },
    audiences: {
      kind: 'boxes',
      choices: choicesFrom(RESOURCE_AUDIENCES, (t) => t.resources.audiences),
    },
    minutes: { kind: 'number', short: true, inputmode: 'numeric', optional: true },
    groupMin: { kind: 'number', short: true, inputmode: 'numeric', optional: true },
    groupMax: {
      ...{ kind: 'number', short: true, inputmode: 'numeric', optional: true },
      with: 'groupMin',
    },
    needsComputer: {
      kind: 'tick',
      box: { value: 'yes', label: (t) => t.resources.admin.computer },
    },
    themes: { kind: 'words', optional: true },
    language: { kind: 'select', usual: 'fr', choices: languages },
  },
  whose: {
    author: { kind: 'text', required: true, max: 120 },
    licence: {
      ...{ kind: 'select', usual: RESOURCE_LICENCES[0] },
      choices: choicesFrom(RESOURCE_LICENCES, (t) => t.resources.licences),
    },
  },
} satisfies { readonly [part: string]: Fields }

/** All fields of the form. */
export const RESOURCE_FIELDS = fieldsOf(RESOURCE_FORM)

/** Returns the usual languages, and the one that was chosen before. */
function languages(t: Messages, chosen: readonly string[]): Choice[] {
  const tags = new Set(['fr', 'en', ...Object.keys(t.cafe.language), ...chosen])
  return [...tags].filter((tag) => tag !== 'fsl').map((tag) => [tag, languageName(tag, t)])
}

/** The fields of a resource, in three groups. */
export const ResourceFields = ({ form }: { form: FormState }) => {
  const { groups } = form.t.resources.admin
  return (
    <>
      <Group title={groups.what}>
        <FormFields form={form} fields={RESOURCE_FORM.what} />
      </Group>
      <Group title={groups.who}>
        <FormFields form={form} fields={RESOURCE_FORM.who} />
      </Group>
      <Group title={groups.whose}>
        <FormFields form={form} fields={RESOURCE_FORM.whose} />
      </Group>
    </>
  )
}
