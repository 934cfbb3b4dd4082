import ts from 'typescript'

export type Source = { readonly path: string; readonly text: string }

/** Returns what breaks one convention, as `file:line what`. */
export type Convention = (sources: readonly Source[]) => readonly string[]

export function parse({ path, text }: Source) {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}

export function lineOf(node: ts.Node) {
  return `${node.getSourceFile().fileName}:${node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}

export function isExported(node: ts.Node) {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
}
