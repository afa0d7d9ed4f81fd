/** For a field that holds code; its label stays as it is. */
export const codeInput = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } }
