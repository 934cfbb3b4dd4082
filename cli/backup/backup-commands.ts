import type { Command } from 'commander'
import { exitCodesText } from '../operator/exit-codes.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'

export function addBackupCommands(program: Command): void {
  program
    .command('backup <file>')
    .description('write the log to a new file and verify it; works while the server runs')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nThe master key is not in the backup. See docs/runbook.md.${exitCodesText}`)
    .action(backup)

  program
    .command('restore <file>')
    .description('restore a backup into an empty data directory; every session, link and recovery code ends')
    .option('--data-dir <directory>', 'instead of DATA_DIR; only master.key may be in it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nThe command can be interrupted and run again. It needs the master key of the backup. See docs/runbook.md.${exitCodesText}`,
    )
    .action(restore)
}
