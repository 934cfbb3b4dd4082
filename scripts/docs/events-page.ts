import { readdirSync } from 'node:fs'
import { catalogue } from '../../domain/catalogue.ts'
import { commentsOf } from '../checks/declarations.ts'
import { type Shape, shapeOf } from './codec-shape.ts'

const typeText = (shape: Shape): string => {
  switch (shape.type) {
    case 'name':
      return shape.name
    case 'words':
      return shape.words.map((word) => `'${word}'`).join(' | ')
    case 'one_of':
      return shape.shapes.map(typeText).join(' | ')
    case 'list':
      return `(${typeText(shape.of)})[]`
    case 'fields':
      return `{ ${Object.entries(shape.fields)
        .map(([name, field]) => `${name}: ${typeText(field)}`)
        .join(', ')} }`
  }
}

const fieldsOf = (shape: Shape) => {
  const data = shape.type === 'fields' ? shape.fields.data : undefined
  if (data?.type !== 'fields') throw new Error('An event without data.')
  return Object.entries(data.fields)
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** `docs/events.md`: the contract of the log, from the catalogue. */
export function eventsPage() {
  const comments = new Map(
    readdirSync('domain', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('events.ts'))
      .flatMap((file) => [...commentsOf(`domain/${file}`)]),
  )
  const sections = Object.entries(catalogue).map(([category, kinds]) => {
    const events = kinds.map((kind) => {
      const comment = comments.get(kind.type)
      const rows = fieldsOf(shapeOf(kind.codec)).map(([name, shape]) => `| \`${name}\` | \`${cell(typeText(shape))}\` |`)
      return [`### ${kind.type}@${kind.version}`, ...(comment ? ['', comment] : []), '', '| field | type |', '|---|---|', ...rows, ''].join(
        '\n',
      )
    })
    return [`## ${category}`, '', ...events].join('\n')
  })
  return `# Events

Every event that the log can hold, by the category of its stream (what stands before the first dash of the stream's name). Made from
\`domain/catalogue.ts\` by \`npm run docs\`; do not edit. Every shape that was ever shipped has an example in \`test/golden/\`.

Instants are ISO 8601 in UTC with milliseconds. \`Sealed\` opens with the person's data key only; \`BlindIndex\` and \`TokenHash\` are 32-byte digests in base64url.

${sections.join('\n')}`
}
