import { describe, expect, it } from 'vitest'
import { splitShellWords } from './shlex.ts'

describe('splitShellWords', () => {
  // Expected values: python3 -c 'import shlex; print(shlex.split(...))'.
  it.each<[string, string[]]>([
    ['a b\tc\r\nd', ['a', 'b', 'c', 'd']],
    ['', []],
    ["''", ['']],
    ['a""b', ['ab']],
    ['"a b"c d', ['a bc', 'd']],
    [String.raw`\a\ b`, ['a b']],
    [String.raw`"\a \" \\ \$x \n"`, [String.raw`\a " \ \$x \n`]],
    [String.raw`'\a "x" \\'`, [String.raw`\a "x" \\`]],
    ['a#b # c', ['a#b', '#', 'c']],
    ['a\\\nb', ['a\nb']],
    ['/bin/bash -c "echo "a b""', ['/bin/bash', '-c', 'echo a', 'b']],
    ['/bin/bash -c "find . -name "*.php""', ['/bin/bash', '-c', 'find . -name *.php']],
    [`/bin/bash -c "awk '{print $1}' f"`, ['/bin/bash', '-c', "awk '{print $1}' f"]],
    [`/bin/bash -c "echo "'a b'" c"`, ['/bin/bash', '-c', 'echo a b c']],
    [String.raw`/bin/bash -c "grep \"x y\" f"`, ['/bin/bash', '-c', 'grep "x y" f']],
    ['\\😀x 😀', ['😀x', '😀']],
  ])('splits %j', (text, words) => expect(splitShellWords(text)).toEqual(words))

  it.each([
    '"a',
    "'a",
    'a\\',
    '"a\\',
    `/bin/bash -c "echo it's"'`,
    `/bin/bash -c "echo " x"`,
  ])('has no answer for %j, where Python raises', (text) => expect(splitShellWords(text)).toBeUndefined())
})
