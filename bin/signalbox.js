#!/usr/bin/env node
// Old versions of Node have to be able to read this file, so that they can say what to do: no new syntax here.
var parts = process.versions.node.split('.').map(Number)
if (parts[0] < 24 || (parts[0] === 24 && parts[1] < 7)) {
  console.error('Signalbox needs Node 24.7 or later, and this is Node ' + process.versions.node + '.')
  console.error('try: npx signalbox (it brings its own Node on Linux and Windows), or in the repository: npm start')
  process.exitCode = 2
} else {
  // The repository runs its sources; an installed package has only what was built of them.
  import('node:fs').then(function (fs) {
    var sources = new URL('../src/cli/main.ts', import.meta.url)
    return import(fs.existsSync(sources) ? sources.href : new URL('../dist/cli/main.js', import.meta.url).href)
  })
}
