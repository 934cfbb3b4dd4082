import ts from 'typescript'
import { type Convention, isExported, lineOf, parse } from './source.ts'

const isFunction = (node: ts.Node | undefined): node is ts.ArrowFunction | ts.FunctionExpression =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node))

/** Returns another function. */
const isCurried = ({ body }: ts.ArrowFunction | ts.FunctionExpression) => {
  if (!ts.isBlock(body)) return isFunction(body)
  const last = body.statements.at(-1)
  return last !== undefined && ts.isReturnStatement(last) && isFunction(last.expression)
}

/** Only `function` declarations are listed by ctags and most outlines; curried functions read better as arrows. */
export const exportedFunctionsAreDeclarations: Convention = (sources) =>
  sources.flatMap((source) =>
    parse(source)
      .statements.filter(ts.isVariableStatement)
      .filter(isExported)
      .flatMap(({ declarationList }) => declarationList.declarations)
      .filter(({ initializer, type }) => type === undefined && isFunction(initializer) && !isCurried(initializer))
      .map((declaration) => `${lineOf(declaration)} ${declaration.name.getText()} is an arrow: declare it as a function`),
  )
