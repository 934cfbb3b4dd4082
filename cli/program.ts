import { Command, Option } from 'commander'
import { importFormats } from '../infrastructure/importing/import-formats.ts'
import { packageVersion } from '../infrastructure/package-version.ts'
import { addAuditCommands } from './audit/audit-commands.ts'
import { backtestLog } from './backtest/backtest-log.ts'
import { addBackupCommands } from './backup/backup-commands.ts'
import { checkConfiguration } from './check-configuration.ts'
import { copy } from './copy/copy.ts'
import { addExplainCommands } from './explain/explain-commands.ts'
import type { ImportFileOptions } from './import/import-file.ts'
import { rotateCheckpointKey, rotateSigningKey } from './keys/rotate-log-keys.ts'
import { rotate } from './keys/rotate-master-key.ts'
import { checkLog, rebuildLog, replayLog } from './log-commands.ts'
import { exitCodesText, exits } from './operator/exit-codes.ts'
import { addOperatorCommands } from './operator/operator-commands.ts'
import { addProofCommands } from './proofs/proof-commands.ts'
import { readWholeNumber } from './read-whole-number.ts'
import { endQuietlyWithoutReader } from './reader.ts'
import { refold } from './refold/refold.ts'
import { readAccount, readTime, readType } from './replay/replay-filter.ts'
import { serve } from './serve.ts'

const program = new Command('gatebook')
  .description('Event-sourced login: every attempt, lockout, session and revocation is recorded in an append-only log.')
  .addHelpText('after', '\nConfigured with environment variables (DATA_DIR, PORT, …): see docs/configuration.md.')
  .version(packageVersion)
  .showHelpAfterError()
  // Every command has it from here.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exits.wrongArguments))

program
  .command('replay')
  .description('print the recorded events as sentences; works while the server runs')
  .option('--stream <name>', 'only events of this stream')
  .option('--from <number>', 'start at this position', readWholeNumber)
  .option('--follow', 'wait for new events, until it is interrupted')
  .option('--type <name>', 'only events of this type; can be repeated', readType)
  .option('--account <id>', 'only events of this account, its logins and its sessions', readAccount)
  .option('--since <time>', 'recorded at or after this time: ISO 8601, or a duration such as 2h', readTime)
  .option('--to <time>', 'recorded at or before this time', readTime)
  .option('--json', 'print events as recorded, one per line (NDJSON)')
  .action(replayLog)

const config = program.command('config').description('check the configuration')
config
  .command('check')
  .description('read the environment as serve does, and print the policy, warnings and errors; exit code 2 on errors')
  .option('--json', 'print JSON')
  .action(checkConfiguration)

program.command('rebuild').description('rebuild the read models from the log; stop the server first').action(rebuildLog)

program.command('check').description("run SQLite's full integrity check on the log; stop the server first").action(checkLog)

program
  .command('refold')
  .description('compare the read models with the log, and name each difference; works while the server runs')
  .option('--all', 'build every read model anew beside, and compare every cell')
  .option('--samples <number>', 'accounts and sessions to draw at random (200 by default)', readWholeNumber)
  .option('--json', 'print each difference as JSON, one per line, and the result last')
  .addHelpText(
    'after',
    `
Nothing is written but a file without a name in DATA_DIR, which is gone when the command ends.
Text and bytes are shown as hashes. "gatebook rebuild" mends what differs.

Exit codes: 0 no difference, 1 the log cannot be read, 2 wrong arguments, 3 there are differences.
See docs/audit.md.`,
  )
  .action(refold)

program
  .command('backtest')
  .description('try another lockout or network policy on the recorded attempts; works while the server runs')
  .requiredOption(
    '--policy <file>',
    'JSON: loginMaxAttempts, loginLockoutSeconds, loginLockoutMaxSeconds, maxOtpAttempts, loginRatePerMinute, blockedAddresses, …',
  )
  .option('--from <time>', 'count from this time on: ISO 8601, or a duration such as 7d ago', readTime)
  .option('--to <time>', 'and before this one', readTime)
  .option('--json', 'print the report as JSON, with every account that was locked or refused')
  .addHelpText(
    'after',
    `
What the file leaves out is as the environment says.
Attempts come when they came: what people would have done after a refusal is not known.
Of attempts that a lock refused it is not known whether they were right.
Addresses are opened with the master key, and only if some are blocked.

Exit codes: 0 done, 1 the log cannot be read, 2 wrong arguments.
See docs/audit.md.`,
  )
  .action(backtestLog)

program
  .command('copy')
  .description('copy the log to an empty store; stop every server on either store first')
  .requiredOption('--from <store>', 'sqlite:PATH (a data directory, or its database) or esdb://…')
  .requiredOption('--to <store>', 'same as --from; a missing data directory is created')
  .option('--verify-only', 'compare the stores without writing')
  .addHelpText(
    'after',
    `
"sqlite:" alone means DATA_DIR, and "esdb:" alone means EVENTSTOREDB_URL: anyone on the machine can read a password in an argument.
The copy has the same events in the same order, and each event is compared in the target.
The command can be interrupted and run again. The master key is not copied.

Exit codes: 0 the target is a copy, 1 a store failed (run the command again), 2 wrong arguments, 3 the target is not a copy.
See docs/cluster.md.`,
  )
  .action(copy)

program
  .command('import')
  .description('take over the accounts of another system; stop the server first')
  .argument('<file>', 'its export')
  .addOption(new Option('--from <format>', 'what wrote the file').choices(importFormats).makeOptionMandatory())
  .option('--dry-run', 'check everything and write nothing')
  .option('--hash-config <file>', 'file with the hash_config of a Firebase project')
  .option('--ignore-role <name>', 'leave out a role; can be repeated', (name: string, names: readonly string[] = []) => [...names, name])
  .option('--drop-second-factors', 'import people without their second factor')
  .option('--report <file>', 'write the outcome of each line to a new file (NDJSON, mode 0600)')
  .option('--json', 'print the result as JSON')
  .addHelpText(
    'after',
    `
An address that has an account already is skipped, so the command can be interrupted and run again. Nobody gets a mail.
Refusals are shown by their place in the file; no address and no hash is printed or reported.

Exit codes: 0 everything is imported, 1 the file or the log failed (run the command again), 2 wrong arguments, 3 some were refused.
See docs/import.md.`,
  )
  // Loaded only here: no other command needs what reads the formats.
  .action(async (file: string, options: ImportFileOptions) => (await import('./import/import-file.ts')).importFile(file, options))

program
  .command('rotate-master-key')
  .description('encrypt every data key with a new master key; stop the server, or every node, first')
  .requiredOption('--new-key-file <path>', 'file (mode 0600) with the new key: 32 bytes in base64')
  .addHelpText(
    'after',
    '\nThe old key is MASTER_KEY, MASTER_KEY_FILE or DATA_DIR/master.key. The command can be interrupted and run again.',
  )
  .action(rotate)

program
  .command('rotate-signing-key')
  .description('sign access tokens with a new key; works while the server runs, and without it')
  .option('--json', 'print JSON')
  .addHelpText('after', exitCodesText)
  .action(rotateSigningKey)

program
  .command('rotate-checkpoint-key')
  .description('sign checkpoints of the log with a new key; works while the server runs, and without it')
  .option('--json', 'print JSON')
  .addHelpText('after', exitCodesText)
  .action(rotateCheckpointKey)

addExplainCommands(program)
addOperatorCommands(program)
addBackupCommands(program)
addProofCommands(program)
addAuditCommands(program)

/** `ownSignals` removes the handlers that end the process at once. */
export async function run(ownSignals: () => void): Promise<void> {
  endQuietlyWithoutReader()
  program
    .command('serve')
    .description('run the server until SIGTERM, SIGINT or SIGHUP')
    .action(() => serve(ownSignals))
  await program.parseAsync()
}
