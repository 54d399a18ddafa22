import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { LeapError } from '../../../../contracts/error.ts'
import { type Engine, statusOf } from './engine.ts'

/** What InterCode's Bash image installs over Ubuntu, with what these packages recommend: commands in the tasks come from there too. */
const packages =
  'bash python3 psmisc bsdmainutils cron imagemagick dnsutils git tree net-tools iputils-ping coreutils curl cpio jq'

const recipe = `FROM ubuntu:22.04
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y ${packages} && rm -rf /var/lib/apt/lists/*
WORKDIR /
CMD ["bash"]
`

/** Raise the number when the recipe changes. */
export const defaultImage = 'leap-intercode-base:1'

/**
 * Makes sure that the image with the programs is there; the default one is built, which needs the network and some minutes.
 *
 * @throws LeapError `DOCKER_IMAGE_MISSING`, `DOCKER_BUILD_FAILED`
 */
export async function ensureBaseImage({ docker }: Engine, name: string | undefined): Promise<string> {
  const image = name ?? defaultImage
  try {
    await docker.getImage(image).inspect()
    return image
  } catch (error) {
    if (statusOf(error) !== 404) throw error
  }
  if (name !== undefined)
    throw new LeapError({
      code: 'DOCKER_IMAGE_MISSING',
      message: `expected the image "${name}" in the Docker engine, found none of that name`,
      remedy: `docker pull ${name}, or leave the image out: Leap then builds one with InterCode's packages.`,
    })
  const context = pack()
  context.entry({ name: 'Dockerfile' }, recipe)
  context.finalize()
  const failure = (cause: unknown, said: string) =>
    new LeapError({
      code: 'DOCKER_BUILD_FAILED',
      message: `the image ${image} could not be built: ${said}`,
      remedy: "Check that the engine can reach Docker Hub and Ubuntu's archive, or name an image that is there.",
      cause,
    })
  try {
    const answer = await text(await docker.buildImage(Readable.from(context), { t: image }))
    const error = /"error":("(?:[^"\\]|\\.)*")/.exec(answer)?.[1]
    if (error !== undefined) throw failure(undefined, JSON.parse(error) as string)
  } catch (error) {
    throw LeapError.is(error) ? error : failure(error, (error as Error).message)
  }
  return image
}
