import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { type FieldMessage, type FormValues, messagesOf } from '../../../ui/components/fields.tsx'
import { toFormValues, usualValuesOf } from '../../../ui/forms/description.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { AdminResourcesPage, ResourceFormPage } from '../../../ui/resources/admin-pages.tsx'
import { RESOURCE_FIELDS } from '../../../ui/resources/fields.tsx'
import type { Context } from '../../context.ts'
import { decideDeletion } from '../../domain/cafes/edit.ts'
import { RESOURCES_OF_STRUCTURE } from '../../domain/limits/limits.ts'
import type { Resource } from '../../domain/resources/resource.ts'
import { parseResource } from '../../domain/resources/resource-input.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { runStep } from '../../store/database/locks.ts'
import {
  countOwnResources,
  createResource,
  findOwnResource,
  listOwnResources,
  OWN_RESOURCE,
} from '../../store/resources/resources.ts'
import {
  answerDeletedOf,
  type EditedForm,
  editedFormOf,
  editHistoryPage,
  findLastEdit,
  saveEditedForm,
} from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { withFlash } from '../http/flash.ts'
import { readFields, textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { isReview } from '../workspaces/pending-form.tsx'
import { refusalOf } from '../workspaces/refusals.ts'
import { resourceHomeOf } from './resource-home.ts'

/** The resources that a structure publishes. */
export const adminResourceRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => showList(context, c))
    .get('/nouvelle', (c) => formPage(context, c, { values: usualValuesOf(RESOURCE_FIELDS) }))
    .post('/nouvelle', (c) => saveNew(context, c))
    .get('/:id', (c) => showOne(context, c))
    .post('/:id', (c) => saveChanged(context, c))
    .get('/:id/historique', async (c) =>
      editHistoryPage(c, context, editedResource(await ownResource(context, c))),
    )
    .get('/:id/supprimer', async (c) => deletePage(context, c, await ownResource(context, c)))
    .post('/:id/supprimer', (c) => deleteChosen(context, c))

type Asked = HonoContext<WebEnv>

async function showList(context: Context, c: Asked) {
  const resources = await listOwnResources(context.db, c.var.admin.organization.id)
  return c.html(
    <AdminResourcesPage
      {...(await adminPropsFor(context, c))}
      resources={resources}
      full={resources.length >= RESOURCES_OF_STRUCTURE ? RESOURCES_OF_STRUCTURE : undefined}
    />,
  )
}

type Shown = {
  values: FormValues
  current?: Resource
  messages?: FieldMessage[]
}

const formPage = async (context: Context, c: Asked, { values, current, messages }: Shown) =>
  c.html(
    <ResourceFormPage
      {...(await adminPropsFor(context, c))}
      {...{ values, current }}
      messages={messages ?? []}
    />,
    messages ? 422 : 200,
  )

const read = (form: FormData) => parseResource(readFields(form, RESOURCE_FIELDS), renderMarkdown)

const wordsOf = (c: Asked, problems: Parameters<typeof messagesOf>[0]) =>
  messagesOf(problems, messagesFor(languageOf(c)))

async function saveNew(context: Context, c: Asked) {
  const { db, config, now } = context
  const { form, admin } = c.var
  const values = valuesOf(form)
  if (isReview(form)) return formPage(context, c, { values })
  const parsed = read(form)
  if ('problems' in parsed)
    return formPage(context, c, { values, messages: wordsOf(c, parsed.problems) })
  const home = resourceHomeOf(config, admin.organization)
  const made = await runStep(db, async (trx) => {
    if ((await countOwnResources(trx, home.organizationId)) >= RESOURCES_OF_STRUCTURE)
      return undefined
    return createResource(trx, { content: parsed.content, home, by: authorOf(admin) }, now())
  })
  if (!made) {
    const message = messagesFor(languageOf(c)).resources.admin.full(RESOURCES_OF_STRUCTURE)
    return formPage(context, c, { values, messages: [{ name: 'title', message }] })
  }
  context.wake()
  return c.redirect(withFlash(paths.adminResources, 'done'), 303)
}

async function showOne(context: Context, c: Asked) {
  const current = await ownResource(context, c)
  return formPage(context, c, { values: withShown(valuesOfResource(current)), current })
}

async function saveChanged(context: Context, c: Asked) {
  const { form } = c.var
  const id = c.req.param('id') ?? ''
  const gone = await answerDeletedOf(c, context, editedResource({ id }))
  if (gone) return gone
  const current = await ownResource(context, c)
  const values = valuesOf(form)
  if (isReview(form)) return formPage(context, c, { values, current })
  const saved = await saveEditedForm(c, context, editedResource(current), {
    ...{ noun: OWN_RESOURCE, valuesOf: valuesOfResource },
    decide: (before) => {
      const parsed = read(form)
      if ('content' in parsed) return { ...before, ...parsed.content }
      return formPage(context, c, { values, current, messages: wordsOf(c, parsed.problems) })
    },
  })
  if (saved instanceof Response) return saved
  return c.redirect(withFlash(paths.adminResources, 'saved'), 303)
}

async function deleteChosen(context: Context, c: Asked) {
  const { db, now } = context
  const gone = await answerDeletedOf(c, context, editedResource({ id: c.req.param('id') ?? '' }))
  if (gone) return gone
  const resource = await ownResource(context, c)
  const edit = { id: resource.id, by: authorOf(c.var.admin), seen: textOf(c.var.form, VERSION) }
  const saved = await saveEdit(db, OWN_RESOURCE, { ...edit, decide: decideDeletion }, now())
  if (saved.outcome === 'stale') {
    const last = await findLastEdit(context, editedResource(resource), languageOf(c))
    return deletePage(context, c, saved.value, { edit: last })
  }
  context.wake()
  return c.redirect(withFlash(paths.adminResources, 'done'), 303)
}

async function deletePage(
  context: Context,
  c: Asked,
  resource: Resource,
  meanwhile?: Parameters<typeof ConfirmActionPage>[0]['meanwhile'],
) {
  const { title, ...question } = messagesFor(languageOf(c)).resources.admin.sure
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.adminResource(resource.id)}
      action={paths.deleteResource(resource.id)}
      fields={{ [VERSION]: OWN_RESOURCE.versionOf(resource) }}
      question={() => ({ ...question, title: title(resource.title) })}
      meanwhile={meanwhile}
    />,
    meanwhile ? 409 : 200,
  )
}

const valuesOfResource = (resource: Resource): FormValues => toFormValues(RESOURCE_FIELDS, resource)

const editedResource = ({ id }: Pick<Resource, 'id'>): EditedForm => ({
  ...{ subject: { type: 'resource', id }, action: paths.adminResource(id) },
  page: paths.adminResources,
  ...editedFormOf(RESOURCE_FIELDS, (t) => t.resources.admin.labels),
})

/** Finds a resource of this person's structure, which is also the authorization. */
async function ownResource({ db }: Context, c: Asked): Promise<Resource> {
  const resource = await findOwnResource(db, { id: c.req.param('id') ?? '' })
  if (resource?.organizationId !== c.var.admin.organization.id) throw refusalOf('resource')
  return resource
}
