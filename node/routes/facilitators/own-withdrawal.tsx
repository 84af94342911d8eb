import { Hono } from 'hono'
import { WithdrawalPage, WithdrawPage } from '../../../ui/facilitators/withdrawal-pages.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { withdrawFacilitator } from '../../store/facilitators/publication.ts'
import { findWithdrawal } from '../../store/facilitators/withdrawals.ts'
import { limitBody } from '../http/forms.ts'
import { withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import { deleteFiles, type OwnEnv, tokenOf } from './own-link.ts'

/** The withdrawal of a profile by its person, and the page that says which servers it was told to. */
export function ownWithdrawalRoutes(context: Context) {
  const { db, now } = context
  return new Hono<OwnEnv>()
    .get(paths.ownProfile(':token', 'retrait'), async (c) =>
      c.html(<WithdrawPage site={await findSite(context, c)} token={tokenOf(c)} />),
    )
    .post(paths.ownProfile(':token', 'retrait'), limitBody(), async (c) => {
      const withdrawn = await withdrawFacilitator(db, c.var.own.facilitator.id, now())
      context.wake()
      await deleteFiles(context, withdrawn.mediaIds)
      if (withdrawn.reportToken) return c.redirect(paths.withdrawal(withdrawn.reportToken), 303)
      return c.html(<WithdrawalPage site={await findSite(context, c)} servers={undefined} />)
    })
    .get(paths.withdrawal(':token'), withSecretAddress('no-referrer'), async (c) => {
      const withdrawal = await findWithdrawal(db, tokenOf(c))
      if (!withdrawal) return c.notFound()
      const site = await findSite(context, c)
      return c.html(<WithdrawalPage site={site} servers={withdrawal.servers} />)
    })
}
