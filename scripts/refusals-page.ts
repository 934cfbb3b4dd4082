import { existsSync, readdirSync } from 'node:fs'
import { problems } from '../api/problems.ts'
import { refusalsOf } from './declarations.ts'

/** `docs/refusals.md`: what the API refuses with, and what the deciders refuse. */
export const refusalsPage = () => {
  const answers = Object.entries(problems).map(([code, { status, title }]) => `| ${status} | \`${code}\` | ${title} |`)
  const decided = readdirSync('domain')
    .sort()
    .map((context) => [context, `domain/${context}/decider.ts`] as const)
    .filter(([context, file]) => context !== 'kernel' && existsSync(file))
    .map(([context, file]) => {
      const refusals = refusalsOf(file).map((word) => `\`${word}\``)
      return `| ${context} | ${refusals.length === 0 ? 'none: it can only record' : refusals.join(', ')} |`
    })
  return `# Refusals

Made from \`api/problems.ts\` and the deciders by \`npm run docs\`; do not edit.

## What a caller is told

\`application/problem+json\` (RFC 9457); texts are constant, nothing that was sent is echoed.

| status | code | title |
|---|---|---|
${answers.join('\n')}

## What a decider refuses

A refusal leaves no trace in the log. What happened, a wrong password for one, is an event and no refusal.

| context | refusals |
|---|---|
${decided.join('\n')}
`
}
