import type { Command } from 'commander'
import { exitCodesText, exits } from '../operator/exit-codes.ts'
import { checkpoint } from './checkpoint.ts'
import { verify } from './verify.ts'

const command = (program: Command, usage: string, description: string) =>
  program
    .command(usage)
    .description(description)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exits.wrongArguments))

export function addProofCommands(program: Command): void {
  command(
    program,
    'verify [backup]',
    'compare the log with its proofs, and name the first position that differs; works while the server runs',
  )
    .option(
      '--checkpoint <file>',
      'a checkpoint that was kept elsewhere; can be repeated',
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .option('--vkey <key>', 'the verifier key that signed the checkpoints, as it was noted before')
    .option(
      '--witness <key>',
      'the verifier key of a witness that must have cosigned each --checkpoint; can be repeated',
      (key: string, keys: readonly string[] = []) => [...keys, key],
    )
    .option('--proofs <file>', 'a copy of proofs.db, instead of the one in DATA_DIR')
    .option('--export <file>', "compare a person's export (GET /me/export) with the log as well; needs the master key")
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nSee docs/proofs.md.\n\nExit codes: 0 everything fits, 1 something cannot be read, 2 wrong arguments, 3 something does not fit, or a checkpoint is not signed.',
    )
    .action(verify)

  command(program, 'checkpoint', 'sign and print a checkpoint of the log; works while the server runs, and without it')
    .option('--vkey', 'print the verifier key instead')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nKeep checkpoints and the verifier key where nobody can reach them who can reach the log. See docs/proofs.md.${exitCodesText}`,
    )
    .action(checkpoint)
}
