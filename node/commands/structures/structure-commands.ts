import { type CommandDef, defineCommand } from 'citty'
import type { Context } from '../../context.ts'
import { writeLine } from '../command-line.ts'

/** Runs a command with the data of the site. */
type InSite = (work: (context: Context) => Promise<void>) => Promise<void>

const slug = { type: 'positional', required: true, description: 'Son adresse sur ce site' } as const

/** Returns the commands about the structures that a site hosts. */
export const commandsForStructures = (inSite: InSite): CommandDef =>
  defineCommand({
    meta: { description: 'Structures accueillies' },
    subCommands: {
      create: createCommand(inSite),
      list: defineCommand({
        meta: { description: 'Liste les structures accueillies : adresse, nom, état' },
        run: () =>
          inSite(async (context) => {
            const { listStructureLines } = await import('./structure.ts')
            for (const line of await listStructureLines(context)) writeLine(line)
          }),
      }),
      share: shareCommand(inSite),
      close: closeCommand(inSite),
      suspend: defineCommand({
        meta: { description: 'Suspend une structure : plus rien d’elle n’est montré' },
        args: {
          slug,
          reason: { type: 'string', required: true, description: 'La raison, que son équipe lira' },
        },
        run: ({ args }) =>
          inSite(async (context) => {
            const { saveSuspensionBySlug } = await import('./structure.ts')
            writeLine(await saveSuspensionBySlug(context, args))
          }),
      }),
      resume: defineCommand({
        meta: { description: 'Rétablit une structure suspendue' },
        args: { slug },
        run: ({ args }) =>
          inSite(async (context) => {
            const { deleteSuspensionBySlug } = await import('./structure.ts')
            writeLine(await deleteSuspensionBySlug(context, args.slug))
          }),
      }),
    },
  })

const createCommand = (inSite: InSite) =>
  defineCommand({
    meta: { description: 'Accueille une structure, avec sa page et son compte à suivre' },
    args: {
      name: { type: 'positional', required: true, description: 'Son nom' },
      slug: { type: 'string', description: 'Son adresse sur ce site ; sans elle, tirée du nom' },
      email: {
        type: 'string',
        description: 'L’adresse de qui l’administrera : donne son lien de connexion',
      },
    },
    run: ({ args }) =>
      inSite(async (context) => {
        const { createStructure } = await import('./structure.ts')
        for (const line of await createStructure(context, args)) writeLine(line)
      }),
  })

const shareCommand = (inSite: InSite) =>
  defineCommand({
    meta: { description: 'Dit ce qu’une structure utilise du site, et change sa part' },
    args: {
      slug,
      shares: { type: 'string', description: 'Son nombre de parts : une au début' },
    },
    run: ({ args }) =>
      inSite(async (context) => {
        const { saveSharesBySlug } = await import('./structure.ts')
        for (const line of await saveSharesBySlug(context, args)) writeLine(line)
      }),
  })

const closeCommand = (inSite: InSite) =>
  defineCommand({
    meta: { description: 'Ferme une structure pour toujours' },
    args: {
      slug,
      past: {
        type: 'string',
        description: 'Son passé : kept (il reste) ou gone (il s’efface)',
      },
      confirm: { type: 'boolean', description: 'Le fait ; sans cela, dit ce qui se passerait' },
    },
    run: ({ args }) =>
      inSite(async (context) => {
        const { saveClosingBySlug } = await import('./structure.ts')
        writeLine(await saveClosingBySlug(context, args))
      }),
  })
