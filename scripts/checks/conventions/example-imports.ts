import ts from 'typescript'
import { type Convention, lineOf, parse, type Source } from './source.ts'

/** An example shows what a user of the package can write: it imports `gatebook` and other packages, and no file of this repository. */
export const examplesImportThePackage: Convention = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('examples/'))
    .flatMap(importsOf)
    .filter(({ from }) => /^[./#]|^gatebook\/(?!testing$)/.test(from))
    .map(({ node, from }) => `${lineOf(node)} an example imports ${from}`)

const importsOf = (source: Source) => {
  const found: { readonly node: ts.Node; readonly from: string }[] = []
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) && isSpecifier(node)) found.push({ node, from: node.text })
    ts.forEachChild(node, visit)
  }
  visit(parse(source))
  return found
}

const isSpecifier = ({ parent }: ts.Node) =>
  ts.isImportDeclaration(parent) ||
  ts.isExportDeclaration(parent) ||
  (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) ||
  (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword)
