import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { type ComparedVersion, OtherVersionsPage } from '../../../ui/admin/other-versions-page.tsx'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import { NETWORK_FIELDS } from '../../../ui/networks/fields.tsx'
import { paths } from '../../../ui/paths.ts'
import { PROFILE_FIELDS } from '../../../ui/structures/profile-fields.ts'
import type { Context } from '../../context.ts'
import { type Cafe, versionOfCafe } from '../../domain/cafes/cafe.ts'
import { whenText } from '../../domain/cafes/cafe-text.ts'
import type { OtherVersion } from '../../domain/cafes/other-version.ts'
import { statusChangeOf } from '../../domain/cafes/status-change.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { listOtherVersions, settleVersion } from '../../store/backup/other-versions.ts'
import { type ComparedWord, listOtherWords, settleWord } from '../../store/backup/other-words.ts'
import { planUnsentEdits } from '../../store/backup/unsent-edits.ts'
import { editedFormOf, type FieldWords } from '../accounts/edited-form.tsx'
import { listCafeChanges } from '../cafes/cafe-changes.ts'
import { findFieldWords } from '../cafes/field-words.ts'
import { valuesOfCafe } from '../cafes/form.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** The maximum number of versions on the page. */
const SHOWN = 20

/** The value of `choix` by which what is here holds. */
const HERE = 'ici'

/** The page that compares what directories have of this site with what is here, after a restore. */
export const versionRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => page(context, c))
    .post('/', async (c) => {
      const { form, admin } = c.var
      const isHere = textOf(form, 'choix') === HERE
      const isErased = isHere && textOf(form, 'vu') === ''
      if (isErased && textOf(form, 'oui') === '') return askToErase(context, c)
      const choice = {
        directory: isHere ? undefined : textOf(form, 'choix'),
        seen: textOf(form, 'vu'),
        by: authorOf(admin),
      }
      const id = textOf(form, 'id')
      const { db } = context
      const now = context.now()
      const outcome =
        textOf(form, 'type') === 'cafe'
          ? await settleVersion(db, { ...choice, cafeId: id, changesOf: listCafeChanges }, now)
          : await settleWord(db, { ...choice, subject: id }, now)
      if (outcome === 'stale') return page(context, c, true)
      await planUnsentEdits(db, now)
      context.wake()
      return c.redirect(withFlash(paths.otherVersions, 'done'), 303)
    })

/** Asks before a café that only a directory has is deleted for ever. */
async function askToErase(context: Context, c: HonoContext<WebEnv>) {
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.otherVersions}
      action={paths.otherVersions}
      fields={{ type: 'cafe', id: textOf(c.var.form, 'id'), vu: '', choix: HERE, oui: '1' }}
      question={() => messagesFor(languageOf(c)).restored.versions.sure}
    />,
  )
}

async function page(context: Context, c: HonoContext<WebEnv>, isStale = false) {
  const lang = languageOf(c)
  const { items, total } = await listOtherVersions(context.db, { limit: SHOWN })
  const words = await listOtherWords(context.db, { limit: SHOWN })
  const cafeWords = await findFieldWords(context, c.var.admin, lang)
  return c.html(
    <OtherVersionsPage
      {...(await adminPropsFor(context, c))}
      items={[
        ...(await Promise.all(words.map((word) => compareWord(word, lang)))),
        ...items.map((item) => compare(item, cafeWords, messagesFor(lang))),
      ]}
      total={total}
      isStale={isStale}
    />,
    isStale ? 409 : 200,
  )
}

function compare(
  { known, ...version }: OtherVersion & { known: Cafe | undefined },
  words: FieldWords,
  t: Messages,
): ComparedVersion {
  const { cafeId, directory, reason, cafe } = version
  return {
    ...{ noun: 'cafe', id: cafeId, directory, reason, updatedAt: cafe.updatedAt },
    ...{ title: known?.title ?? cafe.title, when: whenText(known ?? cafe, t.lang) },
    isHere: known !== undefined,
    seen: known ? versionOfCafe(known) : '',
    differences: [
      ...listFields(cafe, known, words),
      ...listStates(cafe, known, t).filter(({ here, there }) => here !== there),
    ],
  }
}

/** The forms in which people edit the structure and its networks. */
const FORMS = {
  structure: editedFormOf(PROFILE_FIELDS, (t) => ({ ...t.place.labels, ...t.profile.labels })),
  network: editedFormOf(NETWORK_FIELDS, (t) => t.structureNetworks.admin.fields),
}

async function compareWord(
  { noun, subject: id, directory, reason, at, seen, here, there }: ComparedWord,
  lang: Lang,
): Promise<ComparedVersion> {
  const { labelOf, wordsOf } = await FORMS[noun].findWords(lang)
  const differences = Object.keys(here)
    .map((name) => ({
      label: labelOf(name),
      here: wordsOf(name, here[name]),
      there: wordsOf(name, there[name]),
    }))
    .filter((each) => each.here !== each.there)
  const title = here.name ?? ''
  return { noun, id, title, directory, reason, updatedAt: at, isHere: true, seen, differences }
}

/** Lists the fields of the form that differ, those that belong together once. */
function listFields(theirs: Cafe, known: Cafe | undefined, { labelOf, wordsOf }: FieldWords) {
  const there = valuesOfCafe(theirs)
  const here = known ? valuesOfCafe(known) : {}
  const names = known
    ? listCafeChanges(known, theirs).map(({ name }) => name)
    : Object.keys(there).filter((name) => wordsOf(name, there[name]) !== '')
  return names
    .filter((name) => !name.startsWith('image.'))
    .map((name) => ({
      label: labelOf(name),
      here: wordsOf(name, here[name]),
      there: wordsOf(name, there[name]),
    }))
    .filter(({ here, there }) => here !== there)
}

/** Lists what the form does not show: whether the café takes place, what is said of that, and its picture. */
function listStates(theirs: Cafe, known: Cafe | undefined, t: Messages) {
  const texts = t.restored.versions
  const stateOf = (cafe: Cafe | undefined) =>
    cafe
      ? [t.admin.edits.acts[statusChangeOf(cafe)], cafe.statusNote].filter(Boolean).join(', ')
      : ''
  const pictureOf = (cafe: Cafe | undefined) =>
    cafe ? texts.hasPicture(cafe.image !== undefined) : ''
  return [
    { label: texts.state, here: stateOf(known), there: stateOf(theirs) },
    { label: texts.picture, here: pictureOf(known), there: pictureOf(theirs) },
  ]
}
