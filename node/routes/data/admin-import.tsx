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
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { refusalIn } from '../../../ui/locales/refusals.ts'
import type { Context } from '../../context.ts'
import type { ImportPreview } from '../../domain/cafes/import.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { Problem } from '../../domain/values/problem.ts'
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

type Chosen = { file: ImportFile; from: 'file' | 'url' } | { problem: Problem; text?: string }

/** Cafés from a calendar or a table: chosen, looked at, then written. */
export function importRoutes(context: Context) {
  const { db, config, remote, now } = context

  async function choosePage(c: HonoContext<WebEnv>, problem?: Problem, text?: string) {
    const messages = problem
      ? [
          {
            name: problem.field,
            message: messageOf(problem, text, languageOf(c)),
          },
        ]
      : []
    const shown = { site: await findSite(context, c), session: adminSession(c.var.admin), messages }
    const url = c.req.method === 'POST' ? textOf(c.var.form, 'url') : undefined
    return c.html(<ImportPage {...shown} url={url} />, problem ? 422 : 200)
  }

  async function readChosen(form: FormData): Promise<Chosen> {
    const uploaded = form.get('file')
    if (uploaded instanceof File && uploaded.size > 0) {
      if (uploaded.size > IMPORT_BYTES)
        return { problem: { field: 'file', code: 'too_long' }, text: TOO_LARGE }
      const bytes = new Uint8Array(await uploaded.arrayBuffer())
      const { name: filename, type: contentType } = uploaded
      return { file: { bytes, filename, contentType }, from: 'file' }
    }
    const url = textOf(form, 'url').replace(/^webcals?:\/\//i, 'https://')
    if (url === '') return { problem: { field: 'file', code: 'required' } }
    if (!isWebAddress(url)) return { problem: { field: 'url', code: 'not_an_url' } }
    const fetched = await remote.fetchCalendar(url)
    if (fetched.outcome === 'refused')
      return { problem: { field: 'url', code: 'invalid' }, text: fetched.reason }
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
      const chosen = await readChosen(c.var.form)
      if ('problem' in chosen) return choosePage(c, chosen.problem, chosen.text)
      const { preview, refusal } = await readImportAside(chosen.file, asking(c))
      if (!preview) return choosePage(c, { field: chosen.from, code: 'invalid' }, refusal)
      const unreadable = problemOfFile(preview)
      if (unreadable) {
        const text = importProblemMessage(unreadable, languageOf(c))
        return choosePage(c, { ...unreadable, field: chosen.from }, text)
      }
      const lines = await previewImport(planFor(c.var.admin, preview))
      return c.html(
        <ImportPreviewPage
          site={await findSite(context, c)}
          session={adminSession(c.var.admin)}
          lines={lines}
          rows={await drawRows(lines, languageOf(c))}
          warnings={preview.warnings.map((warning) => importProblemMessage(warning, languageOf(c)))}
          hidden={{ packed: await packFile(chosen.file.bytes) }}
        />,
      )
    })
    .post('/confirmer', async (c) => {
      const bytes = await unpackFile(textOf(c.var.form, 'packed'))
      if (!bytes) return choosePage(c, { field: 'file', code: 'required' })
      const { preview, refusal } = await readImportAside({ bytes }, asking(c))
      if (!preview) return choosePage(c, { field: 'file', code: 'invalid' }, refusal)
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

function messageOf(problem: Problem, text: string | undefined, lang: Lang): string {
  if (text) return refusalIn(lang, text)
  return problem.field === 'file' && problem.code === 'required'
    ? messagesFor(lang).admin.import.nothingChosen
    : problemMessage(problem, lang)
}

const TOO_LARGE = 'Ce fichier est trop grand : 5 Mo au plus.'
