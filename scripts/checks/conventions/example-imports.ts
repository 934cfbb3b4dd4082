import { posix } from 'node:path'
import ts from 'typescript'
import { type Convention, lineOf, parse, type Source } from './source.ts'

const exported = ['gatebook', 'gatebook/testing', 'gatebook/client', 'gatebook/react', 'gatebook/react/styles.css']

/** An example shows what a user of the package can write: it imports `gatebook`, other packages, and files of its own folder. */
export const examplesImportThePackage: Convention = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('examples/'))
    .flatMap(importsOf)
    .filter(({ node, from }) => /^[./#]|^gatebook\//.test(from) && !exported.includes(from) && !isOwn(node, from))
    .map(({ node, from }) => `${lineOf(node)} an example imports ${from}`)

/** `examples/shop/page/cart.ts` has `examples/shop/` for itself; `examples/shop.ts` has nothing. */
const isOwn = (node: ts.Node, from: string) => {
  const path = node.getSourceFile().fileName
  const [folder] = /^examples\/[^/]+\//.exec(path) ?? []
  return folder !== undefined && from.startsWith('.') && posix.join(posix.dirname(path), from).startsWith(folder)
}

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
