/**
 * The resources of a structure. POST `/administration/ressources/nouvelle` or `/administration/ressources/{id}`: `csrf` ·
 * `RESOURCE_FIELDS`.
 */

import type { Resource } from '../../node/domain/resources/resource.ts'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  ShownInput,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { ResourceFields } from './fields.tsx'

type ListProps = AdminProps & {
  resources: readonly Resource[]
  /** The most that the structure may have, once it has them. */
  full: number | undefined
}

/** Lists the resources of a structure. */
export function AdminResourcesPage({ site, session, flash, resources, full }: ListProps) {
  const t = messagesFor(site.lang)
  const texts = t.resources.admin
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session, flash }}
      current={paths.adminResources}
    >
      {full === undefined ? (
        <p>
          <Link class="button" href={paths.newResource}>
            {texts.add}
          </Link>
        </p>
      ) : (
        <p>{texts.full(full)}</p>
      )}
      <Rows
        rows={resources}
        none={texts.none}
        columns={[
          [texts.name, ({ title }) => title],
          [texts.kind, ({ kind }) => t.resources.kinds[kind]],
          [
            texts.seen,
            ({ slug, title }) => (
              <Link href={paths.resource(slug)}>
                {texts.see}
                <span class="unseen">{t.admin.home.about(title)}</span>
              </Link>
            ),
          ],
          [
            t.admin.home.col.actions,
            ({ id, title }) => (
              <Link href={paths.adminResource(id)}>
                {t.admin.home.edit}
                <span class="unseen">{t.admin.home.about(title)}</span>
              </Link>
            ),
          ],
        ]}
        t={t}
      />
    </AdminPage>
  )
}

type FormProps = AdminProps & {
  values: FormValues
  messages: FieldMessage[]
  /** The resource as it is stored; undefined for a new one. */
  current: Pick<Resource, 'id' | 'slug'> | undefined
}

/** The form of a resource. */
export function ResourceFormPage({ site, session, flash, values, messages, current }: FormProps) {
  const t = messagesFor(site.lang)
  const texts = t.resources.admin
  const form: FormState = { values, messages, labels: texts.labels, hints: texts.hints, t }
  const action = current ? paths.adminResource(current.id) : paths.newResource
  return (
    <AdminPage
      title={current ? texts.titleEdit : texts.titleNew}
      {...{ form, site, session, flash }}
      current={paths.adminResources}
      back={{ href: paths.adminResources, label: texts.title }}
      narrow
    >
      {current && (
        <p>
          <Link href={paths.resource(current.slug)}>{texts.seen}</Link>
        </p>
      )}
      <PostForm csrf={session.csrf} action={action} class="stack" novalidate>
        <ShownInput values={values} />
        <ResourceFields form={form} />
        <p class="buttons">
          <button type="submit" class="button">
            {current ? texts.saveEdit : texts.save}
          </button>
          <Link href={paths.adminResources}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
      {current && (
        <>
          <HistoryLink form={action} t={t} />
          <p>
            <Link href={paths.deleteResource(current.id)}>{texts.delete}</Link>
          </p>
        </>
      )}
    </AdminPage>
  )
}
