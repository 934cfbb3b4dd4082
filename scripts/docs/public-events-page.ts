import { type Shape, shapeOf } from '../../api/codecs/codec-shape.ts'
import { publicFields, type Treatment } from '../../application/following/public-fields.ts'
import { catalogue } from '../../domain/catalogue.ts'
import { cell, eventComments, fieldsOfEvent, typeText } from './events-page.ts'

const rulesOf = (type: string) => (publicFields as Readonly<Record<string, Readonly<Record<string, Treatment>> | null>>)[type] ?? null

/** Ids and the like are plain texts to a host. */
const plain = (shape: Shape): Shape => {
  if (shape.type === 'refinement') return plain(shape.of)
  if (shape.type === 'one_of') return { ...shape, shapes: shape.shapes.map(plain) }
  return shape.type === 'list' ? { ...shape, of: plain(shape.of) } : shape
}

const opened = { email: 'email address', address: 'network address', user_agent: 'what the browser said of itself' } as const

const typeOf = (treatment: Treatment, shape: Shape | undefined) => {
  if (treatment === 'time') return ['Date', '']
  if (treatment === 'stream') return ['string', '']
  if (treatment === 'clear') return [shape === undefined ? '' : typeText(plain(shape)), '']
  return ['string | null', opened[treatment]]
}

const sectionOf = (kind: (typeof catalogue)[keyof typeof catalogue][number], comment: string | undefined) => {
  const rules = rulesOf(kind.type)
  if (rules === null) return []
  const fields = Object.fromEntries(fieldsOfEvent(shapeOf(kind.codec)))
  const rows = Object.entries(rules).map(([name, treatment]) => {
    const [type = '', meaning = ''] = typeOf(treatment, fields[name])
    return `| \`${name}\` | \`${cell(type)}\` | ${meaning} |`
  })
  const table = rows.length === 0 ? ['No data.'] : ['| data | type | |', '|---|---|---|', ...rows]
  return [[`### ${kind.type}`, '', ...(comment ? [comment, ''] : []), ...table, ''].join('\n')]
}

/** `docs/public-events.md`: what a host app sees of the log. */
export function publicEventsPage() {
  const comments = eventComments()
  const sections = Object.entries(catalogue).flatMap(([category, kinds]) => {
    const events = kinds.flatMap((kind) => sectionOf(kind, comments.get(kind.type)))
    return events.length === 0 ? [] : [[`## ${category}`, '', ...events].join('\n')]
  })
  return `# Public events

What \`follow\` and \`on\` give to a host app ([following.md](following.md)), by the category of the stream.
Made from \`application/following/public-fields.ts\` and \`domain/catalogue.ts\` by \`npm run docs\`; do not edit.
Other events of [events.md](events.md) are internal: keys, summaries, claims of addresses, guesses, reads by administrators, steps of a login that its outcome tells.

Every event has these fields:

| field | type | |
|---|---|---|
| \`id\` | \`string\` | a UUIDv7; the same when the event is given again |
| \`position\` | \`string\` | opaque; for \`after\` of \`follow\`, on any node |
| \`type\` | \`string\` | one of the types below |
| \`at\` | \`Date\` | when it happened |
| \`accountId\` | \`string \\| null\` | whose it is |
| \`actor\` | \`string\` | who did it: an account id, \`anonymous\`, \`system\`, or \`system:\` and a name |
| \`data\` | object | see below |

Texts that were sealed for a person are null once the person was erased.
Logins at an address that has no account are not public, and those at an address whose account is gone are not once their details were erased.

${sections.join('\n')}`
}
