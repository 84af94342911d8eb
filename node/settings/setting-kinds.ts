import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { readFollowAddress } from '../domain/federation/follow-address.ts'
import { isEmail } from '../domain/values/contact.ts'
import { isLoopbackHost } from '../domain/values/host.ts'
import { isPostgresUrl } from '../store/database/address.ts'

/**
 * The kinds of values of settings: a schema for each, from the text of an environment variable. The message of a
 * refusal continues after the setting's name.
 */

/**
 * Returns the message of a refusal.
 * @param what - For instance `un nombre`; the value is repeated after it, so it is not for secrets.
 */
const must = (what: string) => ({
  error: ({ input }: { input?: unknown }) => `doit être ${what}, et non « ${input} »`,
})

/** Returns the schema of a setting that is one of a few words; its message names them. */
export const choiceOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, must(choices.map((each) => `« ${each} »`).join(' ou ')))

/** Digits only: no sign, no exponent. */
export const numberFrom = (min: number, max: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
      must(`un nombre entier de ${min} à ${max}`),
    )
    .transform(Number)

export const listenAddress = z.string().regex(/^[\w.:-]+$/, must('une adresse où écouter'))

/** Reads an https address, or an http one on loopback; without a user's name. */
const readSecureUrl = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSecure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))
  return isSecure && !url.username ? url : undefined
}

/** An origin, e.g. `https://cafes.example`, without a trailing slash. */
export const origin = z
  .string()
  .refine((text) => {
    const url = readSecureUrl(text)
    return url && url.pathname === '/' && !url.search && !url.hash && !url.hostname.endsWith('.')
  }, must('une adresse https sans chemin (http sur cette machine seulement)'))
  .transform((text) => new URL(text).origin)

/** The path of a SQLite file, or a `postgres://` address, which is never repeated, since it contains a password. */
export const database = z
  .string()
  .refine((text) => {
    const url = isPostgresUrl(text) && URL.canParse(text) ? new URL(text) : undefined
    return !isPostgresUrl(text) || (url?.hostname && /^\/[^/]+$/.test(url.pathname) && !url.hash)
  }, 'doit être postgres://compte:motdepasse@machine:5432/base')
  .refine(
    (text) => isPostgresUrl(text) || !/^[a-z]+:\/\//i.test(text),
    'doit être une adresse postgres:// ou le chemin d’un fichier SQLite, et non une autre adresse',
  )
  .transform((text) => (isPostgresUrl(text) ? text : resolve(text)))

/** A directory, and the invitation code that its address may carry. */
export const directory = z.string().transform((text, context) => {
  const hub = readFollowAddress(text)
  if (hub) return hub
  context.addIssue(`doit être l’adresse d’un annuaire ou @nom@annuaire.example, et non « ${text} »`)
  return z.NEVER
})

/** IP addresses separated by commas. */
export const ipAddresses = z.string().transform((text, context) => {
  const items = text.split(',').flatMap((item) => item.trim() || [])
  const wrong = items.find((item) => !/^[0-9a-f.:]+$/i.test(item))
  if (wrong) context.addIssue(`doit être une liste d’adresses IP, et non « ${wrong} »`)
  return new Set(items)
})

/** Which loopback addresses outgoing requests may reach: none, all of them, or these origins. */
export type AllowLoopback = 'none' | 'all' | ReadonlySet<string>

export const loopback = z.string().transform((text, context): AllowLoopback => {
  if (text === '0') return 'none'
  if (text === '1') return 'all'
  const origins = text.split(',').map((item) => item.trim())
  const wrong = origins.find(
    (item) => !URL.canParse(item) || !isLoopbackHost(new URL(item).hostname),
  )
  if (wrong === undefined) return new Set(origins.map((item) => new URL(item).origin))
  context.addIssue(`doit être 0, 1 ou une liste d’adresses de cette machine, et non « ${wrong} »`)
  return z.NEVER
})

export const proxy = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    must('une adresse http ou https'),
  )
  .transform((text) => new URL(text))

export const wholeFile = z.string().refine(isAbsolute, must('le chemin complet d’un fichier'))

/** A longer name would not fit beside the logo. */
export const movement = z.string().trim().max(40, 'doit avoir 40 caractères au plus')

export const wholePath = z
  .string()
  .refine(isAbsolute, must('le chemin complet d’un dossier'))
  .transform((path) => resolve(path))

/** A passphrase with fewer characters would soon be guessed by somebody who has a file. */
const MIN_PASSPHRASE = 12

export const passphrase = z
  .string()
  .min(MIN_PASSPHRASE, `doit avoir ${MIN_PASSPHRASE} caractères ou plus`)

/** The bucket of an S3 storage, and a folder in it. */
export const bucket = z
  .string()
  .refine((text) => {
    const url = readSecureUrl(text)
    return url && !url.search && !url.hash && /^(?:\/[\w.-]+)+$/.test(url.pathname)
  }, 'doit être l’adresse https d’un seau, comme https://s3.example/mon-seau/dossier')
  .transform((text) => new URL(text).href)

export const region = z.string().regex(/^[\w-]{1,50}$/, must('le nom d’une région'))

const TILE_MARKS = ['{z}', '{x}', '{y}']

export const tiles = z
  .string()
  .refine(
    (text) => readSecureUrl(text) && TILE_MARKS.every((mark) => text.includes(mark)),
    must('une adresse https avec {z}, {x} et {y}'),
  )

export const email = z
  .string()
  .refine(isEmail, must('une adresse e-mail seule, comme cafes@die.example'))

/** A selector of DKIM: labels of a host name (RFC 6376 §3.1). */
export const selector = z
  .string()
  .regex(/^[a-z\d](?:[\w.-]{0,61}[a-z\d])?$/i, must('un sélecteur de DKIM, comme « mail »'))

/** The relay of our mails. */
export type Relay = {
  host: string
  port: number
  /** TLS from the first byte (`smtps:`); otherwise STARTTLS where the server offers it. */
  secure: boolean
  login: { user: string; pass: string } | undefined
}

/** The ports of RFC 8314: submission by STARTTLS at 587, TLS from the first byte at 465. */
const SMTP_PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 }

/** The message never repeats the value, which contains a password. */
export const relay = z.string().transform((text, context): Relay => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const standardPort = url && SMTP_PORTS[url.protocol]
  const isBare = url && /^\/?$/.test(url.pathname) && !url.search && !url.hash
  const login = url && readLogin(url)
  if (url?.hostname && standardPort && isBare && login !== 'wrong')
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || standardPort,
      secure: url.protocol === 'smtps:',
      login,
    }
  context.addIssue(
    'doit être smtp://compte:motdepasse@machine:587 ou smtps://compte:motdepasse@machine:465',
  )
  return z.NEVER
})

function readLogin({ username, password }: URL): Relay['login'] | 'wrong' {
  if (username === '' && password === '') return undefined
  if (username === '' || password === '') return 'wrong'
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch {
    return 'wrong'
  }
}
