/** The name of the package that an import did not find. Written for any Node: `cli/gatebook.ts` loads it before the version is checked. */
export function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') return undefined
  const match = /^Cannot find package '([^']+)'/.exec(error.message)
  return match === null ? undefined : match[1]
}
