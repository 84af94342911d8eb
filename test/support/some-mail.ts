import { draftMail, type MailDraft } from '../../ui/admin/mail-templates.ts'

/** Returns a mail of any kind with these words in its text, and a name in its subject. */
export const aMail = (message = 'Bonjour', name = 'Camille'): MailDraft =>
  draftMail('referent-message', {
    ...{ siteName: 'Café IA', territory: 'Rennes', email: 'camille@mail.example', name, message },
  })
