#!/usr/bin/env node
// Every version of Node has to be able to read this file, so that an old one can say what to do: nothing newer than ES5.
// Even the word import is new; inside a function made of text it is read only where it is understood.
var parts = process.versions.node.split('.').map(Number)
if (parts[0] < 24 || (parts[0] === 24 && parts[1] < 7)) {
  console.error('Signalbox needs Node 24.7 or later: this is Node ' + process.versions.node + '.')
  console.error(
    'try: in the repository, npm start and the other npm scripts, which bring Node 24 with them; ' +
      'installed, npx signalbox, or install Node 24.7 or later'
  )
  process.exitCode = 2
} else {
  new Function('file', 'return import(file)')('./start.js')
}
