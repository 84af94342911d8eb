import { createPublicKey } from 'node:crypto'
import { getDomain } from 'tldts'
import type { MailSettings } from '../../config.ts'
import { cleanText } from '../../formats/text/clean-text.ts'
import { type Finding, toFault } from './finding.ts'
import { createTextResolver, type TextResolver } from './name-lookup.ts'

/** The texts of a name; none where it has none or does not exist; undefined where no server answers. */
type Texts = string[] | undefined

const shown = (record: string): string => cleanText(record, 200)

/**
 * Checks what the domain of the sender says in DNS about its mails, without which large mailboxes refuse them or put
 * them aside: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489). Where the relay sends from is not known here, so
 * that SPF is checked to exist, not to name it.
 */
export async function checkSender(
  { from, host, dkimSelector }: Pick<MailSettings, 'from' | 'host' | 'dkimSelector'>,
  resolver = createTextResolver(),
): Promise<Finding[]> {
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase()
  const read = (name: string) => readTexts(resolver, name)
  const own = await read(domain)
  if (!own)
    return [
      {
        is: 'unknown',
        words: `Courriel : aucun serveur de noms ne répond de ${domain} ; SPF, DKIM et DMARC ne sont pas vérifiés.`,
      },
    ]
  return [
    checkSpf(own, { domain, host }),
    await checkDkim(read, domain, dkimSelector),
    await checkDmarc(read, domain),
  ]
}

async function readTexts(resolver: TextResolver, name: string): Promise<Texts> {
  try {
    return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : undefined
  }
}

type Read = (name: string) => Promise<Texts>

function checkSpf(texts: string[], { domain, host }: { domain: string; host: string }): Finding {
  const records = texts.filter((text) => /^v=spf1(?: |$)/i.test(text))
  const [record] = records
  const name = `SPF : ${domain}`
  if (record === undefined)
    return toFault(
      `${name} ne dit pas qui envoie ses courriels.`,
      `Chez qui tient ce nom, ajoutez l’enregistrement TXT que donne votre relais (${host}), comme « v=spf1 include:… -all ».`,
    )
  if (records.length > 1)
    return toFault(
      `${name} a ${records.length} enregistrements : ils s’annulent.`,
      'Gardez-en un seul, qui nomme tous vos relais : « v=spf1 include:… include:… -all ».',
    )
  if (/ \+?all\b/i.test(record))
    return toFault(
      `${name} laisse n’importe qui envoyer en son nom (${shown(record)}).`,
      'Remplacez « +all » par « -all ».',
    )
  return { is: 'right', words: `${name} dit qui envoie ses courriels (${shown(record)}).` }
}

async function checkDkim(
  read: Read,
  domain: string,
  selector: string | undefined,
): Promise<Finding> {
  if (selector === undefined)
    return {
      is: 'unknown',
      words:
        'DKIM : pas vérifié. Écrivez dans CAFE_IA_DKIM_SELECTOR le sélecteur que donne votre relais.',
    }
  const name = `${selector}._domainkey.${domain}`
  const texts = await read(name)
  if (!texts) return { is: 'unknown', words: `DKIM : aucun serveur de noms ne répond de ${name}.` }
  const advice = `Chez qui tient ce nom, recopiez l’enregistrement que donne votre relais, en entier ; ou corrigez CAFE_IA_DKIM_SELECTOR.`
  const key = texts.flatMap((text) => readTag(text, 'p') ?? []).at(0)
  if (key === undefined) return toFault(`DKIM : il n’y a pas de clé à ${name}.`, advice)
  if (key === '') return toFault(`DKIM : la clé à ${name} a été retirée.`, advice)
  if (!isKey(key)) return toFault(`DKIM : la clé à ${name} est abîmée ou coupée.`, advice)
  return { is: 'right', words: `DKIM : il y a une clé à ${name}.` }
}

/** Returns whether this is a public key in base64: of RSA (SubjectPublicKeyInfo), or the 32 bytes of Ed25519 (RFC 8463). */
function isKey(text: string): boolean {
  const key = Buffer.from(text, 'base64')
  if (key.length === 32) return true
  try {
    createPublicKey({ key, format: 'der', type: 'spki' })
    return true
  } catch {
    return false
  }
}

/** A domain without a record of its own has that of the domain that was registered (RFC 7489 §6.6.3). */
async function checkDmarc(read: Read, domain: string): Promise<Finding> {
  const registered = getDomain(domain) ?? domain
  for (const place of new Set([domain, registered])) {
    const texts = await read(`_dmarc.${place}`)
    if (!texts)
      return { is: 'unknown', words: `DMARC : aucun serveur de noms ne répond de _dmarc.${place}.` }
    const records = texts.filter((text) => readTag(text, 'v')?.toUpperCase() === 'DMARC1')
    const [record] = records
    if (records.length > 1)
      return toFault(
        `DMARC : _dmarc.${place} a ${records.length} enregistrements : aucun ne compte.`,
        'Gardez-en un seul.',
      )
    if (record === undefined) continue
    const policy = readTag(record, 'p')?.toLowerCase()
    if (policy && ['none', 'quarantine', 'reject'].includes(policy))
      return { is: 'right', words: `DMARC : ${place} a une règle (${shown(record)}).` }
    return toFault(
      `DMARC : la règle à _dmarc.${place} est mal écrite (${shown(record)}).`,
      'Elle s’écrit « v=DMARC1; p=none », ou quarantine, ou reject.',
    )
  }
  return toFault(
    `DMARC : ${domain} n’a pas de règle.`,
    `Chez qui tient ce nom, ajoutez l’enregistrement TXT _dmarc.${registered} : « v=DMARC1; p=none » pour commencer.`,
  )
}

/** Returns the value of a tag of a record like `v=DKIM1; p=…`, without the spaces that it may hold (RFC 6376 §3.2). */
const readTag = (record: string, tag: string): string | undefined =>
  record
    .split(';')
    .map((part) => part.split('='))
    .flatMap(([name = '', ...value]) =>
      name.trim() === tag && value.length > 0 ? [value.join('=').replaceAll(/\s/g, '')] : [],
    )
    .at(0)
