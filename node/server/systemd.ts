import { execFile } from 'node:child_process'
import { getLogger } from '@logtape/logtape'

const logger = getLogger(['cafe-ia', 'server'])

/** The variables that systemd gives to a service that tells its state (sd_notify(3), sd_watchdog_enabled(3)). */
export type ServiceEnvironment = { NOTIFY_SOCKET?: string; WATCHDOG_USEC?: string }

/**
 * Tells systemd that this service is ready and then, at half of the time that its unit allows, that the event loop still
 * turns. Does nothing where no unit asks for it.
 * @returns What tells systemd that the service stops.
 */
export function announceReady(env: ServiceEnvironment): () => void {
  if (!env.NOTIFY_SOCKET) return () => undefined
  notify('READY=1')
  const watchdogMs = Number(env.WATCHDOG_USEC ?? 0) / 1000
  const timer = watchdogMs > 0 && setInterval(() => notify('WATCHDOG=1'), watchdogMs / 2).unref()
  return () => {
    if (timer) clearInterval(timer)
    notify('STOPPING=1')
  }
}

/**
 * Sends one message to the socket of `NOTIFY_SOCKET` by systemd's own command, since Node opens no datagram socket of
 * AF_UNIX. The message comes from a child, hence `NotifyAccess=all` in the unit.
 */
function notify(message: string): void {
  execFile('systemd-notify', [message], (error) => {
    if (error) logger.warning('systemd was not told {message}', { message, error })
  })
}
