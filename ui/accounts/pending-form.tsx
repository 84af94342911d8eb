import { PanelForm } from '../components/panel-form.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The hidden field `kept`: a form that was sent while nobody was signed in, as one text. */
export const PendingFormInput = ({ pendingForm }: { pendingForm: string | undefined }) =>
  pendingForm === undefined ? null : <input type="hidden" name="kept" value={pendingForm} />

/**
 * POST `/administration/connexion/reprise`: `kept`. The person opens a link for signing in in another tab; this page
 * still holds what was typed, and sends it once they are signed in.
 */
export const ResumePendingForm = ({ pendingForm, t }: { pendingForm: string; t: Messages }) => {
  const texts = t.team.keptByLink
  return (
    <PanelForm
      id="reprise"
      heading={texts.title}
      lead={texts.lead}
      action={paths.resumePendingForm}
      submit={texts.submit}
      isQuiet
    >
      <PendingFormInput pendingForm={pendingForm} />
    </PanelForm>
  )
}
