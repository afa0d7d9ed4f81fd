// The product as anybody starts it, but that it ends with the process that forked it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
await import('../../src/cli/main.ts')
