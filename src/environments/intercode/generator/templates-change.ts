import type { Template } from './template.ts'

/** Requests that change files. */
export const changeTemplates: readonly Template[] = [
  {
    name: 'copy-file',
    kind: 'change',
    draw(draw) {
      const file = draw.file()
      const folder = draw.folder(file.file.folder)
      return {
        query: draw.say(`Copy ${file.said} into ${folder.said}`, `Put a copy of ${file.said} into ${folder.said}`),
        gold: `cp ${file.path} ${folder.path}/`,
        reason: `The file is ${file.path}, and its copy belongs into ${folder.path}.`,
      }
    },
  },
  {
    name: 'move-file',
    kind: 'change',
    draw(draw) {
      const file = draw.fileBelow()
      return {
        query: draw.say(
          `Move ${file.said} to ${draw.top} itself`,
          `Take ${file.said} out of its folder into ${draw.top}`,
        ),
        gold: `mv ${file.path} ${draw.top}/`,
        reason: `The file is ${file.path}, and it belongs into ${draw.top}.`,
      }
    },
  },
  {
    name: 'rename-file',
    kind: 'change',
    draw(draw) {
      const { said, path, file } = draw.file()
      const fresh = draw.freshName(file.extension)
      return {
        query: draw.say(
          `Rename ${said} to ${fresh}, in the same folder`,
          `Give ${said} the new name ${fresh} where it is`,
        ),
        gold: `mv ${path} ${file.folder}/${fresh}`,
        reason: `The file is ${path}; ${fresh} lies beside it, in ${file.folder}.`,
      }
    },
  },
  {
    name: 'delete-file',
    kind: 'change',
    draw(draw) {
      const file = draw.file()
      return {
        query: draw.say(`Delete ${file.said}`, `Remove ${file.said}`),
        gold: `rm ${file.path}`,
        reason: `The file is ${file.path}, and I remove it.`,
      }
    },
  },
  {
    name: 'delete-extension',
    kind: 'change',
    draw(draw) {
      const extension = draw.extension()
      return {
        query: draw.say(
          `Delete all .${extension} files under ${draw.top}`,
          `Remove every file under ${draw.top} that ends in .${extension}`,
        ),
        gold: `find ${draw.top} -type f -name '*.${extension}' -delete`,
        reason: `The search can delete what ends in .${extension} by itself.`,
      }
    },
  },
  {
    name: 'delete-empty',
    kind: 'change',
    draw: (draw) => ({
      query: draw.say(`Delete all empty files under ${draw.top}`, `Remove files without content under ${draw.top}`),
      gold: `find ${draw.top} -type f -empty -delete`,
      reason: 'The search can test for emptiness and delete.',
    }),
  },
  {
    name: 'create-file',
    kind: 'change',
    draw(draw) {
      const [fresh, word] = [draw.freshName('txt'), draw.word()]
      return {
        query: draw.say(
          `Create the file ${draw.top}/${fresh} with the single line ${word}`,
          `Write the word ${word} as the only line of a new file ${draw.top}/${fresh}`,
        ),
        gold: `echo ${word} > ${draw.top}/${fresh}`,
        reason: `The word ${word} can be printed into the new file ${draw.top}/${fresh}.`,
      }
    },
  },
  {
    name: 'create-in-folder',
    kind: 'change',
    draw(draw) {
      const [folder, fresh] = [draw.freshName('d').slice(0, -2), draw.freshName('txt')]
      return {
        query: draw.say(
          `Make the folder ${draw.top}/${folder} with an empty file ${fresh} in it`,
          `Create an empty file ${fresh} in a new folder ${draw.top}/${folder}`,
        ),
        gold: `mkdir -p ${draw.top}/${folder} && touch ${draw.top}/${folder}/${fresh}`,
        reason: `The folder ${draw.top}/${folder} has to be there before the file ${fresh}.`,
      }
    },
  },
  {
    name: 'append-line',
    kind: 'change',
    draw(draw) {
      const [file, word] = [draw.file(), draw.word()]
      return {
        query: draw.say(
          `Add the line ${word} at the end of ${file.said}`,
          `Append ${word} as a new last line to ${file.said}`,
        ),
        gold: `echo ${word} >> ${file.path}`,
        reason: `The file is ${file.path}; what is printed can be added to it: ${word}.`,
      }
    },
  },
  {
    name: 'replace-inside',
    kind: 'change',
    draw(draw) {
      const { said, path, file } = draw.file('txt', 'log', 'md')
      const [from, to] = [draw.wordOf(file), draw.word()]
      return {
        query: draw.say(
          `Replace every ${from} by ${to} inside ${said}`,
          `Change ${from} to ${to} everywhere in ${said}`,
        ),
        gold: `sed -i s/${from}/${to}/g ${path}`,
        reason: `The file is ${path}; a stream editor can change ${from} to ${to} in place.`,
      }
    },
  },
  {
    name: 'join-files',
    kind: 'change',
    draw(draw) {
      const [one, two, fresh] = [draw.file('txt', 'md'), draw.file('txt', 'md'), draw.freshName('txt')]
      return {
        query: draw.say(
          `Join ${one.said} and ${two.said} in this order into the new file ${draw.top}/${fresh}`,
          `Write ${one.said} followed by ${two.said} into ${draw.top}/${fresh}`,
        ),
        gold: `cat ${one.path} ${two.path} > ${draw.top}/${fresh}`,
        reason: `The files are ${one.path} and ${two.path}; one after the other goes into ${draw.top}/${fresh}.`,
      }
    },
  },
  {
    name: 'save-sorted',
    kind: 'change',
    draw(draw) {
      const [file, fresh] = [draw.file('txt', 'csv', 'md'), draw.freshName('txt')]
      return {
        query: draw.say(
          `Write the lines of ${file.said} in alphabetical order into ${draw.top}/${fresh}`,
          `Save a sorted copy of ${file.said} as ${draw.top}/${fresh}`,
        ),
        gold: `sort ${file.path} > ${draw.top}/${fresh}`,
        reason: `The file is ${file.path}; its sorted lines go into ${draw.top}/${fresh}.`,
      }
    },
  },
  {
    name: 'save-list',
    kind: 'change',
    draw(draw) {
      const [extension, fresh] = [draw.say('log', 'csv', 'sh'), draw.freshName('list')]
      return {
        query: draw.say(
          `Write a sorted list of the .${extension} files under ${draw.top} into ${draw.top}/${fresh}`,
          `Save the sorted paths of all .${extension} files under ${draw.top} in the new file ${draw.top}/${fresh}`,
        ),
        gold: `find ${draw.top} -name '*.${extension}' | sort > ${draw.top}/${fresh}`,
        reason: 'What the search finds can be sorted and sent into a file.',
      }
    },
  },
  {
    name: 'make-executable',
    kind: 'change',
    draw(draw) {
      const { path, said, file } = draw.file('sh', 'py')
      const makes = !file.executable
      return {
        query: makes
          ? draw.say(`Make ${said} executable`, `Let everybody execute ${said}`)
          : draw.say(`Take the right to execute ${said} away from everybody`, `Make ${said} not executable`),
        gold: `chmod ${makes ? '+x' : '-x'} ${path}`,
        reason: `The file is ${path}; I change the right to execute it.`,
      }
    },
  },
  {
    name: 'link-file',
    kind: 'change',
    draw(draw) {
      const [file, fresh] = [draw.file(), draw.freshName('link')]
      return {
        query: draw.say(
          `Make a symbolic link ${draw.top}/${fresh} to ${file.said}`,
          `Let the new symbolic link ${draw.top}/${fresh} point to ${file.said}`,
        ),
        gold: `ln -s ${file.path} ${draw.top}/${fresh}`,
        reason: `The file is ${file.path}; the link ${draw.top}/${fresh} can point to it.`,
      }
    },
  },
]
