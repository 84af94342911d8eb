import type { Context } from '../../context.ts'
import type { Side } from '../../domain/agreements/agreement.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import { findAgreement } from '../../store/agreements/agreements.ts'
import { saveOwnStatement } from '../../store/agreements/statements.ts'
import { declareNetwork, listOwnNetworks } from '../../store/networks/networks.ts'
import { findSiteStructure } from '../../store/structures/site-structure.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/** A structure of the demonstration, as others name it. */
type DemoStructure = { origin: string; name: string }

const structureUriOf = ({ origin }: Pick<DemoStructure, 'origin'>): string =>
  `${origin}/actors/cafes`

/**
 * Declares a made-up network by one place, which belongs to it and invites others. Returns its address; in a folder
 * that was kept, that of the existing one.
 */
export async function declareDemoNetwork(
  { db, config, now }: SiteContext,
  { own, invited }: { own: DemoStructure; invited: readonly DemoStructure[] },
): Promise<string> {
  const [known] = await listOwnNetworks(db)
  if (known) return known.uri
  const organization = await findSiteStructure(db)
  const { uri } = await declareNetwork(
    db,
    {
      description: {
        name: 'Les Lieux liés',
        presentation:
          'Des médiathèques, des tiers-lieux et des bureaux de poste qui préparent leurs cafés ensemble.\nCe réseau n’existe que dans cette démonstration.',
        website: undefined,
      },
      home: {
        organizationId: organization?.id ?? '',
        origin: config.origin,
        actorUri: `${config.origin}/actors/instance`,
      },
      by: OPERATOR,
    },
    now(),
  )
  const agree = (structure: DemoStructure, side: Side) =>
    saveOwnStatement(
      db,
      {
        kind: 'member-of',
        subjectUri: structureUriOf(structure),
        objectUri: uri,
        subjectName: structure.name,
        side,
        isYes: true,
      },
      now(),
    )
  for (const structure of [own, ...invited]) await agree(structure, 'object')
  await agree(own, 'subject')
  return uri
}

/** Accepts the invitation; returns whether it is there and accepted. */
export async function acceptDemoNetwork(
  { db, config, now }: SiteContext,
  networkUri: string,
): Promise<boolean> {
  const subjectUri = structureUriOf(config)
  const key = { kind: 'member-of', subjectUri, objectUri: networkUri } as const
  const state = (await findAgreement(db, key))?.state
  if (state === 'invited')
    await saveOwnStatement(db, { ...key, side: 'subject', isYes: true }, now())
  return state === 'invited' || state === 'in-force'
}
