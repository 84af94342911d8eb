import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'

type Props = {
  /** A page of the Cartographie nationale, with the name of its département or région. */
  help: { href: string; name: string | undefined }
  t: Messages
}

/** Leads to help with computers and paperwork nearby, which most people need before they talk about AI. */
export const HelpPanel = ({ help, t }: Props) => {
  const texts = t.structure.help
  return (
    <section class="panel" aria-labelledby="aide">
      <h2 id="aide">{texts.title}</h2>
      <p>{texts.text}</p>
      <p>
        <Link href={help.href} rel="noopener noreferrer">
          {help.name === undefined ? texts.link : texts.linkIn(help.name)}
        </Link>{' '}
        <small>{texts.source}</small>
      </p>
    </section>
  )
}
