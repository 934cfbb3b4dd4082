import type { Command } from 'commander'
import { readWholeNumber } from '../read-whole-number.ts'
import { readAccount, readTime } from '../replay/replay-filter.ts'
import { showAccountAt } from './account-at.ts'
import { explainPosition } from './explain.ts'

/** Of what the log says about the past. */
export function addExplainCommands(program: Command) {
  program
    .command('explain')
    .description('say why an event was recorded: rule, counters, policy, events read; works while the server runs')
    .argument('<position>', 'of the event, as replay and the audit trail show it', readWholeNumber)
    .option('--json', 'print JSON; durations in milliseconds')
    .addHelpText(
      'after',
      `
The decider that recorded the event is asked again, on the events before it and under the policy that was in force.
If it gives other events, the command says so and gives no reason.
For events before the first recorded policy, that of the environment is taken.

Exit codes: 0 explained, 1 there is no such event or the log cannot be read, 2 wrong arguments or configuration.
See docs/audit.md.`,
    )
    .action(explainPosition)

  program
    .command('account-at')
    .description('show an account as it was at a moment, or what changed between two; works while the server runs')
    .argument('<account>', 'its id', readAccount)
    .requiredOption('--time <time>', 'ISO 8601, or a duration such as 2h ago', readTime)
    .option('--since <time>', 'compare with this moment', readTime)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The account is folded from the events that were recorded until then, by the rules that decide.
The address is sealed, so it is not shown: the pages and the API show it to administrators.

Exit codes: 0 shown, 1 there is no such account or the log cannot be read, 2 wrong arguments or configuration.
See docs/audit.md.`,
    )
    .action(showAccountAt)
}
