import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { listPublicPeers } from '../../store/directory/public-peers.ts'
import type { ApiEnv } from './access.ts'
import { publicJson } from './answers.ts'
import { describeRead, jsonOf, refusals } from './documentation.ts'

const PeersJson = z
  .object({
    items: z.array(
      z.object({
        host: z.string(),
        origin: z.string(),
        name: z.string(),
        state: z.enum(['member', 'followed']),
        lastSeenAt: z.iso.datetime().nullable(),
        reachable: z.boolean(),
        cafes: z.int().describe('Public ones, past ones too'),
      }),
    ),
  })
  .meta({ id: 'Peers' })

/** The servers whose cafés are listed here. */
export const peerReads = ({ db }: Context) =>
  new Hono<ApiEnv>().get(
    '/peers',
    describeRead({
      id: 'listPeers',
      summary: 'Members and followed servers',
      responses: { 200: jsonOf(PeersJson, 'All of them, by host'), ...refusals() },
    }),
    async (c) => {
      const peers = await listPublicPeers(db)
      return publicJson(c, {
        items: peers.map((peer) => ({
          host: peer.host,
          origin: peer.origin,
          name: peer.name,
          state: peer.standing,
          lastSeenAt: peer.lastSeenAt?.toString() ?? null,
          reachable: peer.reachable,
          cafes: peer.cafes,
        })),
      })
    },
  )
