import { readFileSync } from 'node:fs'
import ts from 'typescript'

const parsed = (file: string) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)

/** The doc comment of each constant of a file, on one line. */
export function commentsOf(file: string): ReadonlyMap<string, string> {
  return new Map(
    parsed(file)
      .statements.filter(ts.isVariableStatement)
      .flatMap((statement) => {
        const [comment] = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc)
        const text = ts.getTextOfJSDocComment(comment?.comment)?.replaceAll(/\s+/g, ' ') ?? ''
        return statement.declarationList.declarations.map((declaration) => [declaration.name.getText(), text] as const)
      }),
  )
}

/** The names in `export type Refusal = …`: string literals, or the `type` of each object. */
export function refusalsOf(file: string): readonly string[] {
  const refusal = parsed(file).statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === 'Refusal')
  if (refusal === undefined || !ts.isTypeAliasDeclaration(refusal)) return []
  return ts.isUnionTypeNode(refusal.type) ? refusal.type.types.flatMap(wordsOf) : wordsOf(refusal.type)
}

const wordsOf = (node: ts.TypeNode): readonly string[] => {
  if (node.kind === ts.SyntaxKind.NeverKeyword) return []
  if (ts.isParenthesizedTypeNode(node)) return wordsOf(node.type)
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return [node.literal.text]
  const type = ts.isTypeLiteralNode(node) && node.members.find((member) => member.name?.getText() === 'type')
  if (type && ts.isPropertySignature(type) && type.type) return wordsOf(type.type)
  throw new Error(`A refusal is neither a string nor { type: … }: ${node.getText()}`)
}
