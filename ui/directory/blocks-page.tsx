import { BLOCK_LEVELS, type Block, type BlockLevel } from '../../node/domain/federation/block.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import {
  Choices,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The maximum length of the reason for a block, and of the note about it, in characters. */
export const BLOCK_REASON_MAX = 300

/** The value of `etat` in the address, for each level. */
export const BLOCK_STATE_NAMES: Record<BlockLevel, string> = { block: 'bloques', limit: 'limites' }

/**
 * What this site blocks or limits. GET `block.domain`, `block.level`, `block.reason`, `block.note` and `block.until` asks
 * first; POST `target` lifts one.
 */
export type BlocksPageProps = AdminProps & {
  query: Omit<ListQuery<BlockLevel>, 'page'>
  counts: Record<BlockLevel, number>
  found: ListPage<Block>
  /** The values and the messages of the form that was refused. */
  values: FormValues
  messages: FieldMessage[]
}

export function BlocksPage(props: BlocksPageProps) {
  const { site, session, flash, query, counts, found } = props
  const t = messagesFor(site.lang)
  const { blocks: texts, network } = t.admin
  const form = formOf(props, t)
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      back={{ href: paths.network, label: network.title[site.kind] }}
      current={paths.network}
      {...{ site, session, flash, form }}
      buttons={
        <Link class="button quiet" href={paths.blockList}>
          {texts.list.title}
        </Link>
      }
    >
      <List
        path={paths.blocks}
        states={{ names: BLOCK_STATE_NAMES, labels: texts.state, counts }}
        texts={texts}
        columns={[
          [texts.words, ({ target, isListed }: Block) => <Target {...{ target, isListed, t }} />],
          [network.col.reason, ({ reason, note }) => <Reason {...{ reason, note, t }} />],
          [texts.until, ({ endsOn }) => (endsOn ? longDate(endsOn, t.lang) : texts.open)],
          [network.col.actions, ({ target }) => <Lift {...{ target, csrf: session.csrf, t }} />],
        ]}
        {...{ query, found, t }}
      />
      <PanelForm
        level={2}
        id="bloquer"
        heading={texts.heading}
        action={paths.newBlock}
        submit={texts.submit}
        method="get"
      >
        <InputField form={form} name="block.domain" required />
        <Choices
          form={form}
          name="block.level"
          type="radio"
          choices={BLOCK_LEVELS.map((level) => [level, texts.levels[level]])}
          isLong
        />
        <InputField form={form} name="block.reason" optional max={BLOCK_REASON_MAX} />
        <InputField form={form} name="block.note" optional max={BLOCK_REASON_MAX} />
        <InputField form={form} name="block.until" type="date" optional short />
      </PanelForm>
    </AdminPage>
  )
}

const formOf = ({ values, messages }: BlocksPageProps, t: Messages): FormState => {
  const texts = t.admin.blocks
  return {
    values: { 'block.level': 'block', ...values },
    messages,
    labels: {
      ...{ 'block.domain': texts.target, 'block.level': texts.level },
      ...{ 'block.reason': texts.reason, 'block.note': texts.note, 'block.until': texts.until },
    },
    hints: {
      ...{ 'block.domain': texts.targetHint, 'block.reason': texts.reasonHint },
      ...{ 'block.note': texts.noteHint, 'block.until': texts.untilHint },
    },
    t,
  }
}

type Part = { t: Messages }

const Target = ({ target, isListed, t }: Pick<Block, 'target' | 'isListed'> & Part) => (
  <>
    {target}
    {isListed && <span class="line fine">{t.admin.blocks.listed}</span>}
  </>
)

const Reason = ({ reason, note, t }: Pick<Block, 'reason' | 'note'> & Part) => (
  <>
    <UserText t={t}>{reason || '–'}</UserText>
    {note && (
      <span class="line fine">
        {t.admin.form.inField(t.admin.blocks.note)}
        {note}
      </span>
    )}
  </>
)

const Lift = ({ target, csrf, t }: { target: string; csrf: string } & Part) => (
  <PostForm csrf={csrf} action={paths.endBlock} class="inline">
    <input type="hidden" name="target" value={target} />
    <button type="submit" class="button quiet small">
      {t.admin.blocks.end}
      <span class="unseen">{t.admin.network.on(target)}</span>
    </button>
  </PostForm>
)
