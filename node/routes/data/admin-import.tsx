import { Hono, type Context as HonoContext } from 'hono'
import { raw } from 'hono/html'
import {
  ImportDonePage,
  type ImportLine,
  ImportPage,
  ImportPreviewPage,
  ImportRow,
} from '../../../ui/data/import-pages.tsx'
import { importProblemMessage } from '../../../ui/data/import-problems.ts'
import { messagesFor, problemMessage, refusalText } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import type { ImportPreview } from '../../domain/cafes/import.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import { isWebAddress } from '../../domain/values/web-address.ts'
import { giveWay } from '../../turns.ts'
import { type Admin, adminSession, type WebEnv } from '../http/access.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { applyImport, previewImport } from './import.ts'
import {
  IMPORT_BYTES,
  type ImportFile,
  packFile,
  problemOfFile,
  unpackFile,
} from './import-file.ts'
import { readImportAside } from './import-reader.ts'

type Field = 'file' | 'url'

/** What is wrong with a field, in the reader's language. */
type Wrong = { name: Field; message: string }

type Chosen = { file: ImportFile; from: Field } | { wrong: Wrong }

/** Cafés from a calendar or a table: chosen, looked at, then written. */
export function importRoutes(context: Context) {
  const { db, config, remote, now } = context

  async function choosePage(c: HonoContext<WebEnv>, wrong?: Wrong) {
    const messages = wrong ? [wrong] : []
    const shown = { site: await findSite(context, c), session: adminSession(c.var.admin), messages }
    const url = c.req.method === 'POST' ? textOf(c.var.form, 'url') : undefined
    return c.html(<ImportPage {...shown} url={url} />, wrong ? 422 : 200)
  }

  async function readChosen(form: FormData, lang: Lang): Promise<Chosen> {
    const uploaded = form.get('file')
    if (uploaded instanceof File && uploaded.size > 0) {
      if (uploaded.size > IMPORT_BYTES)
        return { wrong: refused('file', 'data.import_too_large', lang) }
      const bytes = new Uint8Array(await uploaded.arrayBuffer())
      const { name: filename, type: contentType } = uploaded
      return { file: { bytes, filename, contentType }, from: 'file' }
    }
    const url = textOf(form, 'url').replace(/^webcals?:\/\//i, 'https://')
    if (url === '') return { wrong: nothingChosen(lang) }
    if (!isWebAddress(url)) {
      const message = problemMessage({ field: 'url', code: 'not_an_url' }, lang)
      return { wrong: { name: 'url', message } }
    }
    const fetched = await remote.fetchCalendar(url)
    if (fetched.outcome === 'refused') return { wrong: refused('url', fetched.reason, lang) }
    return { file: fetched, from: 'url' }
  }

  const planFor = (admin: Admin, preview: ImportPreview) => ({
    db,
    config,
    organization: admin.organization,
    preview,
    now: now(),
  })

  const asking = (c: HonoContext<WebEnv>) => ({ now: now(), who: c.var.admin.session.id })

  return new Hono<WebEnv>()
    .get('/', (c) => choosePage(c))
    .post('/', async (c) => {
      const lang = languageOf(c)
      const chosen = await readChosen(c.var.form, lang)
      if ('wrong' in chosen) return choosePage(c, chosen.wrong)
      const { preview, refusal } = await readImportAside(chosen.file, asking(c))
      if (!preview) return choosePage(c, refused(chosen.from, refusal, lang))
      const unreadable = problemOfFile(preview)
      if (unreadable) {
        const message = importProblemMessage(unreadable, lang)
        return choosePage(c, { name: chosen.from, message })
      }
      const lines = await previewImport(planFor(c.var.admin, preview))
      return c.html(
        <ImportPreviewPage
          site={await findSite(context, c)}
          session={adminSession(c.var.admin)}
          lines={lines}
          rows={await drawRows(lines, lang)}
          warnings={preview.warnings.map((warning) => importProblemMessage(warning, lang))}
          hidden={{ packed: await packFile(chosen.file.bytes) }}
        />,
      )
    })
    .post('/confirmer', async (c) => {
      const bytes = await unpackFile(textOf(c.var.form, 'packed'))
      if (!bytes) return choosePage(c, nothingChosen(languageOf(c)))
      const { preview, refusal } = await readImportAside({ bytes }, asking(c))
      if (!preview) return choosePage(c, refused('file', refusal, languageOf(c)))
      const lines = await applyImport(planFor(c.var.admin, preview))
      context.wake()
      const site = await findSite(context, c)
      const session = adminSession(c.var.admin)
      const rows = await drawRows(lines, languageOf(c))
      return c.html(<ImportDonePage {...{ site, session, lines, rows }} />)
    })
}

/** Others get their turn in between. */
async function drawRows(lines: readonly ImportLine[], lang: Lang) {
  const rows: string[] = []
  for (const line of lines) {
    rows.push(String(<ImportRow line={line} lang={lang} />))
    await giveWay()
  }
  const drawn = raw(rows.join(''))
  return () => drawn
}

const nothingChosen = (lang: Lang): Wrong => ({
  name: 'file',
  message: messagesFor(lang).admin.import.nothingChosen,
})

const refused = (name: Field, refusal: Refusal, lang: Lang): Wrong => ({
  name,
  message: refusalText(refusal, lang),
})
