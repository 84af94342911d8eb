import { SubmitButton } from '../components/fields.tsx'
import { Form } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A territory that has an account of its own: its code, its name, and the name of the account. */
export type FollowArea = { code: string; name: string; feed: string }

export type FollowAreas = { regions: FollowArea[]; departements: FollowArea[] }

type Props = { areas: FollowAreas; chosen: string | undefined; t: Messages }

/** The choice of a territory to follow, at a directory; without scripts it is one field with a button. */
export function ChooseArea({ areas, chosen, t }: Props) {
  const texts = t.followArea
  const options = (list: FollowArea[]) =>
    list.map(({ code, name, feed }) => (
      <option value={code} selected={feed === chosen}>
        {name}
      </option>
    ))
  return (
    <Form method="get" action={paths.followPage} class="panel" aria-label={texts.heading}>
      <div class="field">
        <label for="territoire">
          {texts.label}
          <span class="hint">{texts.lead}</span>
        </label>
        <select id="territoire" name="territoire">
          <option value="">{texts.everywhere}</option>
          <optgroup label={texts.departements}>{options(areas.departements)}</optgroup>
          <optgroup label={texts.regions}>{options(areas.regions)}</optgroup>
        </select>
      </div>
      <SubmitButton quiet>{texts.submit}</SubmitButton>
    </Form>
  )
}
