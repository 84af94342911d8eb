import { type ChildServer, startChildServer } from '../support/child-server.ts'

/** Starts a directory that sends its mails through a relay. */
export const startHub = (smtpUrl: string): Promise<ChildServer> =>
  startChildServer({
    ROLE: 'hub',
    ALLOW_LOOPBACK: '1',
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'annuaire@cafes.example',
  })

/** Starts a place in which nobody has signed in yet, and which knows no directory. */
export const startPlace = (): Promise<ChildServer> =>
  startChildServer({ ROLE: 'node', ALLOW_LOOPBACK: '1' })

/** Asks until the answer is true. @throws Error when it never is. */
export async function until(
  question: () => Promise<boolean>,
  what: string,
  milliseconds = 15_000,
): Promise<void> {
  const end = Date.now() + milliseconds
  while (Date.now() < end) {
    if (await question()) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`it did not come about that ${what}`)
}
