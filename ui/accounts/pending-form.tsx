import { SubmitButton } from '../components/fields.tsx'
import { Form } from '../components/link.tsx'
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
    <Form
      method="post"
      action={paths.resumeKept}
      class="panel stack"
      aria-labelledby="reprise"
      novalidate
    >
      <h2 id="reprise">{texts.title}</h2>
      <p>{texts.lead}</p>
      <PendingFormInput kept={kept} />
      <SubmitButton quiet>{texts.submit}</SubmitButton>
    </Form>
  )
}
