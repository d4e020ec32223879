import type { Address } from './address.ts';
import type { Channels, Reached } from './channels.ts';
import type { MessageSite } from './sites.ts';

/** Channels that a site reaches by one of its addresses. What a queue is bound to is what it gets. */
export type Reach = (site: MessageSite, address: Address) => readonly Reached[];

export function reachOf(sites: readonly MessageSite[], channels: Channels): Reach {
  const bindings = new Map<string, { readonly binding: MessageSite; readonly to: Address }[]>();
  const published = new Set<string>();
  for (const site of sites) {
    if (site.role === 'publish') for (const { text } of site.addresses) published.add(text);
    if (site.boundTo === undefined) continue;
    const known = bindings.get(site.boundTo) ?? [];
    bindings.set(site.boundTo, known);
    for (const to of site.addresses) known.push({ binding: site, to });
  }
  return (site, address) => {
    const bound =
      site.role === 'subscribe' && site.queue !== undefined && site.boundTo === undefined ? bindings.get(site.queue) : undefined;
    const through = (bound ?? []).flatMap(({ binding, to }) => channels.reached(site.repo, to, binding.wildcards, binding.within));
    // The name of a bound queue is a channel, too, where somebody sends to it.
    return bound && !published.has(address.text)
      ? through
      : [...through, ...channels.reached(site.repo, address, site.wildcards, site.within)];
  };
}

/** A queue that has no name of its own, as one made for a consumer, still gets what it is bound to. */
export const UNNAMED: Address = { text: '', confidence: 1 };
