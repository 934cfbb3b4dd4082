#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander'
import { copy } from './copy.ts'
import { checkLog, rebuildLog, replayLog } from './log-commands.ts'
import { rotate } from './rotate.ts'
import { rotateSigningKey } from './rotate-signing-key.ts'
import { serve } from './serve.ts'
import { version } from './version.ts'

const wholeNumber = (text: string) => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('a whole number is expected')
  return Number(text)
}

const program = new Command('gatebook')
  .description('Login whose every attempt, lockout, session and revocation is a line in an append-only log.')
  .addHelpText('after', '\nConfigured by environment variables (DATA_DIR, PORT, …): see docs/configuration.md.')
  .version(version)
  .showHelpAfterError()

program.command('serve').description('run the server until SIGTERM or SIGINT').action(serve)

program
  .command('replay')
  .description('print the recorded events as sentences; works beside a running server')
  .option('--stream <name>', 'only this stream')
  .option('--from <number>', 'from this position on (with --stream: this revision)', wholeNumber)
  .option('--json', 'as they are recorded, one in a line (NDJSON)')
  .action(replayLog)

program.command('rebuild').description('make the read models anew from the log; the server must be stopped').action(rebuildLog)

program.command('check').description("run SQLite's full integrity check on the log; the server must be stopped").action(checkLog)

program
  .command('copy')
  .description('copy the log into another, empty store; every Gatebook process of either must be stopped')
  .requiredOption('--from <store>', 'sqlite:PATH (a data directory, or its database) or esdb://…')
  .requiredOption('--to <store>', 'the same; a data directory that is not there is made')
  .option('--verify-only', 'compare the two, and write nothing')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .addHelpText(
    'after',
    `
"sqlite:" alone stands for DATA_DIR, "esdb:" alone for EVENTSTOREDB_URL: a password in an argument is seen by everybody on the machine.
The copy has the same events in the same order, and each is compared as it stands in the target. May be broken off and run again.
The master key is not copied.

Ends with 0 when the target is a copy, 1 when a store failed (run it again), 2 for wrong arguments, 3 when the target is not a copy.
See docs/cluster.md.`,
  )
  .action(copy)

program
  .command('rotate-master-key')
  .description('put every data key under another master key; the server must be stopped')
  .requiredOption('--new-key-file <path>', 'a file (mode 0600) with the new key: 32 bytes in base64')
  .addHelpText('after', '\nMASTER_KEY, MASTER_KEY_FILE or DATA_DIR/master.key is the old one. May be broken off and run again.')
  .action(rotate)

program.command('rotate-signing-key').description('sign access tokens with a new key; the server must be stopped').action(rotateSigningKey)

await program.parseAsync()
