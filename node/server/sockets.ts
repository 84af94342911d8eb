import { createServer, type RequestListener, type Server } from 'node:http'
import { type Config, ConfigError } from '../config.ts'
import { refuseSlow, refuseUnread } from '../routes/site/errors.tsx'
import { type AnswerPace, watchAnswers } from '../sockets/answer-pace.ts'
import { type Pace, watchBodies } from '../sockets/body-pace.ts'
import { answerUnreadRequests } from '../sockets/unread-requests.ts'
import { watchArrivals } from '../turns/arrivals.ts'

/**
 * The maximum number of connections that wait to be accepted; a system may allow fewer. A client that finds no room
 * tries again after a second.
 */
const WAITING_MAX = 4096

/** How fast requests must come, and answers must be read. */
export type Paces = { body: Pace; answer: AnswerPace }

/**
 * Makes a server listen, and resolves when it does.
 * @throws ConfigError in one sentence when it cannot.
 */
export function startListening(
  config: Config,
  app: RequestListener,
  paces: Paces,
): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>()
  const times = {
    headersTimeout: 10_000,
    // Most are closed much sooner, see `watchBodies`.
    requestTimeout: 180_000,
    connectionsCheckingInterval: 2_000,
  }
  const server = createServer(times, app)
  server.listen({ port: config.port, host: config.host, backlog: WAITING_MAX }, () =>
    resolve(server),
  )
  watchSockets(server, config, paces)
  server.once('error', (error: NodeJS.ErrnoException) => {
    const used = error.code === 'EADDRINUSE'
    const refused = new ConfigError(
      used
        ? `CAFE_IA_PORT : un autre programme écoute déjà sur ${config.host}:${config.port}`
        : `CAFE_IA_HOST : impossible d’écouter sur ${config.host} (${error.message})`,
    )
    reject(Object.assign(refused, { mayPass: true }))
  })
  return promise
}

/**
 * Lets nobody hold the server by what they send, or do not send, or do not read.
 * @internal
 */
export function watchSockets(server: Server, config: Pick<Config, 'origin'>, paces: Paces): void {
  watchBodies(server, paces.body, (request) => refuseSlow(request, config))
  watchAnswers(server, paces.answer)
  watchArrivals(server)
  answerUnreadRequests(server, (reason, languages) => refuseUnread(reason, languages, config))
}
