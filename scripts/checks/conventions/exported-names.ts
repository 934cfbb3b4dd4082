import ts from 'typescript'
import { type Convention, isExported, parse, type Source } from './source.ts'

/** Every context has an `initial`, a `decide` and an `evolve`; every language has the same texts; an entry point of the package exports again. */
const mayRepeat = /\/(decider|events)\.ts$|^web\/texts\/[a-z]{2}\/|^web\/(client|react)\/index\.ts$/

/** Each value name is exported by one file: a search for it finds one definition. */
export const noNameExportedTwice: Convention = (sources) => {
  const exports = sources
    .filter(({ path }) => !mayRepeat.test(path))
    .flatMap((source) => [...new Set(exportedValues(source))].map((name) => ({ name, path: source.path })))
  return [...Map.groupBy(exports, ({ name }) => name)]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name} is exported by ${places.map(({ path }) => path).join(', ')}`)
}

const exportedValues = (source: Source) => parse(source).statements.flatMap(valueNames)

const valueNames = (statement: ts.Statement): readonly string[] => {
  if (ts.isExportDeclaration(statement)) return reexportedValues(statement)
  if (!isExported(statement)) return []
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))
  if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) return [statement.name.text]
  return []
}

const boundNames = (name: ts.BindingName): readonly string[] =>
  ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []))

const reexportedValues = ({ exportClause, isTypeOnly }: ts.ExportDeclaration) =>
  exportClause !== undefined && ts.isNamedExports(exportClause) && !isTypeOnly
    ? exportClause.elements.filter((element) => !element.isTypeOnly).map(({ name }) => name.text)
    : []
