import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { readFollowAddress } from './domain/federation/follow-address.ts'
import { isEmail } from './domain/values/contact.ts'
import { isPostgresUrl } from './store/database/address.ts'

/**
 * The kinds of values of settings: a schema for each, from the text of an environment variable. The message of a
 * refusal continues after the setting's name.
 */

/**
 * Returns the message of a refusal.
 * @param must - For instance `a number`; the value is repeated after it, so it is not for secrets.
 */
const must = (what: string) => ({
  error: ({ input }: { input?: unknown }) => `must be ${what}, got "${input}"`,
})

export const choiceOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, must(choices.map((each) => `"${each}"`).join(' or ')))

/** Digits only: no sign, no exponent. */
export const numberFrom = (min: number, max: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
      must(`a whole number from ${min} to ${max}`),
    )
    .transform(Number)

export const listenAddress = z.string().regex(/^[\w.:-]+$/, must('an address to listen on'))

export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

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
  }, must('an https address without a path (http only on loopback)'))
  .transform((text) => new URL(text).origin)

/** The path of a SQLite file, or a `postgres://` address, which is never repeated, since it contains a password. */
export const database = z
  .string()
  .refine((text) => {
    const url = isPostgresUrl(text) && URL.canParse(text) ? new URL(text) : undefined
    return !isPostgresUrl(text) || (url?.hostname && /^\/[^/]+$/.test(url.pathname) && !url.hash)
  }, 'must be postgres://user:password@host:5432/database')
  .refine(
    (text) => isPostgresUrl(text) || !/^[a-z]+:\/\//i.test(text),
    'must be a postgres:// address or the path of a SQLite file, got another kind of address',
  )
  .transform((text) => (isPostgresUrl(text) ? text : resolve(text)))

/** A directory, and the invitation code that its address may carry. */
export const directory = z.string().transform((text, context) => {
  const hub = readFollowAddress(text)
  if (hub) return hub
  context.addIssue(`must be the address of a directory or @name@its.host, got "${text}"`)
  return z.NEVER
})

/** IP addresses separated by commas. */
export const ipAddresses = z.string().transform((text, context) => {
  const items = text.split(',').flatMap((item) => item.trim() || [])
  const wrong = items.find((item) => !/^[0-9a-f.:]+$/i.test(item))
  if (wrong) context.addIssue(`must be a list of IP addresses, got "${wrong}"`)
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
  context.addIssue(`must be 0, 1 or a list of loopback origins, got "${wrong}"`)
  return z.NEVER
})

export const proxy = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    must('an http or https address'),
  )
  .transform((text) => new URL(text))

export const wholePath = z
  .string()
  .refine(isAbsolute, must('the whole path of a folder'))
  .transform((path) => resolve(path))

/** A passphrase with fewer characters would soon be guessed by somebody who has a file. */
const MIN_PASSPHRASE = 12

export const passphrase = z
  .string()
  .min(MIN_PASSPHRASE, `must have ${MIN_PASSPHRASE} characters or more`)

/** The bucket of an S3 storage, and a folder in it. */
export const bucket = z
  .string()
  .refine((text) => {
    const url = readSecureUrl(text)
    return url && !url.search && !url.hash && /^(?:\/[\w.-]+)+$/.test(url.pathname)
  }, 'must be the https address of a bucket, as https://s3.example/bucket/folder')
  .transform((text) => new URL(text).href)

export const region = z.string().regex(/^[\w-]{1,50}$/, must('the name of a region'))

const TILE_MARKS = ['{z}', '{x}', '{y}']

export const tiles = z
  .string()
  .refine(
    (text) => readSecureUrl(text) && TILE_MARKS.every((mark) => text.includes(mark)),
    must('an https address with {z}, {x} and {y}'),
  )

export const email = z
  .string()
  .refine(isEmail, must('an e-mail address alone, such as cafes@die.example'))

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
  context.addIssue('must be smtp://user:password@host:587 or smtps://user:password@host:465')
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
