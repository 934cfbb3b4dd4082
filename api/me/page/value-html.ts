import { escapeHtml } from '../../pages/escape-html.ts'
import type { PageTexts } from './page-texts-en.ts'

const isTime = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)

const timeHtml = (text: string) => `<time datetime="${text}">${text.slice(0, 10)} ${text.slice(11, 19)} UTC</time>`

/** `<bdi>`: somebody's name must not turn around what stands beside it. */
const textHtml = (text: string) => (isTime(text) ? timeHtml(text) : `<bdi>${escapeHtml(text)}</bdi>`)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Members of a profile may have any name, such as one that every object has. */
const labelOf = (name: string, { fields }: PageTexts) => (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? name

export function recordHtml(record: Readonly<Record<string, unknown>>, texts: PageTexts): string {
  const rows = Object.entries(record).map(
    ([name, value]) => `<dt>${escapeHtml(labelOf(name, texts))}</dt><dd>${valueHtml(value, texts)}</dd>`,
  )
  return rows.length === 0 ? texts.none : `<dl>${rows.join('')}</dl>`
}

/** Any JSON, so that nothing that an export has can be forgotten here. */
export function valueHtml(value: unknown, texts: PageTexts): string {
  if (value === null || value === undefined || value === '') return texts.none
  if (typeof value === 'boolean') return value ? texts.yes : texts.no
  if (typeof value === 'string') return textHtml(value)
  if (Array.isArray(value)) {
    return value.length === 0 ? texts.none : `<ul>${value.map((item) => `<li>${valueHtml(item, texts)}</li>`).join('')}</ul>`
  }
  return isRecord(value) ? recordHtml(value, texts) : escapeHtml(String(value))
}
