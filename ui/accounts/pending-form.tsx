import type { Strings } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A form that was sent while nobody was signed in, as one text that goes along (`kept`). */
export const KeptInput = ({ kept }: { kept: string | undefined }) =>
  kept === undefined ? null : <input type="hidden" name="kept" value={kept} />

/**
 * POST `/administration/connexion/reprise`: `kept`. A link is opened beside this page, which still holds what was typed
 * and asks for it back once the link has let somebody in.
 */
export const ResumeKept = ({ kept, t }: { kept: string; t: Strings }) => {
  const words = t.team.keptByLink
  return (
    <form
      method="post"
      action={paths.resumeKept}
      class="panel stack"
      aria-labelledby="reprise"
      novalidate
    >
      <h2 id="reprise">{words.title}</h2>
      <p>{words.lead}</p>
      <KeptInput kept={kept} />
      <p>
        <button type="submit" class="button quiet">
          {words.submit}
        </button>
      </p>
    </form>
  )
}
