import { listDirectoryTexts } from '../../../ui/admin/restored-parts.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { plural } from '../../domain/values/number-text.ts'
import { listClaims } from '../../store/backup/claimed-erasures.ts'
import { countOtherVersions } from '../../store/backup/other-versions.ts'
import { endWaiting, findRestoration } from '../../store/backup/restoration.ts'
import { planUnsentEdits } from '../../store/backup/unsent-edits.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findHeld, type Held, releaseHeld, removeHeld } from '../../store/queues/held.ts'
import { CommandError } from '../command-error.ts'

/**
 * Says what waits since the site was restored, and what can be done with it; or does it.
 * @returns The answer, in French.
 */
export async function settleHeld(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { send, drop, open }: { send: boolean; drop: boolean; open: boolean },
): Promise<string> {
  if (send && drop) throw new CommandError('held prend --send ou --drop, pas les deux')
  if (open) {
    await inTransaction(db, endWaiting)
    await planUnsentEdits(db, now())
  }
  const asked = await describeQuestions(db)
  const held = await findHeld(db)
  if (!held) return `${asked}Rien n’est retenu : tout part comme d’habitude.`
  if (send) {
    await releaseHeld(db)
    return `${describeHeld(held)} : tout part maintenant.`
  }
  if (drop) {
    await removeHeld(db, now())
    if (held.announcements + held.mails === 0)
      return 'Aucun message n’attendait : ce qui est nouveau part.'
    return `${describeHeld(held)} : c’est jeté, sauf les suppressions et les retraits, et ce qui est nouveau part.`
  }
  return `${asked}${describeHeld(held)}, et rien ne part depuis que le site a été remis.

  cafe-ia held --drop   jette ce qui attendait, sauf les suppressions et les retraits,
                        puis laisse partir ce qui est nouveau.
                        C’est le bon choix si le site a tourné après la sauvegarde :
                        ces messages sont presque sûrement déjà partis.
  cafe-ia held --send   envoie tout.`
}

/**
 * Describes which directories have not yet said what was deleted after the backup, and what they say that waits for the
 * team.
 */
async function describeQuestions(db: Context['db']): Promise<string> {
  const texts = messagesFor('fr')
  const restoration = await findRestoration(db)
  const { total } = await listClaims(db, { limit: 1 })
  const versions = await countOtherVersions(db)
  const lines = [
    ...(restoration && !restoration.isLost ? listDirectoryTexts(restoration, texts) : []),
    ...(restoration?.isClosed
      ? ['Les pages ne sont pas encore montrées : cafe-ia held --open les montre sans attendre.']
      : []),
    ...(restoration?.areEditsHeld && !restoration.isClosed
      ? ['cafe-ia held --open annonce vos changements sans attendre.']
      : []),
    ...(versions > 0
      ? [
          `${texts.restored.versions.count(versions)} : choisissez dans l’administration, page « Sauvegardes ».`,
        ]
      : []),
    ...(total > 0
      ? [
          `${texts.restored.claimsTitle(total)} : répondez dans l’administration, page « Sauvegardes ».`,
        ]
      : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Says what waited in the backup, e.g. « 12 annonces et 1 courriel attendent ». */
export function describeHeld({ announcements, mails }: Held): string {
  const things = [
    ...(announcements > 0 ? [plural(announcements, 'annonce', 'annonces')] : []),
    ...(mails > 0 ? [plural(mails, 'courriel', 'courriels')] : []),
  ]
  if (things.length === 0) return 'Aucun message n’attend'
  return `${things.join(' et ')} ${announcements + mails === 1 ? 'attend' : 'attendent'}`
}
