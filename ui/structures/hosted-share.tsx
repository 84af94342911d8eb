import { SHARES_OF_STRUCTURE_MAX } from '../../node/domain/limits/limits.ts'
import { numberText } from '../../node/domain/values/number-text.ts'
import { type FormState, InputField } from '../components/fields.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type Use = { used: number; most: number }

/** What a structure uses of the site; `typed` and `isWrong` where the form was refused. */
export type ShownShare = Record<'cafes' | 'pictures' | 'calendars', Use> & {
  shares: number
  typed?: string | undefined
  isWrong?: boolean | undefined
}

type Props = { id: string; share: ShownShare; csrf: string; form: FormState; t: Messages }

/** Returns the state of the form by which the team of the site says how many shares a structure has. */
export const shareForm = ({ typed, shares, isWrong }: ShownShare, t: Messages): FormState => {
  const { share } = t.hosted
  return {
    values: { shares: typed ?? String(shares) },
    messages: isWrong ? [{ name: 'shares', message: share.wrong(SHARES_OF_STRUCTURE_MAX) }] : [],
    labels: { shares: share.shares },
    hints: { shares: share.hint },
    t,
  }
}

/** What a hosted structure uses of the site beside the most that it may, and the form that changes it. */
export function HostedShare({ id, share, csrf, form, t }: Props) {
  const texts = t.hosted.share
  const lang = t.lang
  const row = (name: string, { used, most }: Use) => (
    <>
      <dt>{name}</dt>
      <dd>{texts.of(numberText(used, lang), numberText(most, lang))}</dd>
    </>
  )
  return (
    <>
      <h2>{texts.heading}</h2>
      <dl class="facts">
        {row(texts.cafes, share.cafes)}
        {row(texts.pictures, share.pictures)}
        {row(texts.calendars, share.calendars)}
      </dl>
      <PanelForm
        id="part"
        heading={texts.change}
        lead={texts.lead}
        action={paths.structureShare(id)}
        csrf={csrf}
        submit={texts.submit}
        isQuiet
      >
        <InputField form={form} name="shares" short required inputmode="numeric" />
      </PanelForm>
    </>
  )
}
