import type * as t from 'io-ts'
import { ListedEntry } from './audit-shapes.ts'

export type ExportedEntry = t.TypeOf<typeof ListedEntry>

/** `head` comes once, before the first entry. */
type ExportFormat = { readonly mediaType: string; readonly head: string; readonly line: (entry: ExportedEntry) => string }

const columns = ['position', 'at', 'type', 'account', 'actor', 'summary', 'session', 'correlationId', 'address'] as const

const encoded = (entry: ExportedEntry) => ListedEntry.encode(entry) as Readonly<Record<string, unknown>>

/** A spreadsheet takes what begins like this for a formula, in full width too. */
const isFormula = (text: string) => /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text)

/** RFC 4180. */
export function csvField(value: unknown): string {
  const text = String(value ?? '')
  const safe = isFormula(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const exportFormats = {
  ndjson: { mediaType: 'application/x-ndjson', head: '', line: (entry) => `${JSON.stringify(encoded(entry))}\n` },
  csv: {
    mediaType: 'text/csv; charset=utf-8; header=present',
    head: `${columns.join(',')}\r\n`,
    line: (entry) => {
      const fields = encoded(entry)
      return `${columns.map((column) => csvField(fields[column])).join(',')}\r\n`
    },
  },
} as const satisfies Readonly<Record<string, ExportFormat>>

export type ExportFormatName = keyof typeof exportFormats

/** The text of pages of entries, one piece for each page. */
export async function* exportedText<Page>(
  format: ExportFormatName,
  pages: AsyncIterable<Page>,
  shown: (page: Page) => Promise<readonly ExportedEntry[]>,
): AsyncGenerator<string> {
  const { head, line } = exportFormats[format]
  if (head !== '') yield head
  for await (const page of pages) yield (await shown(page)).map(line).join('')
}
