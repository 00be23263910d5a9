// node thumbsup.cjs MODULES INPUT OUTPUT: thumbsup's process step over every photograph, with its default options.
// Its other steps (the index by exiftool and SQLite, the website) are not run and not counted.
const fs = require('node:fs')
const path = require('node:path')
const { createRequire } = require('node:module')

const [modules, input, output] = process.argv.slice(2)
const own = createRequire(path.join(modules, 'thumbsup', 'x'))
const options = own('./src/cli/options').get(['--input', input, '--output', output])
const outputs = own('./src/model/output')
const step = own('./src/steps/step-process')
const problems = { files: new Set(), addFile (name) { this.files.add(name) } }

const files = fs.readdirSync(input).map(name => ({ path: name, date: Date.now(), output: outputs.paths(name, 'image', options) }))
const tasks = step.create(files, options, problems)
const run = async () => {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    await new Promise(resolve => task.action(resolve))
  }
}
Promise.all(Array.from({ length: options.concurrency }, run)).then(() => {
  if (problems.files.size) {
    console.error(`not processed: ${[...problems.files].join(', ')}`)
    process.exitCode = 1
  }
})
