import { rules } from '../../infrastructure/configuration/contradictions.ts'
import type { Variable } from '../../infrastructure/configuration/readers.ts'
import { sectionOf } from '../../infrastructure/configuration/sections.ts'
import { type VariableName, variables } from '../../infrastructure/configuration/variables.ts'

const names = new RegExp(`(?<![\`A-Z_])(${Object.keys(variables).join('|')})(?![\`A-Z_])`, 'g')
const withCode = (text: string) => text.replace(names, '`$1`')

const defaultOf = ({ fallback, defaultText }: Variable<unknown>) => {
  if (defaultText !== undefined) return defaultText
  return fallback === undefined || fallback === '' ? 'empty' : `\`${fallback}\``
}

const table = (headings: readonly string[], rows: readonly (readonly string[])[]) =>
  [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const variableRow = (name: VariableName) => {
  const variable: Variable<unknown> = variables[name]
  return [`\`${name}\``, defaultOf(variable), withCode(variable.meaning), variable.reader.name]
}

const sectionText = ([section, names]: readonly [string, readonly VariableName[]]) =>
  `## ${section}\n\n${table(['variable', 'default', 'meaning', 'expected'], names.map(variableRow))}`

const sections = [...Map.groupBy(Object.keys(sectionOf) as VariableName[], (name) => sectionOf[name])]

/** The text of `docs/configuration.md`. */
export function configurationPage(): string {
  return `# Configuration

Gatebook reads environment variables once, at startup.
If any value is invalid, it does not start: it names each such variable and what it expected, never the value.
An empty variable counts as not set, and unknown variables are ignored.
Inside your own app each is an option of \`openGatebook\` in camelCase, such as \`sessionIdleSeconds\` ([embedding.md](embedding.md), [in-process.md](in-process.md)).
Each name may have the prefix \`GATEBOOK_\`, for example where \`LOG_LEVEL\` belongs to another program: \`GATEBOOK_LOG_LEVEL\` then counts instead.
A name that is almost one of these is named in a warning at startup, and so is a value of \`NODE_ENV\` other than \`production\`, \`development\` and \`test\`.

An administrator sees what is in force at \`GET /api/1/admin/policy\`.
There, and in the log at startup, \`set\` stands for a secret and for a value that may name a person.

${sections.map(sectionText).join('\n\n')}

## Combinations

Some values are valid only together with others:

${table(
  ['variable', 'expected'],
  rules.map(({ variable, expected }) => [`\`${variable}\``, withCode(expected)]),
)}

With \`NODE_ENV=production\`, warnings at startup also name: no \`PUBLIC_ORIGIN\`, no \`SMTP_URL\`, an \`SMTP_URL\` without TLS, a limit per address of 0, an elevation of more than an hour.
Without \`NODE_ENV\` and with a \`HOST\` that is not a loopback address, they name each value that production would refuse.
Embedded in an app, \`TOTP_ENABLED=false\` needs \`NODE_ENV=development\`, because \`HOST\` is not used there.

The data directory is refused if other users may write it or a folder above it (the sticky bit of \`/tmp\` is enough).
The exception is a volume that Kubernetes has given to the group of the pod (\`fsGroup\`).
The file of \`MASTER_KEY_FILE\` is refused if others may write it; if they may read it, as with the secrets of Docker and Kubernetes, there is a warning.

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
