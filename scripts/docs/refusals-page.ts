import { existsSync, readdirSync } from 'node:fs'
import { problems } from '../../api/problems.ts'
import { problemOf } from '../../api/refusals.ts'
import { refusalsOf } from './declarations.ts'

const deciders = () =>
  readdirSync('domain')
    .sort()
    .map((context) => [context, `domain/${context}/decider.ts`] as const)
    .filter(([context, file]) => context !== 'kernel' && existsSync(file))

const told = (refusal: string) => {
  const code = (problemOf as Readonly<Record<string, keyof typeof problems | undefined>>)[refusal]
  return code === undefined ? 'not told: the use case answers it' : `${problems[code].status} \`${code}\``
}

/** `docs/refusals.md`: what the API refuses with, and what becomes of each refusal of the deciders and each failure behind the ports. */
export function refusalsPage() {
  const answers = Object.entries(problems).map(([code, { status, title }]) => `| ${status} | \`${code}\` | ${title} |`)
  const decided = deciders().flatMap(([context, file]) => refusalsOf(file).map((refusal) => [context, refusal] as const))
  const names = new Set(decided.map(([, refusal]) => refusal))
  const others = Object.keys(problemOf).filter((refusal) => !names.has(refusal))
  const rows = [...decided, ...others.map((refusal) => ['', refusal] as const)]
  return `# Refusals

Made from \`api/problems.ts\`, \`api/refusals.ts\` and the deciders by \`npm run docs\`; do not edit.

## What a caller is told

\`application/problem+json\` (RFC 9457); texts are constant, nothing that was sent is echoed.

| status | code | title |
|---|---|---|
${answers.join('\n')}

## What it comes from

A refusal of a decider leaves no trace in the log; what happened, a wrong password for one, is an event and no refusal. Without a context: a refusal of a use
case, or a failure behind a port. A code that is not here is answered at the edge, before any use case.

| context | refusal | told as |
|---|---|---|
${rows.map(([context, refusal]) => `| ${context} | \`${refusal}\` | ${told(refusal)} |`).join('\n')}
`
}
