import type { Command } from 'commander'
import { changeAccount, revokeSessions, runErase } from '../accounts/change.ts'
import { runAppoint, runCreate, runCreateAdministrator } from '../accounts/create.ts'
import { listAccounts, listSessions, showAccount } from '../accounts/list.ts'
import { blastRadiusOf } from '../blast-radius/blast-radius.ts'
import { readTime } from '../replay/replay-filter.ts'
import { exitCodesText } from './exit-codes.ts'

const group = (program: Command, name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .addHelpText('after', `\nAn ACCOUNT is an id or an email address. Works while the server runs, and without it.${exitCodesText}`)

const withPassword = (command: Command) =>
  command
    .option('--password-stdin', 'read the password from standard input, instead of asking for it')
    .option('--generate-password', 'make up a password and print it once')
    .option('--invite', 'mail a link with which the person chooses a password')
    .option('--email-verified', 'you vouch for the address')
    .option('--json', 'print JSON')

const again = (value: string, before: readonly string[] = []) => [...before, value]

export function addOperatorCommands(program: Command): void {
  const accounts = group(program, 'accounts', 'create, show and change accounts')
  withPassword(accounts.command('create <email>').description('create an account'))
    .option('--role <name>', 'grant this role; can be repeated', again)
    .action(runCreate)
  accounts
    .command('list')
    .description('list the accounts, in order of registration')
    .option('--prefix <text>', 'whose address begins with this')
    .option('--json', 'print JSON, one account per line')
    .action(listAccounts)
  const onOne = (name: string, description: string) =>
    accounts.command(`${name} <account>`).description(description).option('--json', 'print JSON')
  onOne('show', 'show an account with its locks and second factor').action(showAccount)
  onOne('disable', 'end every session and refuse logins').action(changeAccount('disable'))
  onOne('enable', 'allow logins again').action(changeAccount('enable'))
  onOne('unlock', 'lift the locks of logins and of codes').action(changeAccount('unlock'))
  onOne('reset-second-factor', 'remove the second factor and end every session').action(changeAccount('resetSecondFactor'))
  onOne('erase', "delete the person's data key: nobody can read the data again").option('--yes', 'do not ask').action(runErase)

  const admin = group(program, 'admin', 'create and appoint administrators')
  withPassword(admin.command('create <email>').description('create an administrator; the first one completes the setup')).action(
    runCreateAdministrator,
  )
  admin.command('appoint <account>').description('grant the role admin').option('--json', 'print JSON').action(runAppoint)

  const sessions = group(program, 'sessions', 'list and revoke sessions')
  sessions
    .command('list <account>')
    .description('list the active sessions of an account, newest first')
    .option('--json', 'print JSON, one session per line')
    .action(listSessions)
  sessions
    .command('revoke [session]')
    .description('end one session, or with --all every session of an account')
    .option('--all <account>', 'end every session of this account')
    .option('--json', 'print JSON')
    .action(revokeSessions)

  program
    .command('blast-radius')
    .description('show what followed from an address, a session or an account, and end these sessions')
    .option('--address <address>', 'network address; an IPv6 address stands for its /64')
    .option('--session <id>', 'one session')
    .option('--account <id>', 'all sessions of an account')
    .option('--since <time>', 'attempts and sessions from this time on: ISO 8601, or a duration such as 2h ago', readTime)
    .option('--to <time>', 'and up to this time', readTime)
    .option('--revoke', 'end the active sessions among them, and their refresh tokens')
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nWorks while the server runs, and without it. See docs/audit.md.${exitCodesText}`)
    .action(blastRadiusOf)
}
