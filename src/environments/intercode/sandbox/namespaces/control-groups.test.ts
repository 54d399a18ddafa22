import { expect, it } from 'vitest'
import { tightLimits } from '../testing/test-sandbox.ts'
import { findControlGroups } from './control-groups.ts'

const identity = { uid: 1, gid: 1, isOther: false }
const find = (own: string, mounts: string) =>
  findControlGroups({ own, mounts, identity, owner: 'leap-test', limits: tightLimits })

it('does without where there are none, or none that can be made', () => {
  expect(find('', '')).toBeUndefined()
  expect(find('0::/\n', 'cgroup2 /nowhere/at/all cgroup2 rw 0 0\n')).toBeUndefined()
  expect(find('4:memory:/a\n', 'cgroup /nowhere/at/all cgroup rw,memory 0 0\n')).toBeUndefined()
  // A folder without the kernel's files behind it is not a control group.
  expect(find('0::/nothing/here\n', 'cgroup2 /proc cgroup2 rw 0 0\n')).toBeUndefined()
})
