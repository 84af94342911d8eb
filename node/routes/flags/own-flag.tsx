import { Hono, type Context as HonoContext } from 'hono'
import { nameOfCase } from '../../../ui/flags/case-part.tsx'
import { OwnFlagPage, type OwnFlagPageProps } from '../../../ui/flags/own-flag-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { FLAG_WORDS_MAX, findAppealRefusal } from '../../domain/flags/flag.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { cleanLines, LINES_MAX } from '../../formats/text/clean-text.ts'
import { findLink } from '../../store/accounts/links.ts'
import { findAppealOf, insertAppeal } from '../../store/flags/appeals.ts'
import { findCase, findFlag } from '../../store/flags/cases.ts'
import { findFlagged, findFlaggedOf } from '../../store/flags/flagged.ts'
import { deleteFlagWords } from '../../store/flags/forget-flags.ts'
import { problemsOfLength } from '../http/contact-form.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { addressOf } from '../http/middleware.ts'
import { createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/** What became of a flag, by the link of who flagged: the decision, an appeal, and erasing what they wrote. */
export function ownFlagRoutes(context: Context) {
  const own: Own = { ...context, byNetwork: createVisitorLimit(context.db, limitOf('appeals')) }
  return new Hono<WebEnv>()
    .use(paths.ownFlag(':token'), withSecretAddress())
    .get(paths.ownFlag(':token'), (c) => show(own, c))
    .post(paths.ownFlag(':token'), limitBody(), (c) => act(own, c))
}

type Own = Context & { byNetwork: ReturnType<typeof createVisitorLimit> }
type Asked = HonoContext<WebEnv>

/** Finds the flag of the address, with its case. */
async function findOwn({ db, now }: Own, c: Asked) {
  const token = c.req.param('token') ?? ''
  const link = await findLink(db, { token, purpose: 'flag' }, now())
  if ('dead' in link) return link
  const flag = await findFlag(db, link.subject)
  const flagCase = flag && (await findCase(db, flag.caseId))
  return flag && flagCase ? { token, flag, flagCase } : { dead: 'unknown' as const }
}

async function show(
  context: Own,
  c: Asked,
  shown: Pick<OwnFlagPageProps, 'values' | 'messages'> = {},
  status: 200 | 422 | 429 = 200,
) {
  const found = await findOwn(context, c)
  if ('dead' in found) return deadLink(context, c, 'flag', found)
  const { db, now, config } = context
  const { flag, flagCase, token } = found
  const site = await findSite(context, c)
  const flagged = await findFlaggedOf(db, flagCase)
  const isShown =
    flagged &&
    (await findFlagged(
      db,
      { address: config.origin + flagged.path, origin: config.origin },
      now(),
    )) !== undefined
  const appeal = await findAppealOf(db, { caseId: flagCase.id, flagId: flag.id })
  const hasAppealed = appeal !== undefined
  return c.html(
    <OwnFlagPage
      {...{ site, token, flag, flagCase, appeal, now: now(), ...shown }}
      about={{
        name: nameOfCase(flagCase, isShown ? flagged : undefined, messagesFor(site.lang)),
        href: isShown ? flagged.path : undefined,
      }}
      refusal={findAppealRefusal(flagCase, { hasAppealed, now: now() })}
    />,
    status,
  )
}

async function act(context: Own, c: Asked) {
  const { config, db, now } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const found = await findOwn(context, c)
  if ('dead' in found) return deadLink(context, c, 'flag', found)
  const { flag, flagCase, token } = found
  if (textOf(form, 'act') === 'erase') {
    await deleteFlagWords(db, flag.id)
    return c.redirect(paths.ownFlag(token), 303)
  }
  const { lang } = await findSite(context, c)
  const texts = messagesFor(lang).flag.own.appeal
  const words = cleanLines(textOf(form, 'words'), LINES_MAX)
  const again = (message: string, status: 422 | 429 = 422) =>
    show(context, c, { values: { words }, messages: [{ name: 'words', message }] }, status)
  if (words === '') return again(texts.wordsMissing)
  const [long] = problemsOfLength('words', words, FLAG_WORDS_MAX, lang)
  if (long) return again(long.message)
  const wait = await context.byNetwork(addressOf(c.env?.incoming, config))
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    return again(texts.tooMany, 429)
  }
  const refusal = await insertAppeal(db, { caseId: flagCase.id, flagId: flag.id, words }, now())
  return refusal ? again(texts.refused[refusal]) : c.redirect(paths.ownFlag(token), 303)
}
