import ts from 'typescript'
import { type Convention, lineOf, parse, type Source } from './source.ts'

const store = 'infrastructure/event-store/sqlite/'

/** Only the SQLite event store names the tables that it creates, in SQL. Everything else asks it. */
export const logTablesStayInTheStore: Convention = (sources) => {
  const [inside, elsewhere] = [true, false].map((is) => sources.filter(({ path }) => path.startsWith(store) === is))
  const tables = new Set(
    inside?.flatMap(({ text }) => [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map(([, name]) => name)),
  )
  if (tables.size === 0) return [`${store} creates no table: this check reads the wrong place`]
  const names = [...tables].join('|')
  const clause = new RegExp(`\\b(?:from|join|into|update|table|exists|on)\\s+(?:\\w+\\.)?["\`\\[]?(${names})\\b`, 'i')
  const lookup = new RegExp(`\\bname\\s*=\\s*'(${names})'`, 'i')
  return (elsewhere ?? []).flatMap((source) =>
    texts(source).flatMap(({ node, text }) => {
      const [, table] = clause.exec(text) ?? lookup.exec(text) ?? []
      return table === undefined ? [] : [`${lineOf(node)} SQL names the log's table ${table}`]
    }),
  )
}

/** Every string of a file; what is filled into a template is `x`. */
const texts = (source: Source) => {
  const found: { readonly node: ts.Node; readonly text: string }[] = []
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) found.push({ node, text: node.text })
    if (ts.isTemplateExpression(node))
      found.push({ node, text: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('x') })
    ts.forEachChild(node, visit)
  }
  visit(parse(source))
  return found
}
