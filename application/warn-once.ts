/** Each text once, so that nobody can fill the log with it. */
export function warnOnce(warn: (text: string) => void): (text: string) => void {
  const said = new Set<string>()
  return (text) => {
    if (said.has(text)) return
    said.add(text)
    warn(text)
  }
}
