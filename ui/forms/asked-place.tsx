import { NOTE_MAX } from '../../node/domain/cafes/status-change.ts'
import { placeTextOf, type SuggestedFields } from '../../node/domain/suggestions/suggestion.ts'
import { type FormState, InputField } from '../components/fields.tsx'
import { PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type AskedPlaceProps = { asked: SuggestedFields; cafeId: string; csrf: string; t: Messages }

/**
 * Shows the team the place that the author of a published café asks for. POST to `paths.askedPlace`: `lieu` = `demande` |
 * `annonce`, `vu` (what was shown), `raison` for the author.
 */
export function AskedPlace({ asked, cafeId, csrf, t }: AskedPlaceProps) {
  const texts = t.suggestion.team
  const form: FormState = {
    ...{ values: { raison: '' }, messages: [], t },
    labels: { raison: texts.keepReason },
    hints: { raison: texts.reasonHint },
  }
  const seen = <input type="hidden" name="vu" value={JSON.stringify(asked)} />
  return (
    <section class="panel" aria-labelledby="autre-lieu">
      <h2 id="autre-lieu">{texts.placeTitle}</h2>
      <p>
        <strong>
          <UserText t={t}>{placeTextOf(asked)}</UserText>
        </strong>
      </p>
      <p>{texts.placeHint}</p>
      <PostForm action={paths.askedPlace(cafeId)} csrf={csrf}>
        {seen}
        <button type="submit" class="button" name="lieu" value="demande">
          {texts.placeYes}
        </button>
      </PostForm>
      <PostForm action={paths.askedPlace(cafeId)} csrf={csrf}>
        {seen}
        <InputField form={form} name="raison" max={NOTE_MAX} optional />
        <button type="submit" class="button quiet" name="lieu" value="annonce">
          {texts.placeNo}
        </button>
      </PostForm>
    </section>
  )
}
