/** As `engines` in package.json. */
const oldest = [22, 19] as const

/** One sentence if this version of Node is too old. Written so that an old Node can read it. */
export function nodeProblem(version: string): string | undefined {
  const [major, minor] = version.split('.').map(Number) as [number, number]
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined
  return `Gatebook needs Node ${oldest.join('.')} or newer, and this is Node ${version}.`
}
