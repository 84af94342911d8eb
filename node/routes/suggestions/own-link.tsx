import { Hono, type Context as HonoContext } from 'hono'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { inputFor } from '../../../ui/cafes/form.tsx'
import { type FieldMessage, type FormValues, messagesOf } from '../../../ui/components/fields.tsx'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import type { TownChoice } from '../../../ui/forms/form-field.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths, type SuggestionAction } from '../../../ui/paths.ts'
import { OwnSuggestionPage, type SuggestionDone } from '../../../ui/suggestions/own-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { type Author, decideDeletion, decideRevision } from '../../domain/cafes/edit.ts'
import { decideStatusChange } from '../../domain/cafes/status-change.ts'
import { LIMITS } from '../../domain/limits/limits.ts'
import {
  type Suggestion,
  type SuggestionState,
  stateOf,
} from '../../domain/suggestions/suggestion.ts'
import { townChoicesOf } from '../../geo/places.ts'
import { findLink } from '../../store/accounts/links.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { OWN_CAFE } from '../../store/cafes/own-cafes.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { runStep } from '../../store/database/locks.ts'
import {
  countSuggested,
  deleteSuggestion,
  findSuggestion,
  saveAskedPlace,
} from '../../store/suggestions/suggestions.ts'
import { listCafeChanges } from '../cafes/cafe-changes.ts'
import { valuesOfCafe } from '../cafes/form.ts'
import { LONG_FORM_BYTES, limitBody, readForm, textOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { createSuggestedCafe } from './prove.ts'
import { decideSuggestion, placeOf, readSuggestion, WHEN_AND_WHERE } from './read-form.ts'

/** A suggested café, by the link of its author. GET changes nothing, since programs that check mails open links. */
export const ownSuggestionRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(paths.suggestion(':token'), withSecretAddress())
    .use(paths.suggestion(':token', ':action' as SuggestionAction), withSecretAddress())
    .get(paths.suggestion(':token'), (c) => show(context, c))
    .post(paths.suggestion(':token'), limitBody(), (c) => prove(context, c))
    .post(paths.suggestion(':token', 'modifier'), limitBody(LONG_FORM_BYTES), (c) =>
      change(context, c),
    )
    .post(paths.suggestion(':token', 'retirer'), limitBody(), (c) => withdraw(context, c))
    .post(paths.suggestion(':token', 'effacer'), limitBody(), (c) => erase(context, c))

type Asked = HonoContext<WebEnv>
type Found = { suggestion: Suggestion; cafe: Cafe | undefined; state: SuggestionState }

async function find(
  { db, now }: Context,
  c: Asked,
): Promise<Found | { dead: 'used' | 'expired' | 'unknown' }> {
  const token = c.req.param('token') ?? ''
  const link = await findLink(db, { token, purpose: 'suggestion' }, now())
  if ('dead' in link) return link
  const suggestion = await findSuggestion(db, link.subject)
  if (!suggestion) return { dead: 'unknown' }
  const cafe = suggestion.cafeId === undefined ? undefined : await findCafe(db, suggestion.cafeId)
  return { suggestion, cafe, state: stateOf(suggestion, cafe, now()) }
}

type Shown = {
  done?: SuggestionDone
  values?: FormValues
  messages?: FieldMessage[]
  towns?: readonly TownChoice[] | undefined
  status?: 200 | 409 | 422 | 429
}

async function show(context: Context, c: Asked, shown: Shown = {}) {
  const found = await find(context, c)
  if ('dead' in found) return deadLink(context, c, 'suggestion', found)
  const { suggestion, cafe } = found
  return c.html(
    <OwnSuggestionPage
      site={await findSite(context, c)}
      {...found}
      token={c.req.param('token') ?? ''}
      values={
        shown.values ?? {
          ...(cafe ? valuesOfCafe(cafe) : { 'venue.id': '' }),
          ...suggestion.typed,
        }
      }
      messages={shown.messages ?? []}
      towns={shown.towns}
      done={shown.done}
    />,
    shown.status ?? 200,
  )
}

/** Makes the draft that a person examines; what the form said then is decided by the rules of today. */
async function prove(context: Context, c: Asked) {
  const found = await find(context, c)
  if ('dead' in found) return deadLink(context, c, 'suggestion', found)
  const { suggestion, state } = found
  if (state !== 'unproven') return show(context, c)
  const { lang } = await findSite(context, c)
  const t = messagesFor(lang)
  if ((await countSuggested(context.db, context.now())) >= LIMITS['suggestions that wait'].points)
    return show(context, c, {
      messages: [{ name: 'title', message: t.suggestion.form.queueFull }],
      status: 429,
    })
  const form = await readForm(c)
  const typed = form.has('title') ? readSuggestion(form) : (suggestion.typed ?? {})
  const { content, problems = [], choices } = decideSuggestion(typed, { now: context.now() })
  if (!content)
    return show(context, c, {
      values: { ...typed },
      messages: messagesOf(problems, t, inputFor),
      towns: choices && townChoicesOf(choices),
      status: 422,
    })
  await createSuggestedCafe(context, { id: suggestion.id, content })
  context.wake()
  return show(context, c, { done: 'proven' })
}

/** The author of what is done by the link, whom the history names by the structure. */
const authorOf = (cafe: Cafe): Author => ({ kind: 'link', name: cafe.announcedFor ?? '' })

async function change(context: Context, c: Asked): Promise<Response> {
  const { db, now } = context
  const found = await find(context, c)
  if ('dead' in found) return deadLink(context, c, 'suggestion', found)
  const { cafe, state, suggestion } = found
  if (!cafe || (state !== 'waiting' && state !== 'published')) return show(context, c)
  const form = await readForm(c)
  const typed = readSuggestion(form, state === 'published' ? WHEN_AND_WHERE : undefined)
  const decided = decideSuggestion(typed, { current: cafe, now: now() })
  const { lang } = await findSite(context, c)
  const values = { ...valuesOfCafe(cafe), ...typed }
  if (!decided.content)
    return show(context, c, {
      values,
      messages: messagesOf(decided.problems, messagesFor(lang), inputFor),
      towns: decided.choices && townChoicesOf(decided.choices),
      status: 422,
    })
  const asks = state === 'published' && decided.content.venue !== cafe.venue
  const content = asks ? { ...decided.content, venue: cafe.venue } : decided.content
  const edit = {
    ...{ id: cafe.id, by: authorOf(cafe), seen: textOf(form, VERSION) },
    changesOf: listCafeChanges,
    decide: (current: Cafe) => decideRevision(current, { content }),
  }
  const saved = await runStep(db, async (trx) => {
    const edited = await saveEdit(trx, OWN_CAFE, edit, now())
    if (edited.outcome === 'saved')
      await saveAskedPlace(trx, { id: suggestion.id, typed: asks ? placeOf(typed) : undefined })
    return edited
  })
  if (saved.outcome === 'stale') return show(context, c, { values, done: 'stale', status: 409 })
  context.wake()
  return show(context, c, { done: asks ? 'placeAsked' : 'saved' })
}

/** Withdraws what is not published yet, and cancels what is. */
async function withdraw(context: Context, c: Asked) {
  const { db, now } = context
  const found = await find(context, c)
  if ('dead' in found) return deadLink(context, c, 'suggestion', found)
  const { suggestion, cafe, state } = found
  if (state !== 'published' || !cafe)
    return state === 'over' ? show(context, c) : eraseAll(context, c, suggestion, cafe)
  const note = textOf(await readForm(c), 'raison')
  const decide = (current: Cafe) => decideStatusChange(current, { statusChange: 'cancelled', note })
  const edit = { id: cafe.id, by: authorOf(cafe), reason: note, seen: undefined, decide }
  const saved = await saveEdit(db, OWN_CAFE, edit, now())
  if (saved.outcome === 'refused') {
    const { lang } = await findSite(context, c)
    const messages = messagesOf(saved.problems, messagesFor(lang), () => 'raison')
    return show(context, c, {
      values: { ...valuesOfCafe(cafe), raison: note },
      messages,
      status: 422,
    })
  }
  context.wake()
  return show(context, c, { done: 'cancelled' })
}

/** Erases the address. A draft goes with it; a published café stays, unless its structure announces it by itself now. */
async function erase(context: Context, c: Asked) {
  const found = await find(context, c)
  if ('dead' in found) return deadLink(context, c, 'suggestion', found)
  const { suggestion, cafe, state } = found
  const form = await readForm(c)
  const isTakenOver = state === 'published' && textOf(form, 'cafe') === 'aussi'
  return eraseAll(context, c, suggestion, state === 'waiting' || isTakenOver ? cafe : undefined)
}

async function eraseAll(context: Context, c: Asked, { id }: Suggestion, cafe: Cafe | undefined) {
  await inTransaction(context.db, async (trx) => {
    // The café goes after its suggestion, so that nobody is mailed about what they did themselves.
    await deleteSuggestion(trx, id)
    if (cafe) await deleteDraft(trx, cafe, context.now())
  })
  context.wake()
  const site = await findSite(context, c)
  const texts = messagesFor(site.lang).suggestion
  const back = { href: paths.suggest, label: texts.form.another }
  return c.html(
    <NoticePage {...{ site, back }} title={texts.own.goneTitle} text={texts.own.gone} isDone />,
  )
}

const deleteDraft = (trx: Database, cafe: Cafe, now: Temporal.Instant) =>
  saveEdit(
    trx,
    OWN_CAFE,
    { id: cafe.id, by: authorOf(cafe), seen: undefined, decide: decideDeletion },
    now,
  )
