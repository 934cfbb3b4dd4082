import { type Variable, variables } from '../../composition/config/variables.ts'

const defaultOf = ({ fallback, told }: Variable<unknown>) => {
  if (told !== undefined) return told
  return fallback === undefined || fallback === '' ? 'empty' : `\`${fallback}\``
}

const row = ([name, variable]: readonly [string, Variable<unknown>]) =>
  `| \`${name}\` | ${defaultOf(variable)} | ${variable.meaning} | ${variable.reader.name} |`

const table = (rows: readonly (readonly [string, Variable<unknown>])[]) =>
  ['| variable | default | meaning | expected |', '|---|---|---|---|', ...rows.map(row)].join('\n')

/** The text of `docs/configuration.md`; a test compares the two. */
export function configurationPage(): string {
  const all: (readonly [string, Variable<unknown>])[] = Object.entries(variables)
  return `# Configuration

Gatebook reads environment variables, once, at start. A mistake stops the start: each one is named with what was expected, never with the value that
was wrong, and all of them are told at once. A variable that is empty counts as left out. Other variables are not looked at.

${table(all)}

## Together

- \`MASTER_KEY\` and \`MASTER_KEY_FILE\`: one of them at most.
- \`LOGIN_LOCKOUT_MAX_SECONDS\` is at least \`LOGIN_LOCKOUT_SECONDS\`.
- \`ARGON2_MEMORY_KIB\` is at least eight times \`ARGON2_PARALLELISM\`.
- With \`NODE_ENV=production\` and a \`HOST\` other than loopback, \`PUBLIC_ORIGIN\` must be given and be https: the cookie is \`Secure\`.
- With \`NODE_ENV=production\` the store is not \`memory\`, and \`TOTP_ENABLED\` is not \`false\`.
- With \`EVENT_STORE=eventstoredb\` an \`EVENTSTOREDB_URL\` must be given, and a \`MASTER_KEY\` or \`MASTER_KEY_FILE\`, the same on every node: a key that each
  node made for itself would open nothing of what the others sealed. \`SETUP_TOKEN\` may be shared; where it is not, each node takes the one that it made.
- With \`TOTP_ENABLED=false\` there is no other \`OTP_PROVIDER\`.
- With \`SMTP_URL\` a \`MAIL_FROM\` must be given.

Without \`SMTP_URL\` every mail becomes a file in \`DATA_DIR/outbox\` (folder 0700, files 0600), with its address, links and codes in the clear. That is for
development: nobody sends these files, and each is deleted when it is a day old. With \`NODE_ENV=production\` a warning at start says so.

\`/metrics\` and \`/health/*\` need no session. They are as open as the port is: keep \`HOST\` on loopback, or let the proxy in front keep them to itself.
`
}
