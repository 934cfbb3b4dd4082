import { readFileSync, writeFileSync } from 'node:fs'

type Mutant = {
  readonly status: string
  readonly mutatorName: string
  readonly replacement?: string
  readonly location: {
    readonly start: { readonly line: number; readonly column: number }
    readonly end: { readonly line: number; readonly column: number }
  }
}
type Report = { readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>> }

const detected = ['Killed', 'Timeout']
const undetected = ['Survived', 'NoCoverage']

const count = (mutants: readonly Mutant[], statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status)).length

const scoreOf = (mutants: readonly Mutant[]) => {
  const all = count(mutants, [...detected, ...undetected])
  return all === 0 ? 'no mutants' : `${((100 * count(mutants, detected)) / all).toFixed(1)} %`
}

/** The mutated code, on one line. Of several lines only the first. */
const original = (source: string, { start, end }: Mutant['location']) => {
  const line = source.split('\n')[start.line - 1] ?? ''
  return line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined).trim()
}

const code = (text: string) => `\`${text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', "'").slice(0, 120)}\``

/** Makes `docs/mutation.md` from Stryker's report: the score of each file and every mutant that survived. */
const page = ({ files }: Report) => {
  const named = Object.entries(files).sort(([a], [b]) => a.localeCompare(b, 'en'))
  const everything = named.flatMap(([, { mutants }]) => mutants)
  const scores = named.map(
    ([file, { mutants }]) => `| \`${file}\` | ${scoreOf(mutants)} | ${count(mutants, detected)} | ${count(mutants, undetected)} |`,
  )
  const survivors = named.flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => undetected.includes(status))
      .map((mutant) => {
        const place = `\`${file}:${mutant.location.start.line}\``
        const uncovered = mutant.status === 'NoCoverage' ? ' (no test runs it)' : ''
        return `| ${place} | ${mutant.mutatorName}${uncovered} | ${code(original(source, mutant.location))} | ${code(mutant.replacement ?? '')} |`
      }),
  )
  return `# Mutation testing

Made by \`npm run mutation\`; do not edit. Stryker changes the code of \`domain/\` in one place at a time and runs the tests of \`test/domain/\`: a change that no
test notices survived. Below 85 % the command fails. \`events.ts\` files, the catalogue and the upcaster table are left out: they only declare data, and the golden files pin every field and word of it.

**${scoreOf(everything)}** of ${count(everything, [...detected, ...undetected])} changes were noticed.

| file | score | noticed | survived |
|---|---|---|---|
${scores.join('\n')}

## Survivors

${survivors.length === 0 ? 'None.' : ['| where | kind | was | became |', '|---|---|---|---|', ...survivors].join('\n')}
`
}

writeFileSync('docs/mutation.md', page(JSON.parse(readFileSync('reports/mutation.json', 'utf8')) as Report))
