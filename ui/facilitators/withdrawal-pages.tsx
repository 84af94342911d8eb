import { CardTable } from '../components/card-table.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { dayOf } from './own-profile-page.tsx'

/** POST on the same address. */
export function WithdrawPage({ site, token }: { site: Site; token: string }) {
  const texts = messagesFor(site.lang).facilitator.withdraw
  return (
    <Layout title={texts.title} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <ul>
        {texts.effects.split('\n').map((effect) => (
          <li>{effect}</li>
        ))}
      </ul>
      <Form method="post" action={paths.ownProfile(token, 'retrait')}>
        <p class="buttons">
          <button type="submit" class="button danger">
            {texts.submit}
          </button>
          <Link href={paths.ownProfile(token)}>{texts.cancel}</Link>
        </p>
      </Form>
    </Layout>
  )
}

export type WithdrawalPageProps = {
  site: Site
  /** The servers that had the profile; undefined when it was never published. */
  servers:
    | {
        host: string
        state: 'waiting' | 'delivered' | 'confirmed' | 'unanswered' | 'refused'
        at: Temporal.Instant
      }[]
    | undefined
}

/** Reports where a withdrawn profile was deleted; it shows nothing of the profile. */
export function WithdrawalPage({ site, servers }: WithdrawalPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.facilitator.withdraw
  return (
    <Layout title={texts.doneTitle} site={site} noindex narrow>
      <h1>{texts.doneTitle}</h1>
      <p class="lead" role="status">
        {texts.done}
      </p>
      {servers === undefined && <p>{texts.never}</p>}
      {servers && (
        <>
          <h2>{texts.servers}</h2>
          <p>{servers.length === 0 ? texts.noServer : texts.serversLead}</p>
        </>
      )}
      {servers && servers.length > 0 && (
        <CardTable
          rows={servers}
          columns={[
            [texts.col.host, ({ host }) => host],
            [texts.col.state, ({ state }) => texts.states[state]],
            [texts.col.at, ({ at }) => dayOf(at, t.lang)],
          ]}
        />
      )}
    </Layout>
  )
}
