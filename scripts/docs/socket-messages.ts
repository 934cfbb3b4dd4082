import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const template = (out: string) =>
  JSON.stringify({
    version: 'v2',
    plugins: [{ local: 'node_modules/.bin/protoc-gen-es', out, opt: ['target=ts', 'import_extension=ts'] }],
  })

/** The messages are explained in the description that they are made from. */
const withoutComments = (source: string) => source.replaceAll(/^ *\/\*\*(?:.|\n)*?\*\/\n/gm, '').replaceAll(/^(?:\/\/|\/\*).*\n/gm, '')

/** `api/sockets/gatebook_pb.ts`: the messages of `proto/gatebook.proto`. */
export function socketMessages(): string {
  const out = mkdtempSync(join(tmpdir(), 'gatebook-proto-'))
  try {
    execFileSync('node_modules/.bin/buf', ['generate', 'proto', '--template', template(out)])
    const source = readFileSync(join(out, 'gatebook_pb.ts'), 'utf8')
    return `// Made from \`proto/gatebook.proto\` by \`npm run docs\`; do not edit.\n\n${withoutComments(source).trimStart()}`
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
