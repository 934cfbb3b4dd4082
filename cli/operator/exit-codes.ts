/** Of the commands for operators. They are listed in docs/operator-cli.md. */
export const exits = { failed: 1, wrongArguments: 2, refused: 3, cancelled: 130 } as const

export const exitCodesText =
  '\nExit codes: 0 done, 1 failed (nothing is known to be wrong with the command: try again), 2 wrong arguments or configuration, 3 refused, 130 cancelled.'
