import { FLAG_REASONS, type FlagReason, OUTCOMES } from '../../node/domain/flags/flag.ts'
import {
  DECIDED_WITHIN,
  type DecisionCount,
  type Transparency,
} from '../../node/domain/flags/transparency.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { CardTable } from '../components/card-table.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What the team decided, in numbers; none of them says who flagged or who decided. */
export type TransparencyPageProps = Transparency & { site: Site }

export function TransparencyPage(props: TransparencyPageProps) {
  const { site, since, decisions } = props
  const t = messagesFor(site.lang)
  const texts = t.flag.transparency
  return (
    <Layout title={texts.title} site={site} current={paths.transparency} narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead(site.name)}</p>
      {since && <p>{texts.received(props.received, longDate(dayInParis(since), t.lang))}</p>}
      <p>{texts.open(props.open, props.late)}</p>
      {decisions.length === 0 ? <p>{texts.none}</p> : <Tables {...props} t={t} />}
      <h2>{texts.appeals}</h2>
      <p>
        {texts.appealed(props.appeals.decided, props.appeals.upheld)}{' '}
        {texts.waiting(props.appeals.open, props.appeals.late)}
      </p>
      <p class="fine">
        {texts.kept} {texts.ownHidden(props.ownHidden)}.
      </p>
      <Blocks {...props} t={t} />
      <p>
        <Link href={paths.flag()}>{texts.how}</Link>
      </p>
    </Layout>
  )
}

type Decisions = Pick<TransparencyPageProps, 'decisions'> & { t: Messages }

const sumOf = (decisions: readonly DecisionCount[], is: (one: DecisionCount) => boolean): number =>
  decisions.filter(is).reduce((sum, { total }) => sum + total, 0)

function Tables({ decisions, t }: Decisions) {
  const texts = t.flag.transparency
  const reasons = FLAG_REASONS.filter((reason) => decisions.some((one) => one.reason === reason))
  return (
    <>
      <h2>{texts.byReason}</h2>
      <CardTable
        rows={reasons}
        columns={[
          [texts.why, (reason) => t.flag.reason[reason]],
          ...OUTCOMES.map(
            (outcome) =>
              [
                texts.outcome[outcome],
                (reason: FlagReason) =>
                  sumOf(decisions, (one) => one.reason === reason && one.outcome === outcome),
              ] as const,
          ),
          [texts.total, (reason) => sumOf(decisions, (one) => one.reason === reason)],
        ]}
      />
      <h2>{texts.time}</h2>
      <CardTable
        rows={DECIDED_WITHIN}
        columns={[
          [texts.within, (time) => texts.times[time]],
          [texts.total, (time) => sumOf(decisions, ({ within }) => within === time)],
        ]}
      />
    </>
  )
}

type BlocksProps = Pick<TransparencyPageProps, 'blocks' | 'listed'> & { t: Messages }

/** What is blocked or limited, with the reason that everybody reads; of accounts their server alone, of lists a number. */
const Blocks = ({ blocks, listed, t }: BlocksProps) => {
  const { blocks: texts, network } = t.admin
  if (blocks.length === 0 && listed === 0) return null
  return (
    <>
      <h2>{texts.title}</h2>
      <CardTable
        rows={blocks}
        columns={[
          [network.col.domain, ({ host }) => host],
          [
            network.col.state,
            ({ level, isAccount }) => t.flag.transparency.blocked(level, isAccount),
          ],
          [t.flag.transparency.why, ({ reason }) => <UserText t={t}>{reason || '–'}</UserText>],
          [texts.until, ({ endsOn }) => (endsOn ? longDate(endsOn, t.lang) : texts.open)],
        ]}
      />
      {listed > 0 && <p>{texts.public(listed)}.</p>}
    </>
  )
}
