import type { BlockList, ListChange, ListedBlock } from '../../node/domain/federation/block.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { VERSION } from '../admin/meanwhile.tsx'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor, refusalText } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The value of `etat` in the address, for each way in which a list differs. */
export const CHANGE_NAMES: Record<ListChange, string> = {
  added: 'nouveaux',
  changed: 'changes',
  gone: 'disparus',
  kept: 'a-part',
}

/**
 * A list of another site, and what it would change. POST as multipart: `file` or `list.address`; `version` with `act`
 * (`prendre`, `lever`) takes it over.
 */
export type BlockListPageProps = AdminProps & {
  now: Temporal.Instant
  list: BlockList | undefined
  query: Omit<ListQuery<ListChange>, 'page'>
  counts: Record<ListChange, number>
  found: ListPage<ListedBlock>
  values: FormValues
  messages: FieldMessage[]
  /** Whether the list was read again since the page that was sent. */
  isStale: boolean
}

export function BlockListPage(props: BlockListPageProps) {
  const { site, session, flash, list, values, messages } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.blocks.list
  const form: FormState = {
    ...{ values, messages, t },
    labels: { file: texts.file, 'list.address': texts.address },
    hints: { file: texts.fileHint, 'list.address': texts.addressHint },
  }
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      back={{ href: paths.blocks, label: t.admin.blocks.title }}
      current={paths.network}
      {...{ site, session, flash, form }}
    >
      {props.isStale && <p class="notice">{texts.stale}</p>}
      {list && <Changes {...props} list={list} t={t} />}
      <PostForm
        csrf={session.csrf}
        action={paths.blockList}
        enctype="multipart/form-data"
        class="panel stack"
        aria-labelledby="choisir"
        novalidate
      >
        <h2 id="choisir">{texts.choose}</h2>
        <InputField form={form} name="file" type="file" accept=".csv,.txt,text/csv,text/plain" />
        <InputField form={form} name="list.address" type="url" />
        <SubmitButton>{texts.read}</SubmitButton>
      </PostForm>
      <p>
        <Link href={paths.blockListFile} download>
          {texts.download}
        </Link>
      </p>
    </AdminPage>
  )
}

type ChangesProps = BlockListPageProps & { list: BlockList; t: Messages }

function Changes({ list, session, query, counts, found, now, t }: ChangesProps) {
  const { blocks, network } = t.admin
  const texts = blocks.list
  const { address, readAt, fault, unread } = list
  return (
    <section aria-labelledby="changements">
      <h2 id="changements">{texts.changes}</h2>
      <p>
        {address ? texts.followed(address) : texts.once}{' '}
        {readAt && texts.readAt(relativePast(readAt, now, t.lang))}{' '}
        {unread > 0 && texts.unread(unread)}
      </p>
      {fault && <p class="notice">{`${texts.failed} ${refusalText(fault, t.lang)}`}</p>}
      <List
        path={paths.blockList}
        states={{ names: CHANGE_NAMES, labels: texts.state, counts }}
        texts={{ states: texts.changes, none: texts.none }}
        columns={[
          [network.col.domain, ({ target }: ListedBlock) => target],
          [network.col.state, ({ level }) => t.flag.transparency.blocked(level, false)],
          [network.col.reason, ({ reason }) => <UserText t={t}>{reason || '–'}</UserText>],
        ]}
        {...{ query, found, t }}
      />
      {counts.kept > 0 && <p class="fine">{texts.kept(counts.kept)}</p>}
      <div class="buttons">
        {counts.added + counts.changed > 0 && (
          <Act act="prendre" list={list} csrf={session.csrf}>
            {texts.take(counts.added + counts.changed)}
          </Act>
        )}
        {counts.gone > 0 && (
          <Act act="lever" list={list} csrf={session.csrf}>
            {texts.lift(counts.gone)}
          </Act>
        )}
        <PostForm csrf={session.csrf} action={paths.forgetBlockList} class="inline">
          <button type="submit" class="button quiet">
            {address ? texts.unfollow : texts.forget}
          </button>
        </PostForm>
      </div>
    </section>
  )
}

type ActProps = { act: string; list: BlockList; csrf: string; children: string }

const Act = ({ act, list, csrf, children }: ActProps) => (
  <PostForm csrf={csrf} action={paths.applyBlockList} class="inline">
    <input type="hidden" name={VERSION} value={list.readAt?.toString() ?? ''} />
    <input type="hidden" name="act" value={act} />
    <button type="submit" class={act === 'prendre' ? 'button' : 'button quiet'}>
      {children}
    </button>
  </PostForm>
)
