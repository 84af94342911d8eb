import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Config } from '../../config.ts'
import { SESSION_HOURS } from '../../store/accounts/sessions.ts'

type Origin = Pick<Config, 'origin'>

/**
 * Returns the name of the cookie. Cookies do not distinguish ports: on loopback, where several servers share a name,
 * the port is part of the cookie's name.
 */
const cookieName = ({ origin }: Origin): string => {
  const { protocol, port } = new URL(origin)
  return protocol === 'https:' ? '__Host-cafe-ia' : `cafe-ia-${port || '80'}`
}

const cookieOptions = ({ origin }: Origin) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: origin.startsWith('https:'),
  }) as const

export const readSessionToken = (c: HonoContext, config: Origin): string | undefined =>
  getCookie(c, cookieName(config)) || undefined

export const setSessionCookie = (c: HonoContext, config: Origin, token: string): void =>
  setCookie(c, cookieName(config), token, {
    ...cookieOptions(config),
    maxAge: SESSION_HOURS * 3600,
  })

export const clearSessionCookie = (c: HonoContext, config: Origin): void => {
  deleteCookie(c, cookieName(config), cookieOptions(config))
}

/**
 * Returns the token of the forms of a session: nobody can make it without the cookie, and it does not reveal the
 * cookie.
 */
export const csrfTokenOf = (sessionToken: string): string =>
  createHmac('sha256', sessionToken).update('form').digest('base64url')

export function isCsrfToken(given: unknown, sessionToken: string): boolean {
  const expected = Buffer.from(csrfTokenOf(sessionToken))
  const actual = Buffer.from(typeof given === 'string' ? given : '')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
