import { type Relay, textOfMail } from '../support/relay.ts'
import { until } from './network.ts'

/** Returns the text of the latest mail to somebody that contains these words. */
export async function readMail(relay: Relay, to: string, words: string): Promise<string> {
  const find = () =>
    relay.taken
      .filter((mail) => mail.to.includes(to))
      .map(({ raw }) => textOfMail(raw).replaceAll(/[\u00a0\u202f]/gu, ' '))
      .findLast((text) => text.includes(words))
  await until(async () => find() !== undefined, `a mail to ${to} says « ${words} »`)
  return find() ?? ''
}

/** Returns the link in a text. @throws Error when the text has no such link. */
export function linkIn(text: string, beginning: string): string {
  const [link] = new RegExp(`${RegExp.escape(beginning)}/[\\w-]{43}`, 'u').exec(text) ?? []
  if (!link) throw new Error(`no link to ${beginning} in ${text}`)
  return link
}
