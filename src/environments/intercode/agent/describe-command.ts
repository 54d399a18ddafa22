/** What a program is for, as a reason that does not quote a command. */
const purposes: Readonly<Record<string, string>> = {
  find: 'A search through the folders can pick out what is asked for.',
  grep: 'I can filter the text for what is asked for.',
  ls: 'I want to see what is there.',
  cat: 'I want to see the content.',
  wc: 'Counting answers the request.',
  sort: 'The lines have to be put in order.',
  head: 'Only the beginning is needed.',
  tail: 'Only the end is needed.',
  awk: 'I can work on the fields of each line.',
  sed: 'I can edit the text line by line.',
  cut: 'I can cut out the part that is needed.',
  tr: 'I can translate the characters.',
  cp: 'It has to be copied.',
  mv: 'It has to be moved.',
  rm: 'It has to be removed.',
  mkdir: 'The folder has to be made.',
  touch: 'The file has to be made.',
  chmod: 'The permissions have to be changed.',
  ln: 'A link has to be made.',
  tar: 'An archive is needed.',
  gzip: 'It has to be compressed.',
  gunzip: 'It has to be unpacked.',
  du: 'The sizes tell what is asked for.',
  df: 'The file systems tell what is asked for.',
  diff: 'I compare the two.',
  md5sum: 'Checksums tell which contents are equal.',
  cd: 'I have to be in that folder.',
  echo: 'What is printed is what is needed.',
  env: 'The environment tells what is asked for.',
  tree: 'I want to see the whole tree.',
}

/** Why a command might be given, by its first program. */
export function describeCommand(command: string): string {
  const program = /^\s*([\w.-]+)/.exec(command)?.[1] ?? ''
  return purposes[program] ?? 'This is the way to what the request asks for.'
}
