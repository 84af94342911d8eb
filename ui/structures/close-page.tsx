import { CLOSED_PASTS } from '../../node/domain/structures/hosted.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Choices, type FormState } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST `/administration/lieu/fermer`: `csrf` · `passe` (`kept`, `gone`) · `sur` (`oui`). */
export type CloseStructurePageProps = AdminProps & {
  name: string
  /** How many published cafés are to come. */
  toCome: number
  values: { passe: string; sur: string }
  problems: readonly ('noPast' | 'notSure')[]
}

/** Asks the administrator of a hosted structure what is to become of it when it closes. */
export function CloseStructurePage(props: CloseStructurePageProps) {
  const { site, session, name, toCome } = props
  const t = messagesFor(site.lang)
  const texts = t.leaving.close
  const form = closeForm(props, t)
  return (
    <AdminPage
      {...{ site, session, form }}
      title={texts.title(name)}
      lead={texts.lead}
      current={paths.place}
      narrow
    >
      <ul>
        {texts
          .effects(toCome)
          .split('\n')
          .map((effect) => (
            <li>{effect}</li>
          ))}
      </ul>
      <PostForm csrf={session.csrf} action={paths.closeStructure} novalidate>
        <Choices
          form={form}
          name="passe"
          type="radio"
          choices={CLOSED_PASTS.map((past) => [past, texts.pasts[past]])}
        />
        <Choices form={form} name="sur" type="checkbox" choices={[['oui', texts.isSure(name)]]} />
        <p class="buttons">
          <button type="submit" class="button danger">
            {texts.submit}
          </button>
          <Link href={paths.place}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

const closeForm = ({ values, problems }: CloseStructurePageProps, t: Messages): FormState => {
  const { close } = t.leaving
  return {
    values,
    messages: problems.map((code) => ({
      name: code === 'noPast' ? 'passe' : 'sur',
      message: close[code],
    })),
    labels: { passe: close.past, sur: close.sure },
    hints: {},
    t,
  }
}
