import { readdirSync } from 'node:fs'
import { type Shape, shapeOf } from '../../api/codecs/codec-shape.ts'
import { catalogue } from '../../domain/catalogue.ts'
import { commentsOf } from './declarations.ts'

export function typeText(shape: Shape): string {
  switch (shape.type) {
    case 'literal':
      return `'${shape.value}'`
    case 'words':
      return shape.words.map((word) => `'${word}'`).join(' | ')
    case 'one_of':
      return shape.shapes.map(typeText).join(' | ')
    case 'list':
      return `(${typeText(shape.of)})[]`
    case 'fields':
      return `{ ${Object.entries(shape.required)
        .map(([name, field]) => `${name}: ${typeText(field)}`)
        .join(', ')} }`
    case 'annotated':
    case 'opaque':
    case 'primitive':
    case 'refinement':
      return shape.name
    case 'all_of':
    case 'dictionary':
      throw new Error(`No text for ${shape.type} (${shape.name}): add it to scripts/docs/events-page.ts.`)
  }
}

export function fieldsOfEvent(shape: Shape) {
  const data = shape.type === 'fields' ? shape.required.data : undefined
  if (data?.type !== 'fields') throw new Error('An event without data.')
  return Object.entries(data.required)
}

export function cell(text: string) {
  return text.replaceAll('|', '\\|')
}

/** The doc comment of each event by its type. */
export function eventComments(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync('domain', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('events.ts'))
      .flatMap((file) => [...commentsOf(`domain/${file}`)]),
  )
}

/** `docs/events.md`: the contract of the log, from the catalogue. */
export function eventsPage() {
  const comments = eventComments()
  const sections = Object.entries(catalogue).map(([category, kinds]) => {
    const events = kinds.map((kind) => {
      const comment = comments.get(kind.type)
      const rows = fieldsOfEvent(shapeOf(kind.codec)).map(([name, shape]) => `| \`${name}\` | \`${cell(typeText(shape))}\` |`)
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
