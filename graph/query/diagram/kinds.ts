import type { NodeKind } from '../../model/node.ts';

/** `context`, `container` and `component` are levels of the C4 model; the first two are of the whole graph. */
export const DIAGRAM_KINDS = ['context', 'container', 'component', 'sequence', 'dependencies', 'impact'] as const;
export type DiagramKind = (typeof DIAGRAM_KINDS)[number];

/** What a diagram is of, where a name may mean other things too: a service rather than the image of its name. */
export const DRAWN: Readonly<Partial<Record<DiagramKind, readonly NodeKind[]>>> = {
  component: ['Service', 'Package'],
  sequence: ['Operation', 'Endpoint'],
};
