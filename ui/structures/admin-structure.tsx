import type { Logo } from '../../node/domain/values/logo.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { KIND_GROUPS, type KindGroup } from '../../node/domain/values/structure-kinds.ts'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import type { OnboardingPlace } from '../admin/page-head.tsx'
import { WordsHeld } from '../admin/restored-parts.tsx'
import { VENUE_ACCESS } from '../cafes/cafe-fields.ts'
import {
  Choices,
  type FieldMessage,
  type FormState,
  type FormValues,
  Group,
  messagesOf,
  Rest,
  SelectField,
  ShownInput,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { LogoFields } from '../components/logo.tsx'
import { FormFields, type TownChoice, TownChoices } from '../forms/form-field.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { PROFILE_FORM } from './profile-fields.ts'

/**
 * POST `/administration/lieu`: `csrf` · `PROFILE_FIELDS` · `codeInsee` (only when several towns were offered) ·
 * `premiers-pas` (when it is a step of the first run) · `logo`, `logo.media`, `logo.remove` (see `logo.tsx`), and the
 * like of each partner (`partner1.logo`, `partner1.logo.media`) ·
 * `add.venue` (an address for the cafés as well, offered after a file was read, with `add.shown`, `VENUE_ACCESS`,
 * `latitude` and `longitude`).
 */
export type StructureAdminPageProps = AdminProps & {
  values: FormValues
  problems: Problem[]
  /** The towns to choose from, when several answer to `town`. */
  towns?: readonly TownChoice[] | undefined
  /** The logos by their fields: those of the structure, and those that an earlier, refused form brought. */
  logos: { stored: { [field: string]: Logo }; held?: { [field: string]: Logo } }
  /** Whether the form holds what a file said; nothing of it is saved yet. */
  isPrefilled?: boolean | undefined
  /** After a restore: whether what is saved is announced only later. */
  areWordsHeld?: boolean
  /** Whether the site hosts the structure, which may then close. */
  isHosted?: boolean
  /** The number of the step, when the page is one of the first run. */
  step?: OnboardingPlace | undefined
}

export function StructureAdminPage(props: StructureAdminPageProps) {
  const { site, session, values, problems, towns, logos, isPrefilled, step, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.place
  const form: FormState = {
    values,
    messages: placeMessages(problems, t),
    labels: { ...texts.labels, ...t.profile.labels },
    hints: { ...texts.hints, ...t.profile.hints },
    t,
  }
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ form, step, site, session, flash }}
      current={paths.place}
      done={isPrefilled ? t.profile.prefill.filled : undefined}
      narrow
    >
      {props.areWordsHeld && <WordsHeld {...{ session, t }} />}
      {!isPrefilled && (
        <p>
          <Link href={step ? `${paths.placeFile}?premiers-pas` : paths.placeFile}>
            {t.profile.prefill.link}
          </Link>
        </p>
      )}
      <PostForm csrf={session.csrf} action={paths.place} enctype="multipart/form-data" novalidate>
        <ShownInput values={values} />
        {step && <input type="hidden" name="premiers-pas" value="oui" />}
        <Group title={texts.groups.who}>
          <FormFields
            form={form}
            fields={PROFILE_FORM.who}
            instead={{
              kind: () => (
                <SelectField form={form} name="kind" empty={texts.noKind} groups={kindChoices(t)} />
              ),
            }}
          />
        </Group>
        <Group title={texts.groups.where}>
          <FormFields form={form} fields={PROFILE_FORM.where} />
          <TownChoices form={form} name="codeInsee" towns={towns} />
        </Group>
        <Group title={texts.groups.contact}>
          <FormFields form={form} fields={PROFILE_FORM.contact} />
        </Group>
        <Rest isFolded={step !== undefined && form.messages.length === 0} t={t}>
          <Group title={t.profile.logo.group}>
            <LogoFields form={form} name="logo" logos={logos} />
          </Group>
          <Group title={texts.groups.partners}>
            <p class="hint">{texts.partners}</p>
            <FormFields
              form={form}
              fields={PROFILE_FORM.partners}
              instead={Object.fromEntries(
                Object.keys(PROFILE_FORM.partners).map((name) => [
                  name,
                  (field) => (
                    <>
                      {field}
                      <LogoFields form={form} name={`${name}.logo`} logos={logos} />
                    </>
                  ),
                ]),
              )}
            />
          </Group>
          <Group title={texts.groups.official}>
            <FormFields form={form} fields={PROFILE_FORM.official} />
          </Group>
        </Rest>
        {values['add.shown'] === 'yes' && <AddedVenue form={form} />}
        <p class="buttons">
          <button type="submit" class="button">
            {step ? texts.saveAndGo : texts.save}
          </button>
          {step && <Link href={paths.onboarding}>{t.onboarding.later}</Link>}
        </p>
      </PostForm>
      {props.isHosted && (
        <p>
          <Link href={paths.closeStructure}>{t.leaving.closeLink}</Link>
        </p>
      )}
      {!step && <HistoryLink form={paths.place} t={t} />}
    </AdminPage>
  )
}

/** The access details of the file, which are stored with a venue and not with the structure. */
function AddedVenue({ form }: { form: FormState }) {
  const { t, values } = form
  return (
    <Group title={t.profile.prefill.group}>
      <input type="hidden" name="add.shown" value="yes" />
      <input type="hidden" name="latitude" value={String(values.latitude ?? '')} />
      <input type="hidden" name="longitude" value={String(values.longitude ?? '')} />
      <Choices
        form={form}
        name="add.venue"
        type="checkbox"
        choices={[['yes', t.profile.prefill.addVenue(String(values.name ?? ''))]]}
      />
      <FormFields form={form} fields={VENUE_ACCESS} />
    </Group>
  )
}

/**
 * Returns the messages, in the structure's own words where it has some; a problem of the town is shown at the field
 * that asks for it.
 */
function placeMessages(problems: Problem[], t: Messages): FieldMessage[] {
  const inputFor = (field: string) => (field.startsWith('venue.') ? 'town' : field)
  return messagesOf(problems, t, inputFor).map(({ name, message }) => {
    const code = problems.find(({ field }) => inputFor(field) === name)?.code
    return { name, message: t.place.wrong[`${name}.${code}`] ?? message }
  })
}

const kindChoices = (t: Messages) =>
  (Object.keys(KIND_GROUPS) as KindGroup[]).map((group) => ({
    label: t.place.kindGroups[group],
    choices: KIND_GROUPS[group].map((kind) => [kind, t.place.kinds[kind]] as const),
  }))
