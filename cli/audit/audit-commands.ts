import { type Command, InvalidArgumentError, Option } from 'commander'
import { callerNetwork } from '../../api/protection/address.ts'
import { parseAddress } from '../../application/network.ts'
import { CorrelationId, SessionId } from '../../domain/kernel/ids.ts'
import { readAccount, readTime, readType } from '../replay/replay-filter.ts'
import { exportAudit } from './export-audit.ts'

const idOf =
  <A extends string>(codec: { readonly is: (u: unknown) => u is A }, what: string) =>
  (text: string): A => {
    if (!codec.is(text)) throw new InvalidArgumentError(`expected the id of a ${what}`)
    return text
  }

const readNetwork = (text: string) => {
  const address = text.includes('%') ? undefined : parseAddress(text)?.toString()
  if (address === undefined) throw new InvalidArgumentError('expected an IPv4 or IPv6 address')
  return callerNetwork(address)
}

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('read the audit trail')
  audit
    .command('export')
    .description('print the audit trail, oldest first; works while the server runs')
    .addOption(new Option('--format <name>', 'NDJSON, or CSV by RFC 4180').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--account <id>', 'only events of this account, its logins and its sessions', readAccount)
    .option('--type <name>', 'only events of this type; can be repeated', readType)
    .option('--actor <name>', 'only what this account did, or `anonymous`, `system` or `system:` and a name')
    .option('--address <address>', 'only attempts and sessions from this address, or the /64 of an IPv6 address', readNetwork)
    .option('--session <id>', 'only what happened to this session, or was asked for in it', idOf(SessionId, 'session'))
    .option('--correlation <id>', 'only what one request or job caused', idOf(CorrelationId, 'correlation'))
    .option('--from <time>', 'at or after this time: ISO 8601, or a duration such as 2h ago', readTime)
    .option('--to <time>', 'at or before this time', readTime)
    .option('--with-addresses', 'decrypt network addresses with the master key')
    .addHelpText(
      'after',
      `
Network addresses are sealed in the log, and left out (null) unless --with-addresses is given.
It needs the master key, as --address does; a node reads data keys from EventStoreDB.
It is not recorded as a reading: whoever can run it can read the log. GET /api/1/audit/export is.

Exit codes: 0 done, 1 the log cannot be read, 2 wrong arguments or configuration.
See docs/audit.md.`,
    )
    .action(exportAudit)
}
