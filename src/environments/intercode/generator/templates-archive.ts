import type { Template } from './template.ts'

/** Requests about packed files. */
export const archiveTemplates: readonly Template[] = [
  {
    name: 'pack-file',
    kind: 'archive',
    draw(draw) {
      const file = draw.file('txt', 'log', 'md')
      return {
        query: draw.say(`Compress ${file.said} with gzip`, `Replace ${file.said} by its gzip-compressed form`),
        gold: `gzip ${file.path}`,
        reason: `The file is ${file.path}; I compress it where it lies.`,
      }
    },
  },
  {
    name: 'unpack-file',
    kind: 'archive',
    draw(draw) {
      const packed = draw.packed()
      return {
        query: draw.say(`Decompress ${packed.said} with gunzip`, `Unpack ${packed.said} where it lies`),
        gold: `gunzip ${packed.path}`,
        reason: `The packed file is ${packed.path}; I unpack it where it lies.`,
      }
    },
  },
  {
    name: 'read-packed',
    kind: 'archive',
    draw(draw) {
      const packed = draw.packed()
      const count = draw.number(3, 6)
      return {
        query: draw.say(
          `Print the first ${count} lines of the text packed in ${packed.said}`,
          `Show the first ${count} lines of ${packed.said} decompressed, without unpacking it on disk`,
        ),
        gold: `zcat ${packed.path} | head -n ${count}`,
        reason: `The packed file is ${packed.path}; it can be read without unpacking it, and I need ${count} lines.`,
      }
    },
  },
  {
    name: 'count-packed',
    kind: 'archive',
    draw(draw) {
      const packed = draw.packed()
      return {
        query: draw.say(
          `Count the lines of the text packed in ${packed.said}`,
          `How many lines has ${packed.said} when decompressed?`,
        ),
        gold: `zcat ${packed.path} | wc -l`,
        reason: `The packed file is ${packed.path}; I read it unpacked and count the lines.`,
      }
    },
  },
  {
    name: 'pack-folder',
    kind: 'archive',
    draw(draw) {
      const [folder, fresh] = [draw.folder(), draw.freshName('tar')]
      return {
        query: draw.say(
          `Pack ${folder.said} into the tar archive ${draw.top}/${fresh}`,
          `Create the tar archive ${draw.top}/${fresh} of ${folder.said}`,
        ),
        gold: `tar -cf ${draw.top}/${fresh} ${folder.path}`,
        reason: `The folder is ${folder.path}; all of it goes into the archive ${draw.top}/${fresh}.`,
      }
    },
  },
]
