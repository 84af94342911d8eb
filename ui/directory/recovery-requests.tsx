import type { RecoveryRequest } from '../../node/domain/federation/recovery.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import { OuterLink } from '../components/external-link.tsx'
import { PostForm } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type RecoveryProps = {
  requests: readonly RecoveryRequest[]
  csrf: string
  now: Temporal.Instant
  t: Messages
}

/**
 * Lists members that lost their data and ask for the servers of their followers: the team gives the list, or refuses.
 */
export const RecoveryRequests = ({ requests, csrf, now, t }: RecoveryProps) => {
  const texts = t.admin.network.recovery
  return (
    <section aria-labelledby="reprises">
      <h2 id="reprises">{texts.title(requests.length)}</h2>
      <p>{texts.lead}</p>
      <ul class="requests">
        {requests.map(({ peerId, name, host, origin, askedAt, servers }) => (
          <li class="panel">
            <p>
              <strong>{name}</strong> <OuterLink href={origin}>{host}</OuterLink>
              <small> {t.admin.network.askedOn(relativePast(askedAt, now, t.lang))}</small>
            </p>
            <p>{texts.asks(servers)}</p>
            <PostForm csrf={csrf} action={paths.settleRecovery(peerId)} class="inline">
              <p class="buttons">
                <button type="submit" name="choix" value="donner" class="button small">
                  {texts.give}
                  <span class="unseen">{t.admin.network.on(name)}</span>
                </button>
                <button type="submit" name="choix" value="refuser" class="button quiet small">
                  {texts.refuse}
                  <span class="unseen">{t.admin.network.on(name)}</span>
                </button>
              </p>
            </PostForm>
          </li>
        ))}
      </ul>
    </section>
  )
}
