/** What a change of a spec asks of its version, the least first. `none`: it says the same as before. */
export const BUMPS = ['none', 'patch', 'minor', 'major'] as const;
export type Bump = (typeof BUMPS)[number];

const VERSION = /^(0|[1-9]\d{0,8})(?:\.(0|[1-9]\d{0,8}))?(?:\.(0|[1-9]\d{0,8}))?$/;

/** The version in a text, with at least two numbers; undefined for what is none. */
export function versionOf(text: string): string | undefined {
  const [, major, minor = '0', patch] = VERSION.exec(text.trim()) ?? [];
  if (major === undefined) return undefined;
  return patch === undefined ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

const numbersOf = (version: string): readonly [number, number, number] => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
};

/** Negative where `a` is the older one. `1.10` is newer than `1.9`; `1.0` and `1.0.0` are the same. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** The least version that a change of `version` may have. */
export function bumped(version: string, bump: Bump): string {
  const [major, minor, patch] = numbersOf(version);
  const hasPatch = version.split('.').length > 2;
  switch (bump) {
    case 'none':
      return version;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
    case 'minor':
      return `${major}.${minor + 1}${hasPatch ? '.0' : ''}`;
    case 'major':
      return `${major + 1}.0${hasPatch ? '.0' : ''}`;
  }
}

export const largest = (bumps: readonly Bump[]): Bump => BUMPS[Math.max(0, ...bumps.map((bump) => BUMPS.indexOf(bump)))]!;
