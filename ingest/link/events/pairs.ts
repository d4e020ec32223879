import { isPattern, patternOf, type Address } from './address.ts';
import type { MessageSite } from './sites.ts';

/** What stays in the process, or uses names of everybody, counts where the same name is emitted and listened to. */
export function paired(sites: readonly MessageSite[]): readonly MessageSite[] {
  const plain = new Map<string, Set<string>>();
  const patterns: { readonly role: string; readonly within: string | undefined; readonly pattern: RegExp }[] = [];
  const keyOf = ({ within }: MessageSite, { text }: Address): string => `${within ?? ''} ${text}`;
  for (const site of sites) {
    if (!site.both) continue;
    const { role, within, wildcards } = site;
    for (const address of site.addresses)
      if (isPattern(address, wildcards)) patterns.push({ role, within, pattern: patternOf(address, wildcards) });
      else plain.set(keyOf(site, address), (plain.get(keyOf(site, address)) ?? new Set()).add(role));
  }
  const isMet = (site: MessageSite, address: Address): boolean =>
    isPattern(address, site.wildcards) ||
    plain.get(keyOf(site, address))?.size === 2 ||
    patterns.some(({ role, within, pattern }) => role !== site.role && within === site.within && pattern.test(address.text));
  return sites.flatMap((site) => {
    if (!site.both) return [site];
    const addresses = site.addresses.filter((address) => isMet(site, address));
    return addresses.length > 0 ? [{ ...site, addresses }] : [];
  });
}
