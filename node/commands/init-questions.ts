import type { Readable, Writable } from 'node:stream'
import { confirm, isCancel, log, text } from '@clack/prompts'
import { readFollowAddress } from '../domain/federation/follow-address.ts'
import type { LEGAL_MINIMUM } from '../domain/structures/legal-notice.ts'
import { canBeRead, isColour } from '../domain/values/colour.ts'
import { isEmail, isPhone } from '../domain/values/contact.ts'
import { readDay } from '../domain/values/days.ts'
import { lookUpPlace } from '../geo/places.ts'
import type { AnswerName } from './init-answers.ts'

/** Where the questions are asked, and the signal that nobody answers any more. */
export type Io = { input: Readable; output: Writable; signal: AbortSignal }

/** Who is responsible for the site, as the law wants it stated before anything is public. */
type LegalAnswers = Record<(typeof LEGAL_MINIMUM)[number], string>

type CafeAnswers = { title: string; date: Temporal.PlainDate; time: Temporal.PlainTime }

export type Answers = {
  /** The host, e.g. `cafes.mediatheque.example`. */
  domain: string
  port: string
  name: string
  email: string
  /** The directory to join; empty when none is joined. */
  directory: string
  /** The rest may be filled in on the pages later. */
  place: { street: string; postalCode: string; phone: string } | undefined
  legal: LegalAnswers | undefined
  /** The colour; empty for the one that it has already. */
  colour: string
  cafe: CafeAnswers | undefined
}

/** The error when somebody pressed Ctrl + C or Ctrl + D: nothing is written. */
export class Cancelled extends Error {}

type Question = {
  placeholder?: string
  initialValue?: string
  /** Returns what is wrong with an answer, in words; empty when nothing is. */
  check: (value: string) => string
}

/** Returns the answer to a question, or what is given for its name. */
export type Asker = (name: AnswerName, message: string, question: Question) => Promise<string>

/**
 * Asks everything that a new site needs; what the legal notice, the place and the first café need may be left for its
 * pages.
 */
export async function ask(io: Io): Promise<Answers> {
  const question = askerOf(io)
  const site = await askSite(question)
  const mayGoOn = await confirm({
    ...io,
    message: 'Continuer ici avec le lieu, les mentions légales et le premier café ?',
    active: 'Oui',
    inactive: 'Plus tard, dans les pages du site',
    initialValue: false,
  })
  if (isCancel(mayGoOn)) throw new Cancelled()
  if (!mayGoOn) return { ...site, place: undefined, legal: undefined, colour: '', cafe: undefined }
  log.info('Laissez vide ce que vous ne savez pas encore : les pages le redemanderont.', {
    output: io.output,
  })
  const place = await askPlace(question)
  const legal = await askLegal(question, site)
  const colour = await askColour(question)
  return { ...site, place, legal, colour, cafe: await askCafe(question) }
}

/** Asks for the colour; empty for the one that the site has already. */
export const askColour = (question: Asker): Promise<string> =>
  question('colour', 'La couleur des liens et des boutons (vide : vert)', {
    placeholder: '#0b6355',
    check: (value) =>
      value === '' || (isColour(value) && canBeRead(value))
        ? ''
        : 'Donnez une couleur assez foncée, comme #0b6355.',
  })

const askerOf =
  (io: Io): Asker =>
  async (_name, message, { check, ...shown }) => {
    const answer = await text({
      ...io,
      ...shown,
      message,
      validate: (value) => check((value ?? '').trim()) || undefined,
    })
    if (isCancel(answer)) throw new Cancelled()
    return (answer ?? '').trim()
  }

/** Asks what no site can be without, and its directory. */
export async function askSite(question: Asker) {
  return {
    domain: domainOf(
      await question('domain', 'Le nom de domaine du site (il ne changera plus)', {
        placeholder: 'cafes.votre-lieu.fr',
        check: (value) =>
          isDomain(domainOf(value)) ? '' : 'Donnez un nom comme cafes.votre-lieu.fr, sans chemin.',
      }),
    ),
    port: await question('port', 'Le port où le programme écoute, derrière le serveur web', {
      initialValue: '3000',
      check: (value) =>
        /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535
          ? ''
          : 'Donnez un nombre de 1 à 65535.',
    }),
    name: await question('name', 'Le nom de votre structure', {
      placeholder: 'Médiathèque du Canal',
      check: (value) => (value === '' || value.length > 100 ? 'De 1 à 100 caractères.' : ''),
    }),
    email: await question('email', 'Votre adresse e-mail, pour vous connecter', {
      placeholder: 'prenom@votre-lieu.fr',
      check: (value) => (isEmail(value) ? '' : 'Donnez une adresse e-mail complète.'),
    }),
    directory: await question('directory', 'L’annuaire à rejoindre (laissez vide pour plus tard)', {
      placeholder: 'https://annuaire.example/?invitation=…',
      check: (value) =>
        value === '' || isDirectory(value)
          ? ''
          : 'Donnez une adresse comme https://annuaire.example, ou un compte comme @instance@annuaire.example.',
    }),
  }
}

/** Asks where the public comes; each answer may be empty. */
export async function askPlace(question: Asker): Promise<NonNullable<Answers['place']>> {
  return {
    street: await question('street', 'L’adresse du lieu : numéro et rue', { check: upTo(200) }),
    postalCode: await question('postal-code', 'Son code postal et sa commune', {
      placeholder: '35000 Rennes',
      check: (value) =>
        value === '' || lookUpPlace(value).kind === 'commune'
          ? ''
          : 'Donnez un code postal et une commune, comme 35000 Rennes.',
    }),
    phone: await question('phone', 'Le téléphone que le public peut appeler', {
      check: isPhoneOrNothing,
    }),
  }
}

/** Asks who is responsible, which is suggested from the answers about the site; each answer may be empty. */
export async function askLegal(
  question: Asker,
  { name, email }: { name: string; email: string },
): Promise<LegalAnswers> {
  const short = { check: upTo(200) }
  return {
    legalName: await question('legal-name', 'Qui publie : la dénomination légale', {
      initialValue: name,
      check: upTo(200),
    }),
    legalAddress: await question('legal-address', 'Son siège : l’adresse entière', {
      check: upTo(400),
    }),
    legalPhone: await question('legal-phone', 'Le téléphone de qui publie', {
      check: isPhoneOrNothing,
    }),
    publicationDirector: await question(
      'publication-director',
      'La personne qui dirige la publication',
      short,
    ),
    hostName: await question('host-name', 'L’hébergeur de la machine : son nom', short),
    hostAddress: await question('host-address', 'L’adresse de l’hébergeur', { check: upTo(400) }),
    hostPhone: await question('host-phone', 'Le téléphone de l’hébergeur', {
      check: isPhoneOrNothing,
    }),
    dataContact: await question('data-contact', 'Qui répond au sujet des données personnelles', {
      initialValue: email,
      check: upTo(200),
    }),
  }
}

/** Asks for the first café; undefined without a title. */
export async function askCafe(question: Asker): Promise<CafeAnswers | undefined> {
  const title = await question('cafe-title', 'Le titre du premier café (vide : plus tard)', {
    check: upTo(140),
  })
  if (title === '') return undefined
  const date = await question('cafe-date', 'Sa date', {
    placeholder: '2026-12-09',
    check: (value) => (readDate(value) ? '' : 'Donnez une date comme 09/12/2026.'),
  })
  const time = await question('cafe-time', 'Son heure', {
    placeholder: '18:30',
    check: (value) => (readTime(value) ? '' : 'Donnez une heure comme 18:30.'),
  })
  const [day, hour] = [readDate(date), readTime(time)]
  return day && hour && { title, date: day, time: hour }
}

const upTo =
  (most: number) =>
  (value: string): string =>
    value.length > most ? `${most} caractères au plus.` : ''

const isPhoneOrNothing = (value: string): string =>
  value === '' || isPhone(value) ? '' : 'Donnez un numéro comme 02 99 00 00 00.'

/** Reads `2026-12-09` or `9/12/2026`. */
function readDate(text: string): Temporal.PlainDate | undefined {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const iso = day ? `${year}-${month?.padStart(2, '0')}-${day.padStart(2, '0')}` : text
  return readDay(iso)
}

/** Reads `18:30`, `18 h 30` or `18h`. */
function readTime(text: string): Temporal.PlainTime | undefined {
  const [, hour, minute = '0'] = /^(\d{1,2})\s*(?::|h)\s*(\d{2})?$/i.exec(text) ?? []
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined
  return Temporal.PlainTime.from({ hour: Number(hour), minute: Number(minute) })
}

/** Reads a host; people paste whole addresses, of which only the name counts. */
const domainOf = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '')

const isDomain = (domain: string): boolean =>
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(domain) && domain.length <= 253

/** Returns whether a directory is named in one of the ways that its setting takes, and can be written in `.env`. */
const isDirectory = (value: string): boolean =>
  readFollowAddress(value) !== undefined && !/[\s"#]/.test(value)
