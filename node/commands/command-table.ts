import { type ArgsDef, type CommandDef, defineCommand } from 'citty'
import { readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { commandsForAccounts } from './account-commands.ts'
import { CommandError } from './command-error.ts'
import { writeLine } from './command-line.ts'
import { ANSWER_NAMES, ANSWER_WORDS } from './init-answers.ts'
import { commandsForStructures } from './structures/structure-commands.ts'

export type Environment = Record<string, string | undefined>

/**
 * Runs a command with the data. Each command loads what it needs when it runs, since most need little of the program.
 */
const inSite = async (env: Environment, work: (context: Context) => Promise<void>) =>
  (await import('./with-site.ts')).withSite(env, work)

/**
 * Returns the command that prepares a site: it asks at a terminal, unless an option answers. What is a setting may come
 * from the environment.
 */
const initCommand = (env: Environment): CommandDef =>
  defineCommand({
    meta: { description: 'Prépare un nouveau site : quelques questions, puis le fichier .env' },
    args: {
      yes: { type: 'boolean', description: 'Ne pose aucune question' },
      ...Object.fromEntries(
        ANSWER_NAMES.map((name) => [
          name,
          { type: 'string', description: ANSWER_WORDS[name] } as const,
        ]),
      ),
    } as ArgsDef,
    run: async ({ args }) => {
      const { init, initWithout } = await import('./init.ts')
      const { stdin: input, stdout: output } = process
      const given = Object.fromEntries(
        ANSWER_NAMES.flatMap((name) => {
          const value = args[name]
          return typeof value === 'string' ? [[name, value]] : []
        }),
      )
      const { CAFE_IA_ORIGIN: domain, CAFE_IA_PORT: port, CAFE_IA_HUB: directory } = env
      const isAsking = input.isTTY && output.isTTY && args.yes !== true
      process.exitCode =
        isAsking && Object.keys(given).length === 0
          ? await init(process.cwd(), { input, output })
          : await initWithout(process.cwd(), { domain, port, directory, ...given }, output)
    },
  })

/** The option of what can be done to all sites of a machine. */
const ALL = {
  all: { type: 'string', description: 'Dossier de plusieurs sites : le fait pour chacun' },
} as const

/** Does a command for all sites below a folder: its exit code says that one failed. */
async function forAll(env: Environment, parent: string, args: string[]): Promise<void> {
  const { runForAll } = await import('./sites/all-sites.ts')
  process.exitCode = await runForAll(env, parent, args)
}

/** Returns every command of the command line with its arguments, which `cafe-ia --help` lists. */
export const commandsFor = (env: Environment): CommandDef =>
  defineCommand({
    meta: {
      name: 'cafe-ia',
      description: 'Les cafés IA d’un lieu, et l’annuaire qui les rassemble',
    },
    subCommands: {
      start: defineCommand({
        meta: { description: 'Démarre le serveur selon ses réglages' },
        run: async () => (await import('./start.ts')).start(readConfig(env), env),
      }),
      init: initCommand(env),
      doctor: defineCommand({
        meta: {
          description: 'Vérifie ce qui fait qu’un site est vu des autres, et dit quoi faire',
        },
        args: {
          mail: { type: 'string', description: 'Adresse à qui envoyer un message d’essai' },
          remote: { type: 'string', description: 'Regarde ce site du dehors, et rien d’autre' },
          ...ALL,
        },
        run: async ({ args }) => {
          const { all, mail, remote } = args
          if (all !== undefined)
            return forAll(env, all, ['doctor', ...(mail === undefined ? [] : ['--mail', mail])])
          const { doctor } = await import('./doctor/doctor.ts')
          process.exitCode = await doctor(env, { mail, remote })
        },
      }),
      demo: defineCommand({
        meta: { description: 'Démarre un annuaire et trois lieux sur cette machine, pour voir' },
        args: {
          json: { type: 'boolean', description: 'Une ligne de JSON au lieu d’un texte' },
          port: {
            type: 'string',
            default: '4000',
            description: 'Port de l’annuaire ; les lieux suivent',
          },
          data: { type: 'string', description: 'Dossier à garder ; temporaire sans lui' },
        },
        run: async ({ args }) => {
          const { demo } = await import('./demo/demo.ts')
          await demo({ json: args.json === true, port: args.port, data: args.data, env })
        },
      }),
      'sign-in-link': defineCommand({
        meta: { description: 'Donne un lien pour entrer dans l’administration, une fois' },
        args: { email: { type: 'positional', required: false, description: 'Pour quel compte' } },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { createSignInLink } = await import('./sign-in-link.ts')
            writeLine(await createSignInLink(context, args.email))
          }),
      }),
      account: commandsForAccounts((work) => inSite(env, work)),
      structure: commandsForStructures((work) => inSite(env, work)),
      token: defineCommand({
        meta: { description: 'Jetons de l’API' },
        subCommands: {
          create: defineCommand({
            meta: { description: 'Crée un jeton et le montre une fois' },
            args: {
              label: { type: 'positional', required: false, description: 'Pour quel usage' },
              scope: {
                type: 'string',
                description: 'Pour quoi : cafes,places,calendars,resources',
              },
              structure: {
                type: 'string',
                description: 'L’adresse d’une structure accueillie, si ce n’est pas pour le site',
              },
            },
            run: ({ args }) =>
              inSite(env, async (context) => {
                const { createApiToken } = await import('./token.ts')
                const label = args.label ?? 'ligne de commande'
                writeLine(await createApiToken(context, label, args))
              }),
          }),
        },
      }),
      invitation: defineCommand({
        meta: { description: 'Crée un code qui admet un lieu dans cet annuaire sans attendre' },
        args: { label: { type: 'positional', required: false, description: 'Pour quel lieu' } },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { createInvitationCode } = await import('./invitation.ts')
            writeLine(await createInvitationCode(context, args.label ?? ''))
          }),
      }),
      follow: defineCommand({
        meta: { description: 'Suit un compte, un site, ou rejoint un annuaire (--join)' },
        args: {
          address: {
            type: 'positional',
            required: true,
            description: '@nom@site, adresse ou site, avec ?invitation= ou sans',
          },
          join: { type: 'boolean', description: 'Demande à en être membre' },
          invitation: { type: 'string', description: 'Code d’invitation reçu' },
        },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { followAddress } = await import('./follow.ts')
            await followAddress(context, args)
          }),
      }),
      unfollow: defineCommand({
        meta: { description: 'Ne suit plus, ou quitte un annuaire' },
        args: { address: { type: 'positional', required: true, description: 'Comme pour follow' } },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { unfollowAddress } = await import('./follow.ts')
            await unfollowAddress(context, args.address)
          }),
      }),
      import: defineCommand({
        meta: { description: 'Lit un agenda (.ics) ou un tableau (.csv), fichier ou adresse' },
        args: {
          source: { type: 'positional', required: true, description: 'Fichier ou adresse' },
          'dry-run': { type: 'boolean', description: 'Montre sans rien changer' },
          follow: { type: 'boolean', description: 'Suit l’adresse : elle est relue chaque heure' },
          drafts: { type: 'boolean', description: 'Garde les nouveaux cafés comme brouillons' },
        },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { importFile } = await import('./import.ts')
            await importFile(context, {
              source: args.source,
              dryRun: args['dry-run'] === true,
              follow: args.follow === true,
              drafts: args.drafts === true,
            })
          }),
      }),
      rebuild: defineCommand({
        meta: {
          description:
            'Relit en entier tous les sites suivis ; refait un annuaire qui a tout perdu',
        },
        args: {
          sites: {
            type: 'positional',
            required: false,
            description: 'D’un annuaire perdu : fichier des adresses de ses membres, une par ligne',
          },
        },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { sites } = args
            if (sites === undefined) return (await import('./rebuild.ts')).rebuild(context)
            const { rebuildDirectory } = await import('./backup/rebuild-directory.ts')
            process.stdout.write(`${await rebuildDirectory(context, sites)}\n`)
          }),
      }),
      purge: defineCommand({
        meta: { description: 'Efface ce qui n’est gardé que pour un temps' },
        run: () => inSite(env, async (context) => (await import('./purge.ts')).purgeNow(context)),
      }),
      backup: defineCommand({
        meta: {
          description: 'Sauvegarde tout le site, sans l’arrêter, à tous les endroits réglés',
        },
        args: {
          file: {
            type: 'positional',
            required: false,
            description: 'Fichier à créer à la place, p. ex. cafe-ia.tar.gz',
          },
          check: { type: 'boolean', description: 'Vérifie un fichier qui existe déjà' },
          ...ALL,
        },
        run: async ({ args }) => {
          if (args.all !== undefined) {
            if (args.file !== undefined || args.check === true)
              throw new CommandError('backup --all sauvegarde chaque site à ses endroits réglés')
            return forAll(env, args.all, ['backup'])
          }
          const { backup, createBackupEverywhere } = await import('./backup/backup.ts')
          const check = args.check === true
          if (args.file !== undefined) return backup(env, { file: args.file, check })
          if (check) throw new CommandError('backup --check prend le fichier à vérifier')
          await inSite(env, async (context) => writeLine(await createBackupEverywhere(context)))
        },
      }),
      restore: defineCommand({
        meta: { description: 'Remet un site d’après sa sauvegarde, dans un dossier vide' },
        args: {
          file: { type: 'positional', required: true, description: 'Le fichier de la sauvegarde' },
          'without-pictures': {
            type: 'boolean',
            description: 'Remet le site même si des images manquent à côté de la sauvegarde',
          },
        },
        run: async ({ args }) => {
          const { restore } = await import('./backup/restore.ts')
          await restore(env, {
            file: args.file,
            arePicturesSpared: args['without-pictures'] === true,
          })
        },
      }),
      'fetch-backup': defineCommand({
        meta: { description: 'Ramène la dernière sauvegarde du stockage S3 dans un dossier' },
        args: {
          folder: { type: 'positional', required: true, description: 'Où la mettre' },
          name: { type: 'positional', required: false, description: 'Une autre, par son nom' },
        },
        run: async ({ args }) => {
          const { fetchBackup } = await import('./backup/fetch-backup.ts')
          await fetchBackup(env, { folder: args.folder, name: args.name })
        },
      }),
      recover: defineCommand({
        meta: {
          description:
            'Sans sauvegarde : reprend de l’annuaire les cafés de ce site, à la même adresse',
        },
        args: {
          directory: {
            type: 'positional',
            required: true,
            description: 'Adresse de l’annuaire, p. ex. annuaire.example',
          },
        },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { restoreFromDirectory } = await import('./backup/recover.ts')
            writeLine(await restoreFromDirectory(context, args.directory))
          }),
      }),
      upgrade: defineCommand({
        meta: {
          description: 'Met les données à jour, après une sauvegarde ; « start » le fait aussi',
        },
        args: {
          check: { type: 'boolean', description: 'Dit ce qui se passerait, sans rien changer' },
          ...ALL,
        },
        run: async ({ args }) => {
          const check = args.check === true
          if (args.all !== undefined)
            return forAll(env, args.all, ['upgrade', ...(check ? ['--check'] : [])])
          const { checkUpgrade, upgrade } = await import('./upgrade.ts')
          if (check) process.exitCode = await checkUpgrade(env)
          else await upgrade(env)
        },
      }),
      held: defineCommand({
        meta: { description: 'Après une remise : ce qui attend pour partir' },
        args: {
          send: { type: 'boolean', description: 'Tout envoyer' },
          drop: { type: 'boolean', description: 'Jeter ce qui attendait dans la sauvegarde' },
          open: {
            type: 'boolean',
            description: 'Montrer les pages sans attendre la réponse de l’annuaire',
          },
        },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { settleHeld } = await import('./backup/held.ts')
            const [send, drop, open] = [args.send === true, args.drop === true, args.open === true]
            writeLine(await settleHeld(context, { send, drop, open }))
          }),
      }),
      'copy-database': defineCommand({
        meta: { description: 'Copie les données SQLite dans une base PostgreSQL vide' },
        args: {
          address: {
            type: 'positional',
            required: true,
            description: 'postgres://compte@machine:5432/base',
          },
        },
        run: async ({ args }) => {
          const { copyToPostgres } = await import('./copy-database.ts')
          await copyToPostgres(env, args.address)
        },
      }),
      keys: defineCommand({
        meta: { description: 'Les clés avec lesquelles ce site signe, et leur âge' },
        run: () =>
          inSite(env, async (context) => {
            const { describeKeys } = await import('./keys.ts')
            writeLine(await describeKeys(context))
          }),
        subCommands: {
          rotate: defineCommand({
            meta: { description: 'Donne de nouvelles clés à tous les comptes du site' },
            args: {
              now: {
                type: 'boolean',
                description: 'Une clé a fui : les anciennes ne valent plus rien, tout de suite',
              },
              'dry-run': {
                type: 'boolean',
                description: 'Dit ce qui changerait, sans rien changer',
              },
            },
            run: ({ args }) =>
              inSite(env, async (context) => {
                const { changeKeys } = await import('./keys.ts')
                const dryRun = args['dry-run'] === true
                writeLine(await changeKeys(context, { isLeaked: args.now === true, dryRun }))
              }),
          }),
        },
      }),
      move: defineCommand({
        meta: { description: 'Change le site d’adresse : dit ce qui se passerait' },
        args: {
          origin: { type: 'positional', required: false, description: 'https://nouvelle-adresse' },
          confirm: { type: 'boolean', description: 'Prévoit le déménagement pour de bon' },
          cancel: { type: 'boolean', description: 'Annule ce qui est prévu' },
        },
        run: ({ args }) =>
          inSite(env, async (context) => {
            const { planMove } = await import('./moves/move.ts')
            const [confirm, cancel] = [args.confirm === true, args.cancel === true]
            writeLine(await planMove(context, args.origin, { confirm, cancel }))
          }),
      }),
      verify: defineCommand({
        meta: {
          description:
            'Dit qui a publié un fichier, un mandat ou le code d’une affiche, et s’il est intact',
        },
        args: {
          file: { type: 'positional', required: true, description: 'Fichier, ou adresse du code' },
          registry: { type: 'string', description: 'Registre des clés : fichier ou adresse' },
          offline: { type: 'boolean', description: 'Ne demande rien au réseau' },
          key: { type: 'string', description: 'Clé de l’annuaire, notée ailleurs : z6Mk…' },
        },
        run: async ({ args }) => {
          const { verifyFile } = await import('./verify.ts')
          await verifyFile(env, {
            file: args.file,
            registry: args.registry,
            offline: args.offline === true,
            key: args.key,
          })
        },
      }),
    },
  })
