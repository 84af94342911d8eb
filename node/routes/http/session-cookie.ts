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

/**
 * Reads the token of a session from its cookie; undefined where there is none. Whether it opens a session is not
 * decided here.
 */
export const readSessionToken = (c: HonoContext, config: Origin): string | undefined =>
  getCookie(c, cookieName(config)) || undefined

/** Sets the cookie of a session, for as long as a session lasts. */
export const setSessionCookie = (c: HonoContext, config: Origin, token: string): void =>
  setCookie(c, cookieName(config), token, {
    ...cookieOptions(config),
    maxAge: SESSION_HOURS * 3600,
  })

/** Makes the browser forget the session; the session itself is ended in the database. */
export const clearSessionCookie = (c: HonoContext, config: Origin): void => {
  deleteCookie(c, cookieName(config), cookieOptions(config))
}

/**
 * Returns the token of the forms of a session: nobody can make it without the cookie, and it does not reveal the
 * cookie.
 */
export const csrfTokenOf = (sessionToken: string): string =>
  createHmac('sha256', sessionToken).update('form').digest('base64url')

/**
 * Returns whether what a form sent is the CSRF token of this session. The comparison takes the same time for every
 * value of the right length.
 */
export function isCsrfToken(given: unknown, sessionToken: string): boolean {
  const expected = Buffer.from(csrfTokenOf(sessionToken))
  const actual = Buffer.from(typeof given === 'string' ? given : '')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
