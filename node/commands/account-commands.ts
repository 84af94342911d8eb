import { type CommandDef, defineCommand } from 'citty'
import type { Context } from '../context.ts'
import { writeLine } from './command-line.ts'

/** Runs a command with the data of the site. */
type InSite = (work: (context: Context) => Promise<void>) => Promise<void>

const email = { type: 'positional', required: true, description: 'Son adresse e-mail' } as const

/** Returns the commands about the accounts of the team, for who runs sites of others. */
export const commandsForAccounts = (inSite: InSite): CommandDef =>
  defineCommand({
    meta: { description: 'Comptes de l’équipe' },
    subCommands: {
      list: defineCommand({
        meta: { description: 'Liste les comptes : adresse, rôle, nom, et comment chacun entre' },
        run: () =>
          inSite(async (context) => {
            const { listAccounts } = await import('./account.ts')
            for (const line of await listAccounts(context)) writeLine(line)
          }),
      }),
      create: defineCommand({
        meta: { description: 'Crée un compte et donne son premier lien de connexion' },
        args: {
          email,
          role: {
            type: 'string',
            default: 'editor',
            description: 'Ce qu’il peut : editor (tient les cafés), administrator (tout)',
          },
          name: { type: 'string', description: 'Le nom de la personne' },
        },
        run: ({ args }) =>
          inSite(async (context) => {
            const { createAccount } = await import('./account.ts')
            writeLine(await createAccount(context, args))
          }),
      }),
      disable: defineCommand({
        meta: { description: 'Retire un compte : ses sessions, ses liens et ses jetons finissent' },
        args: { email },
        run: ({ args }) =>
          inSite(async (context) => {
            const { endAccount } = await import('./account.ts')
            writeLine(await endAccount(context, args.email))
          }),
      }),
      password: passwordCommand(inSite),
      factor: factorCommand(inSite),
    },
  })

const passwordCommand = (inSite: InSite) =>
  defineCommand({
    meta: { description: 'Donne à un compte un nouveau mot de passe, montré une fois' },
    args: {
      email,
      stdin: { type: 'boolean', description: 'Le lit à l’entrée, au lieu d’en faire un' },
    },
    run: ({ args }) =>
      inSite(async (context) => {
        const { replacePasswordOf } = await import('./account.ts')
        const input = args.stdin === true ? process.stdin : undefined
        writeLine(await replacePasswordOf(context, args.email, input))
      }),
  })

const factorCommand = (inSite: InSite) =>
  defineCommand({
    meta: { description: 'Retire le deuxième facteur d’un compte qui n’a plus ses codes' },
    args: { email },
    run: ({ args }) =>
      inSite(async (context) => {
        const { resetFactorOf } = await import('./account.ts')
        writeLine(await resetFactorOf(context, args.email))
      }),
  })
