import { rules } from '../../composition/config/contradictions.ts'
import { type Variable, variables } from '../../composition/config/variables.ts'

const names = new RegExp(`(?<![\`A-Z_])(${Object.keys(variables).join('|')})(?![\`A-Z_])`, 'g')
const withCode = (text: string) => text.replace(names, '`$1`')

const defaultOf = ({ fallback, defaultText }: Variable<unknown>) => {
  if (defaultText !== undefined) return defaultText
  return fallback === undefined || fallback === '' ? 'empty' : `\`${fallback}\``
}

const table = (headings: readonly string[], rows: readonly (readonly string[])[]) =>
  [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const variableRow = ([name, variable]: readonly [string, Variable<unknown>]) => [
  `\`${name}\``,
  defaultOf(variable),
  withCode(variable.meaning),
  variable.reader.name,
]

/** The text of `docs/configuration.md`. */
export function configurationPage(): string {
  return `# Configuration

Gatebook reads environment variables once, at startup.
If any value is invalid, it does not start: it names each such variable and what it expected, never the value.
An empty variable counts as not set, and unknown variables are ignored.

${table(['variable', 'default', 'meaning', 'expected'], Object.entries(variables).map(variableRow))}

## Combinations

Some values are valid only together with others:

${table(
  ['variable', 'expected'],
  rules.map(({ variable, expected }) => [`\`${variable}\``, withCode(expected)]),
)}

The session cookie is \`Secure\`, so browsers send it over plain HTTP to loopback addresses only.
Every node of a cluster needs the same master key, because each node decrypts what the others encrypted.
Nodes may share a \`SETUP_TOKEN\`; a node without one generates and accepts its own.

Without \`SMTP_URL\`, mails are not sent.
Each one becomes a file in \`DATA_DIR/outbox\` (directory mode 0700, files 0600), with its address, links and codes in plain text, and is deleted after a day.
This is for development; with \`NODE_ENV=production\`, Gatebook logs a warning at startup.

\`/health/*\` requires no session and is reachable by anyone who can reach the port.
Keep \`HOST\` on a loopback address, or do not forward this path in your reverse proxy.
\`/metrics\` has a listener or a token of its own, because its counters tell what happens to known addresses.
`
}
