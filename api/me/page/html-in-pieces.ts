import { escapeHtml } from '../../pages/escape-html.ts'
import { pagePolicy, pageStyle } from './page-style.ts'
import { type PageLanguage, pageTexts } from './page-texts.ts'
import type { PageTexts } from './page-texts-en.ts'
import { recordHtml, valueHtml } from './value-html.ts'

type Item = Readonly<Record<string, unknown>>
type Lists = Readonly<Record<string, () => AsyncIterable<readonly unknown[]>>>

/** The last bytes of a complete file. HTML is shown without its end, which JSON is not. */
export const endMark = '<!-- complete: gatebook-export 2 -->\n'

const opening = (language: PageLanguage, exportedAt: unknown, texts: PageTexts) => {
  const { title, lead, complete } = texts
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(pagePolicy)}">`,
    '<meta name="viewport" content="width=device-width">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${title}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    `<p>${lead} ${valueHtml(exportedAt, texts)}.</p>`,
    `<p>${complete}</p>`,
    '',
  ].join('\n')
}

const section = (name: string, html: string, { sections }: PageTexts) =>
  `<section>\n<h2>${escapeHtml(sections[name] ?? name)}</h2>\n${html}`

const itemHtml = (item: Item, texts: PageTexts) => {
  const { at, summary, ...rest } = item
  // An entry of the history reads as a line; its type and receipt are below.
  const line = typeof summary === 'string' ? `<h3>${valueHtml(at, texts)}: ${valueHtml(summary, texts)}</h3>` : ''
  return `<article>${line}${recordHtml(line === '' ? item : rest, texts)}</article>\n`
}

const valueOrItems = (value: unknown, texts: PageTexts) =>
  Array.isArray(value) && value.length > 0 ? value.map((item: Item) => itemHtml(item, texts)).join('') : valueHtml(value, texts)

/** The page of `head` with more sections, each a list that arrives in pages. Nothing that somebody gave stands outside of text. */
export const htmlInPieces = (language: PageLanguage) =>
  async function* (head: object, lists: Lists): AsyncGenerator<string> {
    const texts = pageTexts[language]
    const { format: _, exportedAt, ...sections } = head as Item
    yield opening(language, exportedAt, texts)
    for (const [name, value] of Object.entries(sections)) yield `${section(name, valueOrItems(value, texts), texts)}</section>\n`
    for (const [name, pages] of Object.entries(lists)) {
      yield section(name, '', texts)
      let count = 0
      for await (const page of pages()) {
        count += page.length
        if (page.length > 0) yield page.map((item) => itemHtml(item as Item, texts)).join('')
      }
      yield `${count === 0 ? texts.none : ''}</section>\n`
    }
    yield `<footer><p>${texts.end}</p></footer>\n</body>\n</html>\n${endMark}`
  }
