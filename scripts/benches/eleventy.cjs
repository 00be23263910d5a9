// node eleventy.cjs MODULES INPUT OUTPUT: eight derivatives of every photograph, by eleventy-img.
const fs = require('node:fs')
const path = require('node:path')
const { createRequire } = require('node:module')

const [modules, input, output] = process.argv.slice(2)
const image = createRequire(path.join(modules, 'x'))('@11ty/eleventy-img')
const options = {
  widths: [320, 640, 960, 1600],
  formats: ['webp', 'jpeg'],
  sharpWebpOptions: { quality: 78 },
  sharpJpegOptions: { quality: 80 },
  fixOrientation: true,
  outputDir: output,
  filenameFormat: (_id, source, width, format) => `${path.parse(source).name}-${width}.${format}`
}
// Its module exports the function itself up to version 6 and as a default from then on.
const make = image.default ?? image
Promise.all(fs.readdirSync(input).map(name => make(path.join(input, name), options))).catch(error => {
  console.error(error)
  process.exitCode = 1
})
