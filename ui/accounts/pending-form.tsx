import { PanelForm } from '../components/panel-form.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A form that was sent while nobody was signed in, as one text that goes along (`kept`). */
export const PendingFormInput = ({ kept }: { kept: string | undefined }) =>
  kept === undefined ? null : <input type="hidden" name="kept" value={kept} />

/**
 * POST `/administration/connexion/reprise`: `kept`. A link is opened beside this page, which still holds what was typed
 * and asks for it back once the link has let somebody in.
 */
export const ResumePendingForm = ({ kept, t }: { kept: string; t: Messages }) => {
  const texts = t.team.keptByLink
  return (
    <PanelForm
      id="reprise"
      heading={texts.title}
      lead={texts.lead}
      action={paths.resumeKept}
      submit={texts.submit}
      isQuiet
    >
      <PendingFormInput kept={kept} />
    </PanelForm>
  )
}
