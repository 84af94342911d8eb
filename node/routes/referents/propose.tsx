import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { type ProposalForm, ProposeReferentPage } from '../../../ui/referents/admin-list.tsx'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../store/database/database.ts'
import { listJoinedDirectories } from '../../store/facilitators/recipients.ts'
import { appendChange } from '../../store/queues/changes.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { readProposedReferent } from './form.ts'

/** The form for a proposal before anything was typed. */
export const NO_FORM: ProposalForm = { values: { word: 'neutre' }, messages: [] }

/** The page where a place proposes a referent to its directory. */
export function proposeReferentRoutes(context: Context) {
  const { db, now } = context

  /** Lists the directories that admitted this place, by the address of the account that it follows. */
  const listDirectories = async (): Promise<{ uri: string; host: string }[]> =>
    (await listJoinedDirectories(db)).map(({ uri }) => ({ uri, host: new URL(uri).host }))

  async function page(c: HonoContext<WebEnv>, form: ProposalForm) {
    return c.html(
      <ProposeReferentPage
        {...(await adminPropsFor(context, c))}
        form={form}
        directories={await listDirectories()}
      />,
      form.messages.length > 0 ? 422 : 200,
    )
  }

  return new Hono<WebEnv>()
    .get('/', (c) => page(c, NO_FORM))
    .post('/', async (c) => {
      const { form } = c.var
      const texts = messagesFor(languageOf(c)).referentAdmin.wrong
      const read = readProposedReferent(form, { texts, lang: languageOf(c), emailRequired: true })
      const directories = await listDirectories()
      const chosen = textOf(form, 'directory')
      const target =
        directories.length > 1 ? directories.find(({ uri }) => uri === chosen) : directories[0]
      const messages = [
        ...read.messages,
        ...(target ? [] : [{ name: 'directory', message: texts.directory }]),
        ...(form.has('agreed') ? [] : [{ name: 'agreed', message: texts.agreed }]),
      ]
      const { name, word, email } = read.person
      if (messages.length > 0 || !read.territory || email === undefined || !target)
        return page(c, { values: valuesOf(form), messages, choices: read.choices })
      const proposal = { territory: read.territory.code, name, word, email }
      const change = { type: 'referent-proposed', proposal, target: target.uri } as const
      await inTransaction(db, (trx) => appendChange(trx, change, now()))
      context.wake()
      return c.redirect(withFlash(paths.adminReferents, 'requested'), 303)
    })
}
