/** Commands that go through the whole log. `folder`: where a file that they need can be written. */
export type WholeLogCommand = { readonly name: string; readonly args: (folder: string) => readonly string[] }

export const policyName = 'policy.json'

/** A new command is a line here. Commands run one after another, each in a process of its own. */
export const commands: readonly WholeLogCommand[] = [
  { name: 'verify', args: () => ['verify'] },
  { name: 'rebuild', args: () => ['rebuild'] },
  // Both need the read models that rebuild has left.
  { name: 'refold --all', args: () => ['refold', '--all'] },
  { name: 'audit export', args: () => ['audit', 'export'] },
  { name: 'backtest', args: (folder) => ['backtest', '--policy', `${folder}/${policyName}`] },
]
