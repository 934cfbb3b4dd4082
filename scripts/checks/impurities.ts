import ts from 'typescript'

const impureGlobals = new Set([
  'process',
  'crypto',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'console',
  'Buffer',
  'globalThis',
  'require',
])

/** Finds where a domain source uses the clock, randomness or the process. Returns `file:line what`. */
export function impurities(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node) => {
    const what = impurity(node)
    if (what !== null) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const impurity = (node: ts.Node) => {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length) return 'new Date() reads the clock'
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date() reads the clock'
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import() loads at run time'
  if (ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'Date') && node.name.text === 'now') return 'Date.now reads the clock'
  if (ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'Math') && node.name.text === 'random')
    return 'Math.random is not deterministic'
  if (ts.isElementAccessExpression(node) && (isNamed(node.expression, 'Date') || isNamed(node.expression, 'Math')))
    return 'a computed property hides what is read'
  if (ts.isIdentifier(node) && impureGlobals.has(node.text) && isValue(node)) return `${node.text} is not part of the domain`
  return null
}

const isNamed = (node: ts.Expression, name: string) => ts.isIdentifier(node) && node.text === name

/** Whether an identifier is a value that is read, not a property name, a type member or a key. */
const isValue = (node: ts.Identifier) => {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  return !(ts.isPropertySignature(parent) || ts.isBindingElement(parent) || ts.isMethodSignature(parent))
}
