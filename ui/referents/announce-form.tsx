import {
  CsrfInput,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import { Form } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { ReferentDashboardLayout, type TerritorySession } from './dashboard.tsx'

/** POST the same: `csrf`, `structure`, `title`, `date`, `time`, `venue.name`, `venue.streetAddress`, `venue.town`, `descriptionMarkdown`, `phone`. */
export type AnnounceForPageProps = {
  site: Site
  session: TerritorySession
  values: FormValues
  messages: FieldMessage[]
  /** The law's minimum is missing: nothing can be published. */
  notReady: boolean
}

/** A café that a referent announces at the directory, for a structure that asks. */
export function AnnounceForPage({
  site,
  session,
  values,
  messages,
  notReady,
}: AnnounceForPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.referentDashboard.announce
  const form: FormState = {
    values,
    messages,
    labels: {
      structure: texts.structure,
      title: texts.name,
      date: texts.date,
      time: texts.time,
      'venue.name': texts.venue,
      'venue.streetAddress': texts.street,
      'venue.town': texts.town,
      descriptionMarkdown: texts.text,
      phone: texts.phone,
    },
    hints: { 'venue.town': texts.townHint },
    t,
  }
  const { code } = session.territory
  return (
    <ReferentDashboardLayout
      title={titleOfForm(form, texts.title)}
      {...{ site, session }}
      current={paths.announceFor(code)}
    >
      <div class="narrow">
        <ErrorSummary form={form} />
        <h1>{texts.title}</h1>
        <p class="lead">{notReady ? t.refusals['referents.directory_not_ready'] : texts.lead}</p>
        {!notReady && (
          <Form method="post" action={paths.announceFor(code)} class="stack" novalidate>
            <CsrfInput csrf={session.csrf} />
            <InputField form={form} name="structure" autocomplete="organization" required />
            <InputField form={form} name="title" required />
            <InputField form={form} name="date" type="date" short required />
            <InputField form={form} name="time" type="time" short required />
            <InputField form={form} name="venue.name" required />
            <InputField form={form} name="venue.streetAddress" optional />
            <InputField form={form} name="venue.town" required />
            <TextArea form={form} name="descriptionMarkdown" rows={6} optional />
            <InputField form={form} name="phone" type="tel" optional />
            <p>
              <button type="submit" class="button">
                {texts.submit}
              </button>
            </p>
          </Form>
        )}
      </div>
    </ReferentDashboardLayout>
  )
}
