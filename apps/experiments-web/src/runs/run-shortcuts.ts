/** The keys of the run table, as its help lists them beside its own. */
export const runShortcuts = [
  { key: '/', does: 'Search runs' },
  { key: 'j', does: 'Next run' },
  { key: 'k', does: 'Run before' },
  { key: 'x', does: 'Select the run, or let it go' },
  { key: 'c', does: 'Compare the selected runs' },
  { key: 'Enter', does: 'Open the run' },
] as const;
